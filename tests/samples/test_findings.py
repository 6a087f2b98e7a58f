"""The dossier held against its criteria: the verdicts are those that lie beside it."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest

from evidence.criteria import loader
from evidence.extract.record import read_record
from evidence.match import check
from evidence.model.placement import Submission

SAMPLES = Path(__file__).resolve().parents[2] / "samples"


@pytest.fixture(scope="module")
def findings(samples, recorded, receipts, verdicts):
    handed = []
    for one in samples:
        record = read_record(recorded(one))
        unit, folder, _ = one.path.split("/")
        submission = Submission(record.source.sha256, one.path, unit, folder.split(" - ")[0], receipts.get(one.path))
        handed.append((submission, record))
    as_of = datetime.date.fromisoformat(verdicts["as_of"])
    return check.check(loader.load_criteria(SAMPLES / "criteria.yaml"), handed, (), as_of)


def test_the_verdicts_are_the_expected_ones(findings, verdicts):
    found = {(one.unit, one.requirement): (str(one.status), one.days_late) for one in findings}
    expected = {
        (row["unit"], row["requirement"]): (row["status"], row.get("days_late")) for row in verdicts["findings"]
    }
    differing = {key: (want, found.get(key)) for key, want in expected.items() if found.get(key) != want}
    assert differing == {}
    assert len(findings) == len(expected)


def test_one_missing_report_puts_the_whole_set_at_stake(findings):
    stake = {one.requirement: one.points for one in findings if one.unit == "VPUBND" and one.criterion == "1.2"}
    assert {str(points.max) for points in stake.values()} <= {"4", "1", "1.0", "4.0"}
    assert all(not points.suggested for points in stake.values())

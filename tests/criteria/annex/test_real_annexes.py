"""The real annexes beside the project: every code with title and points, sums, totals, no row lost or doubled."""

from __future__ import annotations

import json
import resource
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from evidence.archive import criteria_import
from evidence.archive.criteria_import import ImportedCriteria, ImportRequest, import_criteria
from evidence.config import Settings
from evidence.errors import AnnexError
from evidence.model.criteria import Criterion
from evidence.model.score_rule import ScoreRule

REAL = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "criteria"
GOLD = REAL.parent / "requirements" / "gold.jsonl"
pytestmark = pytest.mark.real


def imported(name: str, settings: Settings, *guides: str) -> ImportedCriteria:
    return import_criteria(REAL / name, ImportRequest(guides=tuple(REAL / one for one in guides)), settings)


def every(criteria: Sequence[Criterion]) -> Iterator[Criterion]:
    for one in criteria:
        yield one
        yield from every(one.children)


def sums(found: ImportedCriteria) -> bool:
    groups = [one for one in every(found.criteria.criteria) if one.children]
    return all(sum((child.points for child in one.children), Decimal(0)) == one.points for one in groups)


def differs_from_reader(found: ImportedCriteria, name: str) -> list[str]:
    """Where rule or clauses are not what a person read out of the annex; left to a person is no difference."""
    criteria = {criterion.code: criterion for criterion in every(found.criteria.criteria)}
    rows = [json.loads(line) for line in GOLD.read_text("utf-8").splitlines()]
    differing = []
    for row in (row for row in rows if row["set"] == name):
        criterion = criteria[row["code"]]
        accepted = {row["rule"], *row.get("rule_accept", ()), "manual"}
        if criterion.score.value not in accepted:
            differing.append(f"{criterion.code}: {criterion.score}, not {row['rule']}")
        if bool(row["not_applicable_if"]) != bool(criterion.not_applicable_if):
            differing.append(f"{criterion.code}: does not apply if “{criterion.not_applicable_if}”")
        if row.get("deduct") and criterion.score is not ScoreRule.MANUAL and criterion.scoring.deduct is None:
            differing.append(f"{criterion.code}: leaves out {row['deduct']}")
        if any(each["timely"] for each in row["requirements"]) and not criterion.timely:
            differing.append(f"{criterion.code}: speaks of time")
        if criterion.self_assessed != row.get("self_assessed", True):
            differing.append(f"{criterion.code}: self-assessed {criterion.self_assessed}")
    return differing


def test_the_national_set_for_provinces(settings: Settings) -> None:
    begun = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    found = imported("1187-kem-bo-chi-so-cap-tinh.pdf", settings, "12094-Phuluc-huongdan-tinh-2025.pdf")
    spent = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - begun
    assert spent < 90  # CPU seconds of the children for 48 pages; 15 s on a machine at rest
    criteria = list(every(found.criteria.criteria))
    assert len(criteria) == len({one.code for one in criteria}) == 134
    assert sum(one.points for one in found.criteria.criteria) == Decimal("100.00")
    assert sums(found) and all(one.title and one.points > 0 and one.page for one in criteria)
    assert (found.criteria.level, found.criteria.year, str(found.criteria.based_on)) == ("tinh", 2025, "1187/QĐ-BNV")
    by_code = {one.code: one for one in criteria}
    assert by_code["3.3.2"].title.endswith("trong phạm vi cấp tỉnh")
    assert by_code["2.5.1"].score is ScoreRule.SURVEY
    assert by_code["1.1"].scoring.formula == "0 if b/a < 0.8 else (b/a)*points"
    assert not differs_from_reader(found, "1187")
    assert by_code["1.6"].score is ScoreRule.SUM_OF_PARTS  # three sums in one cell
    assert {message.params["code"] for _, message in found.remarks if message.code == "annex-guide-differs"} >= {
        "3.1", "6.2.2", "6.2.3",
    }  # fmt: skip
    assert [one.period for one in by_code["1.2"].evidence] == ["quý I", "6 tháng", "quý III", "năm"]
    assert not any(message.code == "annex-guide-lost" for _, message in found.remarks)


def test_a_province_s_guide_for_its_departments(settings: Settings) -> None:
    found = imported("PL01-Huong-dan-tu-danh-gia-cham-diem-CCHC-so-nga.pdf", settings)
    criteria = list(every(found.criteria.criteria))
    assert len(criteria) == len({one.code for one in criteria}) == 110
    assert sum(one.points for one in found.criteria.criteria) == Decimal("75.0")
    assert sums(found) and all(one.title and one.points > 0 for one in criteria)
    assert found.criteria.level == "so"
    assert not differs_from_reader(found, "PL01")
    scale = next(message for _, message in found.remarks if message.code == "annex-scale")
    assert scale.params["rest"] == "25.0"


def test_a_self_assessment(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Refused as a set, since it is none; its table is read whole all the same, as one of 99 criteria."""
    name = "Bao-cao-cham-diem-PAR-Index-Lam-Dong-2025.docx"
    with pytest.raises(AnnexError, match="self-assessment"):
        imported(name, settings)
    monkeypatch.setattr(criteria_import, "is_self_assessment", lambda document: False)
    found = imported(name, settings)
    rows = (REAL / "par_index_evidence_rows.jsonl").read_text("utf-8").splitlines()
    known = [one for row in rows if (one := json.loads(row))["version"] == "final draft"]
    criteria = list(every(found.criteria.criteria))
    assert len(criteria) == 99 and sums(found)
    assert [one.code for one in criteria] == [one["criterion_no"] for one in known][:99]
    assert [one.points for one in criteria] == [Decimal(one["max_points"]) for one in known][:99]

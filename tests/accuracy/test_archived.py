"""``make eval ARGS="--archive HOME"``: an archive's corrections are labelled cases, read from its stored pages."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from evidence.archive.facade import Archive
from evidence.archive.search.archive_search import EVERYTHING
from evidence.config import Settings
from evidence.ingest.sources.walk import walk
from evidence.model.record import FieldValue
from evidence.store.store import Store
from evidence.values import number

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples" / "dossier"
NAMES = ("28-BC-VP quy I.pdf", "165-BC-VP nam 2025.pdf", "132-BC-SXD 6 thang.pdf")  # born digital


def evaluate(home: Path) -> str:
    command = [sys.executable, "tests/accuracy/evaluate.py", "--archive", str(home)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A real archive of some of the sample's files, nobody's word in it yet."""
    with Archive.open(Settings(home=tmp_path / "kho"), create=True) as archive:
        taken = list(archive.ingest(one for one in walk([SAMPLES]) if one.path.name in NAMES))
    assert [one.outcome for one in taken].count("stored") >= 2
    return tmp_path / "kho"


def rows(out: str) -> dict[str, list[str]]:
    """The table's rows by ``group field``: n, right, %, absent, doubtful, wrong and sure."""
    found = [line.split() for line in out.splitlines() if line.startswith(("digital", "scanned"))]
    return {" ".join(cells[:2]): cells[2:] for cells in found}


def test_nothing_corrected_gives_nothing_to_measure(home: Path) -> None:
    out = evaluate(home)
    assert rows(out) == {} and "gains 0, losses 0" in out


def test_a_confirmed_value_is_right_and_a_corrected_one_is_counted_as_the_machine_s_error(home: Path) -> None:
    with Archive.open(Settings(home=home)) as archive:
        shown = [archive.show(sha256, EVERYTHING).machine for sha256 in archive._store.hashes()]
        first, second = [record.source.sha256 for record in shown if record.number.sure][:2]
        confirmed = str(archive.show(first, EVERYTHING).machine.number.value)
        archive.correct(first, "number", confirmed, "Hoa", EVERYTHING)
        archive.correct(second, "number", "9999/BC-XYZ", "Hoa", EVERYTHING)
        archive.correct(second, "date", "2001-01-01", "Hoa", EVERYTHING)
        archive.correct(second, "date", None, "Hoa", EVERYTHING)  # withdrawn: no case
    out = evaluate(home)
    assert rows(out) == {"digital number": ["2", "1", "50.0", "0", "0", "1"]}
    assert f"{second[:12]}  want '9999/BC-XYZ'" in out and confirmed not in out


def test_gains_are_counted_against_what_the_archive_had_read(home: Path) -> None:
    with Archive.open(Settings(home=home)) as archive:
        sha256 = next(one for one in archive._store.hashes() if archive.show(one, EVERYTHING).machine.number.sure)
        machine = archive.show(sha256, EVERYTHING).machine
        archive.correct(sha256, "number", str(machine.number.value), "Hoa", EVERYTHING)
    with Store.open(home) as store:  # as an older grammar read it
        store.replace_record(replace(machine, number=FieldValue(number.parse("1/QĐ-UBND"), "1/QĐ-UBND", None, 0.97)))
    out = evaluate(home)
    assert f"gain  {sha256[:12]} number   wrong-sure -> right" in out and "gains 1, losses 0" in out


def test_measuring_writes_nothing(home: Path) -> None:
    before = {file: file.read_bytes() for file in sorted((home / "originals").rglob("*")) if file.is_file()}
    with Store.open(home) as store:
        records = {sha256: store.machine_record(sha256) for sha256 in store.hashes()}
    evaluate(home)
    with Store.open(home) as store:
        assert {sha256: store.machine_record(sha256) for sha256 in store.hashes()} == records
    assert {file: file.read_bytes() for file in sorted((home / "originals").rglob("*")) if file.is_file()} == before

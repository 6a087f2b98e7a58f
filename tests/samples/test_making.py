"""The dossier as it lies there: whole, small, and what its generator makes."""

from __future__ import annotations

import datetime
import json
import subprocess
import sys
from pathlib import Path

import pytest

from evidence.criteria import loader
from evidence.model.assessment import Verdict

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT / "samples"
FACE = Path("/usr/share/fonts/truetype/croscore/Tinos-Regular.ttf")
DRAWN_BY_LIBRARY = {".jpg", ".tif"}  # pixels and compression change with the imaging library


def documents() -> set[str]:
    return {str(one.relative_to(SAMPLES / "dossier")) for one in (SAMPLES / "dossier").rglob("*") if one.is_file()}


def test_every_document_has_its_expected_record(samples):
    assert documents() == {one.path for one in samples}


def test_the_samples_stay_small():
    sizes = {path: (SAMPLES / "dossier" / path).stat().st_size for path in documents()}
    assert max(sizes.values()) < 1_500_000
    assert sum(sizes.values()) < 6_000_000


def test_every_status_occurs(verdicts):
    assert {row["status"] for row in verdicts["findings"]} == set(Verdict)


def test_every_requirement_has_one_verdict_a_unit(verdicts):
    found = loader.load_criteria(SAMPLES / "criteria.yaml")
    asked = [
        (unit.code, f"{child.code}/{one.id}")
        for unit in found.units
        for group in found.criteria
        for child in group.children
        for one in child.evidence
    ]
    assert [(row["unit"], row["requirement"]) for row in verdicts["findings"]] == asked
    assert verdicts["set"] == found.set


def test_all_kinds_of_files_are_there(samples):
    suffixes = {Path(one.path).suffix for one in samples}
    assert suffixes == {".pdf", ".docx", ".jpg", ".tif"}
    assert {one.expected["problems"][0] for one in samples if one.expected["status"] == "unreadable"} == {
        "encrypted",
        "damaged",
    }


def test_received_dates_name_files_of_the_dossier(receipts, samples):
    assert set(receipts) <= {one.path for one in samples}
    assert receipts["SXD/3.1 - Báo cáo kiểm soát TTHC/294-BC-SXD KSTTHC.pdf"] == datetime.date(2025, 12, 29)


@pytest.mark.slow
@pytest.mark.skipif(not FACE.exists(), reason="the face the samples are set in is missing: apt install fonts-croscore")
def test_the_generator_makes_what_lies_there(tmp_path, samples):
    subprocess.run(
        [sys.executable, SAMPLES / "make_samples.py", "--to", tmp_path], check=True, capture_output=True, timeout=300
    )
    assert (tmp_path / "manifest.csv").read_bytes() == (SAMPLES / "manifest.csv").read_bytes()
    for one in samples:
        assert json.loads((tmp_path / "expected" / f"{one.path}.json").read_text("utf-8")) == one.expected
        made = tmp_path / "dossier" / one.path
        if not one.scanned and made.suffix not in DRAWN_BY_LIBRARY and one.expected["status"] == "read":
            assert words(made) == words(one.file), one.path


def words(file: Path) -> list[str]:
    """The text of a document, by a reader of its own."""
    if file.suffix == ".docx":
        import docx

        book = docx.Document(str(file))
        cells = [cell.text for table in book.tables for row in table.rows for cell in row.cells]
        return [paragraph.text for paragraph in book.paragraphs] + cells
    import pypdfium2

    with pypdfium2.PdfDocument(file) as book:
        return [page.get_textpage().get_text_bounded() for page in book]

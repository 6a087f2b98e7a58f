"""The appraiser's desk over a real archive: tables come in whole or not at all, and answer to what was handed in."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import docx
import openpyxl
import pytest

from evidence.appraisal.claims import ClaimOutcome
from evidence.appraisal.crosscheck import WarningKind
from evidence.archive.facade import Archive
from evidence.config import Settings
from evidence.criteria.loader import load_criteria
from evidence.errors import CriteriaError, UnreadableError, UsageError
from evidence.ingest.sources.walk import walk
from evidence.messages import Language
from evidence.model.appraisal import Decision, RoundStage
from evidence.report import findings_html
from evidence.report.formats import BINARY_FORMATS

SAMPLES = Path(__file__).parents[2] / "samples"
HEAD = ("STT", "Tiêu chí", "Điểm chuẩn", "Điểm tự đánh giá", "Tài liệu kiểm chứng")
ROWS = (
    ("1", "Chỉ đạo", "4", "4", ""),
    ("1.2", "Báo cáo", "4", "4", "Báo cáo số 132/BC-SXD ngày 26/6/2025 của Sở Xây dựng; Báo cáo số 999/BC-SXD"),
)
BY = "Nguyễn Văn An"


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    with Archive.open(Settings(tmp_path / "home"), create=True) as opened:
        yield opened


def as_csv(folder: Path, rows: tuple[tuple[str, ...], ...]) -> Path:
    file = folder / "tự chấm.csv"
    file.write_text("\n".join(";".join(f'"{cell}"' for cell in row) for row in rows), "utf-8")
    return file


def as_xlsx(folder: Path, rows: tuple[tuple[str, ...], ...]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.worksheets[0].append(row)
    file = folder / "a.xlsx"
    book.save(file)
    return file


def as_docx(folder: Path, rows: tuple[tuple[str, ...], ...]) -> Path:
    paper = docx.Document()
    table = paper.add_table(len(rows), len(rows[0]))
    for line, row in zip(table.rows, rows, strict=True):
        for cell, text in zip(line.cells, row, strict=True):
            cell.text = text
    file = folder / "a.docx"
    paper.save(str(file))
    return file


@pytest.mark.parametrize("write", [as_csv, as_xlsx, as_docx])
def test_every_format_gives_the_same_claims(write: object, archive: Archive, tmp_path: Path) -> None:
    assert callable(write)
    taken = archive.appraisal.import_claims(write(tmp_path, (HEAD, *ROWS)), "SXD", BY)
    assert [(one.criterion, str(one.points)) for one in taken.claims] == [("1", "4"), ("1.2", "4")]
    assert taken.notes == ()


@pytest.mark.parametrize("write", [as_csv, as_xlsx, as_docx])
def test_shifted_columns_import_nothing(write: object, archive: Archive, tmp_path: Path) -> None:
    assert callable(write)
    shifted = (HEAD, ROWS[0], ("1.2", "4", "Báo cáo", "4", ""))
    with pytest.raises(CriteriaError) as caught:
        archive.appraisal.import_claims(write(tmp_path, shifted), "SXD", BY)
    assert caught.value.faults[0][0] == 2 and caught.value.exit_code == 5
    with pytest.raises(UsageError):
        archive.appraisal.check_claims(())


def test_a_file_without_a_table_says_so(archive: Archive, tmp_path: Path) -> None:
    paper = docx.Document()
    paper.add_paragraph("Không có bảng.")
    paper.save(str(tmp_path / "b.docx"))
    with pytest.raises(CriteriaError, match="No table"):
        archive.appraisal.import_claims(tmp_path / "b.docx", "SXD", BY)


def test_a_damaged_file_says_so(archive: Archive, tmp_path: Path) -> None:
    (tmp_path / "b.docx").write_bytes(b"PK\x03\x04word/rubbish")
    with pytest.raises(UnreadableError):
        archive.appraisal.import_claims(tmp_path / "b.docx", "SXD", BY)


def test_an_unknown_unit_is_refused_before_anything_is_kept(archive: Archive, tmp_path: Path) -> None:
    criteria = load_criteria(SAMPLES / "criteria.yaml")
    with pytest.raises(UsageError, match="XYZ"):
        archive.appraisal.import_claims(as_csv(tmp_path, (HEAD, *ROWS)), "XYZ", BY, criteria)


def test_claims_are_held_against_what_was_handed_in(archive: Archive, tmp_path: Path) -> None:
    folder = SAMPLES / "dossier"
    file = next(folder.rglob("132-BC-SXD*"))
    list(archive.ingest(walk([file], unit="SXD", criterion="1.2")))
    archive.appraisal.import_claims(as_csv(tmp_path, (HEAD, *ROWS)), "SXD", BY)
    found = archive.appraisal.check_claims(("SXD",))
    assert [one.outcome for one in found] == [ClaimOutcome.DIFFERS, ClaimOutcome.NOT_HANDED_IN]
    assert found[0].message.code == "claims-date-differs"


# --- rounds and cross-checks ----------------------------------------------------------------------------------------

DAY = datetime.date(2025, 12, 31)
NOW = datetime.datetime.now(datetime.UTC)


def test_a_round_tells_what_a_supplement_changed(archive: Archive) -> None:
    criteria = load_criteria(SAMPLES / "criteria.yaml")
    opened = archive.appraisal.open_round(RoundStage.FIRST, criteria, DAY, BY)
    assert (opened.id, opened.stage, opened.by) == (1, RoundStage.FIRST, BY)
    file = next((SAMPLES / "dossier").rglob("1327-QD-UBND*"))
    list(archive.ingest(walk([file], unit="VPUBND", criterion="4.1")))
    changed = archive.appraisal.changes(criteria, archive.check(criteria, (), DAY))
    assert {(one.after.unit, one.after.criterion) for one in changed if one.after} == {("VPUBND", "4.1")}
    assert archive.appraisal.changes(criteria, archive.check(criteria, ("SXD",), DAY)) == ()


def test_rounds_only_go_forward(archive: Archive) -> None:
    criteria = load_criteria(SAMPLES / "criteria.yaml")
    for stage in (RoundStage.SELF, RoundStage.SUPPLEMENT):
        archive.appraisal.open_round(stage, criteria, DAY, BY)
    for stage in (RoundStage.SELF, RoundStage.FIRST, RoundStage.SUPPLEMENT):
        with pytest.raises(UsageError, match="cannot be opened"):
            archive.appraisal.open_round(stage, criteria, DAY, BY)
    assert [one.stage for one in archive.appraisal.rounds()] == [RoundStage.SELF, RoundStage.SUPPLEMENT]


def test_decisions_need_a_round_and_reach_the_workbook(archive: Archive) -> None:
    criteria = load_criteria(SAMPLES / "criteria.yaml")
    wanted = Decision(0, "SXD", "1.2", Decimal("1.5"), "chậm 5 ngày", BY, NOW)
    with pytest.raises(UsageError, match="no round"):
        archive.appraisal.decide(wanted, criteria)
    archive.appraisal.open_round(RoundStage.FIRST, criteria, DAY, BY)
    archive.appraisal.decide(wanted, criteria)
    (kept,) = archive.appraisal.statements(criteria).decisions
    assert (kept.unit, kept.criterion, str(kept.points), kept.by) == ("SXD", "1.2", "1.5", BY)
    book = BINARY_FORMATS["xlsx"](
        archive.check(criteria, ("SXD",), DAY), Language.VI, archive.appraisal.statements(criteria)
    )
    sheet = openpyxl.load_workbook(io.BytesIO(book))["SXD"]
    row = next(row for row in sheet.iter_rows() if row[0].value == "1.2")
    assert row[5].value == 1.5 and BY in str(row[8].value)


def test_one_file_for_two_criteria_is_told(archive: Archive) -> None:
    file = next((SAMPLES / "dossier").rglob("1327-QD-UBND*"))
    for criterion in ("4.1", "1.4"):
        list(archive.ingest(walk([file], unit="VPUBND", criterion=criterion)))
    found = archive.appraisal.crosscheck()
    assert [one.kind for one in found] == [WarningKind.SAME_FILE]
    assert archive.appraisal.crosscheck(("SXD",)) == ()


def test_crops_come_from_the_originals(archive: Archive) -> None:
    file = next((SAMPLES / "dossier").rglob("1327-QD-UBND*"))
    list(archive.ingest(walk([file], unit="VPUBND", criterion="4.1")))
    assessment = archive.check(load_criteria(SAMPLES / "criteria.yaml"), ("VPUBND",), DAY)
    found = archive.crop_proofs(assessment)
    assert found.crops and all(image.startswith(b"\x89PNG") for image in found.crops.values())
    text = findings_html.render(assessment, Language.VI, found.crops)
    assert text.count("data:image/png;base64,") >= len(found.crops) and "img-src data:" in text
    assert "img-src" not in findings_html.render(assessment, Language.VI)


def test_what_another_unit_handed_in_is_named(archive: Archive, tmp_path: Path) -> None:
    file = next((SAMPLES / "dossier").rglob("132-BC-SXD*"))
    list(archive.ingest(walk([file], unit="VPUBND", criterion="1.2")))
    archive.appraisal.import_claims(as_csv(tmp_path, (HEAD, *ROWS)), "SXD", BY)
    found = archive.appraisal.check_claims(())
    assert [one.message.code for one in found] == ["claims-elsewhere", "claims-not-handed-in"]
    assert found[0].message.params["units"] == "VPUBND"

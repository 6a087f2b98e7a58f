"""The appraiser's desk over a real archive: tables come in whole or not at all, and answer to what was handed in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import docx
import openpyxl
import pytest

from evidence.archive import Archive
from evidence.config import Settings
from evidence.errors import CriteriaError, UnreadableError, UsageError
from evidence.ingest.walk import walk
from evidence.match.claims import Outcome
from evidence.match.criteria import load

SAMPLES = Path(__file__).parents[1] / "samples"
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
    criteria = load(SAMPLES / "criteria.yaml")
    with pytest.raises(UsageError, match="XYZ"):
        archive.appraisal.import_claims(as_csv(tmp_path, (HEAD, *ROWS)), "XYZ", BY, criteria)


def test_claims_are_held_against_what_was_handed_in(archive: Archive, tmp_path: Path) -> None:
    folder = SAMPLES / "dossier"
    file = next(folder.rglob("132-BC-SXD*"))
    list(archive.ingest(walk([file], unit="SXD", criterion="1.2")))
    archive.appraisal.import_claims(as_csv(tmp_path, (HEAD, *ROWS)), "SXD", BY)
    found = archive.appraisal.check_claims(("SXD",))
    assert [one.outcome for one in found] == [Outcome.DIFFERS, Outcome.NOT_HANDED_IN]
    assert found[0].message.code == "claims-date-differs"

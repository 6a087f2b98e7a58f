"""Tables of workbooks alone: as the pipeline reads them with everything else, and refusals."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from evidence.config import load_settings
from evidence.errors import UnreadableError
from evidence.pipeline.requests import request_file
from evidence.pipeline.scheduler import read_files
from evidence.pipeline.sheet_reading import is_sheet, read_sheet_tables


@pytest.fixture
def book(tmp_path: Path) -> Path:
    book = openpyxl.Workbook()
    first = book.active
    assert first is not None
    first.title = "Sở Nội vụ"
    first.append(["Câu 1", "Điểm"])
    first.append(["Tốt", 12.281])
    first.cell(2, 2).number_format = "0.0"
    book.create_sheet("Sở Tài chính").append(["Khá"])
    book.save(tmp_path / "a.xlsx")
    return tmp_path / "a.xlsx"


def test_the_same_tables_as_with_everything_else(book: Path) -> None:
    settings = load_settings()
    request = request_file(book, settings.limits)
    document = next(iter(read_files([request], settings, tables=True))).document
    tables = read_sheet_tables(request, settings)
    assert is_sheet(request.source) and tables == tuple(table for page in document.pages for table in page.tables)
    assert [table.name for table in tables] == ["Sở Nội vụ", "Sở Tài chính"]
    assert tables[0].rows[1] == ("Tốt", "12.281")


def test_what_is_broken_is_refused(book: Path) -> None:
    settings = load_settings()
    book.write_bytes(book.read_bytes()[:900])
    with pytest.raises(UnreadableError):
        read_sheet_tables(request_file(book, settings.limits), settings)

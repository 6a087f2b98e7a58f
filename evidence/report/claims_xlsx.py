"""Claims as a workbook: one row a document, with every criterion that cites it; a filter on each column."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

from openpyxl.utils import get_column_letter
from openpyxl.workbook import Workbook

from evidence.messages import Language, Message, say
from evidence.report.appraisal_terminal import AppraisalRow, count_rows, format_reason
from evidence.report.labels import label
from evidence.report.xlsx_sheet import SheetWriter, Value

COLUMNS = (
    ("column-unit", 12), ("column-document", 34), ("column-cited-by", 22), ("column-cited-count", 9),
    ("column-status", 16), ("column-reason", 60), ("column-hash", 15),
)  # fmt: skip


def render(title: str, rows: Sequence[AppraisalRow], language: Language) -> bytes:
    """The whole workbook as the bytes of an .xlsx file."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "evidence"
    sheet = SheetWriter(book, label("sheet-claims", language), [width for _, width in COLUMNS])
    sheet.write_line(title, bold=True, size=14, centre=True)
    sheet.write_line(count_rows(rows, language))
    sheet.write_header([label(code, language) for code, _ in COLUMNS], freeze=2)
    header = sheet.row
    for row in rows:
        sheet.write_row(_cells(row, language))
    sheet.sheet.auto_filter.ref = f"A{header}:{get_column_letter(len(COLUMNS))}{max(header, sheet.row)}"
    sheet.set_up_printing()
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _cells(row: AppraisalRow, language: Language) -> list[Value]:
    return [
        row.unit,
        row.text,
        row.criterion,
        len(row.criteria) or None,
        say(Message(row.word), language),
        format_reason(row, language),
        ", ".join(sha256[:12] for sha256 in row.documents),
    ]

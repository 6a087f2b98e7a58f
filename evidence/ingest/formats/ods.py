"""ODS (OpenDocument spreadsheet) -> one page a sheet, with its cells as one table.

The file keeps of each cell the value and the text that the program showed for it: the text is read, since the value
knows nothing of number formats (``python-calamine`` gives values only). A table is read for its numbers: what is
nothing but a number comes there without parting of thousands, with a decimal point. Hidden sheets, rows and columns are
left out and told.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass, field

from evidence.errors import UnreadableError
from evidence.ingest.encoding import charsets
from evidence.ingest.formats.safe_xml import Element, local_attribute, local_name, parse_xml
from evidence.ingest.formats.sheet_rows import (
    COLUMNS,
    ROWS,
    Area,
    Rows,
    ShownCells,
    compose_text,
    make_page,
    mark_merged,
    mend_letters,
)
from evidence.ingest.formats.zip_limits import check_office_file
from evidence.ingest.reader_protocol import ReadRequest, ReadResult
from evidence.ingest.workbook import told
from evidence.ingest.workbook.number_format import show_general
from evidence.ingest.workbook.sheet import RawCell, RawSheet

CONTROLS = {"tab": "\t", "line-break": "\n"}
SKIPPED = frozenset({"annotation", "annotation-end", "ruby-text", "frame", "custom-shape"})
NUMBERS = frozenset({"float", "percentage", "currency"})
HIDDEN = frozenset({"collapse", "filter"})
FIGURES = re.compile(r"[-+]?[\d.,\s]*\d[\d.,\s]*%?")
MOST_BLANKS = 100


@dataclass(slots=True)
class _Sheet:
    name: str
    raw: RawSheet = field(default_factory=RawSheet)
    plain: dict[tuple[int, int], str] = field(default_factory=dict)
    shown: dict[tuple[int, int], str] = field(default_factory=dict)
    boxes: list[tuple[int, str]] = field(default_factory=list)


def read(request: ReadRequest) -> ReadResult:
    """The sheets that are shown. UnreadableError for a bomb and for what is no ODS."""
    check_office_file(request)
    try:
        with zipfile.ZipFile(request.file) as archive:
            content = parse_xml(archive.read("content.xml"), "ODS")
    except (KeyError, zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, EOFError) as error:
        raise UnreadableError("damaged", "damaged-office", kind="ODS") from error
    unseen = {local_attribute(style, "name") for style in content.iter("{*}style") if _hides_sheet(style)}
    body = next(content.iter("{*}spreadsheet"), content)
    tables = [child for child in body if local_name(child) == "table"]
    seen = [table for table in tables if local_attribute(table, "style-name") not in unseen]
    sheets = [_read_sheet(table) for table in seen]
    named, encodings = mend_letters([(sheet.name, _rows(sheet)) for sheet in sheets])
    problems = told.of_hidden_sheets([local_attribute(table, "name") for table in tables if table not in seen])
    pages = []
    for number, (sheet, (name, rows)) in enumerate(zip(sheets, named, strict=True), 1):
        hidden = frozenset(place for place in sheet.plain if sheet.raw.is_hidden(*place))
        pages.append(make_page(number, rows, name, ShownCells({} if encodings else sheet.shown, hidden, sheet.boxes)))
        problems += told.of_sheet(sheet.raw, name, number, has_notes=False)
    problems += [problem for name in sorted(encodings) for problem in charsets.encoding_problems(name)]
    return ReadResult(tuple(pages), (), tuple(problems), total=len(pages) or 1)


def _hides_sheet(style: Element) -> bool:
    return any(local_attribute(properties, "display") == "false" for properties in style)


def _read_sheet(table: Element) -> _Sheet:
    sheet = _Sheet(local_attribute(table, "name"))
    column = 0
    for item in table.iter("{*}table-column"):
        count = _count(item, "number-columns-repeated")
        if local_attribute(item, "visibility") in HIDDEN:
            sheet.raw.hidden_columns.append((column, column + count - 1))
        column += count
    at = 0
    for row in table.iter("{*}table-row"):
        count = _count(row, "number-rows-repeated")
        if at >= ROWS:
            sheet.raw.cut = sheet.raw.cut or any(_text(cell) for cell in row)
            continue
        has_text = _read_row(row, at, sheet)
        for again in range(at + 1, min(at + count, ROWS) if has_text else at):
            _read_row(row, again, sheet)
        at += count
    sheet.boxes = [(0, text) for shape in table.iter("{*}text-box", "{*}custom-shape") if (text := _shape_text(shape))]
    return sheet


def _read_row(row: Element, at: int, sheet: _Sheet) -> bool:
    """Adds a row's cells; whether any says something."""
    if local_attribute(row, "visibility") in HIDDEN:
        sheet.raw.hidden_rows.add(at)
    column, before = 0, len(sheet.plain)
    for cell in row:
        if local_name(cell) not in ("table-cell", "covered-table-cell"):
            continue
        count = _count(cell, "number-columns-repeated")
        text = _text(cell)
        for place in range(column, min(column + count, COLUMNS) if text else column):
            sheet.shown[at, place], sheet.plain[at, place] = text, _plain(cell, text)
            sheet.raw.cells[at, place] = RawCell("str", 0, text, (), None)
        across, down = (_count(cell, f"number-{name}-spanned") for name in ("columns", "rows"))
        if across > 1 or down > 1:
            last = min(at + down, ROWS) - 1, min(column + across, COLUMNS) - 1
            sheet.raw.merged.append(Area(at, last[0], column, last[1]))
        sheet.raw.cut = sheet.raw.cut or (bool(text) and column >= COLUMNS)
        column += count
    return len(sheet.plain) > before


def _rows(sheet: _Sheet) -> Rows:
    height = max((row for row, _ in sheet.plain), default=-1) + 1
    width = max((column for _, column in sheet.plain), default=-1) + 1
    rows: Rows = [[""] * width for _ in range(height)]
    for (row, column), text in sheet.plain.items():
        rows[row][column] = text
    mark_merged(rows, sheet.raw.merged)
    return rows


def _text(cell: Element) -> str:
    """What a cell shows; the value where the program that wrote the file kept no text."""
    paragraphs = [child for child in cell if local_name(child) in ("p", "h")]
    text = compose_text("\n".join(map(_paragraph, paragraphs)))
    kind = local_attribute(cell, "value-type")
    if text or paragraphs:
        return text
    if kind in NUMBERS:
        number = _number(local_attribute(cell, "value"))
        return "" if number is None else show_general(number)
    return local_attribute(
        cell, {"date": "date-value", "boolean": "boolean-value", "string": "string-value"}.get(kind, "-")
    )


def _plain(cell: Element, text: str) -> str:
    """The same for who reads it as a number, where it is nothing else."""
    number = _number(local_attribute(cell, "value"))
    kind = local_attribute(cell, "value-type")
    if kind not in NUMBERS or number is None or not FIGURES.fullmatch(text) or text.isdecimal():
        return text
    percent = text.endswith("%")
    number = number * 100 if percent else number
    pointed = text.rstrip("%").replace(",", ".")
    same = _number(pointed) == number
    return (pointed if same else show_general(number)) + ("%" if percent else "")


def _paragraph(element: Element) -> str:
    texts = [element.text or ""]
    for child in element:
        name = local_name(child)
        if name == "s":
            texts.append(" " * min(_count(child, "c"), MOST_BLANKS))
        elif name in CONTROLS:
            texts.append(CONTROLS[name])
        elif name and name not in SKIPPED:
            texts.append(_paragraph(child))
        texts.append(child.tail or "")
    return "".join(texts)


def _shape_text(shape: Element) -> str:
    return compose_text("\n".join(_paragraph(child) for child in shape if local_name(child) in ("p", "h")))


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None


def _count(element: Element, name: str) -> int:
    value = local_attribute(element, name)
    return max(1, int(value)) if value.isdecimal() and len(value) < 9 else 1

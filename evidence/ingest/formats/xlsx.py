"""XLSX (and XLSM, XLTX, XLTM) -> one page a sheet, with its cells as one table.

The lines say what a person sees: values in their number formats, text boxes at the row where they begin, nothing of
hidden rows and columns. The table says what is read from it: numbers without parting of thousands and unrounded (a code
typed as 1.10 keeps its nought), hidden rows too, for annexes are published with rows folded up. A formula whose value
was never computed keeps its own text: it will not pass for a number. What is hidden (sheets, rows, columns, notes) is
told.

Read from the parts themselves: faults in fills, drawings or properties, at which openpyxl stops, have nothing to do
with what the cells say.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from evidence.errors import UnreadableError
from evidence.ingest.encoding import charsets
from evidence.ingest.encoding.fonts import OldFonts, Piece
from evidence.ingest.formats.safe_xml import Element, local_name, relationship_id
from evidence.ingest.formats.sheet_rows import Rows, ShownCells, compose_text, make_page, mark_merged, mend_letters
from evidence.ingest.members import MemberCollector
from evidence.ingest.office.kinds import part_key
from evidence.ingest.office.package import Package, Relationship, open_package
from evidence.ingest.reader_protocol import ReadRequest, ReadResult
from evidence.ingest.word.embedded import collect_objects
from evidence.ingest.word.symbols import convert_symbols, is_symbol_font
from evidence.ingest.workbook import told
from evidence.ingest.workbook.drawings import read_text_boxes
from evidence.ingest.workbook.number_format import DAYS, Shown, format_text, format_value
from evidence.ingest.workbook.sheet import RawCell, RawSheet, read_sheet
from evidence.ingest.workbook.strings import RichText, read_shared_strings, unescape_text
from evidence.ingest.workbook.styles import CellStyle, read_styles
from evidence.model.document import Page
from evidence.model.problem import Problem

MAIN_TYPES = ("spreadsheetml.sheet.main", "spreadsheetml.template.main", "ms-excel.sheet.macroenabled.main",
              "ms-excel.template.macroenabled.main", "ms-excel.addin.macroenabled.main")  # fmt: skip
USUAL = re.compile(r"xl/workbook\d*\.xml")
ON = frozenset({"1", "true", "on"})
SHEETS = 1_000
Look = dict[tuple[int, int], Shown]  # what each cell shows
BROKEN = (etree.XMLSyntaxError, ValueError, LookupError, ArithmeticError, TypeError, AttributeError)


@dataclass(frozen=True, slots=True)
class _Book:
    """What all sheets of a workbook share."""

    strings: list[RichText]
    styles: list[CellStyle]
    since_1904: bool
    fonts: OldFonts | None
    has_symbols: bool = False  # some cells are set in a font of pictures: tick boxes

    def style(self, cell: RawCell) -> CellStyle:
        return self.styles[cell.style] if cell.style < len(self.styles) else CellStyle()


@dataclass(frozen=True, slots=True)
class _Sheet:
    name: str
    part: str
    raw: RawSheet


def read(request: ReadRequest) -> ReadResult:
    """The visible sheets of a workbook. UnreadableError for a bomb and for what is no workbook."""
    package = open_package(request)
    try:
        return _read_workbook(package, request)
    except BROKEN as error:
        raise UnreadableError("damaged", "damaged-sheet") from error
    except UnreadableError as error:
        if error.message.code in ("damaged-docx", "damaged-office"):
            raise UnreadableError("damaged", "damaged-sheet") from error
        raise


def _read_workbook(package: Package, request: ReadRequest) -> ReadResult:
    main = package.main_part(MAIN_TYPES, USUAL)
    root = package.parse(main)
    sheets, hidden, problems = _find_sheets(package, main, root)
    book = _read_book(package, main, root, sheets)
    looks = [{place: _show_cell(cell, book) for place, cell in sheet.raw.cells.items()} for sheet in sheets]
    named = [(sheet.name, _table_rows(sheet.raw, look)) for sheet, look in zip(sheets, looks, strict=True)]
    encodings = set(book.fonts.encodings) if book.fonts else set()
    if not encodings:
        named, encodings = mend_letters(named)
    pages: list[Page] = []
    for number, (sheet, look, (name, rows)) in enumerate(zip(sheets, looks, named, strict=True), 1):
        pages.append(make_page(number, rows, name, _shown_cells(package, sheet, look)))
        problems += told.of_sheet(sheet.raw, name, number, bool(package.targets(sheet.part, "comments")))
        problems += told.of_lost_formats(sheet.raw, len(book.styles), name, number)
    problems += told.of_hidden_sheets(hidden)
    collector = MemberCollector(request)
    for sheet in sheets if not request.tables else ():
        problems += collect_objects(package, sheet.part, sheet.raw.objects, collector)
    problems += [problem for name in sorted(encodings) for problem in charsets.encoding_problems(name)]
    found = (*problems, *collector.problems)
    return ReadResult(tuple(pages), (), found, len(pages) or 1, tuple(collector.embedded))


def _find_sheets(package: Package, main: str, root: Element) -> tuple[list[_Sheet], list[str], list[Problem]]:
    """The visible sheets in their order, the names of the hidden ones, and what was lost."""
    relationships = package.relationships(main)
    listed = [item for group in root if local_name(group) == "sheets" for item in group if local_name(item) == "sheet"]
    sheets: list[_Sheet] = []
    hidden: list[str] = []
    problems: list[Problem] = []
    for item in listed[:SHEETS]:
        name = item.get("name", "")
        relationship = relationships.get(relationship_id(item))
        usual = part_key(f"{main.rpartition('/')[0]}/worksheets/sheet{item.get('sheetId', '')}.xml")
        if relationship is None and usual in package:
            relationship = Relationship("worksheet", usual, False)
        is_chart = relationship is not None and relationship.kind == "chartsheet"
        if relationship is not None and not is_chart and relationship.kind not in ("worksheet", ""):
            continue  # macros
        if item.get("state", "visible") != "visible":
            hidden.append(name)
        elif relationship is None or relationship.outside:
            problems += told.of_lost_sheet(name)
        elif is_chart:
            sheets.append(_Sheet(name, relationship.target, RawSheet()))  # no cells: what is drawn on it
        else:
            try:
                sheets.append(_Sheet(name, relationship.target, read_sheet(package.read_mapped(relationship.target))))
            except etree.XMLSyntaxError:
                problems += told.of_lost_sheet(name)
    if problems and not sheets:
        raise UnreadableError("damaged", "damaged-sheet")
    return sheets, hidden, problems


def _read_book(package: Package, main: str, root: Element, sheets: list[_Sheet]) -> _Book:
    strings_part = package.target(main, "sharedStrings")
    strings = read_shared_strings(package.read_mapped(strings_part)) if strings_part else []
    styles = read_styles(package.parse_if_whole(package.target(main, "styles")))
    settings = [item for item in root if local_name(item) == "workbookPr"]
    since_1904 = any(item.get("date1904", "0") in ON for item in settings)
    named = {style.font for style in styles} | {font for text in strings for _, font in text}
    book = _Book(strings, styles, since_1904, None, any(map(is_symbol_font, named)))
    if not any(charsets.encoding_of_font(font) for font in named):  # looking at each cell's font costs time
        return book
    pieces = (piece for sheet in sheets for cell in sheet.raw.cells.values() for piece in _pieces(cell, book))
    return replace(book, fonts=OldFonts(pieces))


def _pieces(cell: RawCell, book: _Book) -> Iterator[Piece]:
    """The stretches of a cell's text with their fonts; none of a number."""
    font = book.style(cell).font
    for text, own in _rich_text(cell, book):
        yield Piece(text, own or font)


def _rich_text(cell: RawCell, book: _Book) -> RichText:
    if cell.kind == "s" and cell.value and cell.value.strip().isdecimal():
        at = int(cell.value)
        return book.strings[at] if at < len(book.strings) else ()
    if cell.kind == "inlineStr":
        return cell.text or (((unescape_text(cell.value), ""),) if cell.value else ())
    return ((unescape_text(cell.value), ""),) if cell.kind == "str" and cell.value else ()


def _table_rows(sheet: RawSheet, look: Look) -> Rows:
    """The cells up to the last one that says something: formats alone may reach to the edge of the sheet."""
    texts = {place: shown.plain for place, shown in look.items() if shown.plain}
    height = max((row for row, _ in texts), default=-1) + 1
    width = max((column for _, column in texts), default=-1) + 1
    rows: Rows = [[""] * width for _ in range(height)]
    for (row, column), text in texts.items():
        rows[row][column] = text
    mark_merged(rows, sheet.merged)
    return rows


def _shown_cells(package: Package, sheet: _Sheet, look: Look) -> ShownCells:
    """What of the sheet looks otherwise than its table says."""
    raw = sheet.raw
    boxes: list[tuple[int, str]] = []
    for part in package.targets(sheet.part, "drawing"):
        boxes += read_text_boxes(package, part)
    texts = {place: shown.text for place, shown in look.items() if shown.text != shown.plain}
    hidden = frozenset(place for place in raw.cells if raw.is_hidden(*place)) if told.hides_cells(raw) else frozenset()
    return ShownCells(texts, hidden, boxes)


def _show_cell(cell: RawCell, book: _Book) -> Shown:
    """What a cell shows, composed; text in old letters in Unicode."""
    code = book.style(cell).format_code
    if cell.kind in ("s", "inlineStr", "str"):
        pieces = list(_pieces(cell, book))
        if book.has_symbols:
            pieces = [Piece(convert_symbols(text, font), font) if is_symbol_font(font) else Piece(text, font)
                      for text, font, _ in pieces]  # fmt: skip
        text = book.fonts.text(pieces) if book.fonts else "".join(piece.text for piece in pieces)
        if not text and cell.formula is not None and cell.value is None:
            text = f"={cell.formula}"
        shown = compose_text(text)
        return _same(format_text(shown, code) if shown and code not in ("General", "@") else shown)
    if not cell.value:
        return _same(compose_text(f"={cell.formula}") if cell.formula is not None else "")
    if cell.kind == "b":
        return _same("TRUE" if cell.value.strip() in ON else "FALSE")
    number = _day_number(cell.value) if cell.kind == "d" else _number(cell.value) if cell.kind != "e" else None
    if number is None:
        return _same(compose_text(cell.value))
    shown_number = format_value(number, code, book.since_1904)
    return Shown(compose_text(shown_number.text), compose_text(shown_number.plain))


def _same(text: str) -> Shown:
    return Shown(text, text)


def _number(text: str) -> float | None:
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


def _day_number(text: str) -> float | None:
    """The day of a cell that holds it in ISO, as spreadsheets count days."""
    try:
        moment = datetime.datetime.fromisoformat(text.strip().rstrip("Z"))
    except ValueError:
        return None
    return (moment.replace(tzinfo=None) - DAYS) / datetime.timedelta(days=1)

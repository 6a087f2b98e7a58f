"""The cells of one sheet as its part names them, and what of it is hidden or merged."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from evidence.ingest.formats.safe_xml import Element, local_name, relationship_id
from evidence.ingest.formats.sheet_rows import COLUMNS, ROWS, Area
from evidence.ingest.workbook.strings import RichText, read_rich_text

PLACE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})", re.IGNORECASE)
TAGS = ("{*}row", "{*}mergeCell", "{*}cols", "{*}sheetFormatPr", "{*}oleObject")
ON = frozenset({"1", "true", "on"})


class RawCell(NamedTuple):
    """A cell: its kind (``s``, ``str``, ``inlineStr``, ``b``, ``e``, ``d``, ``n``), style, value, text, formula."""

    kind: str
    style: int
    value: str | None
    text: RichText
    formula: str | None


@dataclass(slots=True)
class RawSheet:
    """``cells`` by row and column from 0; ``hidden_columns`` as stretches, both ends counted."""

    cells: dict[tuple[int, int], RawCell] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)
    hides_by_default: bool = False
    shown_rows: set[int] = field(default_factory=set)
    objects: list[tuple[str, str]] = field(default_factory=list)  # program and relationship
    cut: bool = False  # there were more rows or columns than are read

    def is_hidden(self, row: int, column: int) -> bool:
        """Whether a person does not see the cell."""
        return self.is_row_hidden(row) or self.is_column_hidden(column)

    def is_row_hidden(self, row: int) -> bool:
        """Whether the row is hidden, by itself or because all are that do not say otherwise."""
        return row in self.hidden_rows or (self.hides_by_default and row not in self.shown_rows)

    def is_column_hidden(self, column: int) -> bool:
        """Whether the column is hidden."""
        return any(first <= column <= last for first, last in self.hidden_columns)


def read_sheet(data: bytes) -> RawSheet:
    """The sheet. XMLSyntaxError where the part is no XML."""
    sheet = RawSheet()
    parser = etree.iterparse(
        io.BytesIO(data), tag=TAGS, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    at = 0
    for _, element in parser:
        name = local_name(element)
        if name == "row":
            at = _read_row(element, at, sheet)
            element.clear()
        elif name == "mergeCell" and (area := _area(element.get("ref", ""))):
            sheet.merged.append(area)
        elif name == "cols":
            sheet.hidden_columns += [_stretch(column) for column in element if _is_hidden(column, "width")]
        elif name == "sheetFormatPr":
            sheet.hides_by_default = element.get("zeroHeight", "0") in ON
        elif name == "oleObject":
            sheet.objects.append((element.get("progId", ""), relationship_id(element)))
    return sheet


def parse_place(name: str) -> tuple[int, int] | None:
    """Row and column from 0 of a place.

    >>> parse_place("B3"), parse_place("AA1"), parse_place("x")
    ((2, 1), (0, 26), None)
    """
    match = PLACE.fullmatch(name)
    if match is None or int(match[2]) == 0:
        return None
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def _read_row(element: Element, following: int, sheet: RawSheet) -> int:
    """Adds a row's cells; the place of the row behind it."""
    number = element.get("r", "")
    row = int(number) - 1 if number.isdecimal() and int(number[:9]) > 0 and len(number) < 9 else following
    (sheet.hidden_rows if _is_hidden(element, "ht") else sheet.shown_rows).add(row)
    column = 0
    for child in element:
        if local_name(child) != "c":
            continue
        place = parse_place(child.get("r", ""))
        column = place[1] if place else column
        cell = _read_cell(child)
        if cell.value is not None or cell.text or cell.formula is not None:
            if row < ROWS and column < COLUMNS:
                sheet.cells[row, column] = cell
            else:
                sheet.cut = True
        column += 1
    return row + 1


def _read_cell(element: Element) -> RawCell:
    value: str | None = None
    formula: str | None = None
    text: RichText = ()
    for child in element:
        name = local_name(child)
        if name == "v":
            value = child.text or ""
        elif name == "f":
            formula = child.text or "…"
        elif name == "is":
            text = read_rich_text(child)
    style = element.get("s", "0")
    return RawCell(element.get("t", "n"), int(style) if style.isdecimal() else 0, value, text, formula)


def _is_hidden(element: Element, measure: str) -> bool:
    """Whether a row or column is hidden, or shut to nothing."""
    return element.get("hidden", "0") in ON or element.get(measure, "1") in ("0", "0.0")


def _stretch(column: Element) -> tuple[int, int]:
    first, last = (
        element if element.isdecimal() else "0" for element in (column.get("min", ""), column.get("max", ""))
    )
    return int(first[:9]) - 1, int(last[:9]) - 1


def _area(name: str) -> Area | None:
    first, _, last = name.partition(":")
    start, end = parse_place(first), parse_place(last or first)
    return Area(start[0], end[0], start[1], end[1]) if start and end else None

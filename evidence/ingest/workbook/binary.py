"""The numbers of a binary workbook (.xlsb) with their formats ([MS-XLSB]): ``python-calamine`` reads the cells, and of
formats it knows only whether they are those of a day.

Records of a part: type and length in groups of seven bits, then the data. Only what tells a number's look is read: the
format codes, the styles, rows, columns and numeric cells.
"""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from evidence.errors import UnreadableError
from evidence.ingest.office.package import Package, open_package
from evidence.ingest.reader_protocol import ReadRequest
from evidence.ingest.workbook.number_format import BUILT_IN, Shown, format_value
from evidence.ingest.workbook.sheet import RawSheet
from evidence.ingest.workbook.styles import GENERAL

MAIN_TYPES, USUAL = ("sheet.binary.macroenabled.main",), re.compile(r"xl/workbook\d*\.bin")
ROW, RK, REAL, FORMULA_NUMBER = 0, 2, 5, 9  # records of a sheet ...
COLUMNS = 60
FORMAT, STYLE, CELL_STYLES, CELL_STYLES_END = 44, 47, 617, 618  # ... of the styles
SETTINGS, SHEET = 153, 156  # ... and of the workbook
HIDDEN_ROW = 0x10
DAMAGED = (struct.error, LookupError, ValueError, ArithmeticError, UnreadableError)
Places = dict[tuple[int, int], Shown]


@dataclass(slots=True)
class BinarySheet:
    """What its numeric cells show, by row and column from 0, which rows and columns are hidden, and how many numbers
    have a style that the workbook does not hold."""

    numbers: Places = field(default_factory=dict)
    hidden: RawSheet = field(default_factory=RawSheet)
    lost: int = 0


def read_numbers(request: ReadRequest) -> dict[str, BinarySheet] | None:
    """The sheets of the workbook by their names; ``None`` where a part that tells formats is damaged or missing."""
    try:
        package = open_package(request)
        main = package.main_part(MAIN_TYPES, USUAL)
        styles = package.target(main, "styles")
        codes = _read_codes(package.read(styles)) if styles else []
        since_1904, parts = _list_sheets(package, main)
        return {name: _read_sheet(package.read(part), codes, since_1904) for name, part in parts.items()}
    except DAMAGED:
        return None


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(data):
        kind, at = _number(data, at, 2)
        size, at = _number(data, at, 4)
        yield kind, data[at : at + size]
        at += size


def _number(data: bytes, at: int, most: int) -> tuple[int, int]:
    """A number of at most so many groups of seven bits, the lowest first, and where it ends."""
    value = 0
    for group in range(most):
        byte = data[at + group]
        value |= (byte & 0x7F) << 7 * group
        if not byte & 0x80:
            return value, at + group + 1
    return value, at + most


def _text(data: bytes, at: int) -> tuple[str, int]:
    """A text with its length in front, and where it ends."""
    (length,) = struct.unpack_from("<I", data, at)
    length = 0 if length == 0xFFFFFFFF else length
    end = at + 4 + 2 * length
    if end > len(data):
        raise ValueError("A text is longer than its record.")
    return data[at + 4 : end].decode("utf-16-le", "replace"), end


def _read_codes(data: bytes) -> list[str]:
    """The format code of each style that cells name."""
    codes = dict(BUILT_IN)
    styles: list[int] = []
    of_cells = False
    for kind, record in _records(data):
        if kind == FORMAT:
            codes[struct.unpack_from("<H", record)[0]] = _text(record, 2)[0]
        elif kind in (CELL_STYLES, CELL_STYLES_END):
            of_cells = kind == CELL_STYLES
        elif kind == STYLE and of_cells:
            styles.append(struct.unpack_from("<H", record, 2)[0])
    return [codes.get(style, GENERAL) for style in styles]


def _list_sheets(package: Package, main: str) -> tuple[bool, dict[str, str]]:
    """Whether days are counted from 1904, and the part of each sheet by its name."""
    relationships = package.relationships(main)
    since_1904, parts = False, dict[str, str]()
    for kind, record in _records(package.read(main)):
        if kind == SETTINGS:
            since_1904 = bool(record[0] & 1)
        elif kind == SHEET:
            reference, end = _text(record, 8)
            relationship = relationships.get(reference)
            if relationship is not None and relationship.kind == "worksheet" and not relationship.outside:
                parts[_text(record, end)[0]] = relationship.target
    return since_1904, parts


def _read_sheet(data: bytes, codes: list[str], since_1904: bool) -> BinarySheet:
    sheet, row = BinarySheet(), 0
    for kind, record in _records(data):
        if kind == ROW:
            (row,) = struct.unpack_from("<I", record)
            if len(record) > 11 and record[11] & HIDDEN_ROW:
                sheet.hidden.hidden_rows.add(row)
        elif kind == COLUMNS and struct.unpack_from("<H", record, 16)[0] & 1:
            first, last = struct.unpack_from("<II", record)
            sheet.hidden.hidden_columns.append((first, last))
        elif kind in (RK, REAL, FORMULA_NUMBER):
            column, style = struct.unpack_from("<II", record)
            known = (style := style & 0xFFFFFF) < len(codes)
            code = codes[style] if known else GENERAL
            sheet.lost += style > 0 and not known
            value = _rk(record) if kind == RK else struct.unpack_from("<d", record, 8)[0]
            sheet.numbers[row, column] = format_value(value, code, since_1904)
    return sheet


def _rk(record: bytes) -> float:
    """A number packed into 30 bits ([MS-XLSB] 2.5.123): whole or the upper part of a float, maybe a hundred times."""
    (packed,) = struct.unpack_from("<i", record, 8)
    if packed & 2:
        value = float(packed >> 2)
    else:
        (value,) = struct.unpack("<d", struct.pack("<iI", 0, packed & 0xFFFFFFFC))
    return value / 100 if packed & 1 else value

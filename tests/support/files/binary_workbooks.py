"""Binary workbooks (.xlsb) written record by record ([MS-XLSB]): no library writes them."""

from __future__ import annotations

import struct
from pathlib import Path

from tests.support.files.office_files import Parts, content_types, relationships
from tests.support.format_reading import pack

MAIN_TYPE = "application/vnd.ms-excel.sheet.binary.macroEnabled.main"
Number = tuple[int, float]  # the style and the value


def record(kind: int, data: bytes = b"") -> bytes:
    head = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size = len(data)
    return head + (bytes([size]) if size < 0x80 else bytes([size & 0x7F | 0x80, size >> 7])) + data


def text(words: str) -> bytes:
    return struct.pack("<I", len(words)) + words.encode("utf-16-le")


def row(at: int, *cells: bytes, hidden: bool = False) -> bytes:
    head = struct.pack("<IIHBBB", at, 0, 300, 0, 0x10 if hidden else 0, 0) + struct.pack("<I", 0)
    return record(0, head) + b"".join(cells)


def real(column: int, value: float, style: int = 0) -> bytes:
    return record(5, struct.pack("<IId", column, style, value))


def packed(column: int, value: int, style: int = 0, hundredth: bool = False) -> bytes:
    return record(2, struct.pack("<IIi", column, style, value << 2 | 2 | hundredth))


def string(column: int, words: str) -> bytes:
    return record(6, struct.pack("<II", column, 0) + text(words))


def binary_workbook(file: Path, rows: bytes, *codes: str, styles: bool = True, columns: bytes = b"") -> Path:
    """A workbook of one sheet "A"; style n (from 1) has the nth of the format codes. ``styles``: it has that part."""
    formats = b"".join(record(44, struct.pack("<H", 164 + at) + text(code)) for at, code in enumerate(codes))
    numbers = [0, *range(164, 164 + len(codes))]
    cells = b"".join(record(47, struct.pack("<HHHHH", 0, number, 0, 0, 0) + bytes(6)) for number in numbers)
    listed = record(617, struct.pack("<I", len(numbers))) + cells + record(618)
    sheet = record(156, struct.pack("<II", 0, 1) + text("r1") + text("A"))
    book = record(131) + record(143) + sheet + record(144) + record(132)
    width = struct.pack("<IIII", 0, 0, 20, 20)
    data = record(129) + record(148, width) + columns + record(145) + rows + record(146) + record(130)
    links = [("r1", "worksheet", "worksheets/sheet1.bin"), ("r2", "styles", "styles.bin")][: 1 + styles]
    parts: Parts = {
        "[Content_Types].xml": content_types("xl/workbook.bin", MAIN_TYPE),
        "_rels/.rels": relationships(("r1", "officeDocument", "xl/workbook.bin")),
        "xl/workbook.bin": book,
        "xl/_rels/workbook.bin.rels": relationships(*links),
        "xl/worksheets/sheet1.bin": data,
    }
    look: Parts = {"xl/styles.bin": record(278) + formats + listed + record(279)} if styles else {}
    return pack(file, parts | look)

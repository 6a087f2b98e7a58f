"""The numbers of a list: one a line, or a column of a table; whole or in part, with the date where one stands beside.

Numbers in running text are found by their form. A part of one (``1605``, ``qd ubnd 1605``) is taken only where it
stands alone on its line, or in a column that is headed as numbers are: an ordinal in a column of its own is no number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidence.model.document import Document, Page, Table
from evidence.search import analyzer
from evidence.search.conditions import find_loose_number
from evidence.search.parser import parse_query
from evidence.search.query import NumberPart, Words
from evidence.values import date as dates
from evidence.values import number as numbers
from evidence.values.date import PartialDate
from evidence.values.number import Number
from evidence.vietnamese.text import fold, strip_marks

LONGEST_PART = 40  # characters; what is longer is a sentence
HEADING_ROWS = 10  # rows looked at for the heading of a table
_NUMBER_HEADING = re.compile(
    r"(?:so|ma so)?\W*(?:so\W+(?:va\W+)?ky hieu|ky hieu|so hieu|so\W*(?:van ban|cong van|quyet dinh|vb)|"
    r"so|document number|number)\b(?!\W*(?:tt|thu tu|luong|trang|to|ban|diem))"
)
_SYMBOL_HEADING = re.compile(r"ky hieu\b")
_DATE_HEADING = re.compile(r"(?:ngay|thoi gian|date|issued)\b")
_BULLET = re.compile(r"^\s*(?:[-–•*+]|\(?\d{1,3}[.)](?=\s)|[a-zđ][.)](?=\s))\s*", re.IGNORECASE)
_LABEL = re.compile(r"^(?:văn bản|số)\s*:?\s+(?=\d)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ListedNumber:
    """A number of the list. ``pieces``: of one that stands there in part only, or may. ``row`` counts from 1."""

    text: str
    page: int
    row: int
    number: Number | None = None
    pieces: tuple[str, ...] = ()
    date: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class ReadList:
    """The numbers in their order, and the lines in which none was seen."""

    numbers: tuple[ListedNumber, ...]
    others: tuple[str, ...]


def read_listed_numbers(document: Document) -> ReadList:
    """All numbers of the list, in order; one that stands there twice comes twice."""
    listed: list[ListedNumber] = []
    others: list[str] = []
    for page in document.pages:
        for entry in _read_page(page):
            if isinstance(entry, ListedNumber):
                listed.append(entry)
            else:
                others.append(entry)
    return ReadList(tuple(listed), tuple(others))


def read_number_part(text: str) -> tuple[str, ...]:
    """The pieces of a number that is typed in part; none where the text is no such thing.

    >>> read_number_part("1605"), read_number_part("qd ubnd 1605"), read_number_part("cải cách 2018")
    (('1605',), ('qd', 'ubnd', '1605'), ())
    """
    bare = _LABEL.sub("", text.strip())
    if not bare or len(bare) > LONGEST_PART or not re.search(r"\d", bare):
        return ()
    if re.fullmatch(r"\d{1,5}", bare):
        return tuple(analyzer.extract_terms(bare))
    root = parse_query(bare).root
    if isinstance(root, NumberPart):
        return root.pieces
    if isinstance(root, Words) and re.fullmatch(r"[\w/.&-]+", bare) and "/" in bare:
        return tuple(analyzer.strip_term_marks(root.terms))
    return find_loose_number(root.terms) or () if isinstance(root, Words) else ()


def _read_page(page: Page) -> Iterator[ListedNumber | str]:
    """The numbers of the tables, then those that stand outside them."""
    tabled: set[str] = set()
    for table in page.tables:
        for entry in _read_table(table, page.number):
            if isinstance(entry, ListedNumber) and entry.number is not None:
                tabled.add(entry.number.key)
            yield entry
    for row, line in enumerate(page.text.splitlines(), start=1):
        if page.tables:
            found = (entry for entry in _read_line(line, page.number, row) if isinstance(entry, ListedNumber))
            yield from (entry for entry in found if entry.number is not None and entry.number.key not in tabled)
        else:
            yield from _read_line(line, page.number, row)


def _read_line(line: str, page: int, row: int) -> Iterator[ListedNumber | str]:
    matches = list(numbers.search(line))
    for at, match in enumerate(matches):
        end = matches[at + 1].start if at + 1 < len(matches) else len(line)
        day = _find_date(line[match.end : end])
        yield ListedNumber(line[match.start : match.end], page, row, match.number, _open_pieces(match.number), day)
    if matches or not line.strip():
        return
    bare = _BULLET.sub("", line).strip(" \t.,;|")
    number = numbers.parse(bare)
    pieces = _open_pieces(number) if number else read_number_part(bare)
    yield ListedNumber(bare, page, row, number, pieces) if number or pieces else line.strip()


def _open_pieces(number: Number) -> tuple[str, ...]:
    """Of a number that names no issuer (``615/QĐ``) its pieces: it may be the first part of a longer one."""
    return tuple(analyzer.split_number(number)) if number.issuer_code is None else ()


def _read_table(table: Table, page: int) -> Iterator[ListedNumber | str]:
    rows = [tuple(cell or "" for cell in row) for row in table.rows]
    if max(map(len, rows), default=0) <= 1:
        for row, cells in enumerate(rows, start=1):
            yield from _read_line(" ".join(cells), page, row)
        return
    columns = _find_columns(rows)
    for row, cells in enumerate(rows[columns.head :], start=columns.head + 1):
        entries = list(_read_row(cells, columns, page, row))
        day = _find_date(_cell(cells, columns.date))
        for entry in entries:
            yield ListedNumber(entry.text, page, row, entry.number, entry.pieces, entry.date or day)
        if not entries and any(cell.strip() for cell in cells):
            yield " | ".join(" ".join(cell.split()) for cell in cells if cell.strip())


def _read_row(cells: Sequence[str], columns: _Columns, page: int, row: int) -> Iterator[ListedNumber]:
    """Of the column of numbers, with its symbol where that has a column of its own; else of any cell that holds one."""
    named = columns.number is not None
    wanted = [_cell(cells, columns.number)] if named else list(cells)
    symbol = _cell(cells, columns.symbol)
    if symbol and re.fullmatch(r"\d{1,5}", wanted[0]):
        wanted = [f"{wanted[0]}/{symbol}"]
    for cell in wanted:
        entries = [entry for entry in _read_line(cell, page, row) if isinstance(entry, ListedNumber)]
        yield from (entry for entry in entries if named or entry.number is not None)


@dataclass(frozen=True, slots=True)
class _Columns:
    """Where a table has what; ``head``: its first row below the heading."""

    head: int = 0
    number: int | None = None
    symbol: int | None = None
    date: int | None = None


def _find_columns(rows: Sequence[Sequence[str]]) -> _Columns:
    for at, row in enumerate(rows[:HEADING_ROWS]):
        heads = [strip_marks(fold(" ".join(cell.split()))) for cell in row]
        column = _find_heading(heads, _NUMBER_HEADING, ())
        if column is not None and not re.search(r"\d", row[column]):
            symbol = _find_heading(heads, _SYMBOL_HEADING, (column,))
            return _Columns(at + 1, column, symbol, _find_heading(heads, _DATE_HEADING, (column,)))
    return _Columns()


def _find_heading(heads: Sequence[str], heading: re.Pattern[str], taken: Sequence[int]) -> int | None:
    return next((place for place, head in enumerate(heads) if place not in taken and heading.match(head)), None)


def _cell(cells: Sequence[str], column: int | None) -> str:
    return " ".join(cells[column].split()) if column is not None and column < len(cells) else ""


def _find_date(text: str) -> PartialDate | None:
    match = next(iter(dates.search(text)), None)
    return match.date if match else dates.parse(text.strip()) if text.strip() else None

"""Figures that rows of statistics annexes state: a cell with a number has the words of its row and of its column heads.

A row without numbers is a heading of those below it; "trong đó: đã hoàn thành" counts what the row above names. A head
that names a year, or a column of order, is kept with the words: it says of which year the number is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from evidence.appraisal.statistics.figure_roles import find_role, name_counted
from evidence.appraisal.statistics.printed_numbers import read_number
from evidence.model.document import Line, Origin, Page, Table
from evidence.model.geometry import enclose
from evidence.model.scores.figures import FigureRole, FigureSource, StatedFigure, StatedSum
from evidence.vietnamese.text import fold, nfc

_NUMBER = re.compile(r"(?P<value>\d{1,3}(?:[. ]\d{3})+|\d+(?:[.,]\d+)?)(?:\s*/\s*(?P<whole>\d+))?\s*(?P<percent>%?)")
_ORDER = re.compile(r"(?:stt|tt|số tt|số thứ tự|no\.?|mã|mục)", re.IGNORECASE)
_NUMERAL = re.compile(r"(?:[IVX]{1,5}|[a-zđA-ZĐ]|\d{1,3}(?:\.\d{1,3})*)[.)]?")
_UNIT_HEAD = re.compile(r"đơn vị tính|đvt|đơn vị đo", re.IGNORECASE)
_NOTE_HEAD = re.compile(r"ghi chú|kinh phí|thời (?:gian|hạn)|ngày|số(?:,| và) (?:ký hiệu|ngày)|điểm", re.IGNORECASE)
_PERCENT_HEAD = re.compile(r"tỷ lệ|%")
_COUNT_HEAD = re.compile(r"(?:số lượng|kết quả(?: thực hiện)?|số liệu|giá trị|tổng số|thực hiện)(?: năm \d{4})?")
_TOTAL_ROW = re.compile(r"(?:tổng(?: số| cộng| hợp)?|cộng(?: chung)?|cộng (?:tổng|toàn tỉnh)|toàn tỉnh)\s*[:.]?")
FEWEST_ADDED = 2
SCANNED = 0.85  # of a number in a table of a scan: below what counts as sure
DEEPEST, HEADS_LOOKED_AT = 3, 12
LONGEST = 600
FIRST_ROW = 100_000  # groups of rows count from there, those of sentences from 0


@dataclass(frozen=True, slots=True)
class _Heads:
    """The words above each column, and the first row below them."""

    words: tuple[str, ...]
    end: int


def read_table_figures(pages: Iterable[Page], document: str, first_group: int = FIRST_ROW) -> Iterator[StatedFigure]:
    """What the tables of those pages state, row by row. Groups count from ``first_group``."""
    group = first_group
    heads: _Heads | None = None
    for page in pages:
        for table in page.tables:
            rows = [tuple(" ".join(nfc(cell or "").split()) for cell in row) for row in table.rows]
            own = _find_heads(rows)
            if own is None and (heads is None or not rows or len(heads.words) != len(rows[0])):
                own = _Heads(("",) * max((len(row) for row in rows), default=0), 0)
            heads = own or _Heads(heads.words if heads else (), 0)  # goes on from the page before
            for figures in _read_rows(rows, heads, page, table, document, group):
                yield from figures
                group += 1


def read_column_sums(pages: Iterable[Page], document: str) -> Iterator[StatedSum]:
    """The totals of columns ("Cộng", "Tổng số") against the numbers above them, back to the total or heading before.
    Columns of percents are no sums; a column that lacks numbers may be some of its total."""
    heads: _Heads | None = None
    for page in pages:
        for table in page.tables:
            rows = [tuple(" ".join(nfc(cell or "").split()) for cell in row) for row in table.rows]
            heads = _find_heads(rows) or _Heads(heads.words if heads else (), 0)
            place = _Place(page, table, document, 0)
            yield from _sum_columns(rows[heads.end :], heads, place)


def _sum_columns(rows: Sequence[tuple[str, ...]], heads: _Heads, place: _Place) -> Iterator[StatedSum]:
    above: list[tuple[str, ...]] = []
    for row in rows:
        if not is_total_row(row):
            above.append(row)
            continue
        for at, cell in enumerate(row):
            head = heads.words[at] if at < len(heads.words) else ""
            whole = _NUMBER.fullmatch(cell)
            if whole is None or whole["percent"] or whole["whole"] or not at or _PERCENT_HEAD.search(fold(head)):
                continue
            cells = [_NUMBER.fullmatch(other[at]) for other in above if at < len(other) and other[at]]
            parts = [read_number(each["value"]) for each in cells if each and not each["percent"]]
            if len(parts) >= FEWEST_ADDED and not _ORDER.fullmatch(head.strip()) and not _NOTE_HEAD.match(head):
                yield StatedSum(
                    read_number(whole["value"]), tuple(parts), _source(row, place), len(parts) == len(above)
                )
        above = []


def is_total_row(row: Sequence[str]) -> bool:
    """Whether the row sums up those above it: its words are "Cộng", "Tổng số", and nothing that is counted.

    >>> is_total_row(("", "Tổng cộng", "45", "43")), is_total_row(("1", "Tổng số nhiệm vụ", "45"))
    (True, False)
    """
    words = [cell for cell in row if cell and not _NUMBER.fullmatch(cell) and not _NUMERAL.fullmatch(cell)]
    return bool(words) and all(_TOTAL_ROW.fullmatch(fold(word)) for word in words)


def _find_heads(rows: Sequence[tuple[str, ...]]) -> _Heads | None:
    """The rows of words above the first row with a number in it."""
    for at, row in enumerate(rows[:HEADS_LOOKED_AT]):
        filled = [cell for cell in row if cell]
        if len(filled) < 2 or any(_NUMBER.fullmatch(cell) for cell in filled):
            continue
        end = at + 1
        while end < len(rows) and end - at < DEEPEST and _goes_on(rows[end]):
            end += 1
        if end < len(rows) and all(re.fullmatch(r"\(?\d{1,2}\)?|\(?[A-Z]\)?|", cell) for cell in rows[end]):
            end += 1  # columns counted: (1) (2) (3)
        width = max(len(each) for each in rows)
        words = tuple(
            " ".join(dict.fromkeys(each[place] for each in rows[at:end] if place < len(each) and each[place]))
            for place in range(width)
        )
        return _Heads(words, end)
    return None


def _goes_on(row: Sequence[str]) -> bool:
    filled = [cell for cell in row if cell]
    return not row[0] and len(filled) > 1 and not any(_NUMBER.fullmatch(cell) for cell in filled)


def _read_rows(
    rows: Sequence[tuple[str, ...]], heads: _Heads, page: Page, table: Table, document: str, first: int
) -> Iterator[list[StatedFigure]]:
    heading = above = ""
    for at, row in enumerate(rows[heads.end :]):
        texts = [cell for cell, head in zip(row, heads.words, strict=False) if _is_text(cell, head)]
        label = " ".join(dict.fromkeys(texts))[:LONGEST]
        numbers = [place for place, cell in enumerate(row) if _is_number(cell, place, row, heads.words)]
        if not numbers:
            heading = label or heading
            continue
        if is_total_row(row):
            continue  # of all rows above: held against them (``read_column_sums``), no figure of the unit
        own = label if name_counted(label) else f"{above} {label}".strip()
        above = own
        yield list(_read_row(row, numbers, own, heading, heads, _Place(page, table, document, first + at)))


@dataclass(frozen=True, slots=True)
class _Place:
    page: Page
    table: Table
    document: str
    group: int


def _read_row(
    row: tuple[str, ...], numbers: Sequence[int], label: str, heading: str, heads: _Heads, place: _Place
) -> Iterator[StatedFigure]:
    source = _source(row, place)
    for at in numbers:
        match = _NUMBER.fullmatch(row[at])
        if match is None:
            continue
        head = heads.words[at] if at < len(heads.words) else ""
        in_head = find_role(head) if not _COUNT_HEAD.fullmatch(fold(head)) else FigureRole.PLAIN
        in_row = find_role(label)
        role = in_head if in_head is not FigureRole.PLAIN and name_counted(label) else in_row
        if role is FigureRole.PLAIN:
            role = in_head
        words, context = f"{label} {head}".strip(), f"{heading} {label} {' '.join(heads.words)}"[:LONGEST]
        is_percent = bool(match["percent"]) or bool(_PERCENT_HEAD.search(fold(head))) or _counts_percent(row, label)
        if is_percent and role in (FigureRole.PLAIN, FigureRole.TOTAL):
            role = FigureRole.DONE
        if match["whole"]:
            yield StatedFigure(
                read_number(match["whole"]), FigureRole.TOTAL, words, words, context, place.group, source
            )
            role = FigureRole.DONE if role in (FigureRole.PLAIN, FigureRole.TOTAL) else role
        yield StatedFigure(
            read_number(match["value"]), role, words, words, context, place.group, source, is_percent
        )  # fmt: skip


def _counts_percent(row: Sequence[str], label: str) -> bool:
    """Whether the row's unit is the percent, or its words begin "Tỷ lệ"."""
    return "%" in row or fold(label).startswith("tỷ lệ")


def _is_text(cell: str, head: str) -> bool:
    if not cell or _NUMBER.fullmatch(cell) or _NUMERAL.fullmatch(cell):
        return False
    return not (_ORDER.fullmatch(head) or _UNIT_HEAD.search(head) or _NOTE_HEAD.match(head))


def _is_number(cell: str, place: int, row: Sequence[str], heads: Sequence[str]) -> bool:
    head = heads[place] if place < len(heads) else ""
    if not _NUMBER.fullmatch(cell) or _ORDER.fullmatch(head.strip()) or _NOTE_HEAD.match(head):
        return False
    return place > 0 and any(_is_text(other, "") for other in row[:place])  # a number before its words is an order


def _source(row: Sequence[str], place: _Place) -> FigureSource:
    """The row as proof: the box of the page's lines that its words stand in, else that of the table."""
    raw = " | ".join(cell for cell in row if cell)[:400]
    lines = [line for line in place.page.lines if line.box and _shows(line, row, place.table)]
    box = enclose(tuple(line.box for line in lines if line.box)) if lines else place.table.box
    words = [word.confidence for line in lines for word in line.words]
    sure = min(words, default=1.0)
    if place.page.origin is Origin.OCR:  # rows of a scan were set again: a cell may stand in the wrong one
        sure = min(sure, SCANNED)
    return FigureSource(place.document, place.page.number, box, raw, sure)


def _shows(line: Line, row: Sequence[str], table: Table) -> bool:
    """Whether a line inside the table's box begins the row's longest cell."""
    box, own = table.box, line.box
    if box is None or own is None or not box[1] - 2 <= own[1] <= box[3] + 2:
        return False
    longest = max(row, key=len)
    head = " ".join(longest.split()[:4])
    return bool(head) and head in " ".join(nfc(line.text).split())

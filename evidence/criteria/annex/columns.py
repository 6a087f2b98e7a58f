"""Which column of a table holds what: by the words of its header, never by its place.

A header has a column of titles and at least one of points, scoring or evidence. It may take several rows (merged), be
repeated on every page, and be followed by a row that numbers the columns.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from evidence.criteria.annex import amounts, codes
from evidence.criteria.tables.header_phrases import find_role, plain_letters

Cells = tuple[str | None, ...]
LONGEST = 160  # characters of a header's cell; the longest met has 94
SHORT = 60  # characters of a header below a header
DEEPEST = 4  # rows of one header
SEARCHED = 40  # rows of a table in which its header begins: spreadsheets have titles above it


class Role(StrEnum):
    CODE = "code"
    TITLE = "title"
    POINTS = "points"
    RULE = "rule"
    EVIDENCE = "evidence"
    SELF = "self"
    APPRAISED = "appraised"
    SURVEY = "survey"
    ACHIEVED = "achieved"
    INDEX = "index"
    NOTE = "note"
    OWNER = "owner"
    WEIGHT = "weight"
    DUE = "due"


TELLING = {Role.POINTS, Role.RULE, Role.EVIDENCE}


@dataclass(frozen=True, slots=True)
class Header:
    """``first`` and ``end`` are the rows it takes; ``columns`` where each role stands; ``texts`` all that it says.

    ``titles``: fields, criteria and their parts may have a column each.
    """

    first: int
    end: int
    width: int
    columns: dict[Role, int]
    titles: tuple[int, ...]
    texts: frozenset[str]
    edges: tuple[float, ...] = ()

    def cell(self, row: Cells, role: Role) -> str | None:
        """That cell of a row; an empty text where the table has no such column."""
        at = self.columns.get(role)
        return row[at] if at is not None and at < len(row) else ""


def find_header(rows: Sequence[Cells], edges: tuple[float, ...] = ()) -> Header | None:
    """The header among the first rows; ``None`` for a table that is none of criteria."""
    for first, row in enumerate(rows[:SEARCHED]):
        if _is_header_row(row):
            end = _end(rows, first)
            return _header(rows, first, end, edges)
    return None


def _is_header_row(row: Cells) -> bool:
    if any(len(cell) > LONGEST for cell in row if cell):
        return False
    roles = {role for cell in row if cell and (role := role_of(cell))}
    return Role.TITLE in roles and bool(roles & TELLING)


def _end(rows: Sequence[Cells], first: int) -> int:
    """The row after the header: what has no title of its own, tells roles or numbers the columns, still belongs."""
    title = next(at for at, cell in enumerate(rows[first]) if cell and role_of(cell) is Role.TITLE)
    end = first + 1
    while end < min(len(rows), first + DEEPEST) and _continues_header(rows[end], title):
        end += 1
    return end


def _continues_header(row: Cells, title: int) -> bool:
    if is_numbering(row):
        return True
    cells = [cell for cell in row if cell]
    wordy = all(amounts.parse_points(cell) is None and len(cell) <= SHORT for cell in cells)
    return not row[title] and bool(cells) and wordy and (row[title] is None or any(role_of(cell) for cell in cells))


def is_numbering(row: Cells) -> bool:
    """A row that numbers the columns: ``1 2 3 4``, ``(1) (2) (3)``, ``A B 1 2 3=1+2``.

    >>> is_numbering(("(1)", "(2)", "(3)", "(4)=(2)+(3)")), is_numbering(("1", "2", "3", ""))
    (True, True)
    >>> is_numbering(("1", "2", "10"))
    False
    """
    texts = [re.split("=", cell)[0].strip(" ()[].") for cell in row if cell]
    places = [codes.ordinal_of(text) for text in texts if re.fullmatch(r"\d{1,2}|[A-Za-z]", text)]
    if len(texts) < 3 or len(places) < len(texts) or places[0] != 1:
        return False
    return all(_next(text, following) for text, following in pairwise(texts))


def _next(number: str, following: str) -> bool:
    """``two`` follows ``one``; behind letters the figures begin."""
    begins = number.isalpha() and following == "1"
    return begins or (
        number.isdigit() == following.isdigit() and codes.ordinal_of(following) == codes.ordinal_of(number) + 1
    )


def _header(rows: Sequence[Cells], first: int, end: int, edges: tuple[float, ...]) -> Header:
    width = max(len(row) for row in rows[first:end])
    texts = frozenset(plain_letters(cell) for row in rows[first:end] for cell in row if cell)
    places: dict[Role, list[int]] = {}
    for at in range(width):
        own = [cell for row in rows[first:end] if not is_numbering(row) and at < len(row) and (cell := row[at])]
        role = next((role for cell in (*own[::-1], " ".join(own)) if (role := role_of(cell))), None)
        if role:
            places.setdefault(role, []).append(at)
    columns = {role: listed[0] for role, listed in places.items()}
    columns |= _points_columns(rows[end:], places.get(Role.POINTS, []), columns)
    columns |= _code_column(rows[end:], columns)
    return Header(first, end, width, columns, tuple(places[Role.TITLE]), texts, edges)


def _points_columns(body: Sequence[Cells], places: Sequence[int], columns: Mapping[Role, int]) -> dict[Role, int]:
    """Of several columns that speak of points the one that holds most; a further one words the scoring."""
    if len(places) < 2:
        return {}
    amounts_in = {at: sum(amounts.parse_points(row[at]) is not None for row in body if at < len(row)) for at in places}
    best = max(places, key=lambda at: amounts_in[at])
    wordy = [at for at in places if at != best and amounts_in[at] == 0]
    rule = {Role.RULE: wordy[0]} if wordy and Role.RULE not in columns else {}
    return {Role.POINTS: best, **rule}


def _code_column(body: Sequence[Cells], columns: Mapping[Role, int]) -> dict[Role, int]:
    """The column of codes where its header is blank: the one left of the titles that holds most codes."""
    title = columns.get(Role.TITLE, 0)
    if Role.CODE in columns:
        return {}
    counts = {
        at: sum(codes.parse_code(row[at] or "") is not None for row in body if at < len(row)) for at in range(title)
    }
    best = max(counts, key=lambda at: counts[at], default=None)
    if best is None or counts[best] * 2 <= sum(bool(row[best]) for row in body if best < len(row)):
        return {}
    return {Role.CODE: best}


def role_of(text: str) -> Role | None:
    """What a header's cell announces.

    >>> role_of("Nội dung Tiêu chí/Tiêu chí thành phần\\nvà hướng dẫn cách đánh giá").value
    'title'
    >>> [role_of(one).value for one in ("Điểm tối đa", "Điểm tự đánh giá của đơn vị", "Tài liệu kiểm chứng (TLKC)")]
    ['points', 'self', 'evidence']
    >>> role_of("Điểm đánh giá thực tế BNV đánh giá").value, role_of("Chỉ số").value, role_of("Kế hoạch")
    ('appraised', 'index', None)
    """
    role = find_role(text, "evidence.criteria.annex")
    return Role(role) if role else None

"""The headings of a survey's table: where they stand, and which column is which.

Forms export a question as its whole text ("Câu 1. Ông/bà đánh giá thế nào …"), a map names it by how it begins. A grid
of Google Forms or LimeSurvey has a column for each row of the grid: ``Câu 3 [Sở Nội vụ]``.

>>> begins_with("Câu 1. Ông/bà đánh giá", "câu 1"), begins_with("Câu 10. Ông/bà", "Câu 1")
(True, False)
>>> split_brackets("Câu 3 [Sở Nội vụ]"), cell_name(27, 4)
(('Câu 3', 'Sở Nội vụ'), 'AB4')
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from evidence.model.scoring import OfficeRow
from evidence.vietnamese.text import fold, nfc

HEADING_ROWS = 20  # rows looked at: titles and the name of the survey may stand above
_BRACKETS = re.compile(r"(.*\S)?\s*\[([^\[\]]+)\]\s*")
_PARTED = re.compile(r"(.*\S)\s*(?:[-–—:|/.]|\s)\s*(\S.*)")


def plain(text: str) -> str:
    """The text composed, with single blanks."""
    return " ".join(nfc(text).split())


def begins_with(head: str, name: str) -> bool:
    """Whether the heading is that name, or goes on behind it with something that is no letter and no digit."""
    full, start = fold(plain(head)), fold(plain(name))
    return bool(start) and full.startswith(start) and (len(full) == len(start) or not full[len(start)].isalnum())


def split_brackets(head: str) -> tuple[str, str] | None:
    """The heading before its brackets, and what stands in them; None for a heading without."""
    match = _BRACKETS.fullmatch(plain(head))
    return (match[1] or "", match[2].strip()) if match else None


def find_column(heads: Sequence[str], name: str) -> int | None:
    """The column of that heading: the one that is it, else the only one that begins so."""
    exact = [at for at, head in enumerate(heads) if fold(plain(head)) == fold(plain(name))]
    near = exact or [at for at, head in enumerate(heads) if begins_with(head, name)]
    return near[0] if len(near) == 1 or exact else None


def find_columns_of(heads: Sequence[str], name: str) -> list[int]:
    """Every column of a question: one, or one for each row of a grid."""
    exact = [at for at, head in enumerate(heads) if fold(plain(head)) == fold(plain(name))]
    return exact or [at for at, head in enumerate(heads) if begins_with(head, name)]


def split_heading(head: str, name: str) -> str | None:
    """What stands in a heading behind that name and a sign ("Câu 1 - Tốt", "Câu 1 [Tốt]"); None where it does not begin
    so, or nothing follows."""
    if not begins_with(head, name):
        return None
    rest = plain(head)[len(plain(name)) :].strip(" -–—:|/.")
    brackets = split_brackets(rest)
    return (brackets[1] if brackets else rest) or None


def group_by_sheet(rows: Sequence[OfficeRow]) -> Iterator[list[OfficeRow]]:
    """The rows of each table by itself: numbering begins anew."""
    part: list[OfficeRow] = []
    for row in rows:
        if part and (row.sheet != part[-1].sheet or row.number <= part[-1].number):
            yield part
            part = []
        part.append(row)
    if part:
        yield part


def cell_name(column: int, row: int) -> str:
    """A cell as spreadsheets name it; ``column`` counts from 0, ``row`` from 1."""
    letters, left = "", column + 1
    while left:
        left, rest = divmod(left - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row}"

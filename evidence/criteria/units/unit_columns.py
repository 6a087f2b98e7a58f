"""Which column of a list of units holds what: by the words of its header, or by its content where it has none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import cast

from evidence import resources
from evidence.criteria.units.unit_identity import known_agency
from evidence.vietnamese.text import fold, strip_marks

Cells = tuple[str | None, ...]
SEARCHED = 40  # rows among which the header is looked for: titles of the office and the list stand above it
LONGEST = 60  # letters of a cell of a header
_LISTED = re.compile(r"\w+\s*[,/-]")  # "Sở, ban, ngành": a heading, no agency
ORDER = re.compile(r"\(?(?:\d{1,4}|[IVXLC]{1,6}|[A-Za-zĐđ])[.)]?\)?")


@dataclass(frozen=True, slots=True)
class UnitHeader:
    """``end`` is the first row below the header; ``columns`` says where each role stands."""

    end: int
    width: int
    columns: dict[str, int]


def find_unit_header(rows: Sequence[Cells]) -> UnitHeader | None:
    """The header among the first rows; None for a table that has none."""
    for first, row in enumerate(rows[:SEARCHED]):
        columns = read_columns(row)
        if ("name" in columns and len(columns) > 1) or (
            "name" in columns and len(_said(row)) == 1 and _heads(rows, first)
        ):
            end, columns = _extend(rows, first, columns)
            return UnitHeader(end, max(len(line) for line in rows), columns)
        if "code" in columns and "name" not in columns and len(columns) > 1:
            end, columns = _extend(rows, first, columns)
            return UnitHeader(end, max(len(line) for line in rows), columns)
    return None


def guess_columns(rows: Sequence[Cells]) -> UnitHeader | None:
    """A list without a header: the column whose cells are mostly agencies holds the names."""
    width = max((len(row) for row in rows), default=0)
    filled = [row for row in rows if any(cell for cell in row)]
    for at in range(width):
        cells = [cell for row in filled if at < len(row) and (cell := row[at])]
        known = [cell for cell in cells if " " in cell and known_agency(cell)]
        if cells and len(known) * 2 > len(cells) and len(cells) * 2 > len(filled):
            columns = {"name": at}
            left = [row[at - 1] for row in filled if at and at - 1 < len(row)]
            if any(cell and not ORDER.fullmatch(cell) for cell in left):
                columns["code"] = at - 1
            elif at:
                columns["order"] = at - 1
            return UnitHeader(0, width, columns)
    return None


def read_columns(row: Cells) -> dict[str, int]:
    """Which role each cell of a header names; a role is given once."""
    columns: dict[str, int] = {}
    for at, cell in enumerate(row):
        role = role_of(cell) if cell and len(cell) <= LONGEST else None
        if role:
            columns.setdefault(role, at)
    return columns


def role_of(text: str) -> str | None:
    """The role that the words of a header name.

    >>> [role_of(text) for text in ("Tên cơ quan, đơn vị", "STT", "Mã", "Cơ quan ban hành", "Nhóm", "Sở Nội vụ")]
    ['name', 'order', 'code', 'issuer', 'group', None]
    """
    plain = " ".join(strip_marks(fold(text)).replace("đ", "d").split()).strip(" :.")
    matches = []
    for role, phrases in _phrases().items():
        for phrase in phrases:
            whole = phrase.startswith("=")
            wanted = phrase.lstrip("=")
            if plain == wanted or (not whole and (at := re.search(rf"(?<!\w){re.escape(wanted)}(?!\w)", plain))):
                matches.append((0 if plain == wanted else at.start(), -len(wanted), role))  # type: ignore[union-attr]
    if not matches or (known_agency(text) and not _LISTED.match(text)):
        return None
    return min(matches)[2]


def is_numbering(row: Cells) -> bool:
    """A row that numbers the columns: ``1 2 3``, ``(1) (2)``, ``A B C``."""
    texts = [cell.strip("() ") for cell in row if cell]
    numbers = [str(number) for number in range(1, len(texts) + 1)]
    letters = [chr(ord("A") + number) for number in range(len(texts))]
    return len(texts) > 1 and texts in (numbers, letters)


def _said(row: Cells) -> list[str]:
    return [cell for cell in row if cell]


def _heads(rows: Sequence[Cells], first: int) -> bool:
    """Whether a row with a single heading stands over agencies and is no title of the list."""
    below = [cell for row in rows[first + 1 : first + 4] for cell in row if cell]
    return bool(below) and known_agency(below[0])


def _extend(rows: Sequence[Cells], first: int, columns: dict[str, int]) -> tuple[int, dict[str, int]]:
    """The header goes on in rows that name further roles and no unit, and in the one that numbers the columns."""
    end = first + 1
    while end < len(rows) and end < first + 4:
        row = rows[end]
        more = {
            role: at for role, at in read_columns(row).items() if role not in columns and at not in columns.values()
        }
        at = columns.get("name", columns.get("code", 0))
        bare = at >= len(row) or not row[at]
        if not is_numbering(row) and not (more and (bare or role_of(row[at] or "") == "name")):
            break
        columns = {**columns, **more}
        end += 1
    return end, columns


@cache
def _phrases() -> dict[str, list[str]]:
    return cast("dict[str, list[str]]", resources.load_yaml("evidence.criteria.units", "columns.yaml"))

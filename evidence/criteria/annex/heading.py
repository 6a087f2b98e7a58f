"""What stands above an annex's table: the set's title, year, level, and the decision that it hangs on."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from evidence import resources
from evidence.criteria.annex.columns import Role
from evidence.criteria.annex.table_rows import AnnexForm, AnnexTable
from evidence.criteria.tables.header_phrases import plain_letters
from evidence.model.document import Page
from evidence.values import date as dates
from evidence.values import number as numbers
from evidence.values.motto import motto_openings
from evidence.values.number import Number

ATTACHED = re.compile(r"kèm\s+theo", re.IGNORECASE)
YEAR = re.compile(r"năm\s*(20\d\d)", re.IGNORECASE)
ANY_YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
ASIDE = ("uy ban nhan dan", "phu luc", "bang ", "mau so", "bieu mau")
MOST = 25  # lines looked at above a table
LETTERS = 12  # capitals of the shortest title


@dataclass(frozen=True, slots=True)
class Heading:
    """``None`` where nothing says so."""

    title: str | None = None
    year: int | None = None
    level: str | None = None
    number: Number | None = None
    date: datetime.date | None = None


def read_heading(pages: Sequence[Page], sheet: AnnexTable) -> Heading:
    """The heading of one set."""
    lines = _above(pages, sheet)
    title = _title(lines)
    number, day = _attached("\n".join(lines))
    said = YEAR.findall(title or "") or YEAR.findall(" ".join(lines))
    year = int(said[0]) if said else (day.year if day else _dated(lines))
    return Heading(title, year, _level(title or " ".join(lines)), number, day)


def _above(pages: Sequence[Page], sheet: AnnexTable) -> list[str]:
    """The lines before the table's header, the nearest last."""
    place = sheet.place
    if place.form is AnnexForm.TABLE:
        lines: list[str] = []
        for line in pages[0].lines:
            if line.cell and line.cell.table == place.table - 1:
                break
            lines += [line.text] if line.cell is None else []
        return lines[-MOST:]
    page = next(each for each in pages if each.number == place.number)
    table = page.tables[place.table - 1]
    if table.box is None:
        rows = [dict.fromkeys(cell for cell in row if cell) for row in table.rows[: place.row - 1]]
        return ["\n".join(cells) for cells in rows if cells]
    top = table.box[1]
    lines = [line.text for line in page.lines if line.box and line.box[3] <= top + 2]
    return lines[-MOST:] if any(_words(line) for line in lines) else _before(pages, page.number)


def _before(pages: Sequence[Page], number: int) -> list[str]:
    """A table at the head of a page has its title at the foot of the page before."""
    page = next((each for each in pages if each.number == number - 1), None)
    bottom = max((table.box[3] for table in page.tables if table.box), default=0.0) if page else 0.0
    return [line.text for line in page.lines if line.box and line.box[1] >= bottom][-MOST:] if page else []


def _words(line: str) -> bool:
    return len(re.findall(r"[^\W\d_]{2,}", line)) >= 2


def _title(lines: Sequence[str]) -> str | None:
    """The lines in capitals that stand nearest above the table, without those that only number the annex."""
    block: list[str] = []
    for line in reversed("\n".join(lines).split("\n")):
        capitals = sum(letter.isupper() for letter in line)
        small = sum(letter.islower() for letter in line)
        if capitals > small * 2 and not plain_letters(line).startswith((*motto_openings(), *ASIDE)) and _words(line):
            block.insert(0, line.strip())
        elif block:
            break
    title = " ".join(block)
    return title if sum(letter.isupper() for letter in title) >= LETTERS else None


def _attached(text: str) -> tuple[Number | None, datetime.date | None]:
    """Number and date of "(Ban hành kèm theo Quyết định số …)"."""
    match = ATTACHED.search(text)
    if not match:
        return None, None
    rest = text[match.end() : match.end() + 300]
    number = next((each.number for each in numbers.search(rest)), None)
    day = next((each.date.to_date() for each in dates.search(rest) if each.date), None)
    return number, day


def _dated(lines: Sequence[str]) -> int | None:
    """The year of the last whole date above the table: a stamp of its registry says when it was issued."""
    days = [day for line in lines for each in dates.search(line) if each.date and (day := each.date.to_date())]
    return days[-1].year if days else None


def _level(text: str) -> str | None:
    folded = plain_letters(text)
    matches = [
        (folded.find(phrase), level) for level, phrases in _levels().items() for phrase in phrases if phrase in folded
    ]
    return min(matches)[1] if matches else None


@cache
def _levels() -> dict[str, list[str]]:
    data: dict[str, list[str]] = resources.load_yaml("evidence.criteria.annex", "levels.yaml")
    return data


def is_surveyed(row_note: Sequence[str]) -> bool:
    """Whether a note says that a survey gives the points: "ĐTXHH", "Điều tra xã hội học"."""
    folded = plain_letters(" ".join(row_note))
    return bool(re.search(r"\bdtxhh\b|\bxhh\b|dieu tra xa hoi|khao sat muc do|dieu tra xhh", folded))


def has_points(sheet: AnnexTable) -> bool:
    """Whether the table gives points at all, or only words how they are given (a guide)."""
    return Role.POINTS in sheet.header.columns

"""Lines without boxes: what office formats give before any layout."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from dataclasses import replace
from itertools import pairwise

from evidence.model.document import Cell, Line, Origin, Page, Table, Word
from evidence.model.geometry import A4
from evidence.values.motto import is_motto_in_capitals

# zero-width space, joiners and byte order marks: web pages and Word leave them inside numbers
NO_WIDTH = dict.fromkeys(map(ord, "\u180e\u200b\u200c\u200d\u2060\ufeff"))
LETTERHEAD = 10  # lines at the top of a page in which the motto of a new document stands


class LineBuilder:
    """Gathers the lines and tables of one document in their order."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.tables: list[Table] = []
        self.breaks: set[int] = set()  # lines before which a page was broken
        self._number = -1

    def next_table(self) -> int:
        """The number of the table that begins now."""
        self._number += 1
        return self._number

    def add(self, text: str, cell: Cell | None = None) -> None:
        """One line of text, composed (NFC), without signs of no width and white space between words; no empty one."""
        words = tuple(Word(word, None) for word in unicodedata.normalize("NFC", text.translate(NO_WIDTH)).split())
        if words:
            self.lines.append(Line(words, cell))

    def part(self) -> None:
        """A page is broken here."""
        self.breaks.add(len(self.lines))

    def page(self) -> Page:
        """All of it as page 1, of the size that NĐ 30/2020 prescribes."""
        origin = Origin.TEXT if self.lines else Origin.BLANK
        return Page(1, *A4, origin, tuple(self.lines), None, tuple(self.tables))

    def pages(self) -> tuple[Page, ...]:
        """The same; a page of its own from each break on behind which another letterhead stands."""
        starts = self._letters() if self.breaks else []
        if len(starts) < 2:
            return (self.page(),)
        pages: list[Page] = []
        tables = 0
        for number, (low, high) in enumerate(pairwise([*starts, len(self.lines)]), 1):
            lines = self.lines[low:high]
            end = max((line.cell.table + 1 for line in lines if line.cell), default=tables)
            end = len(self.tables) if number == len(starts) else end
            pages.append(Page(number, *A4, Origin.TEXT, _counted(lines, tables), None, tuple(self.tables[tables:end])))
            tables = end
        return tuple(pages)

    def _letters(self) -> list[int]:
        """The line where the text begins, and those where a page begins with a letterhead that is not the first."""
        starts, met, last = [0], False, 0
        mottoes = [at for at, line in enumerate(self.lines) if is_motto_in_capitals(line.text)]
        for at, after in pairwise([*sorted(self.breaks), len(self.lines)]):
            met = met or bisect_left(mottoes, at) > bisect_left(mottoes, last)
            if met and bisect_left(mottoes, min(at + LETTERHEAD, after)) > bisect_left(mottoes, at):
                starts.append(at)
                met, last = False, at
        return starts


def _counted(lines: list[Line], before: int) -> tuple[Line, ...]:
    """The lines of a page, their tables counted from its first one on."""
    cells = ((line, line.cell) for line in lines)
    return tuple(replace(line, cell=replace(cell, table=cell.table - before)) if cell else line for line, cell in cells)


def add_paragraphs(lines: LineBuilder, text: str) -> None:
    """Paragraphs as lines; rows between ``|`` as the cells of a table."""
    table = -1
    row = -1
    for line in text.splitlines():
        bare = line.strip()
        if "|" in bare and (bare.endswith("|") or bare.startswith("|")):
            if row < 0:
                table = lines.next_table()
            row += 1
            for column, cell in enumerate(bare.strip("|").split("|")):
                lines.add(cell, Cell(table, row, column))
        else:
            if bare:
                row = -1
            lines.add(line)

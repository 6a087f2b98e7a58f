"""Lines without boxes: what office formats give before any layout."""

from __future__ import annotations

import unicodedata

from evidence.model import Cell, Line, Origin, Page, Table, Word

A4 = (595.3, 841.9)


class Lines:
    """Gathers the lines and tables of one document in their order."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.tables: list[Table] = []
        self._number = -1

    def next_table(self) -> int:
        """The number of the table that begins now."""
        self._number += 1
        return self._number

    def add(self, text: str, cell: Cell | None = None) -> None:
        """One line of text, composed (NFC), white space between words dropped; an empty one is left out."""
        words = tuple(Word(word, None) for word in unicodedata.normalize("NFC", text).split())
        if words:
            self.lines.append(Line(words, cell))

    def page(self) -> Page:
        """All of it as page 1, of the size that NĐ 30/2020 prescribes."""
        origin = Origin.TEXT if self.lines else Origin.BLANK
        return Page(1, *A4, origin, tuple(self.lines), None, tuple(self.tables))


def fill(lines: Lines, text: str) -> None:
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

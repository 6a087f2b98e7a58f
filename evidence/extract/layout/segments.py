"""Pieces of lines with their place: what the zones of a page are made of.

A line of the text layer or of the OCR may run over both columns of a header or of a signature block. It is cut where
its words stand apart, so that each segment belongs to one column; ``start`` and ``end`` stay characters of the page's
text, whatever is cut.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from evidence.model.document import Line, Origin, Page, Word
from evidence.model.geometry import Box, enclose
from evidence.model.reading import EngineProfile, LineReading, ReadingRole
from evidence.model.record import FieldValue, Span
from evidence.vietnamese.text import strip_marks


@dataclass(frozen=True)
class Segment:
    """A run of words of one line. ``column`` is 0 for left, 1 for right, ``None`` for the whole width.

    Without slots: what every zone asks for (text, box) is worked out once, which doubles the speed of extraction.
    """

    page: int
    start: int
    words: tuple[Word, ...]
    column: int | None = None
    table: int | None = None
    readings: tuple[LineReading, ...] = ()  # of the whole line: what further engines read in it
    engine: EngineProfile | None = None  # whose OCR the words are

    @cached_property
    def text(self) -> str:
        return " ".join([word.text for word in self.words])

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @cached_property
    def box(self) -> Box | None:
        return enclose(tuple([word.box for word in self.words if word.box]))

    @cached_property
    def plain(self) -> str:
        """Lower case without diacritics, of the same length as ``text``: for patterns that must survive OCR."""
        plain = strip_marks(self.text).lower()
        return plain if len(plain) == len(self.text) else self.text.lower()

    @property
    def confidence(self) -> float:
        """The least sure word decides."""
        return min((word.confidence for word in self.words), default=0.0)

    @cached_property
    def is_ocr(self) -> bool:
        return Origin.OCR in [word.origin for word in self.words]

    @property
    def centre(self) -> float:
        return (self.box[0] + self.box[2]) / 2 if self.box else 0.0

    def span(self, start: int = 0, end: int | None = None) -> Span:
        """Where characters ``start:end`` of the segment stand on the page."""
        stop = len(self.text) if end is None else end
        return Span(self.page, self.start + start, self.start + stop, self.box_of(start, stop))

    def box_of(self, start: int, end: int) -> Box | None:
        """The box around the words that the characters ``start:end`` touch."""
        return enclose(tuple(word.box for word in self._touched(start, end) if word.box))

    def confidence_of(self, start: int, end: int) -> float:
        """The least confidence among the words that the characters ``start:end`` touch."""
        return min((word.confidence for word in self._touched(start, end)), default=0.0)

    def _touched(self, start: int, end: int) -> list[Word]:
        return [word for word, at in self.placed() if at < end and at + len(word.text) > start]

    def placed(self) -> list[tuple[Word, int]]:
        """Each word with the offset of its first character in ``text``."""
        placed, at = [], 0
        for word in self.words:
            placed.append((word, at))
            at += len(word.text) + 1
        return placed

    def cut(self, index: int) -> tuple[Segment, Segment]:
        """Two segments: the words before ``index`` and the rest."""
        at = self.placed()[index][1]
        return replace(self, words=self.words[:index]), replace(self, start=self.start + at, words=self.words[index:])


def read_segments(page: Page) -> list[Segment]:
    """One segment a line, in reading order; lines of a two-column table know their column."""
    segments, at = [], 0
    columns = _columns(page.lines)
    for line in page.lines:
        if line.words:
            column = columns.get((line.cell.table, line.cell.column)) if line.cell else None
            table = line.cell.table if line.cell else None
            readings = tuple(reading for reading in line.readings if reading.role is not ReadingRole.RAW)
            segments.append(Segment(page.number, at, line.words, column, table, readings, line.engine))
        at += sum([len(word.text) for word in line.words]) + max(1, len(line.words))  # as long as its text and a break
    return segments


def _columns(lines: tuple[Line, ...]) -> dict[tuple[int, int], int]:
    """(table, column) -> 0 or 1 for the tables of two columns of text, as headers and signature blocks are laid."""
    used: dict[int, set[int]] = {}
    for line in lines:
        if line.cell and line.words:
            used.setdefault(line.cell.table, set()).add(line.cell.column)
    sides: dict[tuple[int, int], int] = {}
    for table, columns in used.items():
        if len(columns) == 2:
            left, right = sorted(columns)
            sides |= {(table, left): 0, (table, right): 1}
    return sides


def split_segment(segment: Segment, x: float, gap: float) -> list[Segment]:
    """The segment cut between the words on either side of ``x`` where they stand ``gap`` points apart or more."""
    if segment.box is None or not segment.box[0] < x < segment.box[2]:
        return [segment]
    best, index = gap, 0
    for i in range(1, len(segment.words)):
        before, after = segment.words[i - 1].box, segment.words[i].box
        if before and after and (before[0] + before[2]) / 2 < x and (after[0] + after[2]) / 2 > x - 3 * gap:
            space = after[0] - before[2]
            if space >= best:
                best, index = space, i
    return list(segment.cut(index)) if index else [segment]


def join_segments(segments: list[Segment], value: str, confidence: float) -> FieldValue[str]:
    """A text that runs over segments of one page, with the span from the first to the last."""
    raw = " ".join(segment.text for segment in segments)
    box = enclose(tuple(segment.box for segment in segments if segment.box))
    page = segments[0].page
    same = [segment for segment in segments if segment.page == page]
    span = Span(page, min(s.start for s in same), max(s.end for s in same), box)
    return FieldValue(value, raw, span, confidence)

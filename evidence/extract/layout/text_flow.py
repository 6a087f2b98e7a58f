"""The pages of a document as one text: a sentence goes on over a page break as if the page furniture were not there.

Page numbers (NĐ 30/2020: centred in the top margin) and the running heads of the gazette stand alone on the first or
last line of a page; they are left out, and every character of the flow knows its place.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass

from evidence.model.document import Page, Word
from evidence.model.geometry import Box, enclose

FURNITURE = re.compile(
    r"\s*(?:[-–]?\s*(?:Trang\s+)?\d{1,4}(?:\s*/\s*\d{1,4})?\s*[-–]?|CÔNG BÁO\s*/\s*Số[^\n]{0,60})\s*"
)
EDGE = 2  # furniture takes at most so many lines at either end of a page


@dataclass(frozen=True, slots=True)
class TextFlow:
    """``text`` joined by line ends; piece ``i`` begins at ``starts[i]`` there and at ``offsets[i]`` of its page."""

    text: str
    starts: tuple[int, ...]
    offsets: tuple[int, ...]
    lengths: tuple[int, ...]

    def locate(self, start: int, end: int) -> tuple[int, int, int]:
        """Index of the page where ``start`` stands, and start and end on it; what goes on beyond it is cut off."""
        index = bisect_right(self.starts, start) - 1
        low = self.starts[index]
        last = min(end - low, self.lengths[index])
        return index, self.offsets[index] + start - low, self.offsets[index] + last


def join_pages(pages: tuple[Page, ...]) -> TextFlow:
    """The flow of the pages.

    >>> join_pages(()).text
    ''
    """
    parts: list[str] = []
    starts, offsets, at = [], [], 0
    for index, page in enumerate(pages):
        text = page.text
        low, high = _body_range(text) if index or len(pages) > 1 else (0, len(text))
        parts.append(text[low:high])
        starts.append(at)
        offsets.append(low)
        at += high - low + 1
    return TextFlow("\n".join(parts), tuple(starts), tuple(offsets), tuple(map(len, parts)))


def _body_range(text: str) -> tuple[int, int]:
    """Where the text begins and ends without furniture."""
    low, high = 0, len(text)
    for _ in range(EDGE):
        end = text.find("\n", low, high)
        if end < 0 or not FURNITURE.fullmatch(text, low, end):
            break
        low = end + 1
    for _ in range(EDGE):
        start = text.rfind("\n", low, high)
        if start < 0 or not FURNITURE.fullmatch(text, start + 1, high):
            break
        high = start
    return low, high


class WordPlaces:
    """Where the words of one page stand. They are found by bisection: a page may hold thousands of citations."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._starts: list[int] = []
        self._words: list[Word] = []
        at = 0
        for line in page.lines:
            for word in line.words:
                self._starts.append(at)
                self._words.append(word)
                at += len(word.text) + 1
            at += not line.words  # the end of an empty line

    def find_box(self, start: int, end: int) -> tuple[Box | None, float]:
        """The box around the words of ``start:end``, and the least confidence among them."""
        low = max(0, bisect_right(self._starts, start) - 1)
        words = self._words[low : bisect_left(self._starts, end)]
        touched = [word for at, word in enumerate(words, low) if self._starts[at] + len(word.text) > start]
        boxes = tuple(word.box for word in touched if word.box)
        return enclose(boxes), min((word.confidence for word in touched), default=1.0)

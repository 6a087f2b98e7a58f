"""The sentences of a document's pages, each with its place: page, box of its lines, how surely they were read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from evidence.model.document import Line, Page
from evidence.model.geometry import enclose
from evidence.model.scores.figures import FigureSource
from evidence.vietnamese.text import nfc

_HEADING = re.compile(r"^\s*(?:[IVX]{1,5}[.)]|\d{1,2}(?:\.\d{1,2})*[.)]?|[a-zđ][.)])\s+\S", re.IGNORECASE)
_BULLET = re.compile(r"^\s*[-–—+•*●▪]\s+")
_END = re.compile(r"(?<=[.;!?])\s+(?=[A-ZĐÀ-Ỹ\-–+•])")
LONGEST_HEADING = 160
LONGEST = 1200  # letters of a sentence that is looked at


@dataclass(frozen=True, slots=True)
class PageSentence:
    """A sentence; ``heading``: the last heading above it."""

    text: str
    page: int
    lines: tuple[Line, ...]
    heading: str

    def source(self, document: str, raw: str = "") -> FigureSource:
        """The place of the sentence as proof."""
        words = [word.confidence for line in self.lines for word in line.words]
        box = enclose(tuple(line.box for line in self.lines if line.box))
        return FigureSource(document, self.page, box, (raw or self.text)[:400], min(words, default=1.0))


def list_sentences(pages: Iterable[Page]) -> Iterator[PageSentence]:
    """Sentences in order, without the cells of tables; a paragraph that runs over lines is put together."""
    heading = ""
    for page in pages:
        for lines in _paragraphs(page):
            text = " ".join(" ".join(nfc(line.text).split()) for line in lines)
            if _HEADING.match(text) and len(text) <= LONGEST_HEADING and not text.endswith((";", ",")):
                heading = text
            at = 0
            for part in _END.split(text):
                start = text.find(part, at)
                at = start + len(part)
                if any(letter.isdigit() for letter in part) and len(part) <= LONGEST:
                    yield PageSentence(part, page.number, _lines_between(lines, start, at), heading)


def _paragraphs(page: Page) -> Iterator[tuple[Line, ...]]:
    held: list[Line] = []
    for line in page.lines:
        text = nfc(line.text).strip()
        if line.cell is not None or not text:
            continue
        begins = bool(_HEADING.match(text) or _BULLET.match(text))
        if held and (begins or held[-1].text.rstrip().endswith((".", ":", ";"))):
            yield tuple(held)
            held = []
        held.append(line)
    if held:
        yield tuple(held)


def _lines_between(lines: tuple[Line, ...], start: int, end: int) -> tuple[Line, ...]:
    """The lines that hold those letters of the paragraph."""
    at, chosen = 0, []
    for line in lines:
        after = at + len(" ".join(nfc(line.text).split())) + 1
        if after > start and at < end:
            chosen.append(line)
        at = after
    return tuple(chosen)

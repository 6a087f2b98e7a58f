"""The standards that a text names: beside the citations, since no document is meant that could be handed in or found.

Each mention has its place. Standards are never among the citations, nor do they lend their figures to a number there.
"""

from __future__ import annotations

from evidence.extract.layout.text_flow import WordPlaces, join_pages
from evidence.model.document import Origin, Page
from evidence.model.record import FieldValue, Span
from evidence.values import standard as standards
from evidence.values.standard import Standard
from evidence.vietnamese.text import canon, plain_map


def read_standards(pages: tuple[Page, ...]) -> tuple[FieldValue[Standard], ...]:
    """The standards named on the pages, in the order of the text."""
    whole = join_pages(pages)
    composed, offsets = plain_map(whole.text)
    places: dict[int, WordPlaces] = {}
    found = []
    for match in standards.search(canon(composed)):
        start, end = (match.start, match.end) if offsets is None else (offsets[match.start], offsets[match.end - 1] + 1)
        index, low, high = whole.place(start, end)
        if index not in places:
            places[index] = WordPlaces(pages[index])
        at = places[index]
        box, confidence = at.around(low, high)
        if at.page.origin is not Origin.OCR:
            confidence = 1.0
        span = Span(at.page.number, low, high, box)
        found.append(FieldValue(match.standard, whole.text[start:end], span, round(max(confidence, 0.0), 3)))
    return tuple(found)

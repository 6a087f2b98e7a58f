"""The standards that a text names: beside the citations, since no document is meant that could be submitted or found.

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
    flow = join_pages(pages)
    composed, offsets = plain_map(flow.text)
    places: dict[int, WordPlaces] = {}
    mentions = []
    for match in standards.search(canon(composed)):
        start, end = (match.start, match.end) if offsets is None else (offsets[match.start], offsets[match.end - 1] + 1)
        index, low, high = flow.locate(start, end)
        if index not in places:
            places[index] = WordPlaces(pages[index])
        page_places = places[index]
        box, confidence = page_places.find_box(low, high)
        if page_places.page.origin is not Origin.OCR:
            confidence = 1.0
        span = Span(page_places.page.number, low, high, box)
        mentions.append(FieldValue(match.standard, flow.text[start:end], span, round(max(confidence, 0.0), 3)))
    return tuple(mentions)

"""The annexes that a file really contains: headings ``Phụ lục``, ``PHỤ LỤC III`` at the top of a page or section.

NĐ 30/2020, Phụ lục I, III: the word and its number (Roman where there are several) stand centred on a line of their
own. A sentence that mentions an annex is not one.
"""

from __future__ import annotations

import re

from evidence.extract.layout.segments import read_segments
from evidence.model.document import Document
from evidence.model.record import FieldValue

HEADING = re.compile(r"\W{0,2}phu luc(?:\s+(?:so\s+)?(?P<number>[ivxlc]{1,5}|\d{1,2}[a-z]?))?\s*[:.]?\s*$")


def read_annexes(document: Document) -> tuple[FieldValue[str], ...]:
    """Each annex heading once, as ``Phụ lục`` or ``Phụ lục III``, in order of pages."""
    annexes: dict[str, FieldValue[str]] = {}
    for page in document.pages:
        for segment in read_segments(page):
            match = HEADING.match(segment.plain) if len(segment.text) < 30 else None
            if match:
                name = f"Phụ lục {match['number'].upper()}" if match["number"] else "Phụ lục"
                certain = min(0.97, segment.confidence)
                annexes.setdefault(name, FieldValue(name, segment.text, segment.span(), certain))
    return tuple(annexes.values())

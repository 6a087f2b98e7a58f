"""Consolidated texts (văn bản hợp nhất): their own number, date and issuer stand on one of the last pages.

Pháp lệnh 01/2012/UBTVQH13: the text of a document with its amendments put in, authenticated at its end
(``XÁC THỰC VĂN BẢN HỢP NHẤT``, ``Số: 46/VBHN-BQP``). What page 1 shows are kind, numbers and dates of what was merged.
"""

from __future__ import annotations

import re

from evidence.extract.layout.segments import Segment, read_segments, split_segment
from evidence.extract.layout.zones import Zones, is_noise
from evidence.model.document import Document, Page

OWN_NUMBER = re.compile(r"/\s*(?:(?:19|20)\d\d\s*/\s*)?VBHN\b")
ROWS_ABOVE = 5.0  # issuer lines stand within so many line heights above the number


HEADING = re.compile(r"xac thuc van ban hop nhat")
GAZETTE = re.compile(r"\W*VĂN\s+BẢN\s+HỢP\s+NHẤT\b(?!.{80})")  # over the motto in the official gazette


def split_consolidated(document: Document, numbered: bool = False) -> Zones | None:
    """The zones around the number of a consolidated text; ``None`` where the last pages bear none.

    ``numbered``: page 1 shows a number too. It is that of what was merged where the text is authenticated at its end.
    """
    for page in document.pages[:0:-1]:
        if "VBHN" not in page.text:
            continue
        segments = [segment for segment in read_segments(page) if not is_noise(segment)]
        row = next(
            (segment for segment in segments if OWN_NUMBER.search(segment.text) and len(segment.text) < 90), None
        )
        if row is not None and _authenticates(row, segments, numbered):
            return _zones_around(page, segments, row)
    return None


def has_consolidated_heading(document: Document) -> bool:
    """Whether the gazette prints it under ``VĂN BẢN HỢP NHẤT``: its own number may be in a later issue.

    ``Nghị định 15/2019/NĐ-CP`` in the shape of 24/2022: half of it, "to be continued".
    """
    first = next((page for page in document.pages if page.lines), None)
    return first is not None and any(GAZETTE.match(segment.text) for segment in read_segments(first)[:12])


def _authenticates(row: Segment, segments: list[Segment], numbered: bool) -> bool:
    heading = any(HEADING.search(segment.plain) for segment in segments)
    return heading or (not numbered and bool(re.match(r"\W{0,2}s[o06]\s*[:.;]", row.plain)))


def _zones_around(page: Page, segments: list[Segment], row: Segment) -> Zones:
    if row.box is None:
        at = segments.index(row)
        near = segments[max(0, at - 4) : at + 3]
        return Zones(page, None, tuple(near), tuple(near), None, ())
    height = row.box[3] - row.box[1]
    top, bottom = row.box[1] - ROWS_ABOVE * height, row.box[3] + 0.8 * height
    near = [s for s in segments if s.box and s.box[1] > top and s.box[3] < bottom + height]
    pieces = [piece for segment in near for piece in split_segment(segment, 0.5 * page.width, 0.8 * height)]
    left = tuple(piece for piece in pieces if piece.centre < 0.5 * page.width)
    right = tuple(piece for piece in pieces if piece.centre >= 0.5 * page.width)
    return Zones(page, None, left, right, None, ())

"""The day of a document whose header bears none: where it was adopted, or above its signature.

A law says when it was adopted (Nghị định 78/2025/NĐ-CP, Điều 71: "Luật này được Quốc hội … thông qua ngày 29 tháng 6
năm 2024"). Papers that are handed in (``Đơn đề nghị``, ``Giấy xác nhận``) have place and day above the signature, in
the right half: ``Lâm Đồng, ngày 10 tháng 8 năm 2025``. That is never sure: forms and annexes have such a row too.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace

from evidence.extract.fields.number_date import ONE_ENGINE, PLACE_AND_DAY, DateRow, read_date
from evidence.extract.layout.segments import Segment, read_segments
from evidence.extract.layout.zones import Zones
from evidence.extract.voting.header_votes import settle_date
from evidence.model.document import Document, Origin, Page
from evidence.model.record import FieldValue, Span
from evidence.values import date as dates
from evidence.values import motto as mottoes
from evidence.values.date import PartialDate
from evidence.vietnamese.text import strip_marks

ADOPTED = re.compile(
    r"(?:Luat|Bo luat|Phap lenh|Nghi quyet) nay\s+(?:da\s+)?duoc\s+[^.]{5,160}?thong\s+qua\s+ngay\s+"
    r"(?P<day>\d{1,2})\s+thang\s+(?P<month>\d{1,2})\s+nam\s+(?P<year>\d{4})"
)
CLOSING = re.compile(r"thong qua ngay .{1,9} thang .{1,5} nam")
CLOSING_PAGES = 40  # annexes may follow the closing line
RIGHT_HALF = 0.45  # of the page's width: where the middle of such a row stands beyond


def read_closing_date(document: Document, signed: Collection[PartialDate] = ()) -> DateRow:
    """The day of adoption; else place and day above the signature. ``signed``: days of digital signatures."""
    adopted = read_adoption_date(document)
    if adopted.raw:
        return DateRow(adopted, FieldValue())
    return read_signature_date(document, signed)


def read_signature_date(document: Document, signed: Collection[PartialDate] = ()) -> DateRow:
    """Place and day of the first row above a signature; of a file that holds several papers the first one's."""
    for index, page in enumerate(document.pages):
        if index and any(mottoes.is_motto_line(line.text) for line in page.lines):
            break
        for segment in read_segments(page):
            if _is_above_signature(segment, page):
                row = read_date(Zones(page, None, (), (segment,), None, ()), signed)
                if row.date.raw:
                    return replace(row, date=_doubted(row.date))
    return DateRow(FieldValue(), FieldValue())


def _is_above_signature(segment: Segment, page: Page) -> bool:
    """Whether a row is place and day alone, in the right half; any of its readings may show it."""
    if segment.box is None:  # an office file: no place on the page, and the signature block may be a table
        filled_in = any(match.date is not None and match.date.whole for match in dates.search(segment.text))
        return filled_in and segment.column != 0 and PLACE_AND_DAY.fullmatch(segment.plain) is not None
    if segment.table is not None or segment.centre < RIGHT_HALF * page.width:
        return False
    texts = (segment.text, *(reading.text for reading in segment.readings))
    return any(PLACE_AND_DAY.fullmatch(strip_marks(text).lower()) for text in texts)


def _doubted(date: FieldValue[PartialDate]) -> FieldValue[PartialDate]:
    return replace(date, confidence=min(ONE_ENGINE, date.confidence))


def _adopted_by_readings(page: Page) -> FieldValue[PartialDate] | None:
    """The day in the closing line of a scanned law, as further engines read it."""
    for segment in read_segments(page) if any(line.readings for line in page.lines) else ():
        if any(CLOSING.search(strip_marks(reading.text).lower()) for reading in segment.readings):
            date = settle_date(FieldValue(), segment)
            return date if date.value else None
    return None


def read_adoption_date(document: Document) -> FieldValue[PartialDate]:
    """The day a law or resolution of an assembly was adopted, from its closing line; its header bears no date.

    Nghị định 78/2025/NĐ-CP, Điều 71: "Luật này được Quốc hội … thông qua ngày 29 tháng 6 năm 2024".
    """
    for page in document.pages[::-1][:CLOSING_PAGES]:
        match = ADOPTED.search(strip_marks(page.text))
        if match and len(strip_marks(page.text)) == len(page.text):
            value = dates.make_date(int(match["year"]), int(match["month"]), int(match["day"]))
            certain = 0.95 if page.origin is Origin.TEXT else ONE_ENGINE
            raw = page.text[match.start() : match.end()]
            adopted = FieldValue(value, raw, Span(page.number, match.start(), match.end()), certain if value else 0.0)
            return _adopted_by_readings(page) or adopted
        if page.origin is not Origin.TEXT and (read := _adopted_by_readings(page)):
            return read
    return FieldValue()

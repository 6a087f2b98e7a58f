"""Rows of a header as people type them, where NĐ 30/2020 asks for another form.

A date in figures (``Hà Nội, 15-3-2019``), in words (``ngày mồng 5 tháng Giêng năm 2019``) or over two rows; a number
whose symbol is joined by commas, whose thousands are set apart, that is typed in small letters. Of digital text only:
what OCR makes of such a row is voted on elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from evidence.extract.layout.segments import Segment
from evidence.model.record import FieldValue
from evidence.values import date as dates
from evidence.values import number as numbers
from evidence.values.date import PartialDate
from evidence.values.number import Number
from evidence.vietnamese.text import strip_marks

LONGEST_NUMBER_ROW, LONGEST_DATE_ROW = 60, 90  # characters
LONGEST_PLACE = 5  # words: "Thành phố Hồ Chí Minh"
DAY_WORD = re.compile(r"ng[àa]y\b", re.IGNORECASE)
BEFORE_DAY = re.compile(r"(?P<place>[^\n]{0,60}?)\s?(?P<comma>[,.;]?)\s*")
# "Sinh ngày", "Ngày, tháng, năm sinh:", "cấp ngày": days of a person's papers, not of the document
OF_A_PERSON = re.compile(
    r"\bsinh\s*(?:ngay|nam)\b|\b(?:ngay|thang|nam)\s+sinh\b|\bsinh\s*:|\bcap\s+ngay\b|\bngay\s+(?:cap|vao)\b"
)
_JOINTS = re.compile(r"\s*([,/])\s*")
_NOTE_MARK = re.compile(r"\s*(?:\(\d{1,2}\)|\[\d{1,3}\]|\*{1,3})\s*$")


@dataclass(frozen=True, slots=True)
class TypedDate:
    """A day at characters ``start:end`` of a row; ``before`` matches what stands before it (group ``place``)."""

    start: int
    end: int
    date: PartialDate
    before: re.Match[str]
    sure: bool  # nothing but a place can stand before it


def parse_typed_number(segment: Segment) -> Number | None:
    """The number that a labelled row of digital text is as a whole; ``None`` where it is none or more."""
    if segment.is_ocr or len(segment.text) > LONGEST_NUMBER_ROW:
        return None
    row = _NOTE_MARK.sub("", _JOINTS.sub(r"\1", segment.text))
    return numbers.parse(row)


def find_typed_date(segment: Segment) -> TypedDate | None:
    """The day that a row of digital text ends in, behind a place with its comma or behind "ngày" alone."""
    if segment.is_ocr or len(segment.text) > LONGEST_DATE_ROW:
        return None
    for match in dates.search(segment.text):
        if match.date is None or not match.date.whole or segment.text[match.end :].strip(" .,;*)_-–"):
            continue
        before = BEFORE_DAY.fullmatch(segment.plain, 0, match.start)
        worded = DAY_WORD.match(segment.text, match.start) is not None
        if before is None or not (before["comma"] or worded):
            continue
        if before["place"].strip() or worded:
            return TypedDate(match.start, match.end, match.date, before, _is_place(segment, before))
    return None


def _is_place(segment: Segment, before: re.Match[str]) -> bool:
    words = [word.strip(".-–") for word in segment.text[before.start("place") : before.end("place")].split()]
    named = [word for word in words if word]
    return bool(before["comma"]) and 0 < len(named) <= LONGEST_PLACE and all(word[0].isupper() for word in named)


def join_date_rows(segment: Segment, following: Sequence[Segment]) -> Segment:
    """The row with the next one of its column where its date goes on there: ``ngày 15 tháng 3`` / ``năm 2019``."""
    if not following or not DAY_WORD.search(strip_marks(segment.text)):
        return segment
    joined = replace(segment, words=segment.words + following[0].words)
    if len(joined.text) > LONGEST_DATE_ROW or joined.column != following[0].column:
        return segment
    end = len(segment.text)
    goes_on = any(
        match.date is not None and match.date.whole and match.start < end < match.end
        for match in dates.search(joined.text)
    )
    return joined if goes_on else segment


def is_of_a_person(segment: Segment, before: Segment | None) -> bool:
    """Whether a row, or the cell beside it in its table, speaks of a person's birth or papers."""
    if OF_A_PERSON.search(segment.plain):
        return True
    beside = before is not None and before.table is not None and before.table == segment.table
    return beside and before is not None and OF_A_PERSON.search(before.plain + ":") is not None


def find_place_above(earlier: Sequence[Segment]) -> FieldValue[str]:
    """``Lạng Sơn,`` alone on the row above its date."""
    above = earlier[-1] if earlier else None
    if above is None or not above.text.endswith(",") or len(above.words) > 5 or not above.text[:1].isupper():
        return FieldValue()
    name = above.text.strip(" ,")
    return FieldValue(name, name, above.span(0, len(name)), 0.88 if above.is_ocr else 0.95)

"""Number, place and date of a document: from their places in the header (NĐ 30/2020, Phụ lục I, ô 3 and ô 4).

Never the first number or date of the text: that is usually a cited law's. The number stands in the left column under
the issuer, the date in the right column under the motto; both rows are found by what is always printed (``Số:``, the
suffix, ``ngày … tháng … năm``), for the digits between are often written by hand.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from evidence.extract.fields.covered_numbers import read_covered_number
from evidence.extract.fields.number_rest import doubt_another, doubt_rest
from evidence.extract.fields.number_rows import (
    LABEL,
    SUFFIX,
    is_number_row,
    is_number_row_in_readings,
    join_number_rows,
    score_number_row,
)
from evidence.extract.fields.scanned_symbols import complete_symbol, read_untitled_number
from evidence.extract.fields.typed_rows import (
    find_place_above,
    find_typed_date,
    is_of_a_person,
    join_date_rows,
    parse_typed_number,
)
from evidence.extract.layout.segments import Segment
from evidence.extract.layout.zones import Zones
from evidence.extract.voting.header_votes import settle_date, settle_number
from evidence.messages import Message
from evidence.model.geometry import enclose
from evidence.model.record import FieldValue
from evidence.values import date as dates
from evidence.values import number as numbers
from evidence.values.date import PartialDate
from evidence.values.number import Number
from evidence.vietnamese.text import canon

DATE = re.compile(
    r"(?P<place>[^\n]{0,60}?)[,.;]?\s*\b(?:ng[aà]y|ngiy|ngay)\s*(?P<day>[^\n]{0,14}?)\s*(?:th[aá]ng|thang|thing)"
    r"\s*(?P<month>[^\n]{0,12}?)\s*(?:n[aăâ]m|nam)\s*(?P<year>\d[\d ]{2,4}\d|[^\n]{0,8})"
)
MONTH_ONLY = re.compile(r"(?P<place>[^\n,]{2,40}),\s*thang\s*(?P<month>\d{1,2}|[\s.…]*)\s*nam\s*(?P<year>\d{4})")
NOTED = re.compile(r"((?:19|20)\d\d) ?\d{1,2}$")  # "năm 20264": the mark of a footnote stuck to the year
BLANK = re.compile(r"[\s.…_\-:;,]*$")
SERIAL = re.compile(r"\d{1,5}(?:\.\d{1,2})?[a-zA-Z]?")
# a place with its comma, then the day, and nothing else in the row: so it stands under a title, or above a signature
PLACE_AND_DAY = re.compile(r"\W*[a-z][a-z .'-]{1,40}\s?[,.;]\s*ng[a-z]y.{0,14}th[a-z]ng.{0,12}n[a-z]m.{0,12}")
LONGEST_ROW = 90  # characters: a longer line is a paragraph
# small letters: "Đức Trọng" and "Trường Sa" are places
IN_SENTENCE = re.compile(r"(?<!\w)(?:số|của|hiệu lực|từ|đến|trước|sau|trong|vào|sinh|cấp|họp|Sinh)(?!\w)")
CITED = re.compile(r"\W*(?:can cu|theo|xet|thuc hien)\b")  # a day after it is another document's
NO_MOTTO = 0.85  # without a motto the place of a row proves less
ONE_ENGINE = 0.88  # what one OCR engine alone says of digits is never sure: 18 was read as 16 at 0.95


@dataclass(frozen=True, slots=True)
class DateRow:
    """Date and place, found together on one line."""

    date: FieldValue[PartialDate]
    place: FieldValue[str]


def read_number(zones: Zones) -> FieldValue[Number]:
    """The document's own number. No value but a raw text where the digits are blank or cannot be read."""
    candidates = [
        (score_number_row(segment, zones), join_number_rows(segment, zones))
        for segment in zones.left
        if is_number_row(segment)
    ]
    if not candidates:
        candidates = [
            (score_number_row(segment, zones), segment) for segment in zones.left if is_number_row_in_readings(segment)
        ]
    if not candidates:
        candidates = [
            (0.3, segment)
            for segment in zones.right
            if LABEL.match(segment.plain) and SUFFIX.search(canon(segment.text))
        ]
    if not candidates:
        untitled = read_untitled_number(zones.left)
        return untitled if untitled.value else read_covered_number(zones)
    score, segment = max(candidates, key=lambda pair: pair[0])
    number = doubt_rest(settle_number(_number_of(segment, score, zones), segment), segment)
    return doubt_another(complete_symbol(number, segment), segment, (other for _, other in candidates))


def _find_filled_field(segment: Segment, zones: Zones, left: float, right: float) -> Segment | None:
    """A signature field that holds nothing but the digits for a blank of the row, standing in it or just above."""
    if segment.box is None:
        return None
    height = segment.box[3] - segment.box[1]
    for other in (*zones.left, *zones.right):
        if other.box is None or not SERIAL.fullmatch(other.text.strip()) or other.is_ocr:
            continue
        middle = other.centre
        if left - height < middle < right + height and abs(other.box[3] - segment.box[3]) < 1.2 * height:
            return other
    return None


def _number_of(segment: Segment, score: float, zones: Zones) -> FieldValue[Number]:
    typed = parse_typed_number(segment) if LABEL.match(segment.plain) else None
    if typed is not None:
        certain = 0.98 if score >= 0.9 else 0.8
        return FieldValue(numbers.parse(typed.plain), segment.text.strip(), segment.span(), certain)
    suffix = SUFFIX.search(canon(segment.text))
    if suffix is None:
        return FieldValue(None, segment.text, segment.span(), 0.0)
    label = LABEL.match(segment.plain)
    start = label.end() if label and label.end() <= suffix.start() else 0
    serial = segment.text[start : suffix.start()]
    raw = segment.text[: suffix.end()].strip()
    span = segment.span(0, suffix.end())
    digits = re.sub(r"\s+", "", serial).strip(".:;,_…-")
    if BLANK.match(serial):
        at = segment.box_of(suffix.start(), suffix.end())
        field = _find_filled_field(segment, zones, segment.box[0], at[0] + 10) if segment.box and at else None
        if field is not None:
            number = numbers.parse(_compose_number(field.text.strip(), suffix))
            box = enclose(tuple(b for b in (span.box, field.box) if b))
            return FieldValue(number, f"{field.text} {raw}", replace(span, box=box), 0.95 if number else 0.0)
        note = "number-unreadable" if segment.is_ocr else "number-blank"
        return FieldValue(None, raw, span, 0.0, Message(note, {"suffix": suffix["rest"]}))
    printed = numbers.parse(_compose_number(digits, suffix)) if SERIAL.fullmatch(digits) else None
    value = numbers.parse(printed.plain) if printed else None  # leading zeros stay in ``raw``
    if value is None:
        code = "number-unreadable" if segment.is_ocr else "number-unlike"
        return FieldValue(None, raw, span, 0.0, Message(code, {"suffix": suffix["rest"]}))
    return FieldValue(value, raw, span, _number_confidence(segment, start, suffix, score))


def _compose_number(digits: str, suffix: re.Match[str]) -> str:
    rest = re.sub(r"\s*([-–—/.])\s*", lambda m: "-" if m[1] in "–—" else m[1], suffix["rest"]).strip(" .-–")
    separator = "-" if suffix["sep"] == "-" else "/"
    return f"{digits}{separator}{rest}"


def _number_confidence(segment: Segment, start: int, suffix: re.Match[str], score: float) -> float:
    if not segment.is_ocr:
        return 0.98 if score >= 0.9 else 0.8
    # Tesseract's confidence ranks numbers badly: by itself it never makes one sure
    return min(ONE_ENGINE if suffix["sep"] else 0.6, score, segment.confidence_of(start, suffix.end()))


def read_date(zones: Zones, signed: Collection[PartialDate] = ()) -> DateRow:
    """Date and place: from the right column, else from any header line of the form.

    ``signed``: days of digital signatures, which decide where a day written by hand is read in two ways.
    """
    sides = ((zones.right, 0.98), (zones.left, 0.9), (zones.below[:4], 0.8))
    for segments, sure in sides:
        if segments is zones.left and (row := _date_by_readings(zones, signed)).date.value is not None:
            return row
        base = sure if zones.motto else min(sure, NO_MOTTO)
        ordered = sorted(segments, key=lambda s: s.start)
        for index, segment in enumerate(ordered):
            if len(segment.text) >= LONGEST_ROW or is_of_a_person(segment, _before(segment, zones)):
                continue
            segment = join_date_rows(segment, ordered[index + 1 : index + 2])
            date_row = _read_date_row(segment, base, zones, signed, segments is zones.below)
            if date_row is not None:
                return date_row if date_row.place.raw else replace(date_row, place=find_place_above(ordered[:index]))
    return DateRow(FieldValue(), FieldValue())


def _read_date_row(
    segment: Segment, base: float, zones: Zones, signed: Collection[PartialDate], below: bool
) -> DateRow | None:
    """Date and place of a row; ``None`` where it is none. ``below`` the title only place and day alone are one."""
    match = DATE.search(segment.plain) or MONTH_ONLY.search(segment.plain)
    if match is None:
        return None if below else _typed_date_row(segment, base)
    if below and not PLACE_AND_DAY.fullmatch(segment.plain):
        return None
    if not _may_be_place(segment, match, base):
        return None
    row = _date_of(segment, match, base, zones)
    if row.date.value is None and (typed := _typed_date_row(segment, base)):
        return typed
    return replace(row, date=settle_date(row.date, segment, signed))


def _typed_date_row(segment: Segment, base: float) -> DateRow | None:
    """A row with its day in figures or in words."""
    typed = find_typed_date(segment)
    if typed is None or not _may_be_place(segment, typed.before, base):
        return None
    place = _place_of(segment, typed.before)
    start = typed.before.start("place") if place.raw else typed.start
    raw = segment.text[start : typed.end].strip(" ,")
    certain = base if typed.sure else min(base, NO_MOTTO)
    return DateRow(FieldValue(typed.date, raw, segment.span(segment.text.index(raw), typed.end), certain), place)


def _before(segment: Segment, zones: Zones) -> Segment | None:
    """The segment of the header before it in reading order."""
    earlier = [other for other in (*zones.left, *zones.right) if other.start < segment.start]
    return max(earlier, key=lambda other: other.start, default=None)


def _date_by_readings(zones: Zones, signed: Collection[PartialDate]) -> DateRow:
    """From a row of the right column that only further engines could read."""
    for segment in sorted(zones.right, key=lambda s: s.start):
        date = settle_date(FieldValue(), segment, signed)
        place = DATE.search(date.raw or "")
        if date.value is not None:
            name = place["place"].strip(" ,.*_-–") if place else ""
            return DateRow(date, FieldValue(name, name, segment.span(), 0.8) if name else FieldValue())
    return DateRow(FieldValue(), FieldValue())


def _may_be_place(segment: Segment, match: re.Match[str], base: float) -> bool:
    """What stands before "ngày" is a place, or nothing: a citation has a number or a kind there."""
    text = segment.text[match.start("place") : match.end("place")].strip(" .,*-–_|:;'\"`(")
    if not text:
        return base > 0.9 and not segment.text.rstrip().endswith(")")
    plain = segment.plain[match.start("place") : match.end("place")]
    words = text.split()
    if len(words) > 7 or re.search(r"\d{2}|/|\bso\b", plain) or IN_SENTENCE.search(text) or CITED.match(plain):
        return False
    return words[0][:1].isupper() or segment.is_ocr


def _date_of(segment: Segment, match: re.Match[str], base: float, zones: Zones) -> DateRow:
    start, end = match.span()
    place = _place_of(segment, match)
    raw = segment.text[start:end].strip(" ,")
    parts = match.groupdict()
    day, month, year = (re.sub(r"[\s.…,_]", "", parts.get(name) or "") for name in ("day", "month", "year"))
    span = segment.span(start, end)
    before, after = segment.box_of(match.start("day") - 3, match.start("day")), segment.box_of(match.end("day"), end)
    if not day and before and after:
        field = _find_filled_field(segment, zones, before[2], after[0])
        day = field.text.strip() if field else day
    noted = NOTED.fullmatch(parts.get("year") or "")
    year = noted[1] if noted else year
    if not (day.isdigit() and month.isdigit() and year.isdigit()):
        blank = not segment.is_ocr and (not day or not month)
        return DateRow(FieldValue(None, raw, span, 0.0, Message("date-blank" if blank else "date-unreadable")), place)
    value = dates.make_date(int(year), int(month), int(day))
    if value is None:
        return DateRow(FieldValue(None, raw, span, 0.0, Message("date-impossible", {"date": raw})), place)
    certain = min(base, ONE_ENGINE) if noted else base
    if segment.is_ocr:
        figures = ("day", "month", "year")
        read = min(segment.confidence_of(*match.span(name)) for name in figures)
        certain = min(base, ONE_ENGINE, read)
    return DateRow(FieldValue(value, raw, span, certain), place)


def _place_of(segment: Segment, match: re.Match[str]) -> FieldValue[str]:
    start, end = match.span("place")
    text = segment.text[start:end].strip(" ,.*_-–")
    if not text or not any(char.isalpha() for char in text):
        return FieldValue()
    start = segment.text.index(text, start)
    certain = segment.confidence_of(start, start + len(text)) if segment.is_ocr else 0.97
    return FieldValue(text, text, segment.span(start, start + len(text)), min(certain, 0.97))

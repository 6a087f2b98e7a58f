"""What one engine read in a number row or a date row, parsed: serial and suffix, or day, month and year.

The anchors are printed and survive almost every reading: ``Số`` on the left, ``/`` and the suffix on the right of
the number (NĐ 30/2020, Phụ lục I, ô 3); ``ngày``, ``tháng``, ``năm`` around day and month (ô 4). What stands between
them is often written by hand. Letters there (``AM /CT-UBND`` for 11) stay letters: only digits are ever a value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from evidence.model.reading import LineReading
from evidence.values.number import Number
from evidence.values.symbol import ascii_code
from evidence.vietnamese.text import canon, nfc, strip_marks

# "Số:", "Luật số:", "S:", "só:", "S6.", "Sổ ": the label with what OCR makes of it. Before a figure a letter is part of
# the label only if it may be its vowel: "SA3-CV" is no 3, a figure was read as a letter
LABEL = re.compile(
    r"\W*(?:[Ll]\w{2,4}\s+)?(?:[Ss5$][^\W\d_]?6?\s?[:.;,]|[Ss$][^\W\d_]\s|[Ss][oòóôơõọốồổỗộớờởỡợ](?=\w)|[Ss]\s?:"
    r"|[Ss]\s(?=\S)|[Ss](?=[A-Z]?\d))"
)
# "/QĐ-UBND", "/2022/TT-BLĐTBXH", "-HD/VPTW", "/MTTQ-BTT"
TAIL = re.compile(
    r"(?P<joint>[/|\\⁄]|(?<=[\d\s.…_])-(?=\s?[A-ZĐ][A-ZĐa-z]{0,4}\s?/))\s?"
    r"(?:(?P<year>(?:19|20)\d\d)\s?[/|]\s?)?(?P<symbol>[A-ZĐÐ][\w&]*(?:\s?[-–/.&]\s?[A-ZĐÐ][\w&]*){0,4})"
)
BARE_TAIL = re.compile(r"(?P<symbol>[A-ZĐÐ]{2}[\w&]*(?:\s?[-–]\s?[A-ZĐÐ][\w&]*){0,4})\s*$")  # the slash was lost
DIGITS = re.compile(r"\d{1,5}(?:\.\d{1,2})?[a-c]?")
BLANK = re.compile(r"[\s_.…,:;'`‘’\-*]*")
DATE = re.compile(
    r".*\bng[a-z]y?\s*(?P<day>.*?)\s*[tpf]?[il]?h[a-z]n[gq]\s*(?P<month>.*?)\s*n[a-z]m"
    r"\s*(?P<year>\d[\d ]{2,4}\d|\S{0,4})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class NumberParts:
    """``serial`` as read, blanks gone, perhaps with letters; ``symbol`` is ``None`` where only figures were read.

    ``certain``: the mark between serial and suffix was seen. Where it was lost, a stroke of it may pass for a digit.
    ``strokes``: how many pieces of ink stand in the serial's place, where that was counted.
    """

    serial: str
    joint: str
    year: int | None
    symbol: str | None
    certain: bool
    strokes: int | None = None

    @property
    def is_figure(self) -> bool:
        return DIGITS.fullmatch(self.serial) is not None


@dataclass(frozen=True, slots=True)
class DateParts:
    """Day, month and year as read, blanks gone; empty where nothing stood there."""

    day: str
    month: str
    year: str


def parse_number_row(reading: LineReading) -> NumberParts | None:
    """The parts of a number row; ``None`` where the reading has no suffix, or is of another row's places."""
    if reading.places is None:
        return parse_number_text(reading.text)
    serial, mark = reading.places.serial, reading.places.mark
    if serial is None:
        return None
    return NumberParts(_compact(serial), mark or "/", None, None, bool(mark), reading.places.strokes)


def parse_date_row(reading: LineReading) -> DateParts | None:
    """The parts of a date row; ``None`` where the reading has no ``ngày … tháng … năm``, or is of another row's
    places."""
    if reading.places is None:
        return parse_date_text(reading.text)
    day, month = reading.places.day, reading.places.month
    return None if day is None or month is None else DateParts(_compact(day), _compact(month), "")


def parse_number_text(text: str) -> NumberParts | None:
    """The row's parts; ``None`` where the text has no suffix.

    >>> parse_number_text("Số: 288/QĐ-TTg")
    NumberParts(serial='288', joint='/', year=None, symbol='QĐ-TTg', certain=True, strokes=None)
    >>> [parse_number_text(text).serial for text in ("S: 5 8/2021/TT-BQP", "Số: AM /CT-UBND", "S: 227MTTQ-BTT")]
    ['58', 'AM', '227']
    >>> parse_number_text("Số: AM /CT-UBND").is_figure, parse_number_text("S: 227MTTQ-BTT").certain
    (False, False)
    >>> parse_number_text("Số 36-HD/VPTW").joint
    '-'
    """
    plain = _plain(text)
    label = LABEL.match(plain)
    start = label.end() if label else 0
    tail = TAIL.search(plain, start)
    certain = tail is not None
    if tail is None:
        tail = BARE_TAIL.search(plain, start)
    if tail is None or tail.start() - start > 14:
        return None
    parts = tail.groupdict()
    year = int(parts["year"]) if parts.get("year") else None
    serial = _compact(plain[start : tail.start()]) if certain or label else ""  # "1TB-VPCP": a stamp's rim, no number
    return NumberParts(serial, _joint(parts), year, _symbol(parts["symbol"]), certain)


def parse_date_text(text: str) -> DateParts | None:
    """The row's parts; ``None`` where it has no ``ngày … tháng … năm``.

    >>> parse_date_text("Quảng Ngãi, ngày AGtháng 01 năm 2025")
    DateParts(day='AG', month='01', year='2025')
    >>> parse_date_text("Hà Ni, ngày 0 7 thâng 6 nãm 2021").day
    '07'
    """
    match = DATE.search(strip_marks(_plain(text)))
    if match is None:
        return None
    return DateParts(_compact(match["day"]), _compact(match["month"]), _compact(match["year"]))


def same_symbol(symbol: str, other: str) -> bool:
    """Whether two readings of a suffix are one when Đ is D and small slips of separators do not count."""
    return _letters(symbol) == _letters(other)


def number_of(serial: str, parts: NumberParts, symbol: str) -> Number:
    """The number of these parts; leading zeros of the serial go, as registers write it."""
    return Number(serial.lstrip("0") or "0", symbol, parts.year, parts.joint)


def _plain(text: str) -> str:
    return canon(nfc(text)).replace("ǀ", "|")


def _compact(text: str) -> str:
    """Without blanks, dots and other marks of an empty place at either end or between."""
    return re.sub(r"[\s_…·]+", "", text).strip(".,:;'`‘’-*\"“”")


def _joint(parts: dict[str, str | None]) -> str:
    return "-" if parts.get("joint") == "-" else "/"


def _symbol(text: str) -> str:
    return re.sub(r"\s*([-/&.])\s*", r"\1", text).strip(" .-_")


def _letters(symbol: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", ascii_code(strip_marks(symbol)))

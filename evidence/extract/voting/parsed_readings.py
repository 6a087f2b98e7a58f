"""What one engine saw in a number row or a date row, parsed: serial and suffix, or day, month and year.

The anchors are printed and survive almost every reading: ``Số`` on the left, ``/`` and the suffix on the right of
the number (NĐ 30/2020, Phụ lục I, ô 3); ``ngày``, ``tháng``, ``năm`` around day and month (ô 4). What stands between
them is often written by hand. Letters there (``AM /CT-UBND`` for 11) stay letters: only digits are ever a value.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from evidence.values.number import Number
from evidence.values.symbol import ascii_code
from evidence.vietnamese.text import canon, nfc, strip_marks

# "Số:", "Luật số:", "S:", "só:", "S6.", "Sổ ": the label with what OCR makes of it
LABEL = re.compile(
    r"\W*(?:[Ll]\w{2,4}\s+)?(?:[Ss5$][^\W\d_]?6?\s?[:.;,]|[Ss$][^\W\d_]\s|[Ss][^\W\d_](?=\d)|[Ss]\s?:|[Ss]\s(?=\d))"
)
# "/QĐ-UBND", "/2022/TT-BLĐTBXH", "-HD/VPTW", "/MTTQ-BTT"; the digits network says "~" for the letters
TAIL = re.compile(
    r"(?P<joint>[/|\\⁄]|(?<=[\d\s.…_])-(?=\s?(?:[A-ZĐ][A-ZĐa-z]{0,4}\s?/|~)))\s?"
    r"(?:(?P<year>(?:19|20)\d\d)\s?[/|]\s?)?(?P<symbol>~|[A-ZĐÐ][\w&]*(?:\s?[-–/.&]\s?[A-ZĐÐ][\w&]*){0,4})"
)
BARE_TAIL = re.compile(r"(?P<symbol>~|[A-ZĐÐ]{2}[\w&]*(?:\s?[-–]\s?[A-ZĐÐ][\w&]*){0,4})\s*$")  # the slash was lost
DIGITS = re.compile(r"\d{1,5}(?:\.\d{1,2})?[a-c]?")
BLANK = re.compile(r"[\s_.…,:;'`‘’\-*]*")
DATE = re.compile(
    r".*\bng[a-z]y?\s*(?P<day>.*?)\s*[tpf]?[il]?h[a-z]n[gq]\s*(?P<month>.*?)\s*n[a-z]m"
    r"\s*(?P<year>\d[\d ]{2,4}\d|\S{0,4})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class NumberSight:
    """``serial`` as read, blanks gone, perhaps with letters; ``symbol`` is ``None`` where the engine reads digits only.

    ``certain``: the mark between serial and suffix was seen. Where it was lost, a stroke of it may pass for a digit.
    """

    serial: str
    joint: str
    year: int | None
    symbol: str | None
    certain: bool

    @property
    def digits(self) -> bool:
        return DIGITS.fullmatch(self.serial) is not None


@dataclass(frozen=True, slots=True)
class DateSight:
    """Day, month and year as read, blanks gone; empty where nothing stood there."""

    day: str
    month: str
    year: str


def number(text: str) -> NumberSight | None:
    """The row's parts; ``None`` where the text has no suffix.

    >>> number("Số: 288/QĐ-TTg")
    NumberSight(serial='288', joint='/', year=None, symbol='QĐ-TTg', certain=True)
    >>> number("S: 5 8/2021/TT-BQP").serial, number("Số: AM /CT-UBND").digits, number("S: 227MTTQ-BTT").certain
    ('58', False, False)
    >>> number("Số 36-HD/VPTW").joint, number("Số: 15/~").symbol
    ('-', None)
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
    symbol = None if parts["symbol"] == "~" else _symbol(parts["symbol"])
    year = int(parts["year"]) if parts.get("year") else None
    serial = _close(plain[start : tail.start()]) if certain or label else ""  # "1TB-VPCP": a stamp's rim, no number
    return NumberSight(serial, _joint(parts), year, symbol, certain)


def date(text: str) -> DateSight | None:
    """The row's parts; ``None`` where it has no ``ngày … tháng … năm``.

    >>> date("Quảng Ngãi, ngày AGtháng 01 năm 2025")
    DateSight(day='AG', month='01', year='2025')
    >>> date("Hà Ni, ngày 0 7 thâng 6 nãm 2021").day
    '07'
    """
    match = DATE.search(strip_marks(_plain(text)))
    if match is None:
        return None
    return DateSight(_close(match["day"]), _close(match["month"]), _close(match["year"]))


def same_symbol(one: str, two: str) -> bool:
    """Whether two readings of a suffix are one when Đ is D and small slips of separators do not count."""
    return _letters(one) == _letters(two)


def value(serial: str, sight: NumberSight, symbol: str) -> Number:
    """The number of these parts; leading zeros of the serial go, as registers write it."""
    return Number(serial.lstrip("0") or "0", symbol, sight.year, sight.joint)


def _plain(text: str) -> str:
    return canon(nfc(text)).replace("ǀ", "|")


def _close(text: str) -> str:
    """Without blanks, dots and other marks of an empty place at either end or between."""
    return re.sub(r"[\s_…·]+", "", text).strip(".,:;'`‘’-*\"“”")


def _joint(parts: dict[str, str | None]) -> str:
    return "-" if parts.get("joint") == "-" else "/"


def _symbol(text: str) -> str:
    return re.sub(r"\s*([-/&.])\s*", r"\1", text).strip(" .-_")


def _letters(symbol: str) -> str:
    return re.sub(r"[^A-Z0-9]", "", ascii_code(strip_marks(symbol)))

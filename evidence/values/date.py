"""Dates as documents print them, whole or in part.

Decree 30/2020/NĐ-CP: ``ngày 05 tháng 01 năm 2020``; in use besides: ``15/3/2019``, ``15-3-2019``, ``15.3.2019``,
``15/3 năm 2019``, ``15 tháng 3/2019``, ``ngày mồng 5 tháng Giêng năm 2019`` (``date_words``), ``tháng 3 năm 2019``,
``năm 2019``. A date that cannot be (``31/02/2019``) or is damaged (``04/7/025``, ``27 năm 12 năm 2019``) is found as
such and never repaired: a match without a value. So is one of the lunar calendar that says so (``(âm lịch)``).

>>> str(parse("ngày 15 tháng 3 năm 2019")), str(parse("tháng 3/2019")), str(parse("năm 2019"))
('2019-03-15', '2019-03', '2019')
>>> parse("31/02/2019") is None
True
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from evidence.values.date_words import DAYS, DAYS_PATTERN, MONTHS, MONTHS_PATTERN, read_figure
from evidence.vietnamese.text import canon, plain_map

FIRST_YEAR, LAST_YEAR = 1900, 2100


@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """A day, a month or a year. Constructed only through ``parse``, ``of`` or with values known to be good."""

    year: int
    month: int | None = None
    day: int | None = None

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"]
        parts += [f"{part:02d}" for part in (self.month, self.day if self.month else None) if part]
        return "-".join(parts)

    def to_date(self) -> datetime.date | None:
        """The day; None where only a month or a year is known."""
        return datetime.date(self.year, self.month, self.day) if self.month and self.day else None

    @property
    def whole(self) -> bool:
        return self.day is not None


@dataclass(frozen=True, slots=True)
class DateMatch:
    """A date in a text: characters ``start:end``. No value: it stands there, but is impossible, damaged or blank."""

    start: int
    end: int
    date: PartialDate | None


S = r"[ \t]{0,20}(?:\n[ \t]{0,20})?"  # blanks, one line wrap
DAY = rf"(?:(?:m[ồô]ng|m[ùu]ng) {S})? (?P<wd>\d{{1,2}}|{DAYS_PATTERN})"
MONTH_WORD = rf"{S} ,? {S} th[áa]ng {S}"
YEAR_WORD = rf"{S} ,? {S} n[ăa]m {S}"
WORDS = rf"""
    ng[àa]y {S} :? {S} (?:ng[àa]y {S})? {DAY}
    (?: {MONTH_WORD} (?P<wm>\d{{1,2}}|{MONTHS_PATTERN})
        (?: {YEAR_WORD} | {S} [/.-] {S} (?:n[ăa]m {S})? (?=(?:19|20)\d\d(?!\d)) )
      | {S} [/.-] {S} (?:th[áa]ng {S})? (?P<xm>\d{{1,2}}) (?: {YEAR_WORD} | {S} [/.-] {S} n[ăa]m {S} ) )
    (?P<wy>\d{{2,6}}) (?!\d)
"""
FIGURES = r"(?P<fd>\d{1,2})[ ]?(?P<fs>[/.\-])[ ]?(?P<fm>\d{1,2})[ ]?(?P=fs)[ ]?(?P<fy>\d{2,6})(?![\d])"
MONTH = rf"""
    (?<!rằm[ ]) th[áa]ng {S} (?P<mm>\d{{1,2}}|{MONTHS_PATTERN}) {S} (?: ,? {S} n[ăa]m {S} | {S} [/\-] {S} )
    (?P<my>\d{{4}})(?!\d)
"""
ONLY_YEAR = rf"n[ăa]m {S} (?P<yy>\d{{4}})(?!\d)"
ISO = r"(?P<iy>\d{4})-(?P<im>\d{2})-(?P<id>\d{2})(?!\d)"
# Damaged: "27 năm 12 năm 2019", "15 tháng 9 tháng 2022", "16/6 2025", "12 tháng 8 cùng năm"
DAMAGED = rf"""
    ng[àa]y {S} \d{{1,2}} {S} (?:n[ăa]m|ng[àa]y) {S} \d{{1,2}} {S} n[ăa]m {S} \d{{2,6}}
  | ng[àa]y {S} \d{{1,2}} {S} th[áa]ng {S} \d{{1,2}} {S} (?:th[áa]ng|cùng{S}n[ăa]m) (?:{S} \d{{2,6}})?
  | ng[àa]y {S} \d{{1,2}} / \d{{1,2}} [ ] \d{{4}}
"""
GAP = r"[\s.…_]{0,20}"  # "ngày     tháng 3 năm 2019"
BLANK = rf"ng[àa]y {GAP} th[áa]ng {GAP} (?:(?P<bm>\d{{1,2}}) {GAP})? n[ăa]m {S} (?P<by>\d{{4}})?"
_DATE = re.compile(
    rf"""
    (?<![\d/]) (?: {WORDS} | {DAMAGED} | (?P<blank>{BLANK})
    | (?:ng[àa]y {S} :? {S} (?:ng[àa]y {S})?)? (?<!\d[.,])(?:{FIGURES}|{ISO}) | {MONTH} | {ONLY_YEAR} )
    """,
    re.VERBOSE | re.IGNORECASE,
)
# where a date may begin: found at once by its first character, so that the long pattern is tried there only
_BEGINNING = re.compile(
    r"""[\dnNtT] (?: (?<=\d)(?<!\d\d)(?=\d{0,3}[ ]?[/.-])
      | (?<=[nN])(?=[gG][àaÀA][yY]|[ăaĂA][mM]) | (?<=[tT])(?=[hH][áaÁA][nN][gG]) )""",
    re.VERBOSE,
)
_LONE = re.compile(rf"(?:{WORDS}|{FIGURES}|{ISO}|{MONTH}|{ONLY_YEAR}|(?P<blank>{BLANK}))", re.VERBOSE | re.IGNORECASE)
_LUNAR = re.compile(r"[ ,]{0,3}\(?(?:tính theo )?âm lịch", re.IGNORECASE)
_PARTIAL_ISO = re.compile(r"(\d{4})(?:-(\d{2}))?$")


def make_date(year: int, month: int | None = None, day: int | None = None) -> PartialDate | None:
    """The date of these figures; None where no calendar has it or the year is out of 1900-2100."""
    try:
        datetime.date(year, 1 if month is None else month, 1 if day is None else day)
    except (ValueError, OverflowError):  # the latter: a run of figures beyond what a calendar can hold
        return None
    return PartialDate(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None


def parse(text: str) -> PartialDate | None:
    """The date that the whole text is, in any printed or ISO form; None where it is none or cannot be."""
    bare = canon(plain_map(text)[0]).strip(" ,.;()\n\t")
    if iso := _PARTIAL_ISO.match(bare):
        return make_date(int(iso.group(1)), int(iso.group(2)) if iso.group(2) else None)
    without_day_word = re.sub(r"^ng[àa]y\s*:?\s*(?=\d{1,4}\s?[/.\-])", "", bare, flags=re.IGNORECASE)
    match = _LONE.fullmatch(bare) or _LONE.fullmatch(without_day_word)
    return _value(match) if match else None


def search(text: str, years: bool = False) -> Iterator[DateMatch]:
    """The dates in a text, "ngày" included in the span; with ``years`` also "năm 2019" alone.

    >>> [str(match.date) for match in search("ngày 5/9/2016; ngày 04/7/025; ngày   tháng 10 năm 2025")]
    ['2016-09-05', 'None', '2025-10']
    """
    composed, offsets = plain_map(text)
    for match in _find_raw(canon(composed)):
        if match.group("yy") and not years:
            continue
        start, last = match.start(), match.end() - 1
        if offsets is not None:
            start, last = offsets[start], offsets[last]
        yield DateMatch(start, last + 1, _solar_value(match))


def _find_raw(text: str) -> Iterator[re.Match[str]]:
    """All matches of the pattern, from left to right, none over another."""
    end = 0
    for beginning in _BEGINNING.finditer(text):
        if beginning.start() >= end and (match := _DATE.match(text, beginning.start())):
            end = match.end()
            yield match


def match_at(text: str, position: int) -> DateMatch | None:
    """The date that begins exactly there; ``text`` is composed and canonical already."""
    match = _DATE.match(text, position)
    return DateMatch(match.start(), match.end(), _solar_value(match)) if match else None


def _solar_value(match: re.Match[str]) -> PartialDate | None:
    return None if _LUNAR.match(match.string, match.end()) else _value(match)


def _value(match: re.Match[str]) -> PartialDate | None:
    parts = {name: value for name, value in match.groupdict().items() if value}
    if "wy" in parts:
        month, day = read_figure(parts.get("wm") or parts["xm"], MONTHS), read_figure(parts["wd"], DAYS)
        return make_date(int(parts["wy"]), month, day) if len(parts["wy"]) == 4 else None
    for year_name, month_name, day_name in (("fy", "fm", "fd"), ("iy", "im", "id")):
        if year_name in parts:
            year = parts[year_name]
            return make_date(int(year), int(parts[month_name]), int(parts[day_name])) if len(year) == 4 else None
    if "my" in parts:
        return make_date(int(parts["my"]), read_figure(parts["mm"], MONTHS))
    if "by" in parts:
        return make_date(int(parts["by"]), int(parts["bm"]) if "bm" in parts else None)
    return make_date(int(parts["yy"])) if "yy" in parts else None

"""What period and what years a subject names.

A report's subject names the period it covers and often the next one too: *"Kết quả công tác quý I, phương hướng
nhiệm vụ quý II năm 2018"* is the report on quarter I. What follows a cue such as ``phương hướng`` after the first
period is read as the look ahead. Years inside numbers (``12/2016/QĐ-TTg``) and dates are not what it
is about.

>>> read_periods("Kết quả CCHC quý I, phương hướng nhiệm vụ quý II năm 2018").covered == {"quarter i"}
True
>>> read_periods("Báo cáo công tác CCHC năm 2018").covered
frozenset({'year'})
>>> read_periods("Kế hoạch thực hiện Quyết định số 12/2016/QĐ-TTg năm 2018").years
frozenset({2018})
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from evidence.criteria.phrases import MONTH, QUARTER, Words, comparable_words
from evidence.vietnamese.text import fold

YEAR = fold("năm")
HALF_WORDS = {fold(word) for word in ("đầu", "cuối", "giữa")}
WHOLE_YEAR = "year"
ROMAN = ("i", "ii", "iii", "iv")
CUES = tuple(
    fold(cue)
    for cue in ("phương hướng", "nhiệm vụ", "kế hoạch", "triển khai", "dự kiến", "nhu cầu", "định hướng", "mục tiêu")
)
# Numbers and dates, whose years say nothing about the subject: 12/2016/QĐ-TTg, 15/3/2019, ngày 15 tháng 3 năm 2019
_NUMBERED = re.compile(r"\d+\s*/\s*\d{4}\s*/\s*\S+|\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*\d{4}")
_DATED = re.compile(rf"{fold('ngày')}\s+\d{{1,2}}\s+{MONTH}\s+\d{{1,2}}\s+{YEAR}\s+\d{{4}}")
_RANGE = re.compile(r"\b((?:19|20)\d\d)\s*-\s*((?:19|20)\d\d)\b")
_YEARS = re.compile(r"(?<![\d/])(?:19|20)\d\d(?![\d/])|(?<=/)(?:19|20)\d\d(?![\d/])")


@dataclass(frozen=True, slots=True)
class SubjectPeriods:
    """What a subject names: the periods it covers, those it only looks ahead to, years, and ranges of years."""

    covered: frozenset[str]
    ahead: frozenset[str]
    years: frozenset[int]
    ranges: tuple[tuple[int, int], ...]


@lru_cache(maxsize=20_000)
def read_periods(subject: str) -> SubjectPeriods:
    """The periods and years of a subject."""
    folded = _DATED.sub(" ", _NUMBERED.sub(" ", fold(subject)))
    ranges = tuple((int(first), int(last)) for first, last in _RANGE.findall(folded))
    body = _RANGE.sub(" ", folded)
    main, rest = _split(body)
    covered, years = _periods(comparable_words(main)), _years(main)
    return SubjectPeriods(covered, _periods(comparable_words(rest)) - covered, years or _years(rest), ranges)


@lru_cache(maxsize=2_000)
def parse_period(phrase: str) -> str | None:
    """The period that a phrase names if it names nothing else: ``quý I``, ``6 tháng đầu năm 2018``, ``năm``.

    >>> parse_period("quý 3"), parse_period("cải cách hành chính"), parse_period("năm 2018")
    ('quarter iii', None, 'year')
    """
    tokens = comparable_words(phrase)
    named = _periods(tokens)
    plain = {QUARTER, MONTH, YEAR, *HALF_WORDS, *ROMAN}
    if not named and tokens == (YEAR,):
        return WHOLE_YEAR
    if len(named) == 1 and all(word in plain or word.isdigit() for word in tokens):
        return next(iter(named))
    return None


def _split(body: str) -> tuple[str, str]:
    """The part on the period covered, and the look ahead: from the first cue behind a period or a year."""
    for cue in re.finditer(r"\b(?:" + "|".join(CUES) + r")\b", body):
        head = body[: cue.start()]
        if _periods(comparable_words(head)) or _years(head):
            return head, body[cue.start() :]
    return body, ""


def _years(text: str) -> frozenset[int]:
    return frozenset(int(year) for year in _YEARS.findall(text))


def _periods(tokens: Words) -> frozenset[str]:
    named = set()
    for at, word in enumerate(tokens):
        before = tokens[at - 1] if at else ""
        after = tokens[at + 1] if at + 1 < len(tokens) else ""
        if word == QUARTER and after in ROMAN:
            named.add(f"quarter {after}")
        elif word == MONTH and before.isdigit():
            named.add(_months(before, after))
        elif word == MONTH and after.isdigit():
            named.add(f"month {int(after)}")
        elif word == YEAR and not _part_before(tokens, at) and (_is_year(after) or before in _ALL):
            named.add(WHOLE_YEAR)
    return frozenset(named)


_ALL = {fold(word) for word in ("cả", "hằng", "hàng", "tổng")}


def _months(count: str, after: str) -> str:
    return f"{int(count)} months late" if after == fold("cuối") else f"{int(count)} months"


def _is_year(word: str) -> bool:
    return len(word) == 4 and word.isdigit()


def _part_before(tokens: Words, at: int) -> bool:
    """Whether the ``năm`` at that place only dates a quarter, a month or a half of the year."""
    if at and tokens[at - 1] == YEAR:  # "6 tháng đầu năm năm 2018"
        return _part_before(tokens, at - 1)
    before = tokens[max(0, at - 2) : at]
    if not before:
        return False
    last = before[-1]
    return last in HALF_WORDS or last == MONTH or (len(before) == 2 and before[0] in (QUARTER, MONTH))


# Names of one stretch of the year that offices use for one another; a reader decides, so they are doubt.
AKIN = (
    {"quarter i", "3 months"},
    {"quarter ii", "6 months"},
    {"quarter iii", "9 months"},
    {"quarter iv", "year", "12 months"},
)


def is_similar_period(period: str, others: frozenset[str]) -> bool:
    """Whether some other name may mean the same stretch: ``9 tháng`` for ``quý III``."""
    return any(period in group and group & others for group in AKIN)


def last_month(period: str) -> int | None:
    """The month in which a period ends.

    >>> [last_month(str(parse_period(text))) for text in ("quý III", "6 tháng", "6 tháng cuối năm", "tháng 4", "năm")]
    [9, 6, 12, 4, 12]
    """
    if period == WHOLE_YEAR or period.endswith(" late"):
        return 12
    word, _, name = period.partition(" ")
    if word == "quarter":
        return 3 * (ROMAN.index(name) + 1)
    month = int(name) if word == "month" else int(word)
    return month if 1 <= month <= 12 else None

"""Which year and which periods of it the words ask for.

>>> [slot.period for slot in read_series("CCHC Quý I, 6 tháng, Quý III và báo cáo năm", "").slots]
['quý I', '6 tháng', 'quý III', 'năm']
>>> read_series("kiểm soát TTHC định kỳ", "").name, read_series("phân cấp định kỳ", "")
('cchc-quarterly', None)
>>> read_period("CCHC năm của tỉnh"), read_years("của năm đánh giá và năm trước liền kề", 2025)
('năm', (2025, 2024))
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from evidence.criteria.annex.proposals import vocabulary
from evidence.criteria.reference_names import read_series_slots

_PERIODS = (
    ("q1", "quý I", r"quý\s+(?:I|1)(?![IV\d])"),
    ("q2", "quý II", r"quý\s+(?:II|2)(?![I\d])"),
    ("6t", "6 tháng", r"(?<!\d)(?:6|06|sáu)\s+tháng"),
    ("q3", "quý III", r"quý\s+(?:III|3)(?!\d)"),
    ("q4", "quý IV", r"quý\s+(?:IV|4)(?!\d)"),
    ("9t", "9 tháng", r"(?<!\d)(?:9|09|chín)\s+tháng"),
)
_AND_YEAR = re.compile(
    r"(?:,|;|và|/|&)\s*(?:các\s+)?(?:báo cáo\s+)?(?:tổng kết\s+)?(?:hằng\s+|hàng\s+|cả\s+)?năm(?![^\W_])(?!\s+20)",
    re.IGNORECASE,
)
# "6 tháng và năm 2025": the year's report beside the others, where no other year stands before.
_AND_YEAR_NAMED = re.compile(
    r"^(?:(?!\b20\d\d).)*?(?:,|;|và|/|&)\s*(?:các\s+)?(?:báo cáo\s+)?(?:tổng kết\s+)?(?:cả\s+)?năm\s+20\d\d",
    re.IGNORECASE,
)
_ROUTINE = re.compile(r"định kỳ(?!\s*(?:,|và|/|hoặc)?\s*(?:theo\s+)?(?:chuyên đề|đột xuất))", re.IGNORECASE)
_MONTHLY = re.compile(r"(?:hằng|hàng|từng|theo)\s+tháng(?![^\W_])", re.IGNORECASE)
_QUARTERS = re.compile(
    r"(?:(?:hằng|hàng|từng|theo|các|bốn|4|04)\s+quý|quý\s+I\s*,\s*(?:quý\s+)?II\s*,\s*(?:quý\s+)?III\s*(?:,|và)\s*(?:quý\s+)?IV)(?![^\W_])",
    re.IGNORECASE,
)
_EACH_QUARTER = re.compile(r"(?<![^\W_])quý(?![^\W_])(?!\s+(?:[IV]+|[1-4])(?![^\W_]))", re.IGNORECASE)
_WHOLE_YEAR = re.compile(
    r"(?<![^\W_])(?:(?:hằng|hàng|cả)\s+năm|(?<!trong )(?<!từng )(?<!của )(?<!đầu )(?<!cuối )(?<!tháng )năm)(?![^\W_])"
    r"(?!\s+(?:20\d\d|trước|sau|đánh giá|học))",
    re.IGNORECASE,
)
_YEAR_NAMED = re.compile(r"(?<![-–])(?<!\d)năm\s+(20\d\d)(?!\s*[-–])", re.IGNORECASE)
_YEAR_BEFORE = re.compile(r"năm\s+(?:trước liền kề|liền kề trước|trước)(?![^\W_])", re.IGNORECASE)
_YEAR_JUDGED = re.compile(r"năm\s+đánh giá", re.IGNORECASE)


_QUARTER = r"(?:I{1,3}|IV|[1-4])"
_SOME_QUARTERS = re.compile(rf"quý\s+{_QUARTER}(?:\s*(?:,|và|/)\s*{_QUARTER}(?![^\W_]))+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class SeriesSlot:
    id: str
    period: str


@dataclass(frozen=True, slots=True)
class AskedSeries:
    """Slots of which each takes one document; ``name``: the ready-made series that they are. ``assumed``: the words
    say only "định kỳ"."""

    slots: tuple[SeriesSlot, ...]
    name: str | None = None
    assumed: bool = False


def spell_quarters(words: str) -> str:
    """Each quarter by its name.

    >>> spell_quarters("Báo cáo quý I, II và III")
    'Báo cáo quý I, quý II, quý III'
    """
    return _SOME_QUARTERS.sub(lambda match: ", ".join(f"quý {name}" for name in _names(match[0])), words)


def _names(quarters: str) -> list[str]:
    return re.findall(_QUARTER, quarters.upper().removeprefix("QUÝ"))


def read_series(words: str, topic: str) -> AskedSeries | None:
    """The periods that are listed, or what "định kỳ" means in this field; None where the words name no series."""
    listed = [
        SeriesSlot(name, period) for name, period, pattern in _PERIODS if re.search(pattern, words, re.IGNORECASE)
    ]
    if listed and (
        _AND_YEAR.search(words)
        or _AND_YEAR_NAMED.search(words)
        or _WHOLE_YEAR.search(re.sub(r"(?:đầu|cuối)\s+năm", "", words))
    ):
        listed.append(SeriesSlot("nam", "năm"))
    if _EACH_QUARTER.search(words) and "năm" in [slot.period for slot in listed] + ["năm"] * bool(
        _AND_YEAR.search(words) or _AND_YEAR_NAMED.search(words)
    ):
        third = SeriesSlot("9t", "9 tháng") if any(slot.id == "9t" for slot in listed) else SeriesSlot("q3", "quý III")
        return _named((SeriesSlot("q1", "quý I"), SeriesSlot("6t", "6 tháng"), third, SeriesSlot("nam", "năm")))
    if _MONTHLY.search(words):
        return _ready("monthly")
    if _QUARTERS.search(words) and not _AND_YEAR.search(words):
        return _ready("quarters")
    if len(listed) > 1:
        return _named(tuple(listed))
    if _ROUTINE.search(words):
        for name in vocabulary.parts("routine_series"):
            fields = {vocabulary.long_words(field) for field in vocabulary.phrases("routine_series", name)}
            if any(f" {field} " in f" {vocabulary.long_words(f'{words} {topic}')} " for field in fields):
                series = _ready(name)
                return AskedSeries(series.slots, name, assumed=True)
    return None


def counted_series(count: int, topic: str) -> AskedSeries | None:
    """ "04 báo cáo CCHC": the series of that field, where it has as many."""
    if count < 2 or vocabulary.long_words(topic) not in _routine_fields():
        return None
    ready = (_ready(name) for name in vocabulary.parts("routine_series"))
    return next((replace(series, assumed=True) for series in ready if len(series.slots) == count), None)


def _ready(name: str) -> AskedSeries:
    return AskedSeries(tuple(SeriesSlot(*slot) for slot in read_series_slots(name)), name)


def _named(slots: tuple[SeriesSlot, ...]) -> AskedSeries:
    for name in ("cchc-quarterly", "quarters", "half-yearly"):
        if [slot.period for slot in slots] == [period for _, period in read_series_slots(name)]:
            return _ready(name)
    return AskedSeries(slots)


def read_period(words: str, topic: str = "") -> str | None:
    """The one period that the words name. Where reports of a field come in a series, "Báo cáo CCHC năm 2025" is the
    year's, not that of a quarter."""
    for _, period, pattern in _PERIODS:
        if re.search(pattern, words, re.IGNORECASE):
            return period
    if _WHOLE_YEAR.search(words):
        return "năm"
    return "năm" if _YEAR_NAMED.search(words) and vocabulary.long_words(topic) in _routine_fields() else None


@cache
def _routine_fields() -> frozenset[str]:
    names = vocabulary.parts("routine_series")
    return frozenset(
        vocabulary.long_words(field) for name in names for field in vocabulary.phrases("routine_series", name)
    )


def read_years(words: str, year: int) -> tuple[int, ...]:
    """The years that the words name: by number, or as seen from the year that is judged."""
    years = [int(match[1]) for match in _YEAR_NAMED.finditer(words)]
    if _YEAR_JUDGED.search(words):
        years.append(year)
    if _YEAR_BEFORE.search(words):
        years.append(year - 1)
    return tuple(dict.fromkeys(years))

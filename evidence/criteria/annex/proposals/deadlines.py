"""Deadlines: what the annex says of them, and the usual ones by name (``data/due_presets.yaml``).

>>> [read_deadline(text, 2025).rule for text in ("chậm nhất ngày 25/11/2025", "trước ngày 20 của tháng cuối kỳ")]
['2025-11-25', 'before day 20 of the last month of the period']
>>> read_deadline("trong thời hạn 07 ngày làm việc kể từ ngày công bố", 2025).rule
'trigger + 7 working days'
>>> read_deadline("đúng thời gian theo quy định", 2025) is None, time_words("Gửi đúng thời gian theo quy định. Nếu:")
(True, 'Gửi đúng thời gian theo quy định')
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from evidence import resources
from evidence.criteria.annex.proposals import vocabulary
from evidence.model.criteria import Clock
from evidence.values import date as dates

_CUE = (
    r"(?P<cue>trước(?!\s+liền)(?:\s+ngày)?|(?:chậm|muộn) nhất(?:\s+(?:là|vào))?(?:\s+ngày)?|"
    r"hạn\s+(?:cuối\s+)?(?:là\s+)?(?:ngày)?|không quá\s+ngày|đến hết\s+ngày|xong\s+trước(?:\s+ngày)?)\s+"
)
_DATED = re.compile(rf"{_CUE}(?P<rest>[^;\n]{{4,40}})", re.IGNORECASE)
_MONTHLY = re.compile(
    rf"{_CUE}(?P<day>\d{{1,2}})\s+(?:(?:của\s+)?tháng\s+cuối(?:\s+(?:của\s+)?(?:quý|kỳ)(?:\s+báo cáo)?)?|"
    r"(?:hằng|hàng)\s+tháng)",
    re.IGNORECASE,
)
_DAY_MONTH = re.compile(
    rf"{_CUE}(?P<day>\d{{1,2}})\s*(?:/|tháng\s+)\s*(?P<month>\d{{1,2}})(?!\s*/\s*\d)"
    r"(?P<after>\s+(?:của\s+)?năm\s+(?:trước|sau|kế tiếp)(?:\s+liền kề)?)?",
    re.IGNORECASE,
)
_IN_MONTH = re.compile(
    r"(?:ban hành|gửi|nộp|hoàn thành)[^.;\n]{0,40}?(?<!các )trong\s+tháng\s+(?P<month>\d{1,2})"
    r"(?:\s*/\s*|\s+năm\s+|(?!\d))(?P<year>20\d\d)?",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"(?:trong\s+)?(?:thời hạn|vòng|thời gian|chậm nhất|không quá)?\s*"
    r"(?P<days>\d{1,3})\s+ngày(?P<working>\s+làm việc)?\s*,?\s*"
    r"(?:kể\s+)?(?:từ\s+(?:ngày|khi|thời điểm)|sau\s+khi)\s+(?P<trigger>[^.;\n]{3,160})",
    re.IGNORECASE,
)
_RECEIVED = re.compile(r"ngày\s+(?:đến|nhận)(?![^\W_])|thời điểm\s+nhận", re.IGNORECASE)
_CLAUSES = re.compile(r"[;\n]|\.(?!\d)|:(?=\s*\d)|(?<=yêu cầu):|(?<=Yêu cầu):")
_FIGURE = re.compile(r"\W*[a-zđ]\d?\s+là\s", re.IGNORECASE)
LONGEST = 300  # characters of the annex's words on time


@dataclass(frozen=True, slots=True)
class TextDeadline:
    """``rule`` as a criteria file writes it; ``text``: the annex's words; ``before``: those in front of the cue."""

    rule: str
    text: str
    before: str

    @property
    def is_counted(self) -> bool:
        return self.rule.startswith("trigger")


@dataclass(frozen=True, slots=True)
class DuePreset:
    """A usual deadline: of which documents, for which periods, and the levels that it binds."""

    source: str
    kind: str
    topics: tuple[str, ...]
    periods: tuple[str, ...]
    rule: str
    levels: tuple[str, ...]


def read_deadline(text: str, year: int) -> TextDeadline | None:
    """The first deadline that the text gives."""
    for line in re.split(r"[\n;]", text):
        if match := _COUNTED.search(line):
            working = "working " if match["working"] else ""
            return _deadline(f"trigger + {int(match['days'])} {working}days", line, match)
        if match := _MONTHLY.search(line):
            return _deadline(f"{_side(match)}day {int(match['day'])} of the last month of the period", line, match)
        if match := _IN_MONTH.search(line):
            off = {0: "", -1: " of the previous year", 1: " of the next year"}.get(int(match["year"] or year) - year)
            if off is not None and 1 <= int(match["month"]) <= 12:
                return _deadline(f"day last of month {int(match['month'])}{off}", line, match)
        if dated := _dated(line):
            return dated
        if match := _DAY_MONTH.search(line):
            day = dates.make_date(year + _year_off(match), int(match["month"]), int(match["day"]))
            if day:
                return _deadline(f"{_side(match)}{day}", line, match)
    return None


def _dated(line: str) -> TextDeadline | None:
    for match in _DATED.finditer(line):
        found = next(dates.search(match["rest"]), None)
        day = found.date.to_date() if found and found.date and not match["rest"][: found.start].strip() else None
        if day:
            return _deadline(f"{_side(match)}{day.isoformat()}", line, match)
    return None


def _deadline(rule: str, line: str, match: re.Match[str]) -> TextDeadline:
    return TextDeadline(rule, _lean(match[0]), line[: match.start()])


def _side(match: re.Match[str]) -> str:
    return "before " if re.search(r"trước", match["cue"], re.IGNORECASE) else ""


def _year_off(match: re.Match[str]) -> int:
    after = match["after"] or ""
    return -1 if "trước" in after else 1 if after else 0


def time_words(text: str) -> str:
    """The first clause that speaks of time; empty where none does. What only defines a figure ("b là số hồ sơ đã giải
    quyết đúng hạn") does not."""
    for clause in _CLAUSES.split(text):
        if vocabulary.pattern("time_words").search(clause) and not _FIGURE.match(clause):
            return _lean(clause)[:LONGEST]
    return ""


def read_clock(text: str) -> Clock:
    """Which day counts: the day received where the text says so."""
    return Clock.RECEIVED if _RECEIVED.search(text) else Clock.ISSUED


@cache
def due_presets() -> tuple[DuePreset, ...]:
    """The table, in its order."""
    return tuple(
        DuePreset(
            row["source"], row["kind"], tuple(vocabulary.long_words(topic) for topic in row["topics"]),
            tuple(row["periods"]), row["due"], tuple(row["levels"]),
        )
        for row in resources.load_yaml("evidence.criteria", "due_presets.yaml")
    )  # fmt: skip


def find_preset(kinds: tuple[str, ...], subject: tuple[str, ...], periods: tuple[str, ...]) -> DuePreset | None:
    """The usual deadline of such a document: its subject is the field alone, its periods are all among the preset's."""
    words = " ".join(vocabulary.long_words(piece) for piece in subject)
    for preset in due_presets():
        if kinds == (preset.kind,) and words in preset.topics and periods and set(periods) <= set(preset.periods):
            return preset
    return None


def _lean(text: str) -> str:
    return " ".join(text.split()).strip(" ,-+–)")


def impossible_days(text: str) -> tuple[str, ...]:
    """Whole dates among the words that no calendar has.

    >>> impossible_days("gửi trước ngày 31/02/2025, ngày 20/12/2025")
    ('ngày 31/02/2025',)
    """
    spans = (text[match.start : match.end] for match in dates.search(text) if match.date is None)
    return tuple(_lean(span) for span in spans if len(re.findall(r"\d+", span)) == 3)

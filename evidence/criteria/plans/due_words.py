"""Deadlines out of a cell of a plan, every one of a compound cell; a day inside the name of a document is none.

>>> [(due.kind.value, str(due.date)) for due in read_dues("Chậm nhất là ngày 15/01/2026 và tổ chức thực hiện", 2026)]
[('day', '2026-01-15')]
>>> [(due.kind.value, str(due.date)) for due in read_dues("Trong tháng 02/2026; thường xuyên trong năm", 2026)]
[('month-end', '2026-02-28'), ('continuous', 'None')]
>>> [read_dues(text, 2026)[0].kind.value for text in ("Trong năm 2026", "Theo Kế hoạch số 5/KH-UBND ngày 2/1/2026", "")]
['within-year', 'reference', 'unknown']
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

from evidence import resources
from evidence.model.plan import DueKind, TaskDue

_YEAR = r"(?P<year>(?:19|20)\d\d)"
_NEXT_YEAR = r"(?P<next>năm\s+(?:sau|kế tiếp|tiếp theo|liền kề)(?:\s+liền kề)?|năm\s+sau\s+liền kề)"
_DAY = re.compile(
    rf"(?P<day>\d{{1,2}})\s*(?:[/.-]|\s+tháng\s+)\s*(?P<month>\d{{1,2}})(?!\d)"
    rf"(?:\s*(?:[/.-]|năm)\s*{_YEAR}(?!\d)|\s+(?:của\s+)?{_NEXT_YEAR})?",
    re.IGNORECASE,
)
_MONTH = re.compile(
    rf"(?<!hằng )(?<!hàng )(?<!trong )tháng\s+(?P<month>\d{{1,2}})(?!\s*[/.-]\s*\d{{1,2}}\s*[/.-])(?!\d)"
    rf"(?:\s*(?:[/.-]|năm)\s*{_YEAR})?|"
    rf"trong\s+tháng\s+(?P<in_month>\d{{1,2}})(?:\s*(?:[/.-]|năm)\s*(?P<in_year>(?:19|20)\d\d))?|"
    rf"(?<![\d/.-])(?P<bare>\d{{1,2}})\s*/\s*(?P<bare_year>20\d\d)(?!\d)",
    re.IGNORECASE,
)
_QUARTER = re.compile(rf"quý\s+(?P<quarter>IV|I{{1,3}}|[1-4])(?![^\W_])(?:\s*(?:[/.-]|năm)\s*{_YEAR})?", re.IGNORECASE)
_HALF = re.compile(
    rf"(?:6|sáu|06)\s+tháng\s+(?P<half>đầu|cuối)\s+năm(?:\s+{_YEAR})?|"
    r"(?P<end>cuối)\s+năm(?:\s+(?P<end_year>(?:19|20)\d\d))?",
    re.IGNORECASE,
)
_WITHIN = re.compile(
    r"(?:trong|cả|đến(?:\s+hết)?|hết|hoàn thành|giai đoạn)?\s*(?:năm|20\d\d\s*[-–]\s*)\s*(?P<year>20\d\d)|"
    r"(?:trong|cả)\s+năm(?!\w)|^\s*(?P<alone>20\d\d)\s*$",
    re.IGNORECASE,
)
_CONTINUOUS = re.compile(
    r"thường xuyên|định kỳ|liên tục|(?:hằng|hàng)\s+(?:ngày|tuần|tháng|quý|năm)|"
    r"tháng\s+liền kề|quý\s+liền kề|tháng\s+sau\b|"
    r"(?:mỗi|từng)\s+(?:ngày|tuần|tháng|quý|năm)|khi có (?:yêu cầu|phát sinh)|khi phát sinh|trong tháng(?!\s+\d)",
    re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"\btheo\s+(?!dõi)|\bsau\s+(?:khi|\d+\s+(?:ngày|tháng))|(?:kể\s+)?từ\s+(?:ngày|khi)|ngay\s+(?:sau\s+)?khi|"
    r"\d+\s+ngày\s+(?:làm việc|sau|kể)|"
    r"đúng\s+(?:thời hạn|tiến độ|quy định)|kịp thời",
    re.IGNORECASE,
)
# a day behind these is the day of a document: "Nghị định số 52/2015/NĐ-CP ngày 28/5/2015"
_PARTS = re.compile(r"\s*[;\n]\s*|\s*,\s+(?=[^\W\d])|\.\s+(?=[A-ZĐ])|\s+và\s+")
_PREVIOUS = re.compile(r"trước$|năm\s+trước", re.IGNORECASE)
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def read_dues(text: str, year: int) -> tuple[TaskDue, ...]:
    """Every deadline that the cell prints, in its order; ``year``: the one that the plan is for, 0 where nobody knows.

    A part that only says that something is done ("và tổ chức thực hiện") is none. Never empty: what cannot be read is
    ``unknown``.
    """
    plain = " ".join(text.split())
    dues: dict[tuple[DueKind, datetime.date | None], TaskDue] = {}
    for part in _split(text.strip()):
        due = _read_part(part, year)
        if due is not None:
            dues.setdefault((due.kind, due.date), due)
    if len(dues) == 1:
        return tuple(replace(due, text=plain) for due in dues.values())
    return tuple(dues.values()) or (TaskDue(DueKind.UNKNOWN, None, plain),)


def _split(text: str) -> Iterator[str]:
    """Parts that may each have a deadline; those of a reference stay whole, for it names documents."""
    first = _REFERENCE.search(text)
    if first and not text[: first.start()].strip(" -+•"):
        yield text
        return
    yield from (part for part in _PARTS.split(text) if part.strip())


def _read_part(part: str, year: int) -> TaskDue | None:
    words = " ".join(part.split()).strip(" .;,-+•")
    dated = _read_day(words, year)
    if dated:
        return TaskDue(DueKind.DAY, dated, words)
    if not _CONTINUOUS.search(words) and not _REFERENCE.match(words):
        ended = _read_month(words, year)
        if ended:
            return TaskDue(DueKind.MONTH_END, ended, words)
    if _CONTINUOUS.search(words):
        return TaskDue(DueKind.CONTINUOUS, None, words)
    if _REFERENCE.search(words):
        return TaskDue(DueKind.REFERENCE, None, words)
    within = _WITHIN.search(words)
    if within:
        last = int(within["year"] or within["alone"] or year)
        return TaskDue(DueKind.WITHIN_YEAR, datetime.date(last, 12, 31) if last else None, words)
    return None


def _read_day(words: str, year: int) -> datetime.date | None:
    for match in _DAY.finditer(words):
        if _day_of_document().search(words[: match.start()]) or _CONTINUOUS.search(words[: match.start()]):
            continue
        if re.search(r"\d\s*[/.-]\s*$", words[: match.start()]):
            continue
        own = int(match["year"]) if match["year"] else year + bool(match["next"]) if year else 0
        if not own or (not match["year"] and re.match(r"\s*[/.-]\s*\w", words[match.end() :])):
            continue
        try:
            return datetime.date(own, int(match["month"]), int(match["day"]))
        except ValueError:
            continue
    return None


def _read_month(words: str, year: int) -> datetime.date | None:
    for match in _MONTH.finditer(words):
        month = int(match["month"] or match["in_month"] or match["bare"])
        own = int(match["year"] or match["in_year"] or match["bare_year"] or year)
        if own and 1 <= month <= 12 and not _day_of_document().search(words[: match.start()]):
            return _month_end(own, month - 1 if _before(words, match.start()) else month)
    if named := _QUARTER.search(words):
        quarter = _QUARTERS.get(named["quarter"].lower()) or int(named["quarter"])
        own = int(named["year"] or year)
        return _month_end(own, 3 * quarter) if own else None
    if half := _HALF.search(words):
        own = int(half["year"] or half["end_year"] or year)
        return _month_end(own, 6 if half["half"] == "đầu" else 12) if own else None
    return None


def _before(words: str, start: int) -> bool:
    """ "trước tháng 3": over by the end of February."""
    return bool(_PREVIOUS.search(words[:start].rstrip()))


@cache
def _day_of_document() -> re.Pattern[str]:
    """What stands before the day of a document: "Nghị định số 52/2015/NĐ-CP ngày", "Kế hoạch ngày"."""
    kinds = "|".join(resources.load_yaml("evidence.criteria.plans", "bodies.yaml")["documents"])
    numbered = r"(?:số\s+)?\d+\s*[/-]\s*[\wĐđ/&.-]*[A-ZĐ][\wĐđ/&.-]*\s*(?:,?\s*ngày\s+)?$"
    return re.compile(rf"{numbered}|(?i:(?:{kinds})\s+ngày\s+$)")


def _month_end(year: int, month: int) -> datetime.date:
    year, month = (year - 1, 12) if month == 0 else (year, month)
    return datetime.date(year, month, calendar.monthrange(year, month)[1])

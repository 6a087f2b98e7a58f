"""Values of a proposal as a person reads and writes them: ``unit`` is "đơn vị được chấm", ``2025-03-20`` is 20/03/2025.

What a person writes is understood in either language, with or without capitals; what is none of the known words goes
on as it stands, and whoever applies it says what is wrong with it.

>>> show_value(ReviewField.DUE, "day 20 of the last month of the period", "vi")
'ngày 20 tháng cuối kỳ'
>>> parse_shown(ReviewField.DUE, "Ngày 20 tháng cuối kỳ"), parse_shown(ReviewField.DUE, "20/3/2025")
('day 20 of the last month of the period', '2025-03-20')
>>> parse_shown(ReviewField.ISSUER, "đơn vị được chấm; UBND tỉnh An Phú")
'unit; UBND tỉnh An Phú'
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from functools import cache

from evidence.criteria.levels import LEVELS
from evidence.criteria.review.proposal_values import BETWEEN, BY_PERIOD, FREE_RULES, OR, UNKNOWN, YES
from evidence.messages import Language, Message, catalogue, say
from evidence.model.review import ReviewAct, ReviewField
from evidence.model.score_rule import ScoreRule
from evidence.vietnamese.text import fold, nfc

# the plain writing of a deadline, and the sentence that says it
_DUES = (
    ("day {day} of the last month of the period", "review-due-period-end"),
    ("day {day} of the first month after the period", "review-due-period-next"),
    ("day {day} of month {month}", "review-due-month"),
    ("day {day} of month {month} of the previous year", "review-due-month-before"),
    ("day {day} of month {month} of the next year", "review-due-month-after"),
    ("trigger + {days} days", "review-due-days"),
    ("trigger + {days} working days", "review-due-working"),
    ("trigger + {days} days @ {target}", "review-due-days-from"),
    ("trigger + {days} working days @ {target}", "review-due-working-from"),
)
_PLACES = {
    "day": r"(?P<day>\d{1,2}|last|cuối)", "month": r"(?P<month>\d{1,2})", "days": r"(?P<days>\d{1,4})",
    "target": r"(?P<target>\S+)",
}  # fmt: skip
_DAY = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})")
_LISTS = (ReviewField.KIND, ReviewField.ISSUER, ReviewField.SUBJECT, ReviewField.NOT_SUBJECT, ReviewField.PERIOD)


def show_value(field: ReviewField, value: str, language: Language | str) -> str:
    """The value in words."""
    if field is ReviewField.DUE:
        return _show_due(value, language)
    words = _words(field)
    if field in _LISTS:
        return BETWEEN.join(_show_word(part, words, language) for part in value.split(BETWEEN) if part)
    if field is ReviewField.ANY_OF:
        return value.replace(OR, "\n")
    return _show_word(value, words, language)


def parse_shown(field: ReviewField, text: str) -> str:
    """The plain value of what stands in a cell."""
    lean = nfc("\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip()))
    if field is ReviewField.DUE:
        return _parse_due(lean)
    if field is ReviewField.ANY_OF:
        return OR.join(part.strip(" |") for part in re.split(r"\n|\|", lean) if part.strip(" |"))
    named = {
        fold(say(Message(code), language)): value for value, code in _words(field).items() for language in Language
    }
    if field in _LISTS:
        parts = [part.strip() for part in re.split(r"[;\n]", lean) if part.strip()]
        return BETWEEN.join(named.get(fold(part), part) for part in parts)
    return named.get(fold(lean), lean)


def show_act(act: ReviewAct, language: Language | str) -> str:
    return say(Message(f"review-act-{act.value}"), language)


def parse_act(text: str) -> ReviewAct | None:
    """The decision in a cell; None for other words."""
    named = {fold(show_act(act, language)): act for act in ReviewAct for language in Language}
    return named.get(fold(" ".join(text.split())))


def list_choices(field: ReviewField) -> tuple[str, ...]:
    """Values that are offered for a field whose values are words of ours."""
    return tuple(value for value in _words(field) if value)


def _words(field: ReviewField) -> dict[str, str]:
    """The values of a field that are words of ours: value -> code of its sentence."""
    if field is ReviewField.ISSUER:
        return {value: f"review-issuer-{value}" for value in ("unit", "any", *LEVELS)}
    if field is ReviewField.OPTIONAL:
        return {YES: "review-optional-yes", "": "review-optional-no"}
    if field is ReviewField.RULE:
        ordered = (*FREE_RULES, *(rule for rule in ScoreRule if rule not in FREE_RULES))
        return {rule.value: f"review-rule-{rule.value}" for rule in ordered}
    return {}


def _show_word(value: str, words: dict[str, str], language: Language | str) -> str:
    return say(Message(words[value]), language) if value in words else value


# --- deadlines ------------------------------------------------------------------------------------------------------


def _show_due(value: str, language: Language | str) -> str:
    if value in (UNKNOWN, BY_PERIOD):
        return say(Message(f"review-due-{value}"), language)
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        return datetime.date.fromisoformat(value).strftime("%d/%m/%Y")
    for plain, code in _DUES:
        if match := _pattern(plain).fullmatch(value):
            places = match.groupdict()
            if places.get("day") == "last":
                places["day"] = say(Message("review-due-last"), language)
            return say(Message(code, places), language)
    return value


def _parse_due(text: str) -> str:
    if fold(text) in _no_due():
        return ""
    for value in (UNKNOWN, BY_PERIOD):
        if fold(text) in {fold(_show_due(value, language)) for language in Language}:
            return value
    if match := _DAY.fullmatch(text):
        return f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}"
    for plain, pattern in _due_patterns():
        if match := pattern.fullmatch(fold(text)):
            places = match.groupdict()
            if places.get("day") in ("last", fold("cuối")):
                places["day"] = "last"
            if "target" in places:
                places["target"] = text.split()[-1]  # as it was written: folding took its capitals
            return plain.format_map(places)
    return text


@cache
def _no_due() -> frozenset[str]:
    return frozenset({"", "-", *(fold(say(Message("review-due-none"), language)) for language in Language)})


@cache
def _due_patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((plain, _pattern(fold(sentence))) for plain, code in _DUES for sentence in _sentences(code))


def _sentences(code: str) -> Iterator[str]:
    yield from catalogue()[code].values()


@cache
def _pattern(template: str) -> re.Pattern[str]:
    pattern = re.escape(template)
    for name, group in _PLACES.items():
        pattern = pattern.replace(re.escape(f"{{{name}}}"), group)
    return re.compile(pattern)

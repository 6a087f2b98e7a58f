"""What people once made of an annex's words, for the annex of another year.

Words are compared folded, with years as their distance to the year of the set: "Kế hoạch CCHC năm 2025" of the set of
2025 is "Kế hoạch CCHC năm 2026" of that of 2026. Years and days in what was made of them move along.

>>> wording_key("Kế hoạch CCHC năm 2025.", 2025) == wording_key("Kế  hoạch CCHC năm 2026", 2026)
True
>>> wording_key("Kế hoạch CCHC năm 2024", 2025) == wording_key("Kế hoạch CCHC năm 2025", 2025)
False
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from evidence.model.review import ProposalValue, ReviewAct, ReviewAnswer, ReviewField, ReviewRow, WordingRule
from evidence.vietnamese.text import fold

_YEAR = re.compile(r"(?<![\d/])(?:19|20)\d\d(?!\d)")
_DATED = re.compile(r"(\d{4})(-\d\d-\d\d)")


def wording_key(words: str, year: int) -> str:
    """The words as they are compared."""
    relative = _YEAR.sub(lambda match: f"<{int(match[0]) - year:+d}>", fold(words))
    return " ".join(re.sub(r"[^\w<>+/-]+", " ", relative).split())


def remember_answers(
    rows: Iterable[ReviewRow], answers: Iterable[ReviewAnswer], year: int, name: str
) -> Iterator[WordingRule]:
    """What the answers make of the words of their proposals; what was taken as proposed is not remembered."""
    words = {(row.criterion, row.requirement): row.words for row in rows if row.requirement}
    for answer in answers:
        said = words.get((answer.criterion, answer.requirement))
        changes = tuple(change for change in answer.changes if change.field is not ReviewField.RULE)
        dropped = answer.act is ReviewAct.DROP
        if said and (dropped or (answer.act is ReviewAct.EDIT and changes)):
            yield WordingRule(wording_key(said, year), answer.act, () if dropped else changes, year, name)


def move_rule(rule: WordingRule, year: int) -> WordingRule:
    """The rule for a set of another year."""
    return replace(rule, changes=tuple(_moved(change, year - rule.year) for change in rule.changes))


def _moved(change: ProposalValue, years: int) -> ProposalValue:
    if change.field is ReviewField.YEAR and change.value:
        return replace(change, value=str(int(change.value) + years))
    dated = _DATED.fullmatch(change.value) if change.field is ReviewField.DUE else None
    if dated is None:
        return change
    moved = f"{int(dated[1]) + years}{dated[2]}"
    try:
        datetime.date.fromisoformat(moved)
    except ValueError:  # 29 February
        moved = f"{int(dated[1]) + years}-02-28"
    return replace(change, value=moved)

"""The figures that the rules of a set ask for, with how the annex words each of them.

``a``, ``b`` of a formula are defined in the rule ("a là tổng số nhiệm vụ đề ra"); a rate (``ty_le``), a count
(``so_luong``) and the values of two years are what the criterion's title names. A part that is had or not, and the
answers to clauses, are a person's judgement: no paper is read for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from evidence.appraisal.statistics.figure_roles import find_role, head_counted, name_counted
from evidence.criteria.annex.formulas import DEFINED
from evidence.criteria.score_rule_reader import READY, YEARS
from evidence.model.criteria import CriteriaSet, Criterion, walk_criteria
from evidence.model.score_rule import ScoreRule
from evidence.model.scores.figures import FigureRole

RATES, COUNTS = ("ty_le", "ty_le_dat"), ("so_luong",)
_BAND = re.compile(
    r"\bcó\s+(?:từ\s+|ít nhất\s+)?\d+\s+([^\W\d_][^:;\n\d.]*?)(?=\s+trở lên|\s*[:;\n.]|$)", re.IGNORECASE
)


class FigureKind(StrEnum):
    """How a figure comes out of papers: a variable that the rule defines, things that are counted, a percentage, the
    value of one of two years."""

    VARIABLE = "variable"
    COUNT = "count"
    RATE = "rate"
    YEAR = "year"


@dataclass(frozen=True, slots=True)
class WantedFigure:
    """A figure that a criterion asks for. ``counted``: the syllables that say what; ``topic``: those of the title."""

    criterion: Criterion
    name: str
    meaning: str
    kind: FigureKind
    role: FigureRole
    counted: frozenset[str]
    topic: frozenset[str]
    head: frozenset[str] = frozenset()
    year: int | None = None


def list_wanted_figures(criteria: CriteriaSet) -> tuple[WantedFigure, ...]:
    """Every figure of the set that a paper may state, in order."""
    return tuple(
        wanted for criterion in walk_criteria(criteria.criteria) for wanted in _wanted(criterion, criteria.year)
    )


def _wanted(criterion: Criterion, year: int) -> Iterator[WantedFigure]:
    scoring = criterion.scoring
    defined = _definitions(criterion.rule_text)
    for name in scoring.figures:
        if name in RATES:
            yield _titled(criterion, name, FigureKind.RATE, FigureRole.DONE)
        elif meanings := defined.get(name.lower()):
            yield _defined(criterion, name, meanings[0])
    if criterion.score is ScoreRule.YEAR_ON_YEAR:
        for name, which in zip(YEARS, (year, year - 1), strict=True):
            yield _titled(criterion, name, FigureKind.YEAR, FigureRole.PLAIN, which)
    elif scoring.of and scoring.of not in READY:
        if scoring.of in COUNTS:
            yield _counted(criterion, scoring.of, _count_words(criterion))
        else:
            yield _titled(criterion, scoring.of, FigureKind.RATE, FigureRole.DONE)
    formulas = 0
    for part in scoring.parts:
        for name in part.figures if part.formula else ():
            meanings = defined.get(name.rpartition("_")[2].lower(), [])
            if meanings:
                yield _defined(criterion, name, meanings[min(formulas, len(meanings) - 1)])
        formulas += part.formula is not None
        if part.each is not None:
            yield _counted(criterion, part.name, part.words)


def _counted(criterion: Criterion, name: str, words: str) -> WantedFigure:
    topic = name_counted(criterion.title)
    return WantedFigure(
        criterion, name, words, FigureKind.COUNT, FigureRole.DONE, name_counted(words), topic, head_counted(words)
    )


def _count_words(criterion: Criterion) -> str:
    """What is counted: "sáng kiến hoặc giải pháp mới" of "Có từ 3 sáng kiến hoặc giải pháp mới trở lên"; the title
    where the rule does not say."""
    match = _BAND.search(criterion.rule_text)
    return " ".join(match[1].split()) if match and name_counted(match[1]) else criterion.title


def _definitions(rule_text: str) -> dict[str, list[str]]:
    """What each letter of the rule's formulas means; of several formulas, in their order."""
    meanings: dict[str, list[str]] = {}
    for name, words in DEFINED.findall(rule_text):
        meanings.setdefault(name.lower(), []).append(" ".join(words.split()).rstrip(" .;,"))
    return meanings


def _defined(criterion: Criterion, name: str, meaning: str) -> WantedFigure:
    role = find_role(meaning)
    topic = name_counted(f"{criterion.title} {meaning}")
    counted, head = name_counted(meaning), head_counted(meaning)
    return WantedFigure(criterion, name, meaning, FigureKind.VARIABLE, role, counted, topic, head)


def _titled(
    criterion: Criterion, name: str, kind: FigureKind, role: FigureRole, year: int | None = None
) -> WantedFigure:
    words = name_counted(criterion.title)
    if role is FigureRole.DONE and criterion.timely:
        role = FigureRole.IN_TIME
    return WantedFigure(criterion, name, criterion.title, kind, role, words, words, frozenset(), year)

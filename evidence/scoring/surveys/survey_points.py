"""Counted answers -> points by unit and criterion, and whether a part is assessed at all.

The score of a criterion is Σ n·v / Σ n over the answers that count, v being what an option is worth; "không biết" and
what was left blank stand outside. Below a threshold of forms, or of forms to those sent, a part is not assessed.

The sample that is needed of N (Slovin): n = N / (1 + N·e²), rounded up.

>>> compute_sample_size(1000), compute_sample_size(1000, Decimal("0.1"))
(286, 91)
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import ROUND_CEILING, Decimal

from evidence.model.criteria import CriteriaSet, Unit
from evidence.model.scoring import ScoredPart
from evidence.model.survey import (
    AnswerCount,
    AnswerKind,
    CriterionSurvey,
    FormCount,
    SurveyTally,
    UnitSurvey,
)
from evidence.scoring.index import compute_index
from evidence.scoring.leaves import UnitLeaf, list_unit_leaves
from evidence.scoring.score_parts import PartCriteria
from evidence.vietnamese.text import fold

ZERO, ONE = Decimal(0), Decimal(1)
USUAL_ERROR = Decimal("0.05")


def compute_sample_size(population: int, error: Decimal = USUAL_ERROR) -> int:
    """How many of ``population`` must answer for that margin of error (0.05 is 5 %)."""
    whole = Decimal(population)
    return int((whole / (ONE + whole * error * error)).to_integral_value(ROUND_CEILING))


def score_answers(counts: Iterable[AnswerCount], most: Decimal, points: Decimal) -> Decimal | None:
    """Σ n·v / Σ n of the answers that count, of ``most`` points for this unit; ``points`` are those that the criterion
    has in the set, of which options without a scale are worth so many. None where no answer counts."""
    valid = [count for count in counts if count.kind is AnswerKind.VALID and count.amount is not None]
    total = sum(count.count for count in valid)
    scales = {count.scale if count.scale is not None else points for count in valid}
    if not total or ZERO in scales:
        return None
    if len(scales) == 1:  # one division, so that nothing is rounded twice
        summed = sum((count.count * (count.amount or ZERO) for count in valid), ZERO)
        return summed * most / (total * scales.pop())
    shares = ((count.count * (count.amount or ZERO)) / (count.scale or points) for count in valid)
    return sum(shares, ZERO) * most / total


def score_surveys(
    criteria: CriteriaSet, tallies: Sequence[SurveyTally], parts: Sequence[PartCriteria]
) -> tuple[UnitSurvey, ...]:
    """What the surveys say of every unit, part by part, in the order of the set."""
    if not any(part.surveyed for part in parts):
        return ()
    counts: dict[tuple[str, str], list[AnswerCount]] = {}
    for count in (count for tally in tallies for count in tally.counts):
        counts.setdefault((count.unit, fold(count.criterion)), []).append(count)
    surveys = []
    for unit in criteria.units:
        leaves = list_unit_leaves(criteria, unit)
        for part in parts:
            codes = {leaf.code for leaf in part.surveyed}
            asked = [leaf for leaf in leaves if leaf.criterion.code in codes]
            own = tuple(
                _score_criterion(unit, leaf, counts.get((unit.code, fold(leaf.criterion.code)), [])) for leaf in asked
            )
            if own:
                surveys.append(_judge(unit, part.part, own, _forms_of(unit, tallies, part)))
    return tuple(surveys)


def _score_criterion(unit: Unit, leaf: UnitLeaf, counts: Sequence[AnswerCount]) -> CriterionSurvey:
    def total(kind: AnswerKind) -> int:
        return sum(count.count for count in counts if count.kind is kind)

    valid, unknown, blank = total(AnswerKind.VALID), total(AnswerKind.UNKNOWN), total(AnswerKind.BLANK)
    score = score_answers(counts, leaf.max, leaf.criterion.points)
    return CriterionSurvey(unit.code, leaf.criterion.code, leaf.max, valid, unknown, blank, score)


def _forms_of(unit: Unit, tallies: Sequence[SurveyTally], part: PartCriteria) -> list[FormCount]:
    """The forms of the surveys that ask for something of that part, or that say nothing of any criterion."""
    codes = {fold(leaf.code) for leaf in part.surveyed}
    asking = [
        tally for tally in tallies if not tally.counts or any(fold(count.criterion) in codes for count in tally.counts)
    ]
    return [forms for tally in asking for forms in tally.forms if forms.unit == unit.code]


def _judge(unit: Unit, part: ScoredPart, criteria: tuple[CriterionSurvey, ...], known: list[FormCount]) -> UnitSurvey:
    forms = sum(count.forms for count in known) if known else None
    told = [count.sent for count in known if count.sent is not None]
    sent = sum(told) if known and len(told) == len(known) else None
    rate = compute_index(Decimal(forms), Decimal(sent)) if forms is not None and sent else None
    shortfalls = []
    if forms is not None and part.least_forms is not None and forms < part.least_forms:
        shortfalls.append("few-forms")
    if rate is not None and part.least_rate is not None and rate < part.least_rate:
        shortfalls.append("low-rate")
    assessed = None if forms is None else not shortfalls
    if forms is not None and part.least_rate is not None and rate is None:
        shortfalls.append("unknown-rate")
    return UnitSurvey(
        unit.code, part.name, forms, sent, rate, compute_sample_size(sent) if sent else None,
        sum((each.max for each in criteria), ZERO), assessed, tuple(shortfalls), criteria,
    )  # fmt: skip

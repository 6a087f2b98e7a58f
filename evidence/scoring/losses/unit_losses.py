"""The losses of a unit, criterion by criterion, from what the archive holds: findings, figures, decisions, surveys.

What the rules take is explained by the findings on the criterion, or by its figures. What an appraiser took beyond that
is explained by the note of the decision; without one it is unexplained. What is open is not lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from evidence.messages import Message
from evidence.model.appraisal import Decision
from evidence.model.assessment import Finding, Score, Verdict
from evidence.model.criteria import CriteriaSet, Criterion
from evidence.model.losses import LossKind, LossReason, LossReport, PointLoss
from evidence.model.survey import CriterionSurvey
from evidence.scoring.joined_points import LeafPoints
from evidence.vietnamese.text import fold

ZERO = Decimal(0)
KINDS = {
    Verdict.MISSING: LossKind.MISSING, Verdict.LATE: LossKind.LATE, Verdict.WRONG: LossKind.WRONG,
    Verdict.UNCLEAR: LossKind.UNCLEAR,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What is known of one unit: its findings, points by the rules, the last decision and the survey of each criterion,
    by folded code; the criteria whose figures were given."""

    findings: tuple[Finding, ...]
    scores: Mapping[str, Score]
    decisions: Mapping[str, Decision]
    surveys: Mapping[str, CriterionSurvey]
    figured: frozenset[str]


def explain_losses(
    criteria: CriteriaSet, unit: str, leaves: Iterable[LeafPoints], facts: UnitFacts
) -> LossReport:  # fmt: skip
    """Every criterion that applies, with what was lost in it and why; those that lost nothing too."""
    fields = {criterion.code: criterion for criterion in criteria.criteria}
    losses = []
    for leaf in leaves:
        if leaf.is_assessed and not (leaf.is_beside_scale and not leaf.lowest):
            field = leaf.leaf.above[0] if leaf.leaf.above else leaf.leaf.criterion.code
            losses.append(_explain_leaf(leaf, facts, fields[field].code))
    return LossReport(unit, criteria.set, tuple(_join_groups(losses, leaves, facts, criteria)))


def _join_groups(
    losses: Sequence[PointLoss], leaves: Iterable[LeafPoints], facts: UnitFacts, criteria: CriteriaSet
) -> Iterator[PointLoss]:
    """Criteria that a decision on a group stands for come as that group."""
    heads = {
        leaf.leaf.criterion.code: head
        for leaf in leaves
        if (head := next((code for code in leaf.leaf.above if fold(code) in facts.decisions), None)) is not None
    }
    titles = {criterion.code: criterion.title for criterion in _walk(criteria.criteria)}
    done: set[str] = set()
    for loss in losses:
        head = heads.get(loss.code)
        if head is None:
            yield loss
        elif head not in done:
            done.add(head)
            members = [each for each in losses if heads.get(each.code) == head]
            most = sum((each.max for each in members), ZERO)
            points = sum((each.points for each in members), ZERO)
            reasons = tuple(reason for each in members for reason in each.reasons if reason.kind in KINDS.values())
            yield _decided(head, titles[head], most, points, reasons, facts, loss.field)


def _walk(criteria: tuple[Criterion, ...]) -> Iterator[Criterion]:
    for criterion in criteria:
        yield criterion
        yield from _walk(criterion.children)


def _explain_leaf(leaf: LeafPoints, facts: UnitFacts, field: str) -> PointLoss:
    criterion = leaf.leaf.criterion
    most = max(leaf.highest, ZERO) if leaf.is_beside_scale else leaf.max  # a bonus that was not won is no loss
    key = fold(criterion.code)
    found = tuple(_finding_reasons(criterion.code, facts))
    if leaf.source == "decision":
        return _decided(criterion.code, criterion.title, most, leaf.highest, found, facts, field)
    lost = most - leaf.highest
    reasons: tuple[LossReason, ...]
    if leaf.source == "survey":
        reasons = _survey_reasons(facts.surveys.get(key), lost)
    elif not found and lost > 0:
        kind = LossKind.FIGURE if key in facts.figured or _needs_figures(criterion) else LossKind.UNEXPLAINED
        reasons = (LossReason(kind, lost, message=Message(f"loss-why-{kind.value}", {"code": criterion.code})),)
    else:
        reasons = found
    open_points = leaf.highest - leaf.lowest
    if open_points > 0:
        score = facts.scores.get(key)
        lacking = ", ".join(score.lacking) if score and score.lacking else "–"
        reasons = (
            *reasons,
            LossReason(LossKind.OPEN, open_points, message=Message("loss-why-open", {"lacking": lacking})),
        )
    explained = ZERO if any(reason.kind is LossKind.UNEXPLAINED for reason in reasons) else max(lost, ZERO)
    return PointLoss(criterion.code, criterion.title, most, leaf.highest, explained, reasons, field, open_points)


def _needs_figures(criterion: Criterion) -> bool:
    scoring = criterion.scoring
    return bool(scoring.of or scoring.figures or scoring.parts)


def _decided(
    code: str, title: str, most: Decimal, points: Decimal, found: tuple[LossReason, ...], facts: UnitFacts, field: str
) -> PointLoss:
    """A loss that an appraiser decided: by findings as far as the rules take as much, by the note beyond that."""
    lost = most - points
    decision = facts.decisions.get(fold(code))
    note = decision.note if decision else ""
    score = facts.scores.get(fold(code))
    by_rules = min(max(score.applicable - score.highest, ZERO), max(lost, ZERO)) if score and found else ZERO
    reasons = found if lost > 0 else ()
    explained = by_rules
    if lost > by_rules and note:
        reasons = (*reasons, LossReason(LossKind.DECISION, lost - by_rules, note))
        explained = lost
    elif lost > by_rules:
        message = Message("loss-why-decision", {"by": decision.by if decision else "–"})
        reasons = (*reasons, LossReason(LossKind.UNEXPLAINED, lost - by_rules, message=message))
    return PointLoss(code, title, most, points, explained, reasons, field)


def _finding_reasons(code: str, facts: UnitFacts) -> Iterator[LossReason]:
    """The findings on a criterion that cost points, or may."""
    for finding in facts.findings:
        if fold(finding.criterion) != fold(code) or finding.status not in KINDS:
            continue
        points = finding.points
        sure = points.max - points.suggested_max if points.suggested_max is not None else None
        against = next((reason for reason in finding.reasons if reason.ok is False), finding.reasons[0])
        kind, asked = KINDS[finding.status], finding.requirement
        yield LossReason(kind, sure, finding.title, against.message, finding.documents, requirement=asked)


def _survey_reasons(survey: CriterionSurvey | None, lost: Decimal) -> tuple[LossReason, ...]:
    if survey is None or survey.score is None or lost <= 0:
        return ()
    values = {"valid": str(survey.valid), "unknown": str(survey.unknown), "blank": str(survey.blank)}
    return (LossReason(LossKind.SURVEY, lost, message=Message("loss-why-survey", values)),)


def sum_by_field(report: LossReport, criteria: CriteriaSet) -> tuple[PointLoss, ...]:
    """The losses of each field, in the order of the set."""
    by_field = {field.code: [loss for loss in report.losses if loss.field == field.code] for field in criteria.criteria}
    return tuple(_sum_field(field, by_field[field.code]) for field in criteria.criteria if by_field[field.code])


def _sum_field(field: Criterion, losses: Sequence[PointLoss]) -> PointLoss:
    return PointLoss(
        code=field.code,
        title=field.title,
        max=sum((loss.max for loss in losses), ZERO),
        points=sum((loss.points for loss in losses), ZERO),
        explained=sum((loss.explained for loss in losses), ZERO),
        field=field.code,
        open=sum((loss.open for loss in losses), ZERO),
    )

"""Criteria as rows of text: code, title, points, and what each asks for."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.cli.context import CliContext
from evidence.model.criteria import Criterion, Requirement


def criterion_row(criterion: Criterion, context: CliContext) -> str:
    """Code, title and points."""
    return context.say("cli-criteria-row", code=criterion.code, title=criterion.title, points=criterion.points)


def outline_criterion(criterion: Criterion, context: CliContext, depth: int) -> Iterator[str]:
    """The criterion with what it asks for, then its children, each two blanks further in."""
    margin = "  " * depth
    yield margin + criterion_row(criterion, context) + _beside_scale(criterion, context)
    for code, clause in (
        ("cli-criteria-not-applicable-if", criterion.not_applicable_if),
        ("cli-criteria-full-points-if", criterion.full_points_if),
    ):
        if clause:
            yield f"{margin}    {context.say(code, clause=' '.join(clause.split()))}"
    for requirement in criterion.evidence:
        waits = context.say("cli-criteria-proposed") if requirement.proposed else ""
        yield f"{margin}    - {requirement.title}{_due(requirement, context)}{waits}"
    for child in criterion.children:
        yield from outline_criterion(child, context, depth + 1)


def _beside_scale(criterion: Criterion, context: CliContext) -> str:
    """Its weight, whether its points are added or taken, and whether the unit does not assess it."""
    weight = context.say("cli-criteria-weight", weight=criterion.weight) if criterion.weight is not None else ""
    block = context.say(f"cli-criteria-{criterion.block.value}") if criterion.block else ""
    return weight + block + ("" if criterion.self_assessed else context.say("cli-criteria-not-self-assessed"))


def _due(requirement: Requirement, context: CliContext) -> str:
    """The deadline as a day, as a rule whose day is not known yet, or that nobody has said it."""
    if requirement.due:
        return context.say("cli-criteria-due", day=requirement.due.strftime("%d/%m/%Y"))
    if not requirement.due_unknown:
        return ""
    return context.say("cli-criteria-due", day=requirement.due_rule or context.say("criteria-due-unknown"))

"""The slots of a series (the reports of four quarters, say): one document fills one slot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from evidence.match.evaluation import Evaluation
from evidence.match.rules.rule_result import build_reason
from evidence.model.criteria import Requirement

Rows = tuple[tuple[Evaluation, ...], ...]  # by requirement of one criterion


def fill_slots(evidence: tuple[Requirement, ...], rows: Rows) -> Rows:
    """Documents that fit one slot of a series take it; a slot so taken is no choice for the others any more, and so on.
    What then still fits several slots is for a person to place."""
    slots_of = {name: _slots_left(name, evidence, rows) for requirement in evidence if (name := requirement.series)}
    return tuple(
        _fill(at, fits, slots_of[requirement.series]) if requirement.series else fits
        for at, (requirement, fits) in enumerate(zip(evidence, rows, strict=True))
    )


def _slots_left(series: str, evidence: tuple[Requirement, ...], rows: Rows) -> dict[str, set[int]]:
    """By document, the slots of the series that are left to it."""
    choices: dict[str, set[int]] = {}
    for at, requirement in enumerate(evidence):
        if requirement.series == series:
            for fit in rows[at]:
                if fit.ok:
                    choices.setdefault(fit.key, set()).add(at)
    return _narrow(choices)


def _narrow(choices: Mapping[str, set[int]]) -> dict[str, set[int]]:
    """The slots left to each document. No document loses its last one."""
    left = {key: set(slots) for key, slots in choices.items()}
    while True:
        taken = {next(iter(slots)) for slots in left.values() if len(slots) == 1}
        narrowed = {key: slots if len(slots) == 1 else (slots - taken or slots) for key, slots in left.items()}
        if narrowed == left:
            return left
        left = narrowed


def _fill(at: int, fits: tuple[Evaluation, ...], left: Mapping[str, set[int]]) -> tuple[Evaluation, ...]:
    """Those that stay in this slot; a document that fits several slots is doubt in each."""
    staying = [fit for fit in fits if not fit.ok or at in left[fit.key]]
    return tuple(_as_doubt(fit) if fit.ok and len(left[fit.key]) > 1 else fit for fit in staying)


def _as_doubt(fit: Evaluation) -> Evaluation:
    reason = build_reason("slot", None, "assign-several-slots", fit.candidate)
    return replace(fit, ok=None, reasons=(*fit.reasons, reason))

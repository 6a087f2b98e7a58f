"""Any of several documents will do ("A hoặc B"): the requirement once for each of them, all else asked alike."""

from __future__ import annotations

from dataclasses import replace

from evidence.model.criteria import EvidenceAlternative, Requirement


def expand_alternatives(requirement: Requirement) -> tuple[Requirement, ...]:
    """The requirement itself, or once for each alternative."""
    if not requirement.any_of:
        return (requirement,)
    return tuple(_with_alternative(requirement, option) for option in requirement.any_of)


def _with_alternative(requirement: Requirement, option: EvidenceAlternative) -> Requirement:
    kinds = option.kinds or requirement.kinds
    return replace(
        requirement,
        kind=kinds[0] if kinds else None,
        other_kinds=kinds[1:],
        subject=(*requirement.subject, *option.subject),
        period=option.period or requirement.period,
        any_of=(),
    )

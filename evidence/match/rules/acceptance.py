"""What counts this year only in certain ways, such as an initiative with a decision of recognition."""

from __future__ import annotations

from dataclasses import replace

from evidence.match.candidate import Candidate
from evidence.match.rules import issuer, kind, subject
from evidence.match.rules.rule_result import RuleResult, build_reason
from evidence.model.criteria import Acceptance, Requirement, Unit


def check(requirement: Requirement, candidate: Candidate, unit: Unit) -> RuleResult | None:
    """What counts this year: one of the ways must hold, such as a decision of recognition at province level or above.
    One that was only handed up for recognition does not have the words, and does not count."""
    if not requirement.accept:
        return None
    ways = [_check_way(way, requirement, candidate, unit) for way in requirement.accept]
    best = min(
        ways, key=lambda way: (any(result.ok is False for result in way), any(result.ok is None for result in way))
    )
    against = next((result for result in best if result.ok is False), None)
    against = against or next((result for result in best if result.ok is None), None)
    if against is None:
        return RuleResult(build_reason("accept", True, "rule-accept-yes", candidate, candidate.record.issuer), True)
    return RuleResult(replace(against.reason, rule="accept"), against.likely)


def _check_way(way: Acceptance, requirement: Requirement, candidate: Candidate, unit: Unit) -> list[RuleResult]:
    bare = Requirement(requirement.id, requirement.title, subject=way.subject)
    if way.kinds:
        bare = replace(bare, kind=way.kinds[0], other_kinds=way.kinds[1:])
    level = issuer.check_level(way.levels, candidate) if way.levels else None
    results = [kind.check(bare, candidate, unit), subject.check(bare, candidate, unit), level]
    return [result for result in results if result is not None]

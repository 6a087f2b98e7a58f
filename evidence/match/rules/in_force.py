"""Whether the document still stands: not replaced or repealed by a later one."""

from __future__ import annotations

from evidence.match.candidate import Candidate
from evidence.match.document_register import Ending
from evidence.match.rules.rule_result import RuleResult, build_reason, format_day


def check_in_force(candidate: Candidate, ending: Ending | None, final: bool) -> RuleResult | None:
    """Not replaced or repealed. ``final``: it was handed in for this criterion, so that an end is an answer; a
    document that was only found is left to a person."""
    if ending is None:
        return None
    params = {"by": str(ending.by.number.value or ending.by.source.path), "on": format_day(ending.on)}
    code = f"rule-ended-{ending.citation.relation.value}" if ending.sure else "rule-ended-doubt"
    sure = ending.sure and final
    reason = build_reason("ended", False if sure else None, code, candidate, candidate.record.number, **params)
    return RuleResult(reason, likely=not sure)

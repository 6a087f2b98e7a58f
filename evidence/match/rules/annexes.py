"""The annexes that a document must bring along."""

from __future__ import annotations

from evidence.criteria.phrases import PhraseMatch, find_phrase, prepare_text
from evidence.match.candidate import Candidate
from evidence.match.rules.rule_result import RuleResult, build_reason, is_typed_throughout, quote_phrases
from evidence.model.criteria import Requirement, Unit


def check(requirement: Requirement, candidate: Candidate, unit: Unit) -> RuleResult | None:
    """The annexes asked for. Their absence is sure only in a file read whole whose pages all have typed text."""
    if not requirement.annexes:
        return None
    annexes = candidate.record.annexes
    texts = [prepare_text(f"{annex.value or ''} {annex.raw or ''}") for annex in annexes]
    absent = tuple(
        name for name in requirement.annexes if not any(find_phrase(name, text) is PhraseMatch.EXACT for text in texts)
    )
    if not absent:
        wanted = quote_phrases(requirement.annexes)
        return RuleResult(build_reason("annexes", True, "rule-annexes-yes", candidate, annexes[0], wanted=wanted), True)
    sure = is_typed_throughout(candidate)
    code = "rule-annexes-no" if sure else "rule-annexes-doubt"
    ok = False if sure else None
    return RuleResult(build_reason("annexes", ok, code, candidate, wanted=quote_phrases(absent)), not sure)

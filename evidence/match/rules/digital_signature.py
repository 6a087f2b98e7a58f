"""The digital signature that a document must bear. (Its time is the clock of ``timeliness``.)"""

from __future__ import annotations

from evidence.match.candidate import Candidate
from evidence.match.rules.rule_result import RuleResult, build_reason
from evidence.model.criteria import Requirement, Unit


def check(requirement: Requirement, candidate: Candidate, unit: Unit) -> RuleResult | None:
    """A digital signature: there and intact, or for a person to see (another file may be the signed one)."""
    if not requirement.digital:
        return None
    signatures = candidate.record.signatures
    intact = next((signature for signature in signatures if signature.intact), None)
    if intact is not None:
        name = intact.organisation or intact.signer or "?"
        return RuleResult(build_reason("signature", True, "rule-signature-yes", candidate, name=name), True)
    code = "rule-signature-unproven" if signatures else "rule-signature-none"
    return RuleResult(build_reason("signature", None, code, candidate), True)

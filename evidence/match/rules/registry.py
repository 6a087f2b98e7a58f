"""The rules in the order in which reasons name them. A new rule is one file and one entry here."""

from __future__ import annotations

from collections.abc import Callable

from evidence.match.candidate import Candidate
from evidence.match.rules import (
    about_year,
    acceptance,
    annexes,
    digital_signature,
    draft,
    issue_date,
    issuer,
    kind,
    manifest_claims,
    number_pattern,
    subject,
)
from evidence.match.rules.rule_result import RuleResult
from evidence.model.criteria import Requirement, Unit

Rule = Callable[[Requirement, Candidate, Unit], RuleResult | None]

# The field of the record that a rule asks: two doubtful fields weigh more than one, two rules on one field do not.
FIELDS = {
    "kind": "kind", "issuer": "issuer", "subject": "subject", "about": "subject", "issued": "date", "accept": "issuer",
}  # fmt: skip
RULES: dict[str, Rule] = {
    "kind": kind.check,
    "issuer": issuer.check,
    "subject": subject.check,
    "neighbour": subject.check_neighbour,
    "about": about_year.check,
    "issued": issue_date.check,
    "number": draft.check,
    "pattern": number_pattern.check,
    "accept": acceptance.check,
    "annexes": annexes.check,
    "signature": digital_signature.check,
    "claim": manifest_claims.check_number,
    "claim_date": manifest_claims.check_date,
}

"""Whether the document was issued: a draft, or a paper whose number was left blank, is none.

The rule is called ``number`` in findings, as what shows it is the number.
"""

from __future__ import annotations

from evidence.criteria.phrases import fold_name
from evidence.match.candidate import Candidate
from evidence.match.rules.rule_result import RuleResult, build_reason, doubt_unread
from evidence.model.criteria import Requirement, Unit
from evidence.model.document import Origin
from evidence.model.problem import ProblemCode
from evidence.vietnamese.text import fold

WITHOUT_NUMBER = {fold("Biên bản")}  # drawn up by those present, often without a number of its own


def check(requirement: Requirement, candidate: Candidate, unit: Unit) -> RuleResult | None:
    """That it was issued and is no draft: it bears a number. Which number does not matter here, so a doubtful reading
    of one (handwritten figures) still shows that there is one. A blank on a scan is doubt: ink is often not read."""
    field = candidate.record.number
    if candidate.has(ProblemCode.DRAFT):
        return RuleResult(build_reason("number", False, "rule-number-draft", candidate, field), False)
    if requirement.kind is None or any(fold_name(kind.name) in WITHOUT_NUMBER for kind in requirement.kinds):
        return None
    if field.value is not None:
        code = "rule-number-yes" if field.sure else "rule-number-seen"
        return RuleResult(build_reason("number", True, code, candidate, field, value=field.value), True)
    if candidate.has(ProblemCode.BLANK_NUMBER):
        number = field.span.page if field.span else 1
        typed = any(page.number == number and page.origin is Origin.TEXT for page in candidate.record.pages)
        code = "rule-number-blank" if typed else "rule-number-blank-scan"
        ok = False if typed else None
        return RuleResult(build_reason("number", ok, code, candidate, field, page=number), not typed)
    return doubt_unread("number", candidate, field, likely=True)

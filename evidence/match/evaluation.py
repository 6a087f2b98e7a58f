"""One document held against one requirement, all rules asked."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

from evidence.match.alternatives import expand_alternatives
from evidence.match.candidate import Candidate
from evidence.match.context import UnitContext
from evidence.match.rules.citations import check_citations
from evidence.match.rules.closing import check_closing, close_timing
from evidence.match.rules.in_force import check_in_force
from evidence.match.rules.registry import FIELDS, RULES
from evidence.match.rules.rule_result import RuleResult, build_reason
from evidence.match.rules.subject import may_name_all
from evidence.match.rules.timeliness import Timing, check_timeliness
from evidence.model.assessment import Reason
from evidence.model.criteria import Requirement, Unit
from evidence.model.problem import ProblemCode


class Placement(IntEnum):
    """Where a document was handed in, seen from a criterion: for it, for one above or below it, or elsewhere."""

    CRITERION = 0
    RELATED = 1
    ELSEWHERE = 2


@dataclass(frozen=True, slots=True)
class Evaluation:
    """``ok``: surely it, surely not it, or doubt.

    ``unlikely`` are the fields whose doubtful values speak against it; ``offered`` marks a document that was handed in
    for another criterion, and would do here too.
    """

    candidate: Candidate
    placement: Placement
    ok: bool | None
    likely: bool
    reasons: tuple[Reason, ...]
    timing: Timing
    unlikely: frozenset[str] = frozenset()
    offered: bool = False

    @property
    def sha256(self) -> str:
        return self.candidate.sha256

    @property
    def key(self) -> str:
        return self.candidate.key

    @property
    def against(self) -> int:
        """How many rules surely speak against it."""
        return sum(1 for reason in self.reasons if reason.ok is False)


def evaluate_file(
    requirement: Requirement, candidate: Candidate, placement: Placement, context: UnitContext
) -> list[Evaluation]:
    """The file held against the requirement: of several documents in it all that surely fit, else the one that fits
    best."""
    evaluations = [
        _evaluate_best(requirement, document, placement, context) for document in (candidate, *candidate.parts)
    ]
    sure = [evaluation for evaluation in evaluations if evaluation.ok]
    if sure:
        return sure
    return [min(evaluations, key=lambda evaluation: (evaluation.ok is False, not evaluation.likely))]


def _evaluate_best(
    requirement: Requirement, candidate: Candidate, placement: Placement, context: UnitContext
) -> Evaluation:
    """The document held against each alternative of the requirement: the one that it fits best."""
    if not requirement.any_of:
        return _evaluate(requirement, candidate, placement, context)
    evaluations = [_evaluate(option, candidate, placement, context) for option in expand_alternatives(requirement)]
    return min(
        evaluations,
        key=lambda evaluation: (
            evaluation.ok is not True,
            evaluation.ok is False,
            not evaluation.likely,
            evaluation.against,
        ),
    )


def _evaluate(requirement: Requirement, candidate: Candidate, placement: Placement, context: UnitContext) -> Evaluation:
    if not candidate.readable:
        return _evaluate_unreadable(candidate, placement)
    results = _ask_rules(requirement, candidate, placement, context)
    ok = _combine(results)
    reasons = (_placement_reason(candidate, placement), *(result.reason for result in results))
    if ok is False and candidate.has(ProblemCode.MIXED_DOCUMENTS):
        ok = None
        reasons = (*reasons, build_reason("mixed", None, "assign-mixed", candidate))
    if ok is False and candidate.record.unfinished:
        ok = None
        reasons = (*reasons, build_reason("unfinished", None, "assign-unfinished", candidate))
    likely = all(result.likely for result in results)
    unlikely = frozenset(
        FIELDS[result.reason.rule]
        for result in results
        if result.ok is None and not result.likely and result.reason.rule in FIELDS
    )
    criteria = context.check.criteria
    closed = check_closing(candidate, criteria)
    timing = close_timing(check_timeliness(requirement, candidate), closed, candidate, criteria)
    reasons = (*reasons, closed) if closed is not None else reasons
    return Evaluation(candidate, placement, ok, likely, reasons, timing, unlikely)


def _evaluate_unreadable(candidate: Candidate, placement: Placement) -> Evaluation:
    problems = candidate.record.problems
    reasons = [build_reason("readable", None, "assign-unreadable", candidate, path=candidate.path)]
    reasons += [Reason("readable", None, problem.message, candidate.sha256) for problem in problems[:1]]
    likely = placement is not Placement.ELSEWHERE
    return Evaluation(candidate, placement, None, likely, tuple(reasons), Timing(None))


def _ask_rules(
    requirement: Requirement, candidate: Candidate, placement: Placement, context: UnitContext
) -> list[RuleResult]:
    """The results of the rules that the requirement asks."""
    ending = context.check.register.find_ending(candidate.record, context.check.as_of)
    cited = tuple((must, context.cited_document(must)) for must in requirement.cites)
    results = [rule(requirement, candidate, context.unit) for rule in RULES.values()]
    results.append(check_in_force(candidate, ending, final=placement is Placement.CRITERION))
    results.append(check_citations(candidate, cited))
    return [result for result in results if result is not None]


def may_fit(requirement: Requirement, candidate: Candidate, unit: Unit) -> bool:
    """The quick look before all rules are asked: this runs for every document of the unit."""
    if not requirement.any_of and not candidate.parts:  # the usual case, thousands of times
        return may_name_all(requirement, candidate) and _is_likely(requirement, candidate, unit)
    documents = (candidate, *candidate.parts)
    return any(
        may_name_all(option, each) and _is_likely(option, each, unit)
        for option in expand_alternatives(requirement)
        for each in documents
    )


def _is_likely(requirement: Requirement, candidate: Candidate, unit: Unit) -> bool:
    """Stops at the first rule that speaks against it."""
    for rule in RULES.values():
        result = rule(requirement, candidate, unit)
        if result is not None and not result.likely:
            return False
    return True


def _combine(results: list[RuleResult]) -> bool | None:
    if any(result.ok is False for result in results):
        return False
    return None if any(result.ok is None for result in results) else True


def _placement_reason(candidate: Candidate, placement: Placement) -> Reason:
    codes = {
        Placement.CRITERION: "assign-handed",
        Placement.RELATED: "assign-kin",
        Placement.ELSEWHERE: "assign-elsewhere",
    }
    criteria = sorted({submission.criterion for submission in candidate.submissions if submission.criterion})
    named = ", ".join(criteria) or "-"
    return build_reason("place", True, codes[placement], candidate, path=candidate.path, criterion=named)

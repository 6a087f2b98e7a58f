"""A set's proposals with a person's answers -> the set that ``check`` uses, or every fault with its proposal and field.

A proposal without an answer is taken as proposed. What is dropped is not asked; a rule that counts documents and has
none left is scored by hand.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from evidence.criteria import calendars
from evidence.criteria.review.proposal_changes import ReviewContext, Slots, change_proposal
from evidence.criteria.review.proposal_values import FREE_RULES, group_proposals, proposal_name
from evidence.messages import Message
from evidence.model.criteria import CriteriaSet, Criterion, Requirement, walk_criteria
from evidence.model.review import ProposalValue, ReviewAct, ReviewAnswer, ReviewField
from evidence.model.score_rule import ScoreRule, Scoring
from evidence.vietnamese.text import fold, strip_marks

DOCUMENT_RULES = (ScoreRule.ALL_OR_NOTHING, ScoreRule.TIMELINESS, ScoreRule.PER_ITEM, ScoreRule.DEDUCTION)


@dataclass(frozen=True, slots=True)
class AnswerFault:
    """What is wrong with an answer; ``field`` is None for the decision itself."""

    answer: ReviewAnswer
    field: ReviewField | None
    message: Message


@dataclass(frozen=True, slots=True)
class ReviewedSet:
    """The set as accepted; with ``faults`` it is not to be used."""

    criteria: CriteriaSet
    faults: tuple[AnswerFault, ...]


def accept_proposals(criteria: CriteriaSet, answers: Iterable[ReviewAnswer]) -> ReviewedSet:
    """The set with every proposal taken, changed or dropped, and what was added."""
    by_criterion: dict[str, list[ReviewAnswer]] = {}
    for answer in answers:
        by_criterion.setdefault(answer.criterion, []).append(answer)
    context = ReviewContext(criteria.year, requirement_names(criteria))
    reviewer = _SetReviewer(by_criterion, context)
    taken = tuple(reviewer.criterion(criterion) for criterion in criteria.criteria)
    return ReviewedSet(_with_calendar(replace(criteria, criteria=taken)), tuple(reviewer.faults))


def requirement_names(criteria: CriteriaSet) -> frozenset[str]:
    """Every requirement by its name: ``1.1/kh``."""
    return frozenset(
        f"{criterion.code}/{requirement.id}"
        for criterion in walk_criteria(criteria.criteria)
        for requirement in criterion.evidence
    )


def check_answer(criteria: CriteriaSet, answer: ReviewAnswer) -> tuple[AnswerFault, ...]:
    """What is wrong with one answer."""
    return accept_proposals(criteria, [answer]).faults


class _SetReviewer:
    """Goes through the criteria; ``faults`` are those of the answers."""

    def __init__(self, answers: Mapping[str, list[ReviewAnswer]], context: ReviewContext) -> None:
        self._answers, self._context = answers, context
        self.faults: list[AnswerFault] = []

    def criterion(self, criterion: Criterion) -> Criterion:
        answers = self._answers.get(criterion.code, [])
        by_name = {answer.requirement: answer for answer in answers if answer.act is not ReviewAct.ADD}
        evidence: list[Requirement] = []
        for slots in group_proposals(criterion):
            evidence += self._proposal(slots, by_name.get(proposal_name(slots)))
        for answer in answers:
            if answer.act is ReviewAct.ADD:
                evidence += self._added(answer, evidence)
        rule, scoring = self._rule(criterion, answers, bool(evidence))
        return replace(
            criterion,
            evidence=tuple(replace(requirement, proposed=False) for requirement in evidence),
            score=rule,
            scoring=scoring,
            children=tuple(self.criterion(child) for child in criterion.children),
        )

    def _proposal(self, slots: Slots, answer: ReviewAnswer | None) -> Slots:
        if answer is None or answer.act is ReviewAct.ACCEPT:
            return slots
        return () if answer.act is ReviewAct.DROP else self._changed(slots, answer)

    def _changed(self, slots: Slots, answer: ReviewAnswer) -> Slots:
        changed, faults = change_proposal(slots, answer.changes, self._context)
        self.faults += [AnswerFault(answer, field, message) for field, message in faults]
        return changed

    def _added(self, answer: ReviewAnswer, evidence: list[Requirement]) -> Slots:
        values = {pair.field: pair.value for pair in answer.changes}
        if not values.get(ReviewField.TITLE):
            self.faults.append(AnswerFault(answer, ReviewField.TITLE, Message("review-want-title")))
            return ()
        if not any(values.get(field) for field in (ReviewField.KIND, ReviewField.SUBJECT, ReviewField.ANY_OF)):
            self.faults.append(AnswerFault(answer, ReviewField.KIND, Message("review-want-kind")))
            return ()
        taken = {requirement.series or requirement.id for requirement in evidence}
        new = Requirement(_free_id(values.get(ReviewField.KIND, ""), taken), values[ReviewField.TITLE])
        return self._changed((new,), answer)

    def _rule(self, criterion: Criterion, answers: list[ReviewAnswer], any_left: bool) -> tuple[ScoreRule, Scoring]:
        """The rule that the answers choose; by hand where it counts documents and none is asked for any more."""
        chosen = {value: answer for answer in answers if (value := _chosen_rule(answer, criterion.score))}
        for value, answer in chosen.items():
            if len(chosen) > 1:
                rules = ", ".join(chosen)
                self._fault_rule(answer, "review-two-rules", criterion=criterion.code, rules=rules)
            elif value not in {rule.value for rule in FREE_RULES}:
                self._fault_rule(answer, "review-bad-rule", value=value)
            elif ScoreRule(value) in DOCUMENT_RULES and not any_left:
                self._fault_rule(answer, "review-rule-without-documents", criterion=criterion.code)
            else:
                return ScoreRule(value), Scoring()
        counts = criterion.score in DOCUMENT_RULES and not criterion.scoring.figures
        if counts and criterion.evidence and not any_left:
            return ScoreRule.MANUAL, Scoring()
        return criterion.score, criterion.scoring

    def _fault_rule(self, answer: ReviewAnswer, code: str, **params: str) -> None:
        self.faults.append(AnswerFault(answer, ReviewField.RULE, Message(code, params)))


def _chosen_rule(answer: ReviewAnswer, proposed: ScoreRule) -> str | None:
    if answer.act is ReviewAct.DROP:
        return None
    values: Iterable[ProposalValue] = answer.changes
    value = next((pair.value for pair in values if pair.field is ReviewField.RULE), None)
    return value if value and value != proposed.value else None


def _free_id(kinds: str, taken: set[str]) -> str:
    """An id from the kind's initials that no other bears."""
    words = strip_marks(fold(kinds.split(";")[0])).replace("đ", "d").split()
    base = "".join(word[0] for word in words if word[0].isalnum()) or "yc"
    number, name = 2, base
    while name in taken:
        number, name = number + 1, f"{base}{number}"
    return name


def _with_calendar(criteria: CriteriaSet) -> CriteriaSet:
    """With the year's calendar where a deadline counts working days and the set has none."""
    counted = (requirement for criterion in walk_criteria(criteria.criteria) for requirement in criterion.evidence)
    if criteria.calendar or not any(requirement.trigger and requirement.trigger.working for requirement in counted):
        return criteria
    return replace(criteria, calendar=calendars.load_calendar(f"vn-{criteria.year}"))

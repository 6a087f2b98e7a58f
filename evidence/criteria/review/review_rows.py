"""A set -> the rows that a person reviews, in the order of the annex: one a proposal, one a criterion without any."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from evidence.criteria.review.proposal_values import group_proposals, proposal_name, proposal_title, read_values
from evidence.criteria.review.wording_memory import move_rule, wording_key
from evidence.model.criteria import CriteriaSet, Criterion, Requirement, Sureness, walk_criteria
from evidence.model.review import ProposalValue, ReviewAct, ReviewAnswer, ReviewField, ReviewRow, WordingRule


def list_rows(
    criteria: CriteriaSet, answers: Iterable[ReviewAnswer] = (), rules: Mapping[str, WordingRule] | None = None
) -> tuple[ReviewRow, ...]:
    """Every row, with what was answered before and what was once made of the same words."""
    given = tuple(answers)
    return tuple(
        _with_memory(row, rules or {}, criteria.year)
        for criterion in walk_criteria(criteria.criteria)
        if criterion.evidence or not criterion.children
        for row in _rows(criterion, given)
    )


def _rows(criterion: Criterion, answers: tuple[ReviewAnswer, ...]) -> Iterator[ReviewRow]:
    own = [answer for answer in answers if answer.criterion == criterion.code]
    by_name = {answer.requirement: answer for answer in own if answer.act is not ReviewAct.ADD}
    for slots in group_proposals(criterion):
        row = _proposal(criterion, slots)
        yield replace(row, answer=by_name.get(row.requirement))
    bare = ReviewRow(
        criterion.code, criterion.title, criterion.points, page=criterion.page, rule_text=criterion.rule_text,
        words=criterion.evidence_text, proposed=(ProposalValue(ReviewField.RULE, criterion.score.value),),
    )  # fmt: skip
    added = [answer for answer in own if answer.act is ReviewAct.ADD]
    yield from (replace(bare, answer=answer) for answer in added)
    if not criterion.evidence and not added:
        yield replace(bare, answer=by_name.get(""))


def _proposal(criterion: Criterion, slots: tuple[Requirement, ...]) -> ReviewRow:
    first = slots[0]
    wording, offer = first.wording, first.due_offered
    return ReviewRow(
        criterion=criterion.code,
        criterion_title=criterion.title,
        points=criterion.points,
        requirement=proposal_name(slots),
        words=(wording.words if wording else "") or proposal_title(slots),
        page=wording.page if wording and wording.page is not None else criterion.page,
        guide_page=wording.guide_page if wording else None,
        sureness=wording.sureness if wording else Sureness.SURE,
        doubts=wording.doubts if wording else (),
        proposed=read_values(slots, criterion.score),
        rule_text=criterion.rule_text,
        due_text=first.due_text,
        due_source=first.due_source or "",
        due_offered=offer.rule if offer else "",
        due_offered_source=offer.source if offer else "",
    )


def _with_memory(row: ReviewRow, rules: Mapping[str, WordingRule], year: int) -> ReviewRow:
    """With what was made of the words once, where it would make another thing of the proposal."""
    rule = rules.get(wording_key(row.words, year)) if row.requirement else None
    if rule is None:
        return row
    moved = move_rule(rule, year)
    other = tuple(change for change in moved.changes if row.value(change.field) != change.value)
    if moved.act is not ReviewAct.DROP and not other:
        return row
    return replace(row, remembered=replace(moved, changes=other))


def resolve_answer(row: ReviewRow, answer: ReviewAnswer) -> ReviewAnswer:
    """The answer with what "as before" stands for, and without changes that change nothing."""
    if answer.act is ReviewAct.REMEMBERED and row.remembered:
        act = ReviewAct.DROP if row.remembered.act is ReviewAct.DROP else ReviewAct.EDIT
        return replace(answer, act=act, changes=() if act is ReviewAct.DROP else row.remembered.changes)
    if answer.act in (ReviewAct.ACCEPT, ReviewAct.EDIT):
        changes = tuple(change for change in answer.changes if row.value(change.field) != change.value)
        return replace(answer, act=ReviewAct.EDIT if changes else ReviewAct.ACCEPT, changes=changes)
    return answer

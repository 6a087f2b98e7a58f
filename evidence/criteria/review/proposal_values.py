"""A proposal as plain values, one a field: ``Báo cáo; Kế hoạch``, ``unit``, ``day 20 of the last month of the period``.

A series is one proposal: its periods stand in one value. An empty value asks nothing. Of the deadline: ``unknown`` that
nobody has said it, ``by-period`` that each slot of a series has its own, ``trigger + 7 working days @ 1.1/kh`` that it
counts from that document (without ``@``: from one that nobody has named).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from evidence.model.criteria import Criterion, EvidenceAlternative, Requirement
from evidence.model.review import ProposalValue, ReviewField
from evidence.model.score_rule import ScoreRule

BETWEEN = "; "
OR = " | "
UNKNOWN = "unknown"
BY_PERIOD = "by-period"
FROM = " @ "
YES = "true"
# rules that need nothing but their name: a person may choose them in review
FREE_RULES = (ScoreRule.MANUAL, ScoreRule.SURVEY, ScoreRule.ALL_OR_NOTHING, ScoreRule.TIMELINESS)


def group_proposals(criterion: Criterion) -> list[tuple[Requirement, ...]]:
    """The requirements of the criterion, those of one series together."""
    groups = groupby(enumerate(criterion.evidence), key=lambda row: row[1].series or row[0])
    return [tuple(requirement for _, requirement in rows) for _, rows in groups]


def proposal_name(slots: Sequence[Requirement]) -> str:
    """What the proposal is called in its criterion: its id, or that of its series."""
    return slots[0].series or slots[0].id


def read_values(slots: Sequence[Requirement], rule: ScoreRule) -> tuple[ProposalValue, ...]:
    """The values of a proposal, with the rule of its criterion."""
    return tuple(ProposalValue(field, value) for field, value in _values(slots, rule))


def _values(slots: Sequence[Requirement], rule: ScoreRule) -> Iterator[tuple[ReviewField, str]]:
    first = slots[0]
    yield ReviewField.TITLE, proposal_title(slots)
    yield ReviewField.KIND, BETWEEN.join(kind.name for kind in first.kinds)
    yield ReviewField.ISSUER, BETWEEN.join(first.issuers)
    yield ReviewField.SUBJECT, BETWEEN.join(own_subject(first))
    yield ReviewField.NOT_SUBJECT, BETWEEN.join(first.not_subject)
    yield ReviewField.YEAR, str(first.about) if first.about is not None else ""
    yield ReviewField.PERIOD, BETWEEN.join(slot.period for slot in slots if slot.period)
    yield ReviewField.COUNT, str(first.count)
    yield ReviewField.DUE, _due(slots)
    yield ReviewField.ANY_OF, OR.join(map(write_alternative, first.any_of))
    yield ReviewField.OPTIONAL, YES if first.optional else ""
    yield ReviewField.RULE, rule.value


def proposal_title(slots: Sequence[Requirement]) -> str:
    """The title without the period of a slot."""
    first = slots[0]
    return (first.title.removesuffix(first.period or "").strip() if first.series else "") or first.title


def own_subject(requirement: Requirement) -> tuple[str, ...]:
    """The words of the subject but for the period, which is a value of its own."""
    return tuple(word for word in requirement.subject if word != requirement.period)


def write_alternative(option: EvidenceAlternative) -> str:
    """``Báo cáo, Thông báo: cải cách hành chính; kiểm tra [năm]``."""
    kinds = ", ".join(kind.name for kind in option.kinds)
    words = BETWEEN.join(word for word in option.subject if word != option.period)
    text = ": ".join(filter(None, (kinds, words))) if kinds else f": {words}"
    return f"{text} [{option.period}]" if option.period else text


def _due(slots: Iterable[Requirement]) -> str:
    dues = {_slot_due(slot) for slot in slots}
    return dues.pop() if len(dues) == 1 else BY_PERIOD


def _slot_due(slot: Requirement) -> str:
    rule = slot.due_rule or ""
    if slot.due_unknown:
        return rule or UNKNOWN
    if slot.trigger:
        return f"{rule}{FROM}{slot.trigger.number or slot.trigger.requirement}"
    if slot.due and (not rule or rule.startswith("trigger")):
        return (slot.due_written or slot.due).isoformat()
    return rule

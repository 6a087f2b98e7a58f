"""Values that a person changed -> the requirement, or the slots of the series, that they make of the proposal.

What was not changed stays as it is, also what no value shows. A value that cannot be understood is a fault of its
field, and nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from evidence.criteria import periods, reference_names
from evidence.criteria.due_dates import DaysAfterTrigger, DueContext, resolve_due
from evidence.criteria.levels import LEVELS
from evidence.criteria.review.proposal_values import BETWEEN, BY_PERIOD, FROM, OR, UNKNOWN, YES, own_subject
from evidence.criteria.set_context import FIRST_YEAR, LAST_YEAR
from evidence.criteria.yaml_section import suggest_option
from evidence.messages import Message
from evidence.model.criteria import OPEN_SUBJECTS, EvidenceAlternative, Requirement, Trigger, Wording
from evidence.model.review import ProposalValue, ReviewField
from evidence.values import kind as kinds
from evidence.values import number as numbers
from evidence.values.kind import Kind

FieldFault = tuple[ReviewField, Message]
_ALTERNATIVE = re.compile(r"(?:(?P<kinds>[^:\[]*):)?(?P<words>[^\[]*)(?:\[(?P<period>[^\]]*)\])?")
_ASCII_WORD = re.compile(r"[a-z_-]+")
Slots = tuple[Requirement, ...]


@dataclass(frozen=True, slots=True)
class ReviewContext:
    """What values are read in: the year of the set, the names of its requirements (``1.1/kh``)."""

    year: int
    names: frozenset[str]


class _ValueError(Exception):
    """A value that cannot be understood."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.message = Message(code, {name: str(value) for name, value in params.items()})


def change_proposal(
    slots: Slots, changes: Iterable[ProposalValue], context: ReviewContext
) -> tuple[Slots, tuple[FieldFault, ...]]:
    """The slots with the changed values, and what is wrong with those that could not be taken."""
    faults: list[FieldFault] = []
    for change in sorted(changes, key=lambda pair: list(_APPLY).index(pair.field) if pair.field in _APPLY else 0):
        apply = _APPLY.get(change.field)
        if apply is None:
            continue
        try:
            slots = apply(slots, change.value, context)
        except _ValueError as error:
            faults.append((change.field, error.message))
    return slots, tuple(faults)


def _title(slots: Slots, value: str, context: ReviewContext) -> Slots:
    if not value:
        raise _ValueError("review-want-title")
    return tuple(
        replace(slot, title=f"{value} {slot.period}" if slot.series and slot.period else value) for slot in slots
    )


def _kind(slots: Slots, value: str, context: ReviewContext) -> Slots:
    first, *others = _read_kinds(value.split(BETWEEN)) or (None,)
    return tuple(replace(slot, kind=first, other_kinds=tuple(filter(None, others))) for slot in slots)


def _read_kinds(texts: Iterable[str]) -> tuple[Kind, ...]:
    return tuple(_one_kind(text.strip()) for text in texts if text.strip())


def _one_kind(text: str) -> Kind:
    kind = kinds.by_name(text) or kinds.by_code(text)
    if kind is None:
        guess = suggest_option(text, [known.name for known in kinds.kinds()])
        raise _ValueError("review-unknown-kind-near" if guess else "review-unknown-kind", value=text, guess=guess or "")
    return kind


def _issuer(slots: Slots, value: str, context: ReviewContext) -> Slots:
    first, *others = value.split(BETWEEN) if value else ("any",)
    for name in (first, *others):
        if _ASCII_WORD.fullmatch(name) and name not in ("unit", "any", *LEVELS):
            raise _ValueError("review-unknown-issuer", value=name)
    return tuple(replace(slot, issuer=first, other_issuers=tuple(others)) for slot in slots)


def _subject(slots: Slots, value: str, context: ReviewContext) -> Slots:
    words = tuple(part for part in value.split(BETWEEN) if part)
    told = tuple(replace(slot, wording=_told(slot.wording)) for slot in slots) if words else slots
    return tuple(replace(slot, subject=(*words, slot.period) if slot.period else words) for slot in told)


def _told(wording: Wording | None) -> Wording | None:
    """A person has said what the document is about: that is no doubt any more."""
    if wording is None:
        return None
    return replace(wording, doubts=tuple(code for code in wording.doubts if code not in OPEN_SUBJECTS))


def _not_subject(slots: Slots, value: str, context: ReviewContext) -> Slots:
    words = tuple(part for part in value.split(BETWEEN) if part)
    return tuple(replace(slot, not_subject=words) for slot in slots)


def _year(slots: Slots, value: str, context: ReviewContext) -> Slots:
    if value and not (value.isdigit() and FIRST_YEAR <= int(value) <= LAST_YEAR):
        raise _ValueError("review-want-year", value=value, least=FIRST_YEAR, most=LAST_YEAR)
    return tuple(replace(slot, about=int(value) if value else None) for slot in slots)


def _count(slots: Slots, value: str, context: ReviewContext) -> Slots:
    if not (value.isdigit() and 1 <= int(value) <= 10_000):
        raise _ValueError("review-want-count", value=value or "–")
    return tuple(replace(slot, count=int(value)) for slot in slots)


def _optional(slots: Slots, value: str, context: ReviewContext) -> Slots:
    if value not in (YES, ""):
        raise _ValueError("review-want-optional", value=value)
    return tuple(replace(slot, optional=value == YES) for slot in slots)


# --- periods --------------------------------------------------------------------------------------------------------


def _period(slots: Slots, value: str, context: ReviewContext) -> Slots:
    """One period, none, or several: then a series with a slot for each."""
    named = [part for part in value.split(BETWEEN) if part]
    for period in named:
        if periods.parse_period(period) is None:
            raise _ValueError("review-bad-period", value=period)
    first = slots[0]
    name = first.series or first.id
    title = (first.title.removesuffix(first.period or "").strip() if first.series else "") or first.title
    words = own_subject(first)
    alike = len({slot.due_rule for slot in slots}) == 1
    base = replace(
        first, id=name, title=title, subject=words, period=None, series=None, series_name=None,
        due_rule=first.due_rule if alike else None, due_unknown=first.due_unknown or not alike,
        due=None, due_written=None,
    )  # fmt: skip
    if len(named) < 2:
        return (replace(base, period=named[0], subject=(*words, named[0])) if named else base,)
    return tuple(
        replace(
            base, id=f"{name}-{_slot_name(period, number)}", title=f"{title} {period}", subject=(*words, period),
            period=period, series=name,
        )
        for number, period in enumerate(named, start=1)
    )  # fmt: skip


def _slot_name(period: str, number: int) -> str:
    """As the ready-made series call it: ``q1``, ``6t``, ``nam``."""
    wanted = periods.parse_period(period)
    for node in reference_names.ready_series().values():
        for slot in node.value:
            pairs = {str(key.value): str(value.value) for key, value in slot.value}
            if periods.parse_period(pairs.get("period", "")) == wanted:
                return pairs["id"]
    return f"k{number}"


# --- deadlines ------------------------------------------------------------------------------------------------------


def _due(slots: Slots, value: str, context: ReviewContext) -> Slots:
    if value == BY_PERIOD:
        raise _ValueError("review-due-not-by-period")
    return tuple(_slot_due(slot, value, context) for slot in slots)


def _slot_due(slot: Requirement, value: str, context: ReviewContext) -> Requirement:
    rule, _, target = value.partition(FROM)
    offer = slot.due_offered
    source = offer.source if offer and rule == offer.rule else None
    bare = replace(
        slot, due=None, due_written=None, due_rule=None, trigger=None, due_unknown=False, due_source=source
    )  # fmt: skip
    if not rule:
        return bare
    if rule == UNKNOWN:
        return replace(bare, due_unknown=True)
    due = resolve_due(rule, DueContext(context.year, periods.parse_period(slot.period) if slot.period else None))
    if isinstance(due, str):
        raise _ValueError("review-due-period" if due == "criteria-due-period" else "review-bad-due", value=value)
    dated = replace(bare, due_rule=rule)
    if not isinstance(due, DaysAfterTrigger):
        return dated
    if not target:
        return replace(dated, due_unknown=True)
    return replace(dated, trigger=_trigger(due, target, context))


def _trigger(due: DaysAfterTrigger, target: str, context: ReviewContext) -> Trigger:
    if target in context.names:
        return Trigger(due.days, due.working, target)
    number = numbers.parse(target)
    if number is None:
        raise _ValueError("review-bad-trigger", value=target)
    return Trigger(due.days, due.working, None, number)


# --- alternatives ---------------------------------------------------------------------------------------------------


def _any_of(slots: Slots, value: str, context: ReviewContext) -> Slots:
    options = tuple(_alternative(part) for part in value.split(OR) if part)
    if len(options) == 1:
        raise _ValueError("review-one-alternative", value=value)
    return tuple(replace(slot, any_of=options) for slot in slots)


def _alternative(text: str) -> EvidenceAlternative:
    match = _ALTERNATIVE.fullmatch(text.strip())
    if match is None:
        raise _ValueError("review-bad-alternative", value=text)
    named, words = match["kinds"], match["words"].strip()
    if named is None and (kinds.by_name(words) or kinds.by_code(words)):
        named, words = words, ""  # a kind that stands alone
    period = (match["period"] or "").strip() or None
    if period and periods.parse_period(period) is None:
        raise _ValueError("review-bad-period", value=period)
    subject = tuple(part for word in words.split(";") if (part := word.strip()))
    taken = _read_kinds((named or "").split(","))
    if not (taken or subject):
        raise _ValueError("review-bad-alternative", value=text)
    return EvidenceAlternative(taken, (*subject, period) if period else subject, period)


# in this order: a deadline is counted in its period, and a subject ends in it
_APPLY: dict[ReviewField, Callable[[Slots, str, ReviewContext], Slots]] = {
    ReviewField.TITLE: _title,
    ReviewField.KIND: _kind,
    ReviewField.ISSUER: _issuer,
    ReviewField.PERIOD: _period,
    ReviewField.SUBJECT: _subject,
    ReviewField.NOT_SUBJECT: _not_subject,
    ReviewField.YEAR: _year,
    ReviewField.COUNT: _count,
    ReviewField.DUE: _due,
    ReviewField.ANY_OF: _any_of,
    ReviewField.OPTIONAL: _optional,
}

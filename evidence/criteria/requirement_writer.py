"""Requirements as entries of a criteria file; the slots of one series stand together under ``series``."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from evidence.model.criteria import (
    Acceptance,
    Clock,
    EvidenceAlternative,
    MustCite,
    Requirement,
    Shift,
    Sureness,
    Trigger,
)  # fmt: skip
from evidence.values.kind import Kind

STEP = "  "


def quote_text(text: str) -> str:
    """A double-quoted scalar; JSON's escapes are YAML's."""
    return json.dumps(text, ensure_ascii=False)


def write_requirements(requirements: Iterable[Requirement], margin: str) -> Iterator[str]:
    """The lines of all entries."""
    groups = groupby(enumerate(requirements), key=lambda row: row[1].series or row[0])
    for _, rows in groups:
        slots = [requirement for _, requirement in rows]
        yield from _write_series(slots, margin) if slots[0].series else _write_entry(slots[0], margin)


def _write_series(slots: Sequence[Requirement], margin: str) -> Iterator[str]:
    """One entry: what its slots share, then the slots, or the name of the ready-made series."""
    first, inner = slots[0], margin + STEP
    alike = len({_due_text(slot) for slot in slots}) == 1
    yield f"{margin}- id: {quote_text(first.series or '')}"
    yield f"{inner}title: {quote_text(_series_title(first))}"
    yield from _keys(first, inner, own_period=False)
    if first.series_name:
        yield f"{inner}series: {first.series_name}"
        yield from _due(first, inner)
        return
    yield from _due(first, inner) if alike else _due_knowledge(first, inner)
    yield f"{inner}series:"
    for slot in slots:
        parts = [f"id: {quote_text(slot.id.removeprefix(f'{slot.series}-'))}", f"title: {quote_text(slot.title)}"]
        if slot.period:
            parts.append(f"period: {quote_text(slot.period)}")
        if due := None if alike else _due_text(slot):
            parts.append(f"due: {quote_text(due)}")
        if slot.annexes != first.annexes:
            parts.append(f"annexes: {_texts(slot.annexes)}")
        if (slot.issued_from, slot.issued_to) != (first.issued_from, first.issued_to):
            parts.append(f"issued: {quote_text(_window(slot))}")
        yield f"{inner}{STEP}- {{{', '.join(parts)}}}"


def _series_title(slot: Requirement) -> str:
    return slot.title.removesuffix(slot.period or "").strip() or slot.title


def _write_entry(requirement: Requirement, margin: str) -> Iterator[str]:
    inner = margin + STEP
    yield f"{margin}- id: {quote_text(requirement.id)}"
    yield f"{inner}title: {quote_text(requirement.title)}"
    yield from _keys(requirement, inner, own_period=True)
    yield from _due(requirement, inner)


def _keys(requirement: Requirement, margin: str, own_period: bool) -> Iterator[str]:
    """What is asked of the document, but for its deadline."""
    if requirement.proposed:
        yield f"{margin}proposed: true"
    if requirement.optional:
        yield f"{margin}optional: true"
    if requirement.kinds:
        yield f"{margin}kind: {_kinds(requirement.kinds)}"
    if requirement.issuers != ("any",):
        yield f"{margin}issuer: {_one_or_more(requirement.issuers)}"
    subject = _subject(requirement.subject, requirement.period)
    if subject:
        yield f"{margin}subject: {_texts(subject)}"
    if requirement.any_of:
        yield f"{margin}any_of:"
        yield from (f"{margin}{STEP}- {{{_alternative(option)}}}" for option in requirement.any_of)
    if requirement.not_subject:
        yield f"{margin}not_subject: {_texts(requirement.not_subject)}"
    if requirement.period and own_period:
        yield f"{margin}period: {quote_text(requirement.period)}"
    if requirement.about is not None:
        yield f"{margin}about: {requirement.about}"
    yield from _circumstances(requirement, margin)
    yield from _wording(requirement, margin)


def _circumstances(requirement: Requirement, margin: str) -> Iterator[str]:
    if requirement.number_pattern:
        yield f"{margin}number: {quote_text(requirement.number_pattern)}"
    if requirement.issued_from or requirement.issued_to:
        yield f"{margin}issued: {quote_text(_window(requirement))}"
    if requirement.clock is not Clock.ISSUED:
        yield f"{margin}clock: {requirement.clock.value}"
    if requirement.count != 1:
        yield f"{margin}count: {requirement.count}"
    if requirement.annexes:
        yield f"{margin}annexes: {_texts(requirement.annexes)}"
    if requirement.cites:
        yield f"{margin}cites: [{', '.join(map(_citation, requirement.cites))}]"
    if requirement.digital:
        yield f"{margin}signature: digital"
    if requirement.accept:
        yield f"{margin}accept:"
        yield from (f"{margin}{STEP}- {{{_acceptance(way)}}}" for way in requirement.accept)


def _due(requirement: Requirement, margin: str) -> Iterator[str]:
    """The deadline: as it was written, or its day; and what is known of it."""
    due = _due_text(requirement)
    if due:
        yield f"{margin}due: {quote_text(due)}"
    if requirement.trigger:
        yield f"{margin}trigger: {quote_text(_trigger(requirement.trigger))}"
    yield from _due_knowledge(requirement, margin)


def _due_knowledge(requirement: Requirement, margin: str) -> Iterator[str]:
    if requirement.due_unknown:
        yield f"{margin}due_unknown: true"
    if requirement.due_text:
        yield f"{margin}due_text: {quote_text(requirement.due_text)}"
    if requirement.due_source:
        yield f"{margin}due_source: {quote_text(requirement.due_source)}"
    if offer := requirement.due_offered:
        yield f"{margin}due_offered: {{due: {quote_text(offer.rule)}, source: {quote_text(offer.source)}}}"
    if requirement.shift is not Shift.NONE:
        yield f"{margin}shift: {requirement.shift.value}"


def _wording(requirement: Requirement, margin: str) -> Iterator[str]:
    wording = requirement.wording
    if wording is None:
        return
    if wording.words:
        yield f"{margin}words: {quote_text(wording.words)}"
    if wording.page is not None:
        yield f"{margin}page: {wording.page}"
    if wording.guide_page is not None:
        yield f"{margin}guide_page: {wording.guide_page}"
    if wording.sureness is not Sureness.SURE:
        yield f"{margin}sure: {wording.sureness.value}"
    if wording.doubts:
        yield f"{margin}doubts: [{', '.join(wording.doubts)}]"


# --- single values --------------------------------------------------------------------------------------------------


def _subject(words: Sequence[str], period: str | None) -> list[str]:
    """Without the period, which stands under a key of its own."""
    return [word for word in words if word != period]


def _texts(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(quote_text, texts))}]"


def _one_or_more(texts: Sequence[str]) -> str:
    return quote_text(texts[0]) if len(texts) == 1 else _texts(texts)


def _kinds(kinds: Sequence[Kind]) -> str:
    return _one_or_more([kind.name for kind in kinds])


def _alternative(option: EvidenceAlternative) -> str:
    parts = [f"kind: {_kinds(option.kinds)}"] if option.kinds else []
    if subject := _subject(option.subject, option.period):
        parts.append(f"subject: {_texts(subject)}")
    if option.period:
        parts.append(f"period: {quote_text(option.period)}")
    return ", ".join(parts)


def _acceptance(way: Acceptance) -> str:
    parts = [f"level: {_one_or_more(way.levels)}"] if way.levels else []
    parts += [f"kind: {_kinds(way.kinds)}"] if way.kinds else []
    parts += [f"subject: {_texts(way.subject)}"] if way.subject else []
    return ", ".join(parts)


def _citation(citation: MustCite) -> str:
    target = quote_text(str(citation.number) if citation.number else citation.requirement or "")
    return f"{{of: {target}, relation: {citation.relation.value}}}" if citation.relation else target


def _trigger(trigger: Trigger) -> str:
    return str(trigger.number) if trigger.number else trigger.requirement or ""


def _due_text(requirement: Requirement) -> str | None:
    """The rule; the day itself where the rule counts from a day that the file named."""
    rule = requirement.due_rule
    return _day(requirement) if requirement.due and (rule is None or rule.startswith("trigger")) else rule


def _day(requirement: Requirement) -> str | None:
    """The day before any shift, as the file has it."""
    day = requirement.due_written or requirement.due
    return day.isoformat() if day else None


def _window(requirement: Requirement) -> str:
    first, last = requirement.issued_from, requirement.issued_to
    return f"{first.isoformat() if first else ''}..{last.isoformat() if last else ''}"

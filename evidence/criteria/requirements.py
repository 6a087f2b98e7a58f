"""One entry under ``evidence`` -> the requirement, or the requirements of its series, one a slot."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import yaml

from evidence.criteria import reference_names
from evidence.criteria.requirement_acceptance import read_acceptance, read_alternatives
from evidence.criteria.requirement_due import read_due, read_due_knowledge
from evidence.criteria.requirement_values import read_issuers, read_kinds, read_period
from evidence.criteria.requirement_wording import WORDING_KEYS, read_wording
from evidence.criteria.set_context import FIRST_YEAR, LAST_YEAR, SetContext
from evidence.criteria.yaml_section import Faults, Section
from evidence.model.criteria import Clock, MustCite, Requirement, Shift
from evidence.model.record import Relation

SLOT_KEYS = ("id", "title", "period", "due", "issued", "annexes")
REQUIREMENT_KEYS = (
    "id", "title", "kind", "issuer", "subject", "about", "issued", "due", "clock", "count", "annexes", "number",
    "period", "series", "shift", "trigger", "cites", "signature", "accept", "proposed", "any_of", "not_subject",
    "optional", "due_unknown", "due_text", "due_source", "due_offered", *WORDING_KEYS,
)  # fmt: skip
SIGNATURES = ("none", "any", "digital")


def read_requirements(node: yaml.Node, faults: Faults, ids: dict[str, int], basis: SetContext) -> Iterator[Requirement]:
    """The requirements of that entry; its id is noted in ``ids``."""
    section = Section(node, faults, REQUIREMENT_KEYS)
    _once(section, ids)
    base = read_due_knowledge(_plain(section, basis), section)
    slots = _slots(section)
    if not slots:
        yield read_due(base, section, section.text("due"), "due", section, basis)
    seen: dict[str, int] = {}
    for slot in slots:
        own = Section(slot, faults, SLOT_KEYS)
        if section.is_list("series"):
            _once(own, seen)
        yield _slot(base, section, own, basis)


def _once(section: Section, ids: dict[str, int]) -> None:
    name = section.text("id", required=True)
    if name in ids:
        section.fault("id", "criteria-id-twice", value=name, first=ids[name])
    elif name:
        ids[name] = section.line_at("id")


def _slots(section: Section) -> list[yaml.Node]:
    if not section.has("series"):
        return []
    if section.is_list("series"):
        return section.items("series", required=True)
    raw = section.text("series")
    if raw and raw not in reference_names.ready_series():
        section.fault("series", "criteria-unknown-series", value=raw, options=", ".join(reference_names.ready_series()))
    return list(reference_names.ready_series()[raw].value) if raw in reference_names.ready_series() else []


def _slot(base: Requirement, section: Section, own: Section, basis: SetContext) -> Requirement:
    """The requirement with what its slot says instead; a slot's deadline comes before that of the whole entry."""
    name, period = own.text("id") or "", read_period(own)
    first, last = own.window("issued") if own.has("issued") else (base.issued_from, base.issued_to)
    slot = replace(
        base,
        id=f"{base.id}-{name}",
        title=own.text("title") or f"{base.title} {period or name}",
        subject=(*base.subject, period) if period else base.subject,
        period=period,
        series=base.id,
        series_name=None if section.is_list("series") else section.text("series"),
        issued_from=first,
        issued_to=last,
        annexes=own.words("annexes") if own.has("annexes") else base.annexes,
    )
    raw, ready = own.text("due"), not section.is_list("series")
    if raw and not (ready and (section.has("due") or base.due_unknown)):
        return read_due(slot, section, raw, "series" if ready else "due", section if ready else own, basis)
    return read_due(slot, section, section.text("due"), "due", section, basis)


def _plain(section: Section, basis: SetContext) -> Requirement:
    first, last = section.window("issued")
    clock = section.option("clock", tuple(Clock))
    shift = section.option("shift", tuple(Shift))
    period, subject = read_period(section), section.words("subject")
    if shift not in (None, Shift.NONE) and basis.calendar is None:
        section.fault("shift", "criteria-no-calendar", value=shift)
    kind, *more = read_kinds(section) or (None,)
    issuer, *others = read_issuers(section) or ("any",)
    return Requirement(
        id=section.text("id") or "",
        title=section.text("title", required=True) or "",
        kind=kind,
        issuer=issuer,
        subject=(*subject, period) if period else subject,
        about=section.whole("about", FIRST_YEAR, LAST_YEAR),
        issued_from=first,
        issued_to=last,
        clock=Clock(clock) if clock else Clock.ISSUED,
        count=section.whole("count", 1, 10_000) or 1,
        annexes=section.words("annexes"),
        proposed=section.flag("proposed"),
        other_kinds=tuple(more),
        other_issuers=tuple(others),
        number_pattern=section.text("number"),
        cites=tuple(_cites(section, basis)),
        digital=section.option("signature", SIGNATURES) == "digital",
        accept=read_acceptance(section, basis.year),
        period=period,
        shift=Shift(shift) if shift else Shift.NONE,
        any_of=tuple(read_alternatives(section)),
        not_subject=section.words("not_subject"),
        optional=section.flag("optional"),
        wording=read_wording(section),
    )


def _cites(section: Section, basis: SetContext) -> Iterator[MustCite]:
    """``cites: [4361/QĐ-BNV, 1.1/kh, {of: 1.1/kh, relation: implements}]``."""
    for node in section.entries("cites"):
        own = section if isinstance(node, yaml.ScalarNode) else Section(node, section.faults, ("of", "relation"))
        raw = " ".join(node.value.split()) if isinstance(node, yaml.ScalarNode) else own.text("of", required=True)
        relation = None if own is section else own.option("relation", tuple(Relation))
        if raw:
            requirement, number = reference_names.resolve_reference(
                own, "cites" if own is section else "of", raw, basis.names
            )
            yield MustCite(number, requirement, Relation(relation) if relation else None)

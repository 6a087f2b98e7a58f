"""One entry under ``evidence`` -> the requirement, or the requirements of its series, one a slot."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

import yaml

from evidence.criteria import calendars, periods, reference_names
from evidence.criteria.due_dates import DaysAfterTrigger, DueContext, resolve_due, shift_due_date
from evidence.criteria.levels import LEVELS, RANK, levels_from
from evidence.criteria.yaml_section import Faults, Section, suggest_option
from evidence.model.criteria import Acceptance, Calendar, Clock, MustCite, Requirement, Shift, Trigger
from evidence.model.record import Relation
from evidence.values import kind as kinds
from evidence.values.kind import Kind

SLOT_KEYS = ("id", "title", "period", "due", "issued", "annexes")
REQUIREMENT_KEYS = (
    "id", "title", "kind", "issuer", "subject", "about", "issued", "due", "clock", "count", "annexes", "number",
    "period", "series", "shift", "trigger", "cites", "signature", "accept", "proposed",
)  # fmt: skip
SIGNATURES = ("none", "any", "digital")
ONE_ASCII_WORD = re.compile(r"[a-z_-]+")
FIRST_YEAR, LAST_YEAR = 1990, 2100
OR_ABOVE = " or above"
_YEARS = re.compile(r"(\d{4})(\.\.(\d{4})?)?")


@dataclass(frozen=True, slots=True)
class SetContext:
    """What the head of the file says, and what its entries may point at."""

    year: int
    calendar: Calendar | None
    names: frozenset[str]


def read_requirements(node: yaml.Node, faults: Faults, ids: dict[str, int], basis: SetContext) -> Iterator[Requirement]:
    """The requirements of that entry; its id is noted in ``ids``."""
    section = Section(node, faults, REQUIREMENT_KEYS)
    _once(section, ids)
    base = _plain(section, basis)
    slots = _slots(section)
    if not slots:
        yield _timed(base, section, section.text("due"), "due", section, basis)
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
    name, period = own.text("id") or "", _period(own)
    first, last = own.window("issued") if own.has("issued") else (base.issued_from, base.issued_to)
    slot = replace(
        base,
        id=f"{base.id}-{name}",
        title=own.text("title") or f"{base.title} {period or name}",
        subject=(*base.subject, period) if period else base.subject,
        period=period,
        series=base.id,
        issued_from=first,
        issued_to=last,
        annexes=own.words("annexes") if own.has("annexes") else base.annexes,
    )
    raw, ready = own.text("due"), not section.is_list("series")
    if raw and not (ready and section.has("due")):
        return _timed(slot, section, raw, "series" if ready else "due", section if ready else own, basis)
    return _timed(slot, section, section.text("due"), "due", section, basis)


def _plain(section: Section, basis: SetContext) -> Requirement:
    first, last = section.window("issued")
    clock = section.option("clock", tuple(Clock))
    shift = section.option("shift", tuple(Shift))
    period, subject = _period(section), section.words("subject")
    if shift not in (None, Shift.NONE) and basis.calendar is None:
        section.fault("shift", "criteria-no-calendar", value=shift)
    kind, *more = _kinds(section) or (None,)
    issuer, *others = _issuers(section) or ("any",)
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
        proposed=section.option("proposed", ("true", "false")) == "true",
        other_kinds=tuple(other for other in more if other),
        other_issuers=tuple(others),
        number_pattern=section.text("number"),
        cites=tuple(_cites(section, basis)),
        digital=section.option("signature", SIGNATURES) == "digital",
        accept=_accept(section, basis),
        period=period,
        shift=Shift(shift) if shift else Shift.NONE,
    )


def _timed(
    requirement: Requirement, section: Section, raw: str | None, key: str, where: Section, basis: SetContext
) -> Requirement:
    """With its deadline: a day, moved by the shift, or days behind a trigger."""
    due = (
        resolve_due(
            raw, DueContext(basis.year, periods.parse_period(requirement.period) if requirement.period else None)
        )
        if raw
        else None
    )
    if isinstance(due, str):
        where.fault(key, due, value=raw)
        return requirement
    trigger = section.text("trigger")
    if isinstance(due, DaysAfterTrigger):
        return _triggered(requirement, section, due, trigger, basis)
    if trigger:
        section.fault("trigger", "criteria-trigger-idle", value=trigger)
    return requirement if due is None else _due(requirement, due, where, key, basis)


def _due(requirement: Requirement, day: datetime.date, where: Section, key: str, basis: SetContext) -> Requirement:
    due = shift_due_date(where, key, day, requirement.shift, basis.calendar)
    return replace(requirement, due=due, due_written=day if due != day else None)


def _triggered(
    undated: Requirement, section: Section, counted: DaysAfterTrigger, raw: str | None, basis: SetContext
) -> Requirement:
    if counted.working and basis.calendar is None:
        section.fault("due", "criteria-no-calendar", value=section.text("due"))
    if raw is None:
        section.fault("due", "criteria-trigger-missing", value=section.text("due"))
        return undated
    start = resolve_due(raw, DueContext(basis.year)) if raw[:1].isdigit() and raw not in basis.names else None
    if isinstance(start, datetime.date):
        return _counted(undated, start, counted, section, basis)
    requirement, number = reference_names.resolve_reference(section, "trigger", raw, basis.names)
    return replace(undated, trigger=Trigger(counted.days, counted.working, requirement, number))


def _counted(
    requirement: Requirement, start: datetime.date, counted: DaysAfterTrigger, where: Section, basis: SetContext
) -> Requirement:
    """Counted from a day that the file names: known at once."""
    day: datetime.date | None = start + datetime.timedelta(counted.days)
    if counted.working and basis.calendar is not None:
        day = calendars.add_working_days(basis.calendar, start, counted.days)
        if day is None:
            years = ", ".join(str(year) for year in basis.calendar.years)
            where.fault("due", "criteria-calendar-year", value=start, calendar=basis.calendar.name, years=years)
    return requirement if day is None else _due(requirement, day, where, "due", basis)


def _period(section: Section) -> str | None:
    raw = section.text("period")
    if raw and periods.parse_period(raw) is None:
        section.fault("period", "criteria-bad-period", value=raw)
        return None
    return raw


def _kinds(section: Section) -> tuple[Kind, ...]:
    return tuple(kind for raw in section.words("kind") if (kind := _kind(section, raw)))


def _kind(section: Section, raw: str) -> Kind | None:
    kind = kinds.by_name(raw) or kinds.by_code(raw)
    if kind is None:
        guess = suggest_option(raw, [known.name for known in kinds.kinds()])
        code = "criteria-unknown-kind-near" if guess else "criteria-unknown-kind"
        section.fault("kind", code, value=raw, guess=guess or "")
    return kind


def _issuers(section: Section) -> tuple[str, ...]:
    """``unit``, ``any``, levels or names. A single lower-case ASCII word that is none of them was mistyped."""
    issuers = section.words("issuer")
    for raw in issuers:
        if ONE_ASCII_WORD.fullmatch(raw) and raw not in ("unit", "any", *LEVELS):
            section.fault("issuer", "criteria-unknown-issuer", value=raw)
    return issuers


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


def _accept(section: Section, basis: SetContext) -> tuple[Acceptance, ...]:
    """The entries that hold in the year of the set."""
    nodes = section.items("accept")
    accepted = [acceptance for node in nodes if (acceptance := _acceptance(node, section.faults, basis.year))]
    if nodes and not accepted:
        section.fault("accept", "criteria-accept-none", year=basis.year)
    return tuple(accepted)


def _acceptance(node: yaml.Node, faults: Faults, year: int) -> Acceptance | None:
    own = Section(node, faults, ("level", "kind", "subject", "years"))
    if not any(own.has(key) for key in ("level", "kind", "subject")):
        faults.add(own.line, "criteria-want-one-of", options="level, kind, subject")
    levels = tuple(level for raw in own.words("level") for level in _level(own, raw))
    acceptance = Acceptance(levels, _kinds(own), own.words("subject"))
    return acceptance if _holds(own, year) else None


def _level(own: Section, raw: str) -> tuple[str, ...]:
    """``tinh`` alone, or ``tinh or above``: with every level that stands above it."""
    name = raw.removesuffix(OR_ABOVE)
    if name not in RANK:
        own.fault("level", "criteria-bad-level", value=raw, options=", ".join(RANK))
        return ()
    return levels_from(name) if raw.endswith(OR_ABOVE) else (name,)


def _holds(own: Section, year: int) -> bool:
    raw = own.text("years")
    match = _YEARS.fullmatch(raw) if raw else None
    if raw and match is None:
        own.fault("years", "criteria-bad-years", value=raw)
    if match is None:
        return True
    first = int(match[1])
    last = first if match[2] is None else int(match[3] or LAST_YEAR)
    return first <= year <= last

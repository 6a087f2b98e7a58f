"""The head of a criteria file besides its name: calendar, rounding, supplement, profiles; and the units."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator

from evidence.criteria import calendars
from evidence.criteria.requirement_writer import STEP, quote_text
from evidence.model.criteria import Calendar, CriteriaSet, Profile, Unit
from evidence.model.scoring import ScoredPart


def write_head_keys(criteria: CriteriaSet) -> Iterator[str]:
    """The lines of what the head says, where it says it."""
    if criteria.calendar:
        yield from _calendar(criteria.calendar)
    rounding = criteria.rounding
    if (rounding.places, rounding.mode) != (2, "half-up"):
        yield f"rounding: {{places: {rounding.places}, mode: {rounding.mode}}}"
    first, last = criteria.supplement_from, criteria.supplement_to
    if first or last:
        yield f"supplement: {first.isoformat() if first else ''}..{last.isoformat() if last else ''}"
    if criteria.profiles:
        yield "profiles:"
        yield from (f"{STEP}- {{{_profile(profile)}}}" for profile in criteria.profiles)
    if criteria.grades:
        grades = ", ".join(f"{quote_text(grade.name)}: {grade.threshold:f}" for grade in criteria.grades)
        yield f"grades: {{{grades}}}"
    if criteria.parts:
        yield "parts:"
        yield from (f"{STEP}- {{{_part(part)}}}" for part in criteria.parts)


def write_units(units: Iterable[Unit]) -> Iterator[str]:
    """The lines of the units; the key stands there even where a set has none yet."""
    rows = [f"{STEP}- {{{_unit(unit)}}}" for unit in units]
    yield "units:" if rows else "units: []"
    yield from rows


def _calendar(calendar: Calendar) -> Iterator[str]:
    """By its name where it is known by it, else day for day."""
    if calendars.load_calendar(calendar.name) == calendar:
        yield f"holidays: {calendar.name}"
        return
    lawful = calendars.statutory_holidays(calendar.years)
    yield "holidays:"
    yield f"{STEP}name: {quote_text(calendar.name)}"
    yield f"{STEP}years: [{', '.join(map(str, calendar.years))}]"
    yield f"{STEP}days_off: [{_days(day for day in calendar.off if day not in lawful)}]"
    yield f"{STEP}days_worked: [{_days(calendar.working)}]"
    yield f"{STEP}source: {quote_text(calendar.source)}"


def _days(days: Iterable[datetime.date]) -> str:
    return ", ".join(day.isoformat() for day in days)


def _profile(profile: Profile) -> str:
    scale = f", scale: {profile.scale:f}" if profile.scale is not None else ""
    return f"name: {quote_text(profile.name)}, title: {quote_text(profile.title)}{scale}"


def _part(part: ScoredPart) -> str:
    parts = [f"name: {quote_text(part.name)}", f"title: {quote_text(part.title)}"]
    if part.criteria:
        parts.append(f"criteria: [{', '.join(map(quote_text, part.criteria))}]")
    parts += [f"least_forms: {part.least_forms}"] if part.least_forms is not None else []
    parts += [f"least_rate: {part.least_rate:f}"] if part.least_rate is not None else []
    return ", ".join(parts)


def _unit(unit: Unit) -> str:
    parts = [f"code: {quote_text(unit.code)}", f"name: {quote_text(unit.name)}", f"issuer: {quote_text(unit.issuer)}"]
    if unit.profile:
        parts.append(f"profile: {quote_text(unit.profile)}")
    if unit.group:
        parts.append(f"group: {quote_text(unit.group)}")
    if not unit.is_ranked:
        parts.append("ranked: false")
    if unit.not_applicable:
        parts.append(f"not_applicable: [{', '.join(map(quote_text, unit.not_applicable))}]")
    return ", ".join(parts)

"""Criteria sets: the YAML form (``docs/criteria-file.md``) -> ``CriteriaSet``, or every fault at once with its line.

Sets change almost every year, so they are data. What the file does not say in words that are known here is a fault:
a condition that is silently left out would turn into points. The head is read here, requirements in ``requirements``,
score rules in ``score_rule_reader``; ``consistency`` holds the parts against one another.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import yaml

from evidence.criteria import calendars, consistency, reference_names, requirements, score_rule_reader
from evidence.criteria.levels import LEVELS
from evidence.criteria.points.set_parts import read_grades, read_parts
from evidence.criteria.set_context import FIRST_YEAR, LAST_YEAR, MOST_PAGES, SetContext
from evidence.criteria.yaml_composer import compose_yaml
from evidence.criteria.yaml_section import MAX_BYTES, Fault, Faults, Section
from evidence.errors import CriteriaError
from evidence.messages import Message
from evidence.model.criteria import Calendar, CriteriaSet, Criterion, Profile, Requirement, Unit
from evidence.model.score_rule import Rounding, ScoreBlock
from evidence.values import number as numbers
from evidence.values.number import Number
from evidence.vietnamese.text import nfc

SET_KEYS = (
    "set", "title", "year", "level", "based_on", "holidays", "rounding", "supplement", "window", "closing", "profiles",
    "grades", "parts", "units", "criteria",
)  # fmt: skip
UNIT_KEYS = ("code", "name", "issuer", "profile", "group", "ranked", "not_applicable")
PROFILE_KEYS = ("name", "title", "scale")
CRITERION_KEYS = (
    "code", "title", "points", "points_for", "children", "score", "not_for", "evidence", "rule_text", "evidence_text",
    "page", "not_applicable_if", "full_points_if", "timely", "owners", "weight", "self_assessed", "block",
)  # fmt: skip
CALENDAR_KEYS = ("name", "years", "days_off", "days_worked", "source")
ROUNDINGS = ("half-up", "half-even", "down")


def load_criteria(path: Path) -> CriteriaSet:
    """The set in that file. CriteriaError with all faults, or with the reason why the file cannot be read."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise CriteriaError("criteria-too-large", path=path, limit=f"{MAX_BYTES // 1_000_000} MB")
        data = path.read_bytes()
    except OSError as error:
        raise CriteriaError("criteria-unopened", path=path, detail=error.strerror or error) from error
    try:
        return parse_criteria(data.decode("utf-8-sig"), str(path))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        faults = ((line, Message("criteria-not-utf8")),)
        raise CriteriaError("criteria-faults", faults, path=path, count=1) from error


def parse_criteria(text: str, path: str = "-") -> CriteriaSet:
    """The set that the text spells out. CriteriaError with all faults; ``path`` names the file in its sentence."""
    criteria, faults = _read(text)
    if faults or criteria is None:
        raise CriteriaError("criteria-faults", faults, path=path, count=len(faults))
    return criteria


def find_faults(text: str) -> tuple[Fault, ...]:
    """Every fault with its line, in order of line; none for a set that can be used."""
    return _read(text)[1]


def _read(text: str) -> tuple[CriteriaSet | None, tuple[Fault, ...]]:
    faults = Faults()
    root = compose_yaml(nfc(text), faults)
    if root is None:
        return None, faults.rows()
    top = Section(root, faults, SET_KEYS)
    seen = consistency.CodeRegistry(faults, reference_names.criterion_codes(root))
    year = top.whole("year", FIRST_YEAR, LAST_YEAR, required=True) or 0
    basis = SetContext(year, _calendar(top), reference_names.requirement_names(root))
    units = tuple(_unit(node, seen) for node in _units(top))
    profiles = tuple(_profile(node, seen) for node in top.items("profiles"))
    known = {unit.profile for unit in units if unit.profile} | {profile.name for profile in profiles}
    criteria = tuple(_criterion(node, seen, known, basis) for node in top.items("criteria", required=True))
    based_on, dated = _basis(top)
    first, last = top.window("supplement")
    counted_from, counted_to = top.window("window")
    criteria_set = CriteriaSet(
        set=top.text("set", required=True) or "",
        title=top.text("title", required=True) or "",
        year=year,
        level=top.option("level", LEVELS, required=True) or "",
        units=units,
        criteria=criteria,
        based_on=based_on,
        based_on_date=dated,
        calendar=basis.calendar,
        rounding=_rounding(top),
        profiles=profiles,
        supplement_from=first,
        supplement_to=last,
        window_from=counted_from,
        window_to=counted_to,
        closing=top.moment("closing"),
        grades=read_grades(top),
        parts=read_parts(top, criteria),
    )
    consistency.check_whole_set(criteria_set, top)
    return criteria_set, faults.rows()


def _units(top: Section) -> list[yaml.Node]:
    """The units; the key must be there, but a set just imported has none yet (``units: []``)."""
    return top.items("units", required=not top.is_list("units"))


def _calendar(top: Section) -> Calendar | None:
    """A calendar by name, or the days off of a year that none is known for, as somebody announced them."""
    if not top.is_mapping("holidays"):
        raw = top.text("holidays")
        calendar = calendars.load_calendar(raw) if raw else None
        if raw and calendar is None:
            options = ", ".join(f"vn-{year}" for year in calendars.known_years())
            top.fault("holidays", "criteria-unknown-calendar", value=raw, options=options)
        return calendar
    node = top.mapping("holidays")
    assert node is not None
    own = Section(node, top.faults, CALENDAR_KEYS)
    years = own.wholes("years", FIRST_YEAR, LAST_YEAR, required=True)
    off = (*calendars.statutory_holidays(years), *own.days("days_off"))
    name, source = own.text("name", required=True) or "", own.text("source", required=True) or ""
    return Calendar(name, years, tuple(sorted(off)), own.days("days_worked"), source)


def _rounding(top: Section) -> Rounding:
    node = top.mapping("rounding")
    if node is None:
        return Rounding()
    own = Section(node, top.faults, ("places", "mode"))
    places = own.whole("places", 0, 6)
    return Rounding(2 if places is None else places, own.option("mode", ROUNDINGS) or "half-up")


def _profile(node: yaml.Node, seen: consistency.CodeRegistry) -> Profile:
    section = Section(node, seen.faults, PROFILE_KEYS)
    name = section.text("name", required=True) or ""
    seen.profile(name, section)
    return Profile(name, section.text("title") or name, section.decimal("scale", required=False))


def _basis(top: Section) -> tuple[Number | None, datetime.date | None]:
    """The decision that the set rests on: its number and date."""
    node = top.mapping("based_on")
    if node is None:
        return None, None
    section = Section(node, top.faults, ("number", "date"))
    raw = section.text("number", required=True)
    number = numbers.parse(raw) if raw else None
    if raw and number is None:
        section.fault("number", "criteria-bad-number", value=raw)
    return number, section.day("date")


def _unit(node: yaml.Node, seen: consistency.CodeRegistry) -> Unit:
    section = Section(node, seen.faults, UNIT_KEYS)
    code, name = section.text("code", required=True), section.text("name", required=True)
    seen.unit(code, section)
    return Unit(
        code=code or "",
        name=name or "",
        issuer=section.text("issuer") or name or "",
        profile=section.text("profile"),
        not_applicable=seen.codes("not_applicable", section),
        group=section.text("group"),
        is_ranked=section.yes("ranked") is not False,
    )


def _criterion(
    node: yaml.Node, seen: consistency.CodeRegistry, profiles: set[str], basis: SetContext,
    above: ScoreBlock | None = None,
) -> Criterion:  # fmt: skip
    """``above``: the block of the criterion that it stands in."""
    section = Section(node, seen.faults, CRITERION_KEYS)
    code, points = section.text("code", required=True), section.decimal("points")
    seen.criterion(code, section)
    block = section.option("block", tuple(ScoreBlock)) or above
    own = ScoreBlock(block) if block else None
    children = tuple(_criterion(child, seen, profiles, basis, own) for child in section.items("children"))
    rule, how = score_rule_reader.read_score_rule(section, points)
    criterion = Criterion(
        code=code or "",
        title=section.text("title", required=True) or "",
        points=points if points is not None else Decimal(-1),  # the fault is noted; sums skip it
        children=children,
        score=rule,
        not_for=section.words("not_for"),
        evidence=_evidence(section, seen, basis),
        scoring=how,
        points_for=tuple(_points_for(section)),
        rule_text=_prose(section, "rule_text"),
        evidence_text=_prose(section, "evidence_text"),
        page=section.whole("page", 1, MOST_PAGES),
        not_applicable_if=_prose(section, "not_applicable_if"),
        full_points_if=_prose(section, "full_points_if"),
        timely=section.yes("timely") or False,
        owners=section.words("owners"),
        weight=section.decimal("weight", required=False),
        self_assessed=section.yes("self_assessed") is not False,
        block=own,
    )
    consistency.check_sums(criterion, section)
    consistency.check_profiles(criterion, section, profiles)
    consistency.check_score(criterion, section)
    return criterion


def _evidence(section: Section, seen: consistency.CodeRegistry, basis: SetContext) -> tuple[Requirement, ...]:
    ids: dict[str, int] = {}
    return tuple(
        requirement
        for entry in section.items("evidence")
        for requirement in requirements.read_requirements(entry, seen.faults, ids, basis)
    )


def _prose(section: Section, key: str) -> str:
    """A text of several lines, as an annex words it; empty where the key is not there."""
    node = section.mapping(key)
    if node is not None and not isinstance(node, yaml.ScalarNode):
        section.fault(key, "criteria-want-text")
    lines = str(node.value).splitlines() if isinstance(node, yaml.ScalarNode) else []
    return "\n".join(line for part in lines if (line := " ".join(part.split())))


def _points_for(section: Section) -> Iterator[tuple[str, Decimal]]:
    """Profiles with a maximum of their own: ``points_for: {special: 0.5}``."""
    node = section.mapping("points_for")
    if node is None:
        return
    names = [name for name, _ in section.pairs("points_for")]
    own = Section(node, section.faults, names)
    for name in dict.fromkeys(names):
        points = own.decimal(name)
        if points is not None:
            yield name, points

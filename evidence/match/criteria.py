"""Criteria sets: the YAML form (``docs/criteria-file.md``) -> ``CriteriaSet``, or every fault at once with its line.

Sets change almost every year, so they are data. Keys of the format that this version cannot act on are accepted only
with the value that asks for nothing (``shift: none``, ``cites: []``, ``signature: any``, ``accept: []``); anything
else is a fault: a condition that is silently left out would turn into points. ``holidays`` names a calendar that only
a shift would use, so the name alone changes no deadline.
"""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from pathlib import Path

import yaml

from evidence.errors import CriteriaError
from evidence.match import consistency
from evidence.match.outline import MAX_BYTES, Fault, Faults, Section, compose, suggest
from evidence.messages import Message
from evidence.model import Clock, CriteriaSet, Criterion, Requirement, ScoreRule, Unit
from evidence.text import nfc
from evidence.values import kind as kinds
from evidence.values import number as numbers
from evidence.values.kind import Kind
from evidence.values.number import Number

LEVELS = ("so", "huyen", "xa", "tinh", "bo")
SET_KEYS = ("set", "title", "year", "level", "based_on", "holidays", "units", "criteria")
UNIT_KEYS = ("code", "name", "issuer", "profile")
CRITERION_KEYS = ("code", "title", "points", "children", "score", "not_for", "evidence")
LATER_KEYS = {"shift": ("none",), "cites": (), "signature": ("any",), "accept": ()}
REQUIREMENT_KEYS = (
    "id", "title", "kind", "issuer", "subject", "about", "issued", "due", "clock", "count", "annexes", *LATER_KEYS,
)  # fmt: skip
LATER_SCORES = ("stepped", "proportional", "deduction")
LATER_DUE = re.compile(r"\b(day|trigger|working|last|ngày)\b", re.IGNORECASE)
ONE_ASCII_WORD = re.compile(r"[a-z_-]+")
FIRST_YEAR, LAST_YEAR = 1990, 2100


def load(path: Path) -> CriteriaSet:
    """The set in that file. CriteriaError with all faults, or with the reason why the file cannot be read."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise CriteriaError("criteria-too-large", path=path, limit=f"{MAX_BYTES // 1_000_000} MB")
        data = path.read_bytes()
    except OSError as error:
        raise CriteriaError("criteria-unopened", path=path, detail=error.strerror or error) from error
    try:
        return parse(data.decode("utf-8-sig"), str(path))
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        faults = ((line, Message("criteria-not-utf8")),)
        raise CriteriaError("criteria-faults", faults, path=path, count=1) from error


def parse(text: str, path: str = "-") -> CriteriaSet:
    """The set that the text spells out. CriteriaError with all faults; ``path`` names the file in its sentence."""
    found, faults = _read(text)
    if faults or found is None:
        raise CriteriaError("criteria-faults", faults, path=path, count=len(faults))
    return found


def validate(text: str) -> tuple[Fault, ...]:
    """Every fault with its line, in order of line; none for a set that can be used."""
    return _read(text)[1]


def _read(text: str) -> tuple[CriteriaSet | None, tuple[Fault, ...]]:
    faults = Faults()
    root = compose(nfc(text), faults)
    if root is None:
        return None, faults.rows()
    top = Section(root, faults, SET_KEYS)
    seen = consistency.Seen(faults)
    units = tuple(_unit(node, seen) for node in top.items("units", required=True))
    profiles = {unit.profile for unit in units if unit.profile}
    criteria = tuple(_criterion(node, seen, profiles) for node in top.items("criteria", required=True))
    based_on, dated = _basis(top)
    top.text("holidays")
    found = CriteriaSet(
        set=top.text("set", required=True) or "",
        title=top.text("title", required=True) or "",
        year=top.whole("year", FIRST_YEAR, LAST_YEAR, required=True) or 0,
        level=_option(top, "level", LEVELS, required=True) or "",
        units=units,
        criteria=criteria,
        based_on=based_on,
        based_on_date=dated,
    )
    return found, faults.rows()


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


def _unit(node: yaml.Node, seen: consistency.Seen) -> Unit:
    section = Section(node, seen.faults, UNIT_KEYS)
    code, name = section.text("code", required=True), section.text("name", required=True)
    seen.unit(code, section)
    return Unit(
        code=code or "",
        name=name or "",
        issuer=section.text("issuer") or name or "",
        profile=section.text("profile"),
    )


def _criterion(node: yaml.Node, seen: consistency.Seen, profiles: set[str]) -> Criterion:
    section = Section(node, seen.faults, CRITERION_KEYS)
    code, points = section.text("code", required=True), section.decimal("points")
    seen.criterion(code, section)
    children = tuple(_criterion(child, seen, profiles) for child in section.items("children"))
    ids: dict[str, int] = {}
    evidence = tuple(_requirement(one, seen.faults, ids) for one in section.items("evidence"))
    found = Criterion(
        code=code or "",
        title=section.text("title", required=True) or "",
        points=points if points is not None else Decimal(-1),  # the fault is noted; sums skip it
        children=children,
        score=_score(section),
        not_for=section.words("not_for"),
        evidence=evidence,
    )
    consistency.sums(found, section)
    consistency.profiles(found, section, profiles)
    consistency.score(found, section)
    return found


def _score(section: Section) -> ScoreRule:
    raw = section.text("score")
    if raw in LATER_SCORES:
        section.fault("score", "criteria-later", value=raw)
        return ScoreRule.MANUAL
    chosen = _option(section, "score", tuple(ScoreRule))
    return ScoreRule(chosen) if chosen else ScoreRule.MANUAL


def _requirement(node: yaml.Node, faults: Faults, ids: dict[str, int]) -> Requirement:
    section = Section(node, faults, REQUIREMENT_KEYS)
    name = section.text("id", required=True)
    if name in ids:
        section.fault("id", "criteria-id-twice", value=name, first=ids[name])
    elif name:
        ids[name] = section.line_at("id")
    _later(section)
    first, last = section.window("issued")
    clock = _option(section, "clock", tuple(Clock))
    return Requirement(
        id=name or "",
        title=section.text("title", required=True) or "",
        kind=_kind(section),
        issuer=_issuer(section),
        subject=section.words("subject"),
        about=section.whole("about", FIRST_YEAR, LAST_YEAR),
        issued_from=first,
        issued_to=last,
        due=_due(section),
        clock=Clock(clock) if clock else Clock.ISSUED,
        count=section.whole("count", 1, 10_000) or 1,
        annexes=section.words("annexes"),
    )


def _later(section: Section) -> None:
    """A fault for each key of the format that asks for what this version does not do."""
    for key, neutral in LATER_KEYS.items():
        asked = [word for word in section.words(key) if word not in neutral]
        if asked:
            section.fault(key, "criteria-later", value=", ".join(asked))


def _due(section: Section) -> datetime.date | None:
    raw = section.text("due")
    if raw and LATER_DUE.search(raw):
        section.fault("due", "criteria-later", value=raw)
        return None
    return section.day("due") if raw else None


def _kind(section: Section) -> Kind | None:
    raw = section.text("kind")
    if raw is None:
        return None
    found = kinds.by_name(raw) or kinds.by_code(raw)
    if found is None:
        guess = suggest(raw, [kind.name for kind in kinds.kinds()])
        code = "criteria-unknown-kind-near" if guess else "criteria-unknown-kind"
        section.fault("kind", code, value=raw, guess=guess or "")
    return found


def _issuer(section: Section) -> str:
    """``unit``, ``any``, a level or a name. A single lower-case ASCII word that is none of them was mistyped."""
    raw = section.text("issuer") or "any"
    if ONE_ASCII_WORD.fullmatch(raw) and raw not in ("unit", "any", *LEVELS):
        section.fault("issuer", "criteria-unknown-issuer", value=raw)
    return raw


def _option(section: Section, key: str, options: tuple[str, ...], required: bool = False) -> str | None:
    raw = section.text(key, required)
    if raw is None or raw in options:
        return raw
    guess = suggest(raw, options)
    code = "criteria-unknown-value-near" if guess else "criteria-unknown-value"
    section.fault(key, code, value=raw, guess=guess or "", options=", ".join(options))
    return None

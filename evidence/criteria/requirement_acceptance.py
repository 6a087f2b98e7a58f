"""Several ways in which a requirement can be served: ``accept`` (by year) and ``any_of`` (A or B)."""

from __future__ import annotations

import re
from collections.abc import Iterator

import yaml

from evidence.criteria.levels import RANK, levels_from
from evidence.criteria.requirement_values import read_kinds, read_period
from evidence.criteria.set_context import LAST_YEAR
from evidence.criteria.yaml_section import Faults, Section
from evidence.model.criteria import Acceptance, EvidenceAlternative

OR_ABOVE = " or above"
ALTERNATIVE_KEYS = ("kind", "subject", "period")
_YEARS = re.compile(r"(\d{4})(\.\.(\d{4})?)?")


def read_alternatives(section: Section) -> Iterator[EvidenceAlternative]:
    """``any_of: [{kind: Báo cáo, subject: [CCHC], period: năm}, {kind: Biên bản, subject: [kiểm tra]}]``."""
    for node in section.items("any_of"):
        own = Section(node, section.faults, ALTERNATIVE_KEYS)
        if not (own.has("kind") or own.has("subject")):
            section.faults.add(own.line, "criteria-want-one-of", options="kind, subject")
        period = read_period(own)
        subject = own.words("subject")
        yield EvidenceAlternative(read_kinds(own), (*subject, period) if period else subject, period)


def read_acceptance(section: Section, year: int) -> tuple[Acceptance, ...]:
    """The entries that hold in the year of the set."""
    nodes = section.items("accept")
    accepted = [acceptance for node in nodes if (acceptance := _acceptance(node, section.faults, year))]
    if nodes and not accepted:
        section.fault("accept", "criteria-accept-none", year=year)
    return tuple(accepted)


def _acceptance(node: yaml.Node, faults: Faults, year: int) -> Acceptance | None:
    own = Section(node, faults, ("level", "kind", "subject", "years"))
    if not any(own.has(key) for key in ("level", "kind", "subject")):
        faults.add(own.line, "criteria-want-one-of", options="level, kind, subject")
    levels = tuple(level for raw in own.words("level") for level in _level(own, raw))
    acceptance = Acceptance(levels, read_kinds(own), own.words("subject"))
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

"""Grades and parts of a set's points, as its file writes them."""

from __future__ import annotations

import re
from decimal import Decimal

import yaml

from evidence.criteria.yaml_section import Section, line_of_node
from evidence.model.criteria import Criterion, walk_criteria
from evidence.model.scoring import Grade, ScoredPart
from evidence.vietnamese.text import fold

PART_KEYS = ("name", "title", "criteria", "least_forms", "least_rate")
MOST_FORMS = 999_999
_THRESHOLD = re.compile(r"\d{1,3}(?:\.\d{1,6})?")


def read_grades(top: Section) -> tuple[Grade, ...]:
    """The grades, the highest first; a name or a threshold that stands twice is a fault."""
    grades: list[Grade] = []
    for name, node in top.pairs("grades") if top.has("grades") else []:
        text = str(node.value).strip() if isinstance(node, yaml.ScalarNode) else ""
        if not _THRESHOLD.fullmatch(text):
            top.faults.add(line_of_node(node), "criteria-want-decimal", key=name, value=text)
            continue
        threshold = Decimal(text)
        if any(fold(grade.name) == fold(name) or grade.threshold == threshold for grade in grades):
            top.faults.add(line_of_node(node), "grades-twice-in-set", value=name)
        grades.append(Grade(name, threshold))
    return tuple(sorted(grades, key=lambda grade: grade.threshold, reverse=True))


def read_parts(top: Section, criteria: tuple[Criterion, ...]) -> tuple[ScoredPart, ...]:
    """The parts; each criterion belongs to one of them, and one part at most holds what is in no other."""
    below = {
        fold(criterion.code): {fold(each.code) for each in walk_criteria((criterion,))}
        for criterion in walk_criteria(criteria)
    }
    parts: list[ScoredPart] = []
    taken: dict[str, str] = {}
    for node in top.items("parts"):
        section = Section(node, top.faults, PART_KEYS)
        part = _read_part(section)
        if any(fold(part.name) == fold(other.name) for other in parts):
            section.fault("name", "parts-name-twice", value=part.name)
        if not part.criteria and any(not other.criteria for other in parts):
            section.fault("criteria", "parts-two-rests", value=part.name)
        for code in part.criteria:
            if fold(code) not in below:
                section.fault("criteria", "criteria-unknown-criterion", value=code)
            overlap = [other for held, other in taken.items() if held in below.get(fold(code), set())]
            if overlap:
                section.fault("criteria", "parts-overlap", value=code, other=overlap[0])
            taken |= dict.fromkeys(below.get(fold(code), set()), part.name)
        parts.append(part)
    return tuple(parts)


def _read_part(section: Section) -> ScoredPart:
    name = section.text("name", required=True) or ""
    return ScoredPart(
        name,
        section.text("title") or name,
        section.words("criteria"),
        section.whole("least_forms", 0, MOST_FORMS),
        section.decimal("least_rate", required=False),
    )

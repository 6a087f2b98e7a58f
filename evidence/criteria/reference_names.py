"""What other entries of a criteria file may point at: requirements by name (``1.1/kh``), numbers, days.

The names are gathered from the tree before anything is read, so that a deadline may count from a requirement that
stands further down.
"""

from __future__ import annotations

import graphlib
import re
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files

import yaml

from evidence.criteria.yaml_section import Section
from evidence.model.criteria import Requirement, Trigger
from evidence.values import number as numbers
from evidence.values.number import Number

_NAME = re.compile(r"[^/\s]+/[^/\s]+")


@cache
def ready_series() -> dict[str, yaml.Node]:
    """The ready-made series: name -> list of slots, as they would stand in the file."""
    text = (files("evidence.criteria") / "data" / "series.yaml").read_text("utf-8")
    root = yaml.compose(text, Loader=yaml.SafeLoader)
    assert isinstance(root, yaml.MappingNode)
    return {str(key.value): slots for key, slots in root.value}


@cache
def read_series_slots(name: str) -> tuple[tuple[str, str], ...]:
    """Id and period of each slot of a ready-made series.

    >>> read_series_slots("half-yearly")
    (('6t', '6 tháng'), ('nam', 'năm'))
    """
    return tuple((_text(slot, "id"), _text(slot, "period")) for slot in ready_series()[name].value)


def criterion_codes(root: yaml.MappingNode) -> frozenset[str]:
    """The codes of all criteria."""
    return frozenset(code for code, _ in _criteria(root) if code)


def requirement_names(root: yaml.MappingNode) -> frozenset[str]:
    """Every requirement of the set: ``1.2/q1``; of a series its slots: ``1.2/bc-q1``."""
    names = set()
    for code, criterion in _criteria(root):
        for entry in _list(criterion, "evidence"):
            name = _text(entry, "id")
            slots = [_text(slot, "id") for slot in _slots(entry)]
            names |= {f"{code}/{name}-{slot}" for slot in slots} if slots else {f"{code}/{name}"}
    return frozenset(names)


def _criteria(node: yaml.Node) -> Iterator[tuple[str, yaml.Node]]:
    for key in ("criteria", "children"):
        for child in _list(node, key):
            yield _text(child, "code"), child
            yield from _criteria(child)


def _slots(entry: yaml.Node) -> list[yaml.Node]:
    ready = ready_series().get(_text(entry, "series"))
    return list(ready.value) if ready is not None else _list(entry, "series")


def _of(node: yaml.Node, key: str) -> yaml.Node | None:
    if not isinstance(node, yaml.MappingNode):
        return None
    return next((value for name, value in node.value if name.value == key), None)


def _list(node: yaml.Node, key: str) -> list[yaml.Node]:
    value = _of(node, key)
    return list(value.value) if isinstance(value, yaml.SequenceNode) else []


def _text(node: yaml.Node, key: str) -> str:
    value = _of(node, key)
    return " ".join(str(value.value).split()) if isinstance(value, yaml.ScalarNode) else ""


def resolve_reference(section: Section, key: str, raw: str, known: frozenset[str]) -> tuple[str | None, Number | None]:
    """The requirement or the number that the text means; neither, with a fault, where it means nothing known."""
    if raw in known:
        return raw, None
    number = numbers.parse(raw)
    if number is None:
        section.fault(key, "criteria-unknown-target" if _NAME.fullmatch(raw) else "criteria-bad-target", value=raw)
    return None, number


def find_cycle(requirements: Iterable[tuple[str, Requirement]]) -> str | None:
    """A requirement whose deadline counts from itself, by way of others; None where there is none."""
    graph = {name: _behind(requirement.trigger) for name, requirement in requirements}
    try:
        graphlib.TopologicalSorter(graph).prepare()
    except graphlib.CycleError as error:
        return str(error.args[1][0])
    return None


def _behind(trigger: Trigger | None) -> tuple[str, ...]:
    return (trigger.requirement,) if trigger is not None and trigger.requirement else ()

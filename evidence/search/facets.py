"""Counts of values as people read them, and of what they may see alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from evidence.search.entries import SEPARATOR
from evidence.search.scope import Scope

MOST = 50  # values of a field that are shown, the most frequent first


def show_facets(counts: Mapping[str, Mapping[str, int]], scope: Scope) -> dict[str, dict[str, int]]:
    """Field (kind, issuer, year, status, origin, unit, criterion) -> value -> documents; the units of others and their
    criteria are left out."""
    shown = {name.removeprefix("f_"): dict(values) for name, values in counts.items()}
    units = shown.pop("unit", {})
    submitted = shown.pop("submitted", {})
    shown["unit"] = {unit: count for unit, count in units.items() if scope.sees(unit)}
    criteria: Counter[str] = Counter()
    for pair, count in submitted.items():
        unit, _, code = pair.partition(SEPARATOR)
        if scope.sees(unit):
            criteria[code] += count
    shown["criterion"] = dict(criteria)
    return {name: _most_frequent(values) for name, values in shown.items()}


def _most_frequent(values: Mapping[str, int]) -> dict[str, int]:
    return dict(sorted(values.items(), key=lambda item: (-item[1], item[0]))[:MOST])

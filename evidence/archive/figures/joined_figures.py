"""The figures that a check counts with: those that people confirmed in the archive, and those of the command's file."""

from __future__ import annotations

from collections.abc import Sequence

from evidence.model.assessment import Figure
from evidence.store.findings.figure_store import FigureStore
from evidence.store.store import Store


def join_figures(store: Store, criteria_set: str, typed: Sequence[Figure]) -> tuple[Figure, ...]:
    """All of them; of one name for one criterion of a unit the file's counts."""
    joined = {(each.unit, each.criterion, each.name): each for each in FigureStore(store).figures(criteria_set)}
    joined |= {(each.unit, each.criterion, each.name): each for each in typed}
    return tuple(joined.values())

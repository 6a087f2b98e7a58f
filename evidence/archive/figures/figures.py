"""Figures of an archive: proposed from the units' papers, confirmed by a person, listed with who said so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from evidence.archive.figures.confirmed_file import ConfirmedFile, read_confirmed
from evidence.archive.figures.statistic_papers import StatedNumbers, load_papers, read_stated
from evidence.archive.kept_sets.versions import require_set
from evidence.archive.units import find_unit
from evidence.config import Settings
from evidence.errors import UsageError
from evidence.match.figure_proposals.propose_figures import FigureProposer
from evidence.model.assessment import Figure
from evidence.model.criteria import CriteriaSet
from evidence.model.scores.figures import FigureProposal, FigureSource, KeptFigure
from evidence.store.findings.figure_store import FigureStore
from evidence.store.store import Store

__all__ = ["ConfirmedFile", "Figures", "StatedNumbers", "read_confirmed", "read_stated"]

Confirmed = tuple[Figure, tuple[FigureSource, ...]]


class Figures:
    """The figures of one archive."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store, self._settings = store, settings
        self._figures = FigureStore(store)

    def propose(self, criteria: CriteriaSet, units: Sequence[str] = ()) -> Iterator[FigureProposal]:
        """What the papers of those units (all of the set if none is named) state of the figures that the set asks for;
        nothing is kept. UsageError: the set has no such unit, or no units at all."""
        if not criteria.units:
            raise UsageError("survey-no-units", set=criteria.set)
        chosen = tuple(find_unit(criteria, name) for name in units) or criteria.units
        proposer = FigureProposer(criteria)
        counting = {
            (each.figure.unit, each.figure.criterion, each.figure.name): each.figure.value
            for each in self._figures.kept(criteria.set)
        }
        for unit in chosen:
            papers = tuple(load_papers(self._store, unit, self._settings))
            kept = {(code, name): value for (owner, code, name), value in counting.items() if owner == unit.code}
            yield from proposer.propose(unit, papers, kept)

    def confirm(self, criteria_set: str, confirmed: Sequence[Confirmed], by: str) -> int:
        """Keeps those figures with what shows them; from now on they count. How many are new or have another value.
        UsageError: no such set, no name. ArchiveError: the archive is read-only."""
        require_set(self._store, criteria_set)
        if not by.strip():
            raise UsageError("correct-author")
        known = {
            (each.figure.unit, each.figure.criterion, each.figure.name): each.figure.value
            for each in self._figures.kept(criteria_set)
        }
        changed = [
            (figure, sources)
            for figure, sources in confirmed
            if known.get((figure.unit, figure.criterion, figure.name)) != figure.value
        ]
        if changed:
            self._figures.put(criteria_set, [figure for figure, _ in changed], by, dict(changed))
        return len(changed)

    def list_kept(self, criteria_set: str) -> tuple[KeptFigure, ...]:
        """The figures that count for that set. UsageError: there is no such set."""
        require_set(self._store, criteria_set)
        return self._figures.kept(criteria_set)

"""Figures of an archive: proposed from the units' papers, confirmed by a person, listed with who said so."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from evidence.archive.figures.confirmed_file import ConfirmedFile, read_confirmed
from evidence.archive.figures.plan_papers import make_plan_papers
from evidence.archive.figures.statistic_papers import StatedNumbers, load_papers, read_stated
from evidence.archive.kept_sets.versions import require_set
from evidence.archive.units import find_unit
from evidence.config import Settings
from evidence.errors import UsageError
from evidence.match.figure_proposals.candidates import StatisticPaper
from evidence.match.figure_proposals.propose_figures import FigureProposer
from evidence.model.assessment import Figure
from evidence.model.criteria import CriteriaSet, Unit
from evidence.model.plan import Plan, TaskProgress
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
        yield from self._propose(criteria, units, lambda unit: tuple(load_papers(self._store, unit, self._settings)))

    def propose_from_plan(
        self, criteria: CriteriaSet, units: Sequence[str], plan: Plan, progress: Sequence[TaskProgress]
    ) -> Iterator[FigureProposal]:
        """The same from how a plan stands: of a unit the tasks that it leads, of the plan's issuer all of them. What is
        not due or waits for a person is named as pending. Errors as of ``propose``."""
        proposals = self._propose(criteria, units, lambda unit: make_plan_papers(plan, progress, unit))
        for proposal in proposals:
            doubts = (*proposal.doubts, "figure-plan-open") if proposal.pending else proposal.doubts
            yield replace(proposal, doubts=doubts)

    def _propose(
        self, criteria: CriteriaSet, units: Sequence[str], load: Callable[[Unit], Sequence[StatisticPaper]]
    ) -> Iterator[FigureProposal]:
        if not criteria.units:
            raise UsageError("survey-no-units", set=criteria.set)
        proposer = FigureProposer(criteria)
        counting = self._counting(criteria.set)
        for unit in tuple(find_unit(criteria, name) for name in units) or criteria.units:
            kept = {(code, name): value for (owner, code, name), value in counting.items() if owner == unit.code}
            yield from proposer.propose(unit, load(unit), kept)

    def confirm(self, criteria_set: str, confirmed: Sequence[Confirmed], by: str) -> int:
        """Keeps those figures with what shows them; from now on they count. How many are new or have another value.
        UsageError: no such set, no name. ArchiveError: the archive is read-only."""
        require_set(self._store, criteria_set)
        if not by.strip():
            raise UsageError("correct-author")
        known = self._counting(criteria_set)
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

    def _counting(self, criteria_set: str) -> dict[tuple[str, str, str], Decimal]:
        """What counts now, by unit, criterion and name."""
        return {(each.unit, each.criterion, each.name): each.value for each in self._figures.figures(criteria_set)}

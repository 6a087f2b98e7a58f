"""Figures of an archive: proposed from the units' papers, confirmed by a person, listed with who said so."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from evidence.appraisal.statistics.printed_numbers import read_number
from evidence.archive.figures.confirmed_file import ConfirmedFile, read_confirmed
from evidence.archive.figures.plan_papers import make_plan_papers
from evidence.archive.figures.statistic_papers import StatedNumbers, load_papers, read_stated
from evidence.archive.kept_sets.versions import current_criteria, require_set
from evidence.archive.units import find_unit
from evidence.config import Settings
from evidence.errors import UsageError
from evidence.match.figure_proposals.candidates import StatisticPaper
from evidence.match.figure_proposals.propose_figures import FigureProposer
from evidence.model.assessment import Figure
from evidence.model.criteria import CriteriaSet, Unit
from evidence.model.job import JobKind, JobQueue, JobRequest, JobState
from evidence.model.plan import Plan, TaskProgress
from evidence.model.scores.figures import (
    FigureAnswer,
    FigureAnswerKind,
    FigureProposal,
    FigureSource,
    KeptFigure,
    StoredProposal,
)
from evidence.search.scope import Scope
from evidence.store.findings.figure_store import FigureStore
from evidence.store.findings.proposal_store import ProposalStore
from evidence.store.jobs.job_table import JobTable
from evidence.store.store import Store

__all__ = ["ConfirmedFile", "Figures", "StatedNumbers", "read_confirmed", "read_stated"]

_VALUE = re.compile(r"\d{1,3}(?:[. ]\d{3}){1,4}|\d{1,15}(?:[.,]\d{1,9})?")
Confirmed = tuple[Figure, tuple[FigureSource, ...]]


class Figures:
    """The figures of one archive."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store, self._settings = store, settings
        self._figures = FigureStore(store)
        self._proposals = ProposalStore(store)
        self._jobs: JobQueue = JobTable(store)

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

    def request_finding(self, criteria_set: str, unit: str) -> None:
        """Has what the papers of that unit state looked for, and kept as proposals, by the worker. ArchiveError: a
        read-only archive."""
        self._jobs.add(JobRequest(JobKind.FIND_FIGURES, _subject(criteria_set, unit), criteria_set.encode(), unit))

    def is_finding(self, criteria_set: str, unit: str) -> bool:
        """Whether the worker was asked for that, and is not done."""
        jobs = self._jobs.find(JobKind.FIND_FIGURES, _subject(criteria_set, unit))
        return any(job.state in (JobState.WAITING, JobState.RUNNING) for job in jobs)

    def keep_proposals(self, criteria_set: str, unit: str) -> int:
        """Looks for them now and keeps them for people to answer; how many are new or changed. UsageError: the archive
        has no such set, the set no such unit."""
        criteria = current_criteria(self._store, criteria_set)
        return self._proposals.put(criteria_set, unit, self.propose(criteria, (unit,)))

    def list_proposals(self, criteria_set: str, scope: Scope, unit: str = "") -> tuple[StoredProposal, ...]:
        """What is proposed of the units that the scope shows, or of that one of them, with what people said of it."""
        if unit and not scope.sees(unit):
            return ()
        return self._proposals.list_proposals(criteria_set, (unit,) if unit else scope.units)

    def answer(self, criteria_set: str, stored: StoredProposal, value: Decimal | None, by: str, note: str = "") -> bool:
        """A person's word on a proposal: the value that counts from now on, None where nothing of it does. False, and
        nothing is kept, where somebody else answered since ``stored`` was read, or something else is proposed by now.
        UsageError: no name."""
        if not by.strip():
            raise UsageError("correct-author")
        kind = FigureAnswerKind.REFUSED
        if value is not None:
            proposed = value == stored.proposal.figure.value
            kind = FigureAnswerKind.CONFIRMED if proposed else FigureAnswerKind.CORRECTED
        answer = FigureAnswer(kind, value, by, note, stored.at)
        return self._proposals.answer(criteria_set, stored, answer, len(stored.answers))

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


def parse_value(text: str) -> Decimal | None:
    """A figure as a person types it, a dot between thousands; None for what is none.

    >>> [str(parse_value(text)) for text in ("1.234", "95,6 %", "95.6", "045", "-1", "nhiều")]
    ['1234', '95.6', '95.6', '45', 'None', 'None']
    """
    bare = " ".join(text.split()).removesuffix("%").strip()
    return read_number(bare) if _VALUE.fullmatch(bare) else None


def _subject(criteria_set: str, unit: str) -> str:
    return f"{criteria_set}/{unit}"

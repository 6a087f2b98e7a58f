"""The findings of an archive as people work through them: counted, filtered, one by one, decided.

All of it answers from what is kept; ``refresh`` finds anew what is stale. What a method gives is limited to the units
of its ``scope``: a unit out of it is as one that does not exist. Whoever may see all is told the findings that hold
the whole archive against a unit's documents; a smaller scope, those that rest on the unit's own alone.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

from evidence.archive.kept_sets.versions import require_set
from evidence.archive.stored_findings.refresh import FindingRefresh, current_day
from evidence.errors import UsageError
from evidence.model.appraisal import Decision, DecisionAct, Round
from evidence.model.assessment import Figure, Score
from evidence.model.criteria import CriteriaSet
from evidence.model.kept_finding import (
    TO_BE_DONE,
    FindingCount,
    FindingFilter,
    FindingKey,
    FindingLine,
    FindingShift,
    FindingsState,
    KeptFinding,
    KeptUnit,
    LeftCount,
    UnitLines,
    UnitTotal,
)
from evidence.model.placement import Submission
from evidence.model.record import Record
from evidence.scoring.finding_decisions import SettledCriteria, settle_criteria
from evidence.search.scope import Scope
from evidence.store.findings.figure_store import FigureStore
from evidence.store.findings.finding_counts import FindingCounts
from evidence.store.findings.finding_decisions import SeenFinding
from evidence.store.findings.finding_store import FindingStore
from evidence.store.ledger import Ledger
from evidence.store.slips.slip_store import SlipStore
from evidence.store.store import Store
from evidence.store.submission_ledger import SubmissionLedger

__all__ = ["FindingVerdict", "FindingView", "KeptFindings", "SeenFinding"]


@dataclass(frozen=True, slots=True)
class FindingView:
    """A finding with the documents it names, as they hold and as what they were handed in, and the decision on it,
    which knows the finding it was made on."""

    kept: KeptFinding
    records: dict[str, Record]
    submissions: tuple[Submission, ...]
    decision: Decision | None


@dataclass(frozen=True, slots=True)
class FindingVerdict:
    """What an appraiser decides on a finding. ``seen``: what stood on the page; to decide in spite of another's
    decision, it is sent again with the number of that one."""

    key: FindingKey
    act: DecisionAct
    points: Decimal | None
    note: str
    by: str
    seen: SeenFinding


class KeptFindings:
    """The kept findings of one archive. ``today``: the day that they are to hold for."""

    def __init__(self, store: Store, today: Callable[[], datetime.date] = current_day) -> None:
        self._store = store
        self._findings = FindingStore(store)
        self._counts = FindingCounts(store)
        self._figures = FigureStore(store)
        self._ledger = Ledger(store)
        self._slips = SlipStore(store)
        self._refresh = FindingRefresh(store, today)

    # --- made anew ----------------------------------------------------------------------------------------------

    def refresh(self, only: Collection[str] | None = None, criteria_set: str | None = None) -> int:
        """Finds anew what is stale, of all units or of those codes, of all sets or of that one; how many units that
        were. ArchiveError: the archive cannot be written."""
        return sum(1 for _ in self._refresh.run(only, criteria_set))

    def list_all_stale(self) -> tuple[tuple[str, str], ...]:
        """Each set and unit whose findings do not know all that changed."""
        return self._refresh.list_all_stale()

    def tell_state(self, criteria_set: str, scope: Scope) -> FindingsState:
        """The day that the set's findings hold for, and whether a change waits that they do not know yet."""
        rows = self.total_units(criteria_set, scope)
        day = min((row.as_of for row in rows), default=None)
        pending = any(scope.sees(unit) for unit in self._refresh.list_stale(criteria_set))
        return FindingsState(day, max((row.revision for row in rows), default=0), pending)

    # --- read ---------------------------------------------------------------------------------------------------

    def count(self, criteria_set: str, scope: Scope) -> tuple[FindingCount, ...]:
        """How many findings of each status there are by unit and field, and what was done with them."""
        return self._counts.count(criteria_set, _is_whole(scope), scope.units)

    def count_by_criterion(self, criteria_set: str, field: str, scope: Scope) -> tuple[FindingCount, ...]:
        """The same of one field, by criterion."""
        return self._counts.count_by_criterion(criteria_set, _is_whole(scope), scope.units, field)

    def total_units(self, criteria_set: str, scope: Scope) -> tuple[UnitTotal, ...]:
        """The points that each unit's findings come to, from the lowest to the highest that are still possible."""
        read = partial(self._findings.totals, criteria_set, _is_whole(scope), scope.units)
        return self._store.database.recall(("totals", criteria_set, scope.units), read)

    def list_scores(self, criteria_set: str, scope: Scope) -> tuple[Score, ...]:
        """The points that the rules give each unit for every criterion, unit by unit in order of the set."""
        return self._findings.scores(criteria_set, _is_whole(scope), scope.units)

    def count_left(self, criteria_set: str, chosen: FindingFilter, scope: Scope) -> tuple[LeftCount, ...]:
        """How many findings of that filter each unit has that has any, and how many of those are still to be done."""
        judged = TO_BE_DONE if chosen.judged is None else chosen.judged
        return self._counts.count_left(criteria_set, _is_whole(scope), _within(chosen, scope), judged)

    def list_lines(self, criteria_set: str, unit: str, scope: Scope) -> tuple[FindingLine, ...]:
        """All findings of one unit as lists show them, in order of the set; none where there is none in the scope."""
        return self._findings.lines(criteria_set, _is_whole(scope), unit) if scope.sees(unit) else ()

    def summarise_unit(self, criteria_set: str, unit: str, scope: Scope) -> UnitLines | None:
        """The same with the unit's points; None: none such in the scope, or nothing is kept of it yet."""
        return self._findings.unit_lines(criteria_set, _is_whole(scope), unit) if scope.sees(unit) else None

    def show_finding(self, criteria_set: str, key: FindingKey, scope: Scope) -> KeptFinding:
        """That finding alone. UsageError: there is none such in the scope."""
        return self._require(criteria_set, key, scope)

    def settle(self, criteria: CriteriaSet, scope: Scope) -> SettledCriteria:
        """What decisions on single findings make of the points of the criteria that these are on."""
        last = self._ledger.last_on_findings(criteria.set)
        if not last:
            return SettledCriteria()
        whole = _is_whole(scope)
        codes = frozenset(decision.criterion for decision in last.values())
        points = self._findings.points(criteria.set, whole, scope.units, codes)
        return settle_criteria(criteria, points, last, whole)

    def find_next(
        self, criteria_set: str, chosen: FindingFilter, at: FindingKey | None, scope: Scope, back: bool = False
    ) -> FindingKey | None:
        """The next finding of that filter behind ``at``, which need not be of it (before it, with ``back``); None at
        the end. Without ``at`` the first, or the last."""
        if at is not None and not scope.sees(at.unit):
            return None
        return self._findings.next_key(criteria_set, _is_whole(scope), _within(chosen, scope), at, back)

    def show(self, criteria_set: str, key: FindingKey, scope: Scope) -> FindingView:
        """That finding with its documents. UsageError: there is none such in the scope."""
        kept = self._require(criteria_set, key, scope)
        finding = kept.finding
        named = [*finding.documents, *(reason.document for reason in finding.reasons if reason.document)]
        records = self._store.records(dict.fromkeys(named))
        handed = [entry.holds for entry in SubmissionLedger(self._store).entries_of(records)]
        seen = tuple(submission for submission in handed if submission and scope.sees(submission.unit))
        decision = self._ledger.decision(kept.decision) if kept.decision is not None else None
        return FindingView(kept, records, seen, decision)

    def show_unit(self, criteria_set: str, unit: str, scope: Scope) -> KeptUnit:
        """All findings of one unit, by its code, with its points. UsageError: none such in the scope, or nothing is
        kept of it yet."""
        findings = self._findings.unit(criteria_set, _is_whole(scope), unit) if scope.sees(unit) else None
        if findings is None:
            raise UsageError("finding-none", set=criteria_set, unit=unit, requirement="–")
        return findings

    def list_changes(self, criteria_set: str, instant: datetime.datetime, scope: Scope) -> tuple[FindingShift, ...]:
        """The findings that have another status than at that instant (with its time zone), the latest change first."""
        return self._findings.changes_since(criteria_set, _is_whole(scope), instant, scope.units)

    # --- written ------------------------------------------------------------------------------------------------

    def decide(self, criteria_set: str, verdict: FindingVerdict, scope: Scope) -> Decision | None:
        """Keeps the decision in the set's last round, with the finding as it was seen; None. Where somebody else
        decided on it meanwhile, nothing is written and that decision is returned.

        UsageError: no such finding in the scope, it says something else by now, no round is open, points beyond the
        maximum, no name. ArchiveError: the archive is read-only.
        """
        kept = self._require(criteria_set, verdict.key, scope)
        most = kept.finding.points.max
        if verdict.points is not None and not Decimal(0) <= verdict.points <= most:
            criterion = kept.finding.requirement
            raise UsageError("round-bad-points", points=verdict.points, max=most, criterion=criterion)
        if not verdict.by.strip():
            raise UsageError("correct-author")
        if verdict.act is DecisionAct.UNDO and self._slips.is_sent(kept.decision):
            raise UsageError("slip-sent", requirement=verdict.key.requirement)
        decision = Decision(
            self._last_round(criteria_set).id, verdict.key.unit, kept.finding.criterion, verdict.points, verdict.note,
            verdict.by, datetime.datetime.now(datetime.UTC), verdict.key.requirement, verdict.act,
        )  # fmt: skip
        return self._ledger.judge(criteria_set, decision, _is_whole(scope), verdict.seen)

    def put_figures(self, criteria_set: str, figures: Sequence[Figure], author: str) -> None:
        """Keeps numbers that score rules need besides documents. UsageError: no such set, no name. ArchiveError: the
        archive is read-only."""
        require_set(self._store, criteria_set)
        if not author.strip():
            raise UsageError("correct-author")
        self._figures.put(criteria_set, figures, author)

    def figures(self, criteria_set: str) -> tuple[Figure, ...]:
        """The numbers that people gave for that set, the last of each name."""
        read = partial(self._figures.figures, criteria_set)
        return self._store.database.recall(("figures", criteria_set), read)

    def _require(self, criteria_set: str, key: FindingKey, scope: Scope) -> KeptFinding:
        kept = self._findings.finding(criteria_set, _is_whole(scope), key) if scope.sees(key.unit) else None
        if kept is None:
            raise UsageError("finding-none", set=criteria_set, unit=key.unit, requirement=key.requirement)
        return kept

    def _last_round(self, criteria_set: str) -> Round:
        rounds = [opened for opened in self._ledger.rounds() if opened.criteria_set == criteria_set]
        if not rounds:
            raise UsageError("round-none", set=criteria_set, number="-")
        return rounds[-1]


def _is_whole(scope: Scope) -> bool:
    return scope.units is None


def _within(chosen: FindingFilter, scope: Scope) -> FindingFilter:
    """The filter, of no more units than the scope shows."""
    if scope.units is None:
        return chosen
    return replace(chosen, units=scope.units if chosen.units is None else chosen.units & scope.units)

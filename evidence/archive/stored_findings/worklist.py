"""The work of an appraiser on one set: the set itself, its round, notes in the making, what falls due, what was read.

A set is read once a version and kept: a page that is asked for every second does not parse it again.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from evidence.archive.kept_sets.versions import current_criteria
from evidence.archive.stored_findings.refresh import current_day
from evidence.errors import CriteriaError, UsageError
from evidence.model.appraisal import Decision, Round
from evidence.model.criteria import CriteriaSet
from evidence.model.kept_finding import FindingKey
from evidence.search.scope import Scope
from evidence.store.criteria_sets import CriteriaSetStore
from evidence.store.findings.finding_store import FindingStore
from evidence.store.ledger import Ledger
from evidence.store.rounds.round_closings import RoundClosings
from evidence.store.store import Store
from evidence.store.worklist.worklist_store import DueDay, ReadVolume, WorklistStore

__all__ = ["DueDay", "ReadVolume", "Worklist"]

AHEAD = 60  # days that deadlines are looked at before they come


@dataclass(frozen=True, slots=True)
class KeptVersion:
    """A set as it was parsed, and of which version."""

    version: int
    criteria: CriteriaSet


class Worklist:
    """The working state of one archive."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._work = WorklistStore(store)
        self._ledger = Ledger(store)
        self._findings = FindingStore(store)
        self._closings = RoundClosings(store)
        self._sets: dict[str, KeptVersion] = {}

    def names(self) -> tuple[str, ...]:
        """The sets that can be worked on: those with units, the one whose round was opened last first."""
        return self._store.database.recall("worklist", self._read_names)

    def _read_names(self) -> tuple[str, ...]:
        opened = {each.criteria_set: each.id for each in self._ledger.rounds()}
        names = sorted(CriteriaSetStore(self._store).names(), key=lambda name: (-opened.get(name, 0), name))
        return tuple(name for name in names if self._has_units(name))

    def criteria(self, name: str) -> CriteriaSet:
        """The set as it counts. UsageError: none of that name; CriteriaError: this version cannot read it."""
        version = self._findings.set_versions().get(name, 0)
        kept = self._sets.get(name)
        if kept is None or kept.version != version:
            kept = self._sets[name] = KeptVersion(version, current_criteria(self._store, name))
        return kept.criteria

    def last_round(self, criteria_set: str) -> Round | None:
        """The round of the set that decisions are made in; None before the first is opened."""
        rounds = [opened for opened in self._ledger.rounds() if opened.criteria_set == criteria_set]
        return rounds[-1] if rounds else None

    def is_closed(self, opened: Round) -> bool:
        """Whether that round takes no more decisions."""
        return opened.id in self._closings.closings()

    def decisions(self, numbers: Collection[int]) -> dict[int, Decision]:
        """The decisions of those numbers (``KeptFinding.decision``), without the findings that they were made on."""
        return self._ledger.decisions_numbered(numbers)

    def read_draft(self, account: int, criteria_set: str, key: FindingKey) -> str:
        """The note that this person is writing on that finding."""
        return self._work.draft(account, criteria_set, key)

    def keep_draft(self, account: int, criteria_set: str, key: FindingKey, note: str) -> None:
        """Keeps it; empty: there is none any more. ArchiveError: the archive is read-only."""
        self._work.put_draft(account, criteria_set, key, note)

    def note_visit(self, account: int, criteria_set: str) -> datetime.datetime | None:
        """This person looks at the overview: when the visit before this one was."""
        return self._work.note_visit(account, criteria_set)

    def list_due(self, criteria_set: str, scope: Scope, days: int = AHEAD) -> tuple[DueDay, ...]:
        """What is not due yet and falls due within so many days, by day."""
        first = current_day()
        last = first + datetime.timedelta(days)
        return self._work.list_due(criteria_set, scope.units is None, scope.units, first, last)

    def measure_read(self, scope: Scope) -> ReadVolume:
        """How much was handed in by the units of the scope."""
        return self._work.measure_read(scope.units)

    def _has_units(self, name: str) -> bool:
        try:
            return bool(self.criteria(name).units)
        except (CriteriaError, UsageError):
            return False

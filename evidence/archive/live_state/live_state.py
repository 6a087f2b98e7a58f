"""What changes while people look on, in two small queries for all of them: how far jobs are, whose findings are new.

    before = live.look(); ...; after = live.look(); list_changes(before, after, scope)

A change names the unit and nothing else: what it is, a page asks for by itself, within its own scope.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sqlalchemy import select

from evidence.model.job import JobState
from evidence.search.scope import Scope
from evidence.store.findings.tables import UnitFindingsRow
from evidence.store.jobs.tables import JobRow
from evidence.store.store import Store

OPEN = (JobState.WAITING.value, JobState.RUNNING.value)
JobStep = tuple[str, str, int, int]
FindingsOf = tuple[bool, str]


@dataclass(frozen=True, slots=True)
class LiveSnapshot:
    """``jobs``: number -> unit, state, steps done and in all, of those that wait or are under way. ``findings``:
    whether held against the whole archive, and unit -> revisions of its findings by set."""

    jobs: Mapping[int, JobStep] = field(default_factory=dict)
    findings: Mapping[FindingsOf, tuple[tuple[str, int], ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LiveChange:
    """``name``: ``jobs`` or ``findings``; whose."""

    name: str
    unit: str


class LiveState:
    """What one archive's people look on at."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def look(self) -> LiveSnapshot:
        """How things stand, of all units: for whoever tells each person their own (``list_changes``)."""
        rows = UnitFindingsRow
        with self._store.database.reading() as session:
            steps = select(JobRow.id, JobRow.unit, JobRow.state, JobRow.done, JobRow.total).where(
                JobRow.state.in_(OPEN)
            )
            jobs = {row[0]: (row[1], row[2], row[3], row[4]) for row in session.execute(steps)}
            findings: dict[FindingsOf, list[tuple[str, int]]] = {}
            query = select(rows.whole, rows.unit, rows.criteria_set, rows.revision).order_by(rows.criteria_set)
            for whole, unit, name, revision in session.execute(query):
                findings.setdefault((whole, unit), []).append((name, revision))
        return LiveSnapshot(jobs, {key: tuple(each) for key, each in findings.items()})


def list_changes(before: LiveSnapshot, after: LiveSnapshot, scope: Scope) -> tuple[LiveChange, ...]:
    """What is new in between of the units that the scope sees, each once. Who sees a part of the archive is told of the
    findings that rest on the unit's own documents alone: others' never show in them."""
    working = {step[0] for number, step in after.jobs.items() if before.jobs.get(number) != step}
    working |= {step[0] for number, step in before.jobs.items() if number not in after.jobs}
    whole = scope.units is None
    changed = {
        unit
        for (is_whole, unit), revisions in after.findings.items()
        if is_whole is whole and before.findings.get((is_whole, unit)) != revisions
    }
    named = (("jobs", working), ("findings", changed))
    return tuple(LiveChange(name, unit) for name, units in named for unit in sorted(units) if unit and scope.sees(unit))

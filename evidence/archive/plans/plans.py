"""Plans of an archive: taken in, listed, marked by people, held against what was handed in."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evidence.archive.plans.plan_import import ImportedPlan, import_plan
from evidence.archive.plans.plan_progress import assess_plan
from evidence.config import Settings
from evidence.errors import UsageError
from evidence.model.criteria import Unit
from evidence.model.plan import Plan, TaskMark, TaskProgress, TaskStatus
from evidence.search.scope import Scope
from evidence.store.plans.plan_store import PlanStore
from evidence.store.store import Store

__all__ = ["ImportedPlan", "Plans"]


MOST_KEPT = 16  # answers of ``check_seen``


@dataclass(frozen=True, slots=True)
class _Seen:
    """What was asked: which plan, of which units, as of which day, by whom of a scope."""

    name: str
    units: tuple[Unit, ...]
    as_of: datetime.date
    scope: frozenset[str] | None


class Plans:
    """The plans of one archive."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._settings = settings
        self._plans = PlanStore(store)
        self._checked: dict[_Seen, tuple[int, tuple[TaskProgress, ...]]] = {}

    def import_file(
        self, file: Path, name: str, by: str, year: int | None = None, source: str = ""
    ) -> ImportedPlan:  # fmt: skip
        """Takes in a plan under that name; a later one of the same name counts from then on. ``source``: what the file
        is called by who sent it. CriteriaError with the reason where the file holds no table of tasks; UnreadableError:
        it cannot be opened."""
        imported = import_plan(file, name, year, self._settings)
        plan = replace(imported.plan, source=source) if source else imported.plan
        changed = self._plans.put(plan, by)
        return ImportedPlan(plan, imported.remarks, changed)

    def plan(self, name: str) -> Plan:
        """The plan of that name. UsageError where there is none."""
        plan = self._plans.get(name)
        if plan is None:
            known = ", ".join(each.name for each in self._plans.list_plans())
            raise UsageError("plan-unknown", name=name, known=known or "-")
        return plan

    def list_plans(self) -> tuple[Plan, ...]:
        """Every plan, by name."""
        return self._plans.list_plans()

    def check(self, name: str, units: Sequence[Unit], as_of: datetime.date) -> tuple[TaskProgress, ...]:
        """How every task stands as of that day. ``units``: those that owners and groups may mean. UsageError: there is
        no such plan."""
        plan = self.plan(name)
        return assess_plan(self._store, plan, tuple(units), self._plans.marks(name), as_of)

    def check_seen(
        self, name: str, units: Sequence[Unit], as_of: datetime.date, scope: Scope
    ) -> tuple[TaskProgress, ...]:
        """The same as far as the scope shows it: the tasks of its units alone, by their own documents; made anew only
        where something was written since. UsageError as of ``check``."""
        plan = self.plan(name)
        written, key = self._plans.last_change(), _Seen(name, tuple(units), as_of, scope.units)
        kept = self._checked.get(key)
        if kept is None or kept[0] != written:
            progress = assess_plan(self._store, plan, tuple(units), self._plans.marks(name), as_of, scope)
            kept = self._checked[key] = (written, progress)
            for old in list(self._checked)[:-MOST_KEPT]:
                self._checked.pop(old, None)
        return kept[1]

    def mark(self, name: str, task: str, owner: str, status: TaskStatus, note: str, by: str) -> TaskMark:
        """Keeps what a person says of a task, for one owner or (empty) for all. UsageError: no such plan or task, or no
        reason given."""
        plan = self.plan(name)
        known = next((each for each in plan.tasks if each.code.casefold() == task.casefold()), None)
        if known is None:
            raise UsageError("plan-task-unknown", task=task, name=name, known=", ".join(t.code for t in plan.tasks))
        if not note.strip():
            raise UsageError("plan-mark-no-reason")
        mark = TaskMark(name, known.code, owner, status, note.strip(), by, datetime.datetime.now(datetime.UTC))
        self._plans.mark(mark)
        return mark

"""Plans and marks of one store. What writes raises ArchiveError where the archive is read-only."""

from __future__ import annotations

import datetime

from sqlalchemy import func, select

from evidence.model.plan import Plan, TaskMark, TaskStatus
from evidence.store import commands
from evidence.store.audit.tables import AuditRow
from evidence.store.packed_nouns import pack_noun, unpack_noun
from evidence.store.plans.tables import PlanRow, TaskMarkRow
from evidence.store.store import Store


class PlanStore:
    """The plans of one store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def put(self, plan: Plan, author: str) -> bool:
        """From now on this is the plan of that name; False where it is already, word for word."""
        packed = pack_noun(plan)
        with self._store.database.writing() as session:
            last = session.scalar(select(PlanRow).where(PlanRow.name == plan.name).order_by(PlanRow.id.desc()).limit(1))
            if last is not None and last.plan == packed:
                return False
            now = commands.current_time()
            session.add(PlanRow(name=plan.name, sha256=plan.sha256, plan=packed, author=author, at=now))
            commands.write_audit(session, "plan imported", plan.name, f"{plan.source} · {plan.sha256} · {author}")
            return True

    def get(self, name: str) -> Plan | None:
        """The last plan of that name. ArchiveError: it is damaged."""
        query = select(PlanRow).where(PlanRow.name == name).order_by(PlanRow.id.desc()).limit(1)
        with self._store.database.reading() as session:
            row = session.scalar(query)
            return unpack_noun(row.plan, Plan, self._store.folder) if row is not None else None

    def list_plans(self) -> tuple[Plan, ...]:
        """The last plan of each name, by name. ArchiveError: one is damaged."""
        last = select(func.max(PlanRow.id)).group_by(PlanRow.name)
        with self._store.database.reading() as session:
            rows = session.scalars(select(PlanRow).where(PlanRow.id.in_(last)).order_by(PlanRow.name))
            return tuple(unpack_noun(row.plan, Plan, self._store.folder) for row in rows)

    def last_change(self) -> int:
        """The number of the audit's last entry: whatever is written to the archive makes one."""
        with self._store.database.reading() as session:
            return session.scalar(select(func.max(AuditRow.id))) or 0

    def mark(self, mark: TaskMark) -> None:
        """Keeps what a person says of a task."""
        with self._store.database.writing() as session:
            session.add(
                TaskMarkRow(
                    plan=mark.plan,
                    task=mark.task,
                    owner=mark.owner,
                    status=mark.status.value,
                    note=mark.note,
                    author=mark.by,
                    at=commands.current_time(),
                )
            )
            commands.write_audit(session, "task marked", f"{mark.plan} {mark.task}", f"{mark.status} · {mark.by}")

    def marks(self, name: str) -> tuple[TaskMark, ...]:
        """Every mark on the tasks of that plan, the latest last."""
        query = select(TaskMarkRow).where(TaskMarkRow.plan == name).order_by(TaskMarkRow.id)
        with self._store.database.reading() as session:
            return tuple(_mark(row) for row in session.scalars(query))


def _mark(row: TaskMarkRow) -> TaskMark:
    return TaskMark(
        plan=row.plan,
        task=row.task,
        owner=row.owner,
        status=TaskStatus(row.status),
        note=row.note,
        by=row.author,
        at=datetime.datetime.fromisoformat(row.at),
    )

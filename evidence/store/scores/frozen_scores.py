"""The frozen points of an archive. Rows are only ever added; a name is given once.

What writes raises ArchiveError where the archive is read-only.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import select

from evidence.errors import UsageError
from evidence.model.frozen_scores import AuditHead
from evidence.store import commands
from evidence.store.audit.tables import AuditRow
from evidence.store.scores.score_schema import FrozenScoreRow
from evidence.store.store import Store


@dataclass(frozen=True, slots=True)
class StoredScores:
    """Frozen points as bytes, with their SHA-256."""

    name: str
    criteria_set: str
    data: bytes
    sha256: str
    author: str
    at: str


class FrozenUse(StrEnum):
    """What is done with points that leave the archive, as the audit has it."""

    EXPORTED = "scores exported"
    PUBLISHED = "scores published"


class FrozenScoreStore:
    """The frozen points of one store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def put(self, name: str, criteria_set: str, data: bytes, author: str, at: str) -> StoredScores:
        """Keeps them under that name. UsageError where it is taken."""
        sha256 = hashlib.sha256(data).hexdigest()
        with self._store.database.writing() as session:
            if session.scalars(select(FrozenScoreRow.id).where(FrozenScoreRow.name == name)).first() is not None:
                raise UsageError("frozen-name-taken", name=name)
            row = FrozenScoreRow(
                name=name, criteria_set=criteria_set, data=data, sha256=sha256, author=author, at=at
            )  # fmt: skip
            session.add(row)
            commands.write_audit(session, "scores frozen", name, f"{criteria_set} · {sha256} · {author}")
        return StoredScores(name, criteria_set, data, sha256, author, at)

    def all(self) -> tuple[StoredScores, ...]:
        """All of them, in the order in which they were frozen."""
        with self._store.database.reading() as session:
            rows = session.scalars(select(FrozenScoreRow).order_by(FrozenScoreRow.id))
            return tuple(
                StoredScores(row.name, row.criteria_set, row.data, row.sha256, row.author, row.at) for row in rows
            )

    def get(self, name: str) -> StoredScores:
        """Those of that name. UsageError where there are none."""
        every = self.all()
        found = next((each for each in every if each.name == name), None)
        if found is None:
            raise UsageError("frozen-none", name=name, names=", ".join(each.name for each in every) or "–")
        return found

    def note_use(self, name: str, criteria_set: str, use: FrozenUse) -> None:
        """Writes into the audit that points left the archive; ``name``: of frozen ones, empty for those of now."""
        sha256 = self.get(name).sha256 if name else ""
        with self._store.database.writing() as session:
            commands.write_audit(session, use.value, name or criteria_set, f"{criteria_set} · {sha256 or '–'}")

    def audit_head(self) -> AuditHead:
        """The last link of the audit's chain: its hash covers all entries before it."""
        query = select(AuditRow.id, AuditRow.hash).order_by(AuditRow.id.desc()).limit(1)
        with self._store.database.reading() as session:
            last = session.execute(query).first()
        return AuditHead(last[0], last[1]) if last else AuditHead(0, "")

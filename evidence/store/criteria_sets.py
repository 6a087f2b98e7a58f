"""The criteria sets of an archive, each under its name. A set never changes: another content needs another name."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from evidence.errors import CriteriaError
from evidence.store import commands
from evidence.store.schema import CriteriaSetRow
from evidence.store.store import Store


@dataclass(frozen=True, slots=True)
class StoredCriteriaSet:
    """A set as it was put there. ``text`` is its YAML file, ``source`` the name of the file it came from."""

    name: str
    text: str
    source: str
    sha256: str
    at: str


class CriteriaSetStore:
    """The sets of one store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def put(self, name: str, text: str, source: str, sha256: str) -> bool:
        """Keeps the set; False where it stands there already.

        CriteriaError where the name has another content; ArchiveError where nothing can be written.
        """
        with self._store.database.writing() as session:
            known = session.get(CriteriaSetRow, name)
            if known is not None:
                if known.text != text:
                    raise CriteriaError("criteria-set-other", set=name, source=known.source, at=known.at[:10])
                return False
            session.add(CriteriaSetRow(name=name, text=text, source=source, sha256=sha256, at=commands.current_time()))
            commands.write_audit(session, "criteria imported", name, f"{source} · {sha256}")
        return True

    def get(self, name: str) -> StoredCriteriaSet | None:
        with self._store.database.reading() as session:
            row = session.get(CriteriaSetRow, name)
            return _row_to_set(row) if row else None

    def names(self) -> tuple[str, ...]:
        """The name of every set."""
        with self._store.database.reading() as session:
            return tuple(session.scalars(select(CriteriaSetRow.name).order_by(CriteriaSetRow.name)))

    def all(self) -> tuple[StoredCriteriaSet, ...]:
        """Every set, by name."""
        with self._store.database.reading() as session:
            return tuple(
                _row_to_set(row) for row in session.scalars(select(CriteriaSetRow).order_by(CriteriaSetRow.name))
            )


def _row_to_set(row: CriteriaSetRow) -> StoredCriteriaSet:
    return StoredCriteriaSet(row.name, row.text, row.source, row.sha256, row.at)

"""Searches that people keep under a name. Rows are only ever added, with who and when; the last of a name counts.

What writes raises ArchiveError where the archive is read-only.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from evidence.store import commands
from evidence.store.searches.tables import SavedSearchRow
from evidence.store.store import Store


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """``query`` as it was typed; ``at``: when it was saved (ISO 8601)."""

    name: str
    query: str
    author: str
    at: str


class SavedSearches:
    """The saved searches of one store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def save(self, name: str, query: str, author: str) -> None:
        """From now on this is the search of that name."""
        with self._store.database.writing() as session:
            session.add(SavedSearchRow(name=name, query=query, author=author, at=commands.current_time()))
            commands.write_audit(session, "search saved", name, f"{query} · {author}")

    def list_saved(self) -> tuple[SavedSearch, ...]:
        """The last of each name, by name."""
        last = select(func.max(SavedSearchRow.id)).group_by(SavedSearchRow.name)
        query = select(SavedSearchRow).where(SavedSearchRow.id.in_(last)).order_by(SavedSearchRow.name)
        with self._store.database.reading() as session:
            return tuple(SavedSearch(row.name, row.query, row.author, row.at) for row in session.scalars(query))

    def list_saved_of(self, author: str) -> tuple[SavedSearch, ...]:
        """Those of one person, the last of each name, by name."""
        own = SavedSearchRow.author == author
        last = select(func.max(SavedSearchRow.id)).where(own).group_by(SavedSearchRow.name)
        query = select(SavedSearchRow).where(SavedSearchRow.id.in_(last)).order_by(SavedSearchRow.name)
        with self._store.database.reading() as session:
            return tuple(SavedSearch(row.name, row.query, row.author, row.at) for row in session.scalars(query))

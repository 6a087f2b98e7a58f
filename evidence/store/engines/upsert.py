"""Rows written in the place of those of the same key, in one statement."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from evidence.store.schema_base import Base


def put_rows(session: Session, table: type[Base], rows: Sequence[Mapping[str, object]], key: tuple[str, ...]) -> None:
    """Adds the rows; one whose ``key`` is there already takes the other values. Of rows that are equal in it, the last
    counts."""
    unique = {tuple(row[name] for name in key): row for row in rows}
    if unique:
        new = _begin_insert(session, table)
        changed = {name: new.excluded[name] for name in rows[0] if name not in key}
        session.execute(new.on_conflict_do_update(index_elements=list(key), set_=changed), list(unique.values()))


def _begin_insert(session: Session, table: type[Base]) -> sqlite.Insert | postgresql.Insert:
    """Both dialects have the same words for it, and share no class that has them."""
    return sqlite.insert(table) if session.get_bind().dialect.name == "sqlite" else postgresql.insert(table)

"""What all tables share: how their keys and indexes are named, and the triggers that make a table append-only."""

from __future__ import annotations

from sqlalchemy import DDL, MetaData, String, event
from sqlalchemy.orm import DeclarativeBase

SHA = String(64)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


def refuse_changes(table: str) -> None:
    """The database itself refuses to change or remove what stands in that table."""
    for act in ("update", "delete"):
        trigger = f"CREATE TRIGGER tr_{table}_{act} BEFORE {act.upper()} ON {table} "
        trigger += f"BEGIN SELECT RAISE(ABORT, '{table} are append-only'); END"
        statement = DDL(trigger)  # type: ignore[no-untyped-call]
        event.listen(Base.metadata.tables[table], "after_create", statement)

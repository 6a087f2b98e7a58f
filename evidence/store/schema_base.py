"""What all tables share: how their keys and indexes are named, how columns are kept, and the triggers that make a table
append-only.

Texts are compared byte by byte, on PostgreSQL as on SQLite: whatever the server's language, rows come in one order.
Numbers are of 64 bits on both.
"""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy import DDL, BigInteger, Integer, MetaData, String, event
from sqlalchemy.orm import DeclarativeBase

from evidence.store.engines.append_only import REFUSALS

BYTEWISE = "C"  # PostgreSQL's collation by bytes
SHA = String(64).with_variant(String(64, collation=BYTEWISE), "postgresql")
TEXT = String().with_variant(String(collation=BYTEWISE), "postgresql")  # migrations from 0029 on name their columns so
NUMBER = Integer().with_variant(BigInteger(), "postgresql")


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_name)s",
            "uq": "uq_%(table_name)s_%(column_0_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map: ClassVar = {str: TEXT, int: NUMBER}


APPEND_ONLY: list[str] = []  # the tables whose rows are never changed


def refuse_changes(table: str) -> None:
    """The database itself refuses to change or remove what stands in that table."""
    APPEND_ONLY.append(table)
    for dialect, make_statements in REFUSALS.items():
        for statement in make_statements(table):
            trigger = DDL(statement.replace("%", "%%"))  # type: ignore[no-untyped-call]
            event.listen(Base.metadata.tables[table], "after_create", trigger.execute_if(dialect=dialect))

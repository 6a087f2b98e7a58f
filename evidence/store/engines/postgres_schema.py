"""The tables on PostgreSQL, made of the mapper's in one step: no archive there is older than ``FIRST``.

An entry of a B-tree holds no more than 2,704 bytes, and a path, a unit or an annex's words may be longer. So texts of
no known length are found by hash indexes, and what must come once is held against itself by its MD5, which is no
secret here and guards nothing: two texts of one sum would be refused, never taken for one another.
"""

from __future__ import annotations

from sqlalchemy import Column, Connection, Index, String, Table, UniqueConstraint, text

from evidence.store.engines.all_tables import METADATA
from evidence.store.engines.append_only import ACTS, FUNCTION
from evidence.store.engines.migrate import run_migrations
from evidence.store.jobs.announcing import make_queue
from evidence.store.migrations import HEAD, KNOWN
from evidence.store.schema_base import APPEND_ONLY

FIRST = "0028"  # the first version that PostgreSQL was given
LONG = ("path", "path_bytes", "unit", "criterion")  # what a constraint of texts must not be too long for


def make_tables(connection: Connection, version: str) -> None:
    """Makes all tables of that version, which is none before ``FIRST``."""
    if version != HEAD or version not in KNOWN[KNOWN.index(FIRST) :]:
        raise ValueError(f"{version}: tables on PostgreSQL are made of this version alone")
    connection.execute(text(FUNCTION.replace(":", r"\:")))
    METADATA.create_all(connection, checkfirst=False)
    for table in METADATA.sorted_tables:
        _hash_long_texts(connection, table)
    make_queue(connection)
    connection.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY)"))
    connection.execute(text("INSERT INTO alembic_version VALUES (:version)"), {"version": version})


def bring_up_tables(connection: Connection) -> None:
    """Brings older tables to this version."""
    run_migrations(connection)


def missing_triggers(connection: Connection) -> list[str]:
    """The tables that are to be append-only and whose triggers are gone or were switched off."""
    query = text(
        "SELECT relname, count(*) AS triggers FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
        "WHERE NOT tgisinternal AND tgenabled IN ('O', 'A') AND relnamespace = current_schema()\\:\\:regnamespace "
        "AND tgname LIKE 'tr\\_%' GROUP BY relname"
    )
    guarded = {row.relname: row.triggers for row in connection.execute(query)}
    return [table for table in APPEND_ONLY if guarded.get(table, 0) <= len(ACTS)]


def _hash_long_texts(connection: Connection, table: Table) -> None:
    """Puts hash indexes in the place of those over one text without a length, and sums into constraints over paths."""
    for index in table.indexes:
        column = next(iter(index.columns), None)  # none: an index over an expression
        if (
            isinstance(index, Index)
            and column is not None
            and _is_long(column)
            and (len(index.columns) == 1 or column.name in LONG)
        ):
            connection.execute(text(f"DROP INDEX {index.name}"))
            connection.execute(text(f'CREATE INDEX {index.name} ON {table.name} USING hash ("{column.name}")'))
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint) and any(column.name in LONG for column in constraint.columns):
            summed = ", ".join(f'md5("{each.name}")' if each.name in LONG else f'"{each.name}"' for each in constraint)
            connection.execute(text(f"ALTER TABLE {table.name} DROP CONSTRAINT {constraint.name}"))
            connection.execute(text(f"CREATE UNIQUE INDEX {constraint.name} ON {table.name} ({summed})"))


def _is_long(column: Column[object]) -> bool:
    return isinstance(column.type, String) and column.type.length is None

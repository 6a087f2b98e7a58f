"""All rows of one database into another, of whichever kind: a backup of PostgreSQL is an SQLite file, and an archive
can move either way."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from itertools import chain, zip_longest

from sqlalchemy import Connection, Table, and_, delete, func, insert, select

from evidence.store.engines.all_tables import METADATA
from evidence.store.schema_base import APPEND_ONLY

LOT = 500  # rows under way at a time
FACTS = "facts"


def copy_tables(source: Connection, target: Connection) -> dict[str, int]:
    """Writes every row of the source into the target, a new database, in the place of those that a new one has; how
    many, by table. Both are inside transactions of the caller's."""
    copied = {}
    for table in METADATA.sorted_tables:
        if table.name not in APPEND_ONLY:
            target.execute(delete(table))
        copied[table.name] = 0
        for lot in _read_lots(source, table):
            target.execute(insert(table), lot)
            copied[table.name] += len(lot)
    return copied


def count_rows(connection: Connection) -> dict[str, int]:
    """How many rows each table has."""
    return {
        table.name: connection.scalar(select(func.count()).select_from(table)) or 0 for table in METADATA.sorted_tables
    }


def find_difference(first: Connection, second: Connection, apart: Collection[str] = ()) -> str | None:
    """The first table whose rows are not the same in both, one by one; ``apart``: names of facts that may differ."""
    for table in METADATA.sorted_tables:
        rows = (chain.from_iterable(_read_lots(connection, table, apart)) for connection in (first, second))
        if any(ours != theirs for ours, theirs in zip_longest(*rows)):
            return table.name
    return None


def count_broken_links(connection: Connection, table: Table) -> int:
    """How many rows of the table name a row of another that is not there."""
    broken = 0
    for constraint in table.foreign_key_constraints:
        pairs = [(key.parent, key.column) for key in constraint.elements]
        there = select(1).where(*(theirs == ours for ours, theirs in pairs)).exists()
        query = select(func.count()).select_from(table).where(and_(*(ours.is_not(None) for ours, _ in pairs)), ~there)
        broken += connection.scalar(query) or 0
    return broken


def _read_lots(source: Connection, table: Table, apart: Collection[str] = ()) -> Iterator[list[Mapping[str, object]]]:
    """In the order of their keys."""
    query = select(table).order_by(*table.primary_key)
    if apart and table.name == FACTS:
        query = query.where(table.c.name.not_in(apart))
    with source.execute(query, execution_options={"yield_per": LOT}) as rows:
        for lot in rows.mappings().partitions():
            yield [dict(row) for row in lot]

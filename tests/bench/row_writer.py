"""Papers written as rows, a lot a transaction: the same rows that ``Store.put`` makes, without its questions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import psycopg
from psycopg import sql
from sqlalchemy import Table, insert
from sqlalchemy.orm import Session

from evidence.store import mapping
from evidence.store.audit import chain
from evidence.store.audit.tables import AuditRow
from evidence.store.commands import current_time
from evidence.store.findings.marks import mark_set
from evidence.store.schema import Fact, PageRow
from evidence.store.schema_base import Base
from evidence.store.searches.tables import IndexLogRow
from evidence.store.store import Store
from tests.bench.papers import Paper

NUMBERED = ("id", None)  # the database gives the number
Rows = dict[str, list[dict[str, object]]]  # by table, in the order in which they refer to each other


def make_rows(papers: Iterable[Paper]) -> Rows:
    """All that is written of them beside the audit."""
    rows: Rows = {}
    for paper in papers:
        add_rows(rows, _list_rows(paper))
    return rows


def add_rows(rows: Rows, mapped: Iterable[Base]) -> None:
    for row in mapped:
        table = row.__table__
        assert isinstance(table, Table)
        values = {column.name: getattr(row, column.name) for column in table.columns}
        rows.setdefault(table.name, []).append({name: of for name, of in values.items() if (name, of) != NUMBERED})


def _list_rows(paper: Paper) -> list[Base]:
    now, sha256 = current_time(), paper.document.source.sha256
    document = mapping.document_to_row(paper.document, False, now)
    document.page_count, document.revision = 1 + len(paper.bodies), 3
    rows: list[Base] = [document, *mapping.pack_pages(paper.document)]
    rows += [PageRow(sha256=sha256, number=at, data=data) for at, data in enumerate(paper.bodies, 2)]
    rows += [mapping.record_to_row(paper.record, paper.record), *mapping.citations_to_rows(paper.record)]
    return [*rows, mapping.submission_to_row(paper.submission, now), IndexLogRow(sha256=sha256)]


class RowWriter:
    """Writes into a store, as the one who writes alone."""

    def __init__(self, store: Store) -> None:
        self._store = store
        with store.database.reading() as session:
            head = session.get(Fact, chain.HEAD)
        number, _, self._link = head.value.partition(" ") if head else ("0", "", chain.START)
        self._number = int(number)

    def write(self, rows: Rows) -> None:
        """Rows of new documents, and what the audit says of them."""
        for place in rows["submissions"]:
            where = f"{place['path']} · {place['unit']} · {place['criterion']}"
            self._add_audit(rows, "stored", str(place["sha256"]), "read")
            self._add_audit(rows, "submitted", str(place["sha256"]), where)
        with self._store.database.writing() as session:
            for name, lot in rows.items():
                _insert(session, Base.metadata.tables[name], lot)
            session.merge(Fact(name=chain.HEAD, value=f"{self._number} {self._link}"))

    def close(self) -> None:
        """All findings are to be found anew."""
        with self._store.database.writing() as session:
            mark_set(session, "bo")

    def _add_audit(self, rows: Rows, action: str, subject: str, detail: str) -> None:
        self._number += 1
        row = AuditRow(
            id=self._number, at=current_time(), action=action, subject=subject, detail=detail, actor="", role="",
            address="", before=None, after=None,
        )  # fmt: skip
        row.hash = self._link = chain.hash_row(self._link, row)
        add_rows(rows, [row])


def _insert(session: Session, table: Table, lot: Sequence[Mapping[str, object]]) -> None:
    """By COPY where the database has it: a fifth of the time."""
    driver = session.connection().connection.driver_connection
    if not isinstance(driver, psycopg.Connection):
        session.execute(insert(table), lot)
        return
    names = sql.SQL(", ").join(sql.Identifier(name) for name in lot[0])
    with driver.cursor().copy(sql.SQL("COPY {} ({}) FROM STDIN").format(sql.Identifier(table.name), names)) as copy:
        for row in lot:
            copy.write_row(tuple(row.values()))

"""Papers written as rows, a lot a transaction: the same rows that ``Store.put`` makes, without its questions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import psycopg
from psycopg import sql
from sqlalchemy import Table, insert
from sqlalchemy.orm import Session

from evidence.store import mapping
from evidence.store.audit import chain
from evidence.store.audit.tables import AuditRow
from evidence.store.commands import current_time
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


def write_rows(store: Store, rows: Rows) -> None:
    """Rows of new documents, and what the audit says of them, in one transaction."""
    with store.database.writing() as session:
        head = session.get(Fact, chain.HEAD)
        number, _, link = head.value.partition(" ") if head else ("0", "", chain.START)
        for at, row in enumerate(_list_audit(rows), int(number) + 1):
            row.id, row.hash = at, ""
            row.hash = link = chain.hash_row(link, row)
            number = str(at)
            add_rows(rows, [row])
        for name, lot in rows.items():
            _insert(session, Base.metadata.tables[name], lot)
        session.merge(Fact(name=chain.HEAD, value=f"{number} {link}"))


def _list_audit(rows: Rows) -> Iterator[AuditRow]:
    for place in list(rows["submissions"]):
        subject = str(place["sha256"])
        yield _audit("stored", subject, "read")
        yield _audit("submitted", subject, f"{place['path']} · {place['unit']} · {place['criterion']}")


def _audit(action: str, subject: str, detail: str) -> AuditRow:
    return AuditRow(
        at=current_time(), action=action, subject=subject, detail=detail, actor="", role="", address="", before=None,
        after=None,
    )  # fmt: skip


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

"""What is read from the database, inside one transaction of the caller's.

Whatever gives a record, page or document raises ArchiveError where its stored bytes are damaged.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from sqlalchemy import String, func, literal_column, or_, select, union
from sqlalchemy.orm import Session

from evidence.model.document import Document, Page
from evidence.model.record import Citation, Record
from evidence.store import mapping
from evidence.store.corrections import apply_corrections
from evidence.store.facts import Correction, Refusal, Volume
from evidence.store.schema import (
    MOST_LETTERS,
    NUMBER_LETTERS,
    BodyRow,
    CitationRow,
    CorrectionRow,
    DocumentRow,
    PageRow,
    PartNumberRow,
    RecordRow,
    RefusalRow,
    SubmissionRow,
)
from evidence.store.searches.stored_bytes import batch_hashes, decode_record

LAST_LETTER = "\U0010ffff"  # behind all others, byte by byte


def load_machine_record(session: Session, sha256: str) -> Record | None:
    """The record as the machine made it, without anybody's corrections."""
    row = session.get(RecordRow, sha256)
    return mapping.row_to_record(row) if row else None


def load_record(session: Session, sha256: str) -> Record | None:
    """The record that holds: the machine's with the corrections."""
    machine = load_machine_record(session, sha256)
    return apply_corrections(machine, load_corrections(session, sha256)) if machine else None


def load_corrections(session: Session, sha256: str | None = None) -> tuple[Correction, ...]:
    """What appraisers corrected, in order: of one document, or all."""
    query = select(CorrectionRow).order_by(CorrectionRow.id)
    if sha256 is not None:
        query = query.where(CorrectionRow.sha256 == sha256)
    return tuple(mapping.row_to_correction(row) for row in session.scalars(query))


def load_pages(session: Session, sha256: str) -> tuple[Page, ...]:
    rows = session.scalars(select(PageRow).where(PageRow.sha256 == sha256).order_by(PageRow.number))
    return tuple(mapping.row_to_page(row) for row in rows)


def load_texts(session: Session, sha256: str) -> Iterator[tuple[int, str]]:
    """Number and text of each page, read one by one."""
    rows = session.scalars(select(PageRow).where(PageRow.sha256 == sha256).order_by(PageRow.number))
    return ((row.number, mapping.row_to_text(row)) for row in rows)


def load_page(session: Session, sha256: str, number: int) -> Page | None:
    """One page as it was read."""
    row = session.get(PageRow, (sha256, number))
    return mapping.row_to_page(row) if row else None


def load_text(session: Session, sha256: str, number: int) -> str:
    """The text of that page; empty where there is no such page."""
    row = session.get(PageRow, (sha256, number))
    return mapping.row_to_text(row) if row else ""


def load_document(session: Session, sha256: str) -> Document | None:
    """The document as it was read, from its stored pages."""
    row = session.get(DocumentRow, sha256)
    return mapping.row_to_document(row, load_pages(session, sha256)) if row else None


def list_hashes(session: Session, other_than: int | None = None) -> tuple[str, ...]:
    """All documents; or those whose record another version of the grammar made."""
    query = select(DocumentRow.sha256).order_by(DocumentRow.stored_at, DocumentRow.sha256)
    if other_than is not None:
        query = query.outerjoin(RecordRow, RecordRow.sha256 == DocumentRow.sha256)
        query = query.where((RecordRow.grammar != other_than) | RecordRow.grammar.is_(None))
    return tuple(session.scalars(query))


def list_unfinished(session: Session, sha256: str | None = None) -> tuple[str, ...]:
    """The documents whose body is still to be read, in the order of their headers; or that one, if it is."""
    query = select(BodyRow.sha256).order_by(BodyRow.id)
    return tuple(session.scalars(query if sha256 is None else query.where(BodyRow.sha256 == sha256)))


def find_citing(session: Session, keys: Sequence[str], relations: Sequence[str]) -> tuple[str, ...]:
    """The documents that stand in one of those relations to a document with one of those numbers."""
    documents: set[str] = set()
    for batch in batch_hashes(keys):
        query = select(CitationRow.sha256).where(CitationRow.number_key.in_(batch))
        documents.update(session.scalars(query.where(CitationRow.relation.in_(relations))))
    return tuple(sorted(documents))


def load_refusals(session: Session) -> tuple[Refusal, ...]:
    return tuple(mapping.row_to_refusal(row) for row in session.scalars(select(RefusalRow).order_by(RefusalRow.id)))


def find_by_prefix(session: Session, prefix: str) -> tuple[str, ...]:
    """The documents whose hash begins so."""
    begins = (DocumentRow.sha256 >= prefix) & (DocumentRow.sha256 < f"{prefix}g")  # by the key: LIKE reads every row
    return tuple(session.scalars(select(DocumentRow.sha256).where(begins).order_by(DocumentRow.sha256)))


def find_by_number(session: Session, key: str) -> tuple[tuple[str, str | None], ...]:
    """The files of which a document, the first or a further one, bears this number, each with that one's date."""
    return find_by_numbers(session, (key,))[key]


def find_by_numbers(session: Session, keys: Sequence[str]) -> dict[str, tuple[tuple[str, str | None], ...]]:
    """The same for each of those numbers."""
    bearers: dict[str, list[tuple[str, str | None]]] = {key: [] for key in keys}
    for batch in batch_hashes(tuple(bearers)):
        parts = [
            select(row.number_key, row.sha256, row.date).where(row.number_key.in_(batch))
            for row in (RecordRow, PartNumberRow)
        ]
        both = union(*parts).subquery()
        for key, sha256, date in session.execute(select(both).order_by(both.c.date.nulls_first(), both.c.sha256)):
            bearers[key].append((sha256, date))
    return {key: tuple(each) for key, each in bearers.items()}


def list_cited_numbers(session: Session, letters: Collection[str] = ()) -> tuple[str, ...]:
    """The keys of all numbers that some document cites, each once; with ``letters`` (``khsxd``) at least those whose
    symbol begins so."""
    query = select(CitationRow.number_key).where(CitationRow.number_key.is_not(None)).distinct()
    if letters:
        begun = literal_column(NUMBER_LETTERS, String)
        starts = sorted({each[:MOST_LETTERS] for each in letters})
        query = query.where(or_(*((begun >= each) & (begun < f"{each}{LAST_LETTER}") for each in starts)))
    return tuple(str(key) for key in session.scalars(query.order_by(CitationRow.number_key)))


def list_citing_documents(session: Session) -> tuple[tuple[str, str], ...]:
    """Each number that is cited with each document that cites it."""
    query = select(CitationRow.number_key, CitationRow.sha256).where(CitationRow.number_key.is_not(None)).distinct()
    return tuple((str(key), sha256) for key, sha256 in session.execute(query))


def list_borne_numbers(session: Session) -> tuple[tuple[str, str], ...]:
    """Each number with each file of which a document bears it."""
    first = select(RecordRow.number_key, RecordRow.sha256).where(RecordRow.number_key.is_not(None))
    further = select(PartNumberRow.number_key, PartNumberRow.sha256)
    return tuple((str(key), sha256) for query in (first, further) for key, sha256 in session.execute(query))


def find_citations(session: Session, key: str, most: int | None = None) -> Iterator[tuple[str, Citation]]:
    """The places where this number is cited, all or the first: the citing document and the citation."""
    query = select(CitationRow.sha256, CitationRow.place).where(CitationRow.number_key == key)
    places = session.execute(query.order_by(CitationRow.sha256, CitationRow.place).limit(most))
    yield from load_citations(session, [(sha256, place) for sha256, place in places])


def find_many_citations(session: Session, keys: Sequence[str], most: int) -> Iterator[tuple[str, Citation]]:
    """The first places of each of those numbers, in order of the numbers."""
    nth = func.row_number().over(partition_by=CitationRow.number_key, order_by=(CitationRow.sha256, CitationRow.place))
    for batch in batch_hashes(keys):
        every = select(CitationRow.number_key, CitationRow.sha256, CitationRow.place, nth.label("nth"))
        first = every.where(CitationRow.number_key.in_(batch)).subquery()
        chosen = select(first.c.sha256, first.c.place).where(first.c.nth <= most)
        places = session.execute(chosen.order_by(first.c.number_key, first.c.nth))
        yield from load_citations(session, [(sha256, place) for sha256, place in places])


def load_citations(session: Session, places: Sequence[tuple[str, int]]) -> Iterator[tuple[str, Citation]]:
    """The citations at those places (document, which of its citations), each with its document; what is no longer
    there is left out."""
    records = load_records(session, tuple(dict.fromkeys(sha256 for sha256, _ in places)))
    for sha256, place in places:
        if sha256 in records:
            yield sha256, mapping.list_citations(records[sha256])[place]


def load_revisions(session: Session) -> dict[str, int]:
    rows = session.execute(select(DocumentRow.sha256, DocumentRow.revision))
    return {row.sha256: row.revision for row in rows}


def load_revision(session: Session, sha256: str) -> int:
    return session.get_one(DocumentRow, sha256).revision


def count_volume(session: Session) -> Volume:
    documents, page_count = session.execute(
        select(func.count(), func.coalesce(func.sum(DocumentRow.page_count), 0)).select_from(DocumentRow)
    ).one()
    submitted = session.scalar(select(func.count()).select_from(SubmissionRow)) or 0
    refused = session.scalar(select(func.count()).select_from(RefusalRow)) or 0
    return Volume(documents, int(page_count), submitted, refused)


def load_records(session: Session, wanted: Sequence[str]) -> dict[str, Record]:
    """Those records that are there, by hash. Many at a time: a query each would take four times as long."""
    corrections: dict[str, list[Correction]] = {}
    records = {}
    for batch in batch_hashes(wanted):
        corrected = select(CorrectionRow).where(CorrectionRow.sha256.in_(batch)).order_by(CorrectionRow.id)
        for row in session.scalars(corrected):
            corrections.setdefault(row.sha256, []).append(mapping.row_to_correction(row))
        query = select(RecordRow.sha256, RecordRow.data).where(RecordRow.sha256.in_(batch))
        for sha256, data in session.execute(query):
            records[sha256] = apply_corrections(decode_record(sha256, data), corrections.get(sha256, ()))
    return {sha256: records[sha256] for sha256 in wanted if sha256 in records}

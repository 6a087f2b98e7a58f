"""Nouns to rows, and back. The bytes are those of ``codec``; pages are compressed (to about a seventh).

ArchiveError, by the document's hash, where stored bytes are no longer what was put there.
"""

from __future__ import annotations

import datetime
import zlib
from dataclasses import replace

from evidence import codec
from evidence.messages import Message
from evidence.model.document import Document, Page
from evidence.model.placement import Submission
from evidence.model.problem import ProblemCode
from evidence.model.record import Citation, Record
from evidence.store.facts import Correction, Refusal, make_submission
from evidence.store.schema import (
    CitationRow,
    CorrectionRow,
    DocumentRow,
    PageRow,
    PartNumberRow,
    RecordRow,
    RefusalRow,
    SubmissionRow,
)
from evidence.store.searches.stored_bytes import StoredPage, decode_record, make_bytes_error

CLAIMS = ("received", "claimed_number", "claimed_date", "page")  # what may be said anew of a known submission


def _stored_page(row: PageRow) -> StoredPage:
    return StoredPage(row.sha256, row.number, row.data)


def document_to_row(document: Document, kept: bool, now: str) -> DocumentRow:
    source = document.source
    return DocumentRow(
        sha256=source.sha256,
        media_type=source.media_type,
        size=source.size,
        kept=kept,
        page_count=len(document.pages),
        head=encode_head(document),
        revision=1,
        stored_at=now,
    )


def encode_head(document: Document) -> bytes:
    """The document without its pages."""
    return codec.encode(replace(document, pages=()))


def page_to_row(sha256: str, page: Page) -> PageRow:
    return PageRow(sha256=sha256, number=page.number, data=zlib.compress(codec.encode(page)))


def pack_pages(document: Document) -> list[PageRow]:
    """The rows of its pages: what takes the time of writing a document, and needs no database."""
    return [page_to_row(document.source.sha256, page) for page in document.pages]


def row_to_page(row: PageRow) -> Page:
    return _stored_page(row).read_page()


def row_to_document(row: DocumentRow, pages: tuple[Page, ...]) -> Document:
    try:
        return replace(codec.decode(row.head, Document), pages=pages)
    except ValueError as error:
        raise make_bytes_error(row.sha256) from error


def row_to_text(row: PageRow) -> str:
    """The page's text alone."""
    return _stored_page(row).read_text().text


def row_to_correction(row: CorrectionRow) -> Correction:
    return Correction(row.sha256, row.field, row.value, row.author, row.at, row.page)


def record_to_row(record: Record, held: Record) -> RecordRow:
    """The machine's record; beside it what is searched by, of the record that holds, corrections and all."""
    return RecordRow(
        sha256=record.source.sha256,
        status=record.status.value,
        grammar=record.grammar,
        data=encode_record(record),
        **searched_values(held),
    )


def encode_record(record: Record) -> bytes:
    """The record, whole, as it is stored."""
    return codec.encode(record)


def searched_values(held: Record) -> dict[str, str | None]:
    """The values that the database is searched by, of the record that holds."""
    number, kind = held.number.value, held.kind.value
    issuer, date = held.issuer.value, held.date.value
    return {
        "number_key": number.key if number else None,
        "kind": kind.code or kind.name if kind else None,
        "issuer": issuer.name if issuer else None,
        "date": str(date) if date else None,
    }


def row_to_record(row: RecordRow) -> Record:
    return decode_record(row.sha256, row.data)


def citations_to_rows(record: Record) -> list[CitationRow]:
    """The citations of all documents of the file, in the order of ``list_citations``."""
    sha256 = record.source.sha256
    return [_citation_to_row(sha256, place, citation) for place, citation in enumerate(list_citations(record))]


def list_citations(record: Record) -> tuple[Citation, ...]:
    """The citations of all documents of the file, one after the other: their places in the database."""
    return tuple(citation for document in (record, *record.parts) for citation in document.citations)


def part_numbers_to_rows(held: Record) -> list[PartNumberRow]:
    """The numbers of the further documents of the file, with the dates."""
    return [
        PartNumberRow(
            sha256=held.source.sha256,
            place=place,
            number_key=part.number.value.key,
            date=str(part.date.value) if part.date.value else None,
        )
        for place, part in enumerate(held.parts, start=1)
        if part.number.value is not None
    ]


def _citation_to_row(sha256: str, place: int, citation: Citation) -> CitationRow:
    return CitationRow(
        sha256=sha256,
        place=place,
        number_key=citation.number.key if citation.number else None,
        date=str(citation.date) if citation.date else None,
        relation=citation.relation.value,
        page=citation.span.page,
        start=citation.span.start,
        end=citation.span.end,
    )


def submission_to_row(submission: Submission, now: str) -> SubmissionRow:
    return SubmissionRow(
        sha256=submission.sha256,
        path=submission.path,
        unit=submission.unit or "",
        criterion=submission.criterion or "",
        received=_iso(submission.received),
        claimed_number=submission.claimed_number,
        claimed_date=submission.claimed_date,
        page=submission.page,
        path_bytes=submission.path_bytes,
        by_layout=submission.by_layout,
        at=now,
    )


def row_to_submission(row: SubmissionRow) -> Submission:
    return make_submission(
        row.sha256,
        row.path,
        row.unit,
        row.criterion,
        row.received,
        row.claimed_number,
        row.claimed_date,
        row.page,
        row.path_bytes,
        row.by_layout,
    )


def refusal_to_row(refusal: Refusal, now: str) -> RefusalRow:
    return RefusalRow(
        path=refusal.path,
        unit=refusal.unit or "",
        criterion=refusal.criterion or "",
        received=_iso(refusal.received),
        problem=refusal.problem.value,
        message=codec.encode(refusal.message),
        at=now,
        path_bytes=refusal.path_bytes,
    )


def row_to_refusal(row: RefusalRow) -> Refusal:
    return Refusal(
        path=row.path,
        unit=row.unit or None,
        criterion=row.criterion or None,
        received=_date(row.received),
        problem=ProblemCode(row.problem),
        message=codec.decode(row.message, Message),
        path_bytes=row.path_bytes,
    )


def _iso(date: datetime.date | None) -> str | None:
    return date.isoformat() if date else None


def _date(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None

"""Nouns as rows, and back. The bytes are those of ``wire``; pages are compressed (to about a seventh)."""

from __future__ import annotations

import datetime
import zlib
from dataclasses import replace

import msgspec

from evidence import codec as wire
from evidence.errors import ArchiveError
from evidence.messages import Message
from evidence.model.assessment import Submission
from evidence.model.document import Document, Page
from evidence.model.problem import ProblemCode
from evidence.model.record import Citation, Record
from evidence.store.facts import Refusal
from evidence.store.schema import CitationRow, DocumentRow, PageRow, RecordRow, RefusalRow, SubmissionRow

CLAIMS = ("received", "claimed_number", "claimed_date", "page")  # what may be said anew of a known submission


def _illegible(sha256: str) -> ArchiveError:
    return ArchiveError("archive-illegible", "archive-illegible-hint", sha256=sha256)


def document_row(document: Document, kept: bool, now: str) -> DocumentRow:
    source = document.source
    return DocumentRow(
        sha256=source.sha256,
        media_type=source.media_type,
        size=source.size,
        kept=kept,
        page_count=len(document.pages),
        head=head(document),
        revision=1,
        stored_at=now,
    )


def head(document: Document) -> bytes:
    """The document without its pages."""
    return wire.encode(replace(document, pages=()))


def page_row(sha256: str, page: Page) -> PageRow:
    return PageRow(sha256=sha256, number=page.number, data=zlib.compress(wire.encode(page)))


def page(row: PageRow) -> Page:
    try:
        return wire.decode(zlib.decompress(row.data), Page)
    except (ValueError, zlib.error) as error:
        raise _illegible(row.sha256) from error


def document(row: DocumentRow, pages: tuple[Page, ...]) -> Document:
    try:
        return replace(wire.decode(row.head, Document), pages=pages)
    except ValueError as error:
        raise _illegible(row.sha256) from error


class _Word(msgspec.Struct):
    text: str


class _Line(msgspec.Struct):
    words: list[_Word]


class _Text(msgspec.Struct):
    lines: list[_Line]


_TEXT = msgspec.json.Decoder(_Text)


def text(row: PageRow) -> str:
    """The page's text alone, without its boxes: four times as fast as the whole page; equal to ``page(row).text``."""
    try:
        lines = _TEXT.decode(zlib.decompress(row.data)).lines
    except (msgspec.DecodeError, zlib.error) as error:
        raise _illegible(row.sha256) from error
    return "\n".join(" ".join(word.text for word in line.words) for line in lines)


def record_row(record: Record, held: Record) -> RecordRow:
    """The machine's record; beside it what is asked for, as it stands in the record that holds, corrections and all."""
    return RecordRow(
        sha256=record.source.sha256,
        status=record.status.value,
        grammar=record.grammar,
        data=wire.encode(record),
        **asked_for(held),
    )


def asked_for(held: Record) -> dict[str, str | None]:
    """The values that the database is searched by."""
    number, kind = held.number.value, held.kind.value
    issuer, date = held.issuer.value, held.date.value
    return {
        "number_key": number.key if number else None,
        "kind": kind.code or kind.name if kind else None,
        "issuer": issuer.name if issuer else None,
        "date": str(date) if date else None,
    }


def record(row: RecordRow) -> Record:
    return record_of(row.sha256, row.data)


def record_of(sha256: str, data: bytes) -> Record:
    try:
        return wire.decode(data, Record)
    except ValueError as error:
        raise _illegible(sha256) from error


def citation_row(sha256: str, place: int, citation: Citation) -> CitationRow:
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


def submission_row(submission: Submission, now: str) -> SubmissionRow:
    return SubmissionRow(
        sha256=submission.sha256,
        path=submission.path,
        unit=submission.unit or "",
        criterion=submission.criterion or "",
        received=_iso(submission.received),
        claimed_number=submission.claimed_number,
        claimed_date=submission.claimed_date,
        page=submission.page,
        at=now,
    )


def submission(row: SubmissionRow) -> Submission:
    return Submission(
        sha256=row.sha256,
        path=row.path,
        unit=row.unit or None,
        criterion=row.criterion or None,
        received=_date(row.received),
        claimed_number=row.claimed_number,
        claimed_date=row.claimed_date,
        page=row.page,
    )


def refusal_row(refusal: Refusal, now: str) -> RefusalRow:
    return RefusalRow(
        path=refusal.path,
        unit=refusal.unit or "",
        criterion=refusal.criterion or "",
        received=_iso(refusal.received),
        problem=refusal.problem.value,
        message=wire.encode(refusal.message),
        at=now,
    )


def refusal(row: RefusalRow) -> Refusal:
    return Refusal(
        path=row.path,
        unit=row.unit or None,
        criterion=row.criterion or None,
        received=_date(row.received),
        problem=ProblemCode(row.problem),
        message=wire.decode(row.message, Message),
    )


def _iso(date: datetime.date | None) -> str | None:
    return date.isoformat() if date else None


def _date(text: str | None) -> datetime.date | None:
    return datetime.date.fromisoformat(text) if text else None

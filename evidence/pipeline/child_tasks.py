"""The steps of the way from file to record, as the children of the pipeline take them: bytes come back."""

from __future__ import annotations

import gc
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from evidence import codec
from evidence.errors import UnreadableError
from evidence.extract import record
from evidence.ingest import media_types
from evidence.ingest import problems as file_problems
from evidence.ingest.digital_signatures import read_signatures
from evidence.ingest.formats import registry
from evidence.ingest.ocr.engine import Engine
from evidence.ingest.ocr.page import recognise_page
from evidence.ingest.reader_protocol import PageImage, ReadRequest, ReadResult
from evidence.ingest.sources.identify import access_problem
from evidence.model.document import Document, Source
from evidence.model.record import Record, Status
from evidence.sandbox.task import Failure, FailureReason, Reply

T = TypeVar("T")


def decode_reply(reply: Reply, kind: type[T]) -> T | Failure:
    """What the child sent, checked against its type; or why there is nothing."""
    if reply.data is None:
        return reply.failure or Failure(FailureReason.CRASHED)
    try:
        return codec.decode(reply.data, kind)
    except ValueError as error:
        return Failure(FailureReason.BAD_REPLY, str(error)[:200])


def record_without_fields(document: Document, failure: Failure) -> Record:
    """The record of a document whose extraction failed."""
    problems = (*document.problems, file_problems.of_extract(failure))
    bare = Record(document.source, Status.PARTLY_READ, problems=problems, grammar=record.GRAMMAR)
    return replace(bare, signatures=document.signatures, members=document.members)


# --- in the children ------------------------------------------------------------------------------------------------


def read(source: Source, request: ReadRequest) -> bytes:
    """What stands in the file. The child ends with it, and pages of a PDF leave no rings of objects: 284 of them left
    1,300 objects behind and took the same memory, less a tenth of the time of pages with text. Tables are read by
    pdfplumber, which does leave rings, and nobody knows of the libraries of other formats.

    UnreadableError where the file cannot be read."""
    if source.media_type == media_types.PDF and not request.tables:
        gc.disable()
    return codec.encode(_read(source, request))


def read_tables(source: Source, request: ReadRequest) -> bytes:
    """The tables of the file alone, page by page. UnreadableError where the file cannot be read."""
    return codec.encode(tuple(table for page in _read(source, request).pages for table in page.tables))


def _read(source: Source, request: ReadRequest) -> ReadResult:
    tempfile.tempdir = str(request.scratch)
    try:
        reader = registry.load_reader(source.media_type, request.tables)
        assert reader is not None, "refused before its task was made"
        return reader(request)
    except OSError as error:
        raise UnreadableError("damaged", access_problem(error, request.file), path=source.path) from error


def recognise(images: tuple[PageImage, ...], engine: Engine) -> bytes:
    """The pages by OCR."""
    return codec.encode(tuple(recognise_page(image, engine) for image in images))


def signed(file: Path, media_type: str, roots: tuple[bytes, ...]) -> bytes:
    """The digital signatures in the file."""
    return codec.encode(read_signatures(file, media_type, roots))


def extract(document: Document) -> bytes:
    """The record. The child ends with it: looking for garbage among a long text's objects took a fifth of the time of
    5 MB, and grew faster than the text (5.3 times the time of 1 MB; 4.6 without)."""
    gc.disable()
    return codec.encode(record.read_record(document))

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
from evidence.ingest import problems as reasons
from evidence.ingest.digital_signatures import read_signatures
from evidence.ingest.formats import registry
from evidence.ingest.ocr.engine import Engine
from evidence.ingest.ocr.page import recognise_page
from evidence.ingest.reader_protocol import PageImage, ReadRequest
from evidence.ingest.sources.identify import access_problem
from evidence.model.document import Document, Source
from evidence.model.record import Record, Status
from evidence.sandbox.pool import Failure, FailureReason, Reply

T = TypeVar("T")


def opened(reply: Reply, kind: type[T]) -> T | Failure:
    """The noun that the child sent, checked against its type; or why there is none."""
    if reply.data is None:
        return reply.failure or Failure(FailureReason.CRASHED)
    try:
        return codec.decode(reply.data, kind)
    except ValueError as error:
        return Failure(FailureReason.BAD_REPLY, str(error)[:200])


def without_fields(document: Document, failure: Failure) -> Record:
    """The record of a document whose extraction failed."""
    problems = (*document.problems, reasons.of_extract(failure))
    bare = Record(document.source, Status.PARTLY_READ, problems=problems, grammar=record.GRAMMAR)
    return replace(bare, signatures=document.signatures, members=document.members)


# --- in the children ------------------------------------------------------------------------------------------------


def read(source: Source, order: ReadRequest) -> bytes:
    """What stands in the file. The child ends with it, and pages of a PDF leave no rings of objects: 284 of them left
    1,300 objects behind and took the same memory, less a tenth of the time of pages with text. Tables are read by
    pdfplumber, which does leave rings, and nobody knows of the libraries of other formats."""
    tempfile.tempdir = str(order.scratch)
    if source.media_type == media_types.PDF and not order.tables:
        gc.disable()
    try:
        reader = registry.load_reader(source.media_type, order.tables)
        assert reader is not None, "refused before its task was made"
        return codec.encode(reader(order))
    except OSError as error:
        raise UnreadableError("damaged", access_problem(error, order.file), path=source.path) from error


def recognise(pages: tuple[PageImage, ...], reader: Engine) -> bytes:
    return codec.encode(tuple(recognise_page(one, reader) for one in pages))


def signed(file: Path, media_type: str, roots: tuple[bytes, ...]) -> bytes:
    return codec.encode(read_signatures(file, media_type, roots))


def extract(document: Document) -> bytes:
    """The record. The child ends with it: looking for garbage among a long text's objects took a fifth of the time of
    5 MB, and grew faster than the text (5.3 times the time of 1 MB; 4.6 without)."""
    gc.disable()
    return codec.encode(record.read_record(document))

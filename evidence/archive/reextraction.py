"""Records made again from what is stored: without OCR, without opening a file, and told field by field."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, fields

from evidence import codec
from evidence.config import Settings
from evidence.messages import Message
from evidence.model.document import Document
from evidence.model.job import JobKind, JobRequest
from evidence.model.problem import Problem
from evidence.model.record import FieldValue, Record
from evidence.pipeline.extract_many import extract_many, grammar_version
from evidence.store.store import Store

LOT = 100  # documents of a job: some seconds


@dataclass(frozen=True, slots=True)
class Reextraction:
    """A document whose record was made again. ``changed`` names the fields whose value is another one now;
    ``problem`` says why it could not be made: then the former record stays."""

    sha256: str
    path: str
    changed: tuple[str, ...]
    problem: Message | None = None


def list_rereadable(store: Store, stale: bool) -> tuple[str, ...]:
    """All documents, or those whose record another version of the grammar made."""
    return store.hashes(other_than=grammar_version() if stale else None)


def request_rereading(hashes: Sequence[str]) -> Iterator[JobRequest]:
    """Jobs that extract those documents again, a lot each: as many workers as there are share them."""
    for first in range(0, len(hashes), LOT):
        yield JobRequest(JobKind.REREAD, hashes[first], codec.encode(hashes[first : first + LOT]))


def read_lot(work: bytes) -> tuple[str, ...]:
    """The documents of such a job. ValueError: it is none."""
    return codec.decode(work, tuple[str, ...])


def reextract_documents(store: Store, settings: Settings, wanted: Sequence[str]) -> Generator[Reextraction, None, None]:
    """Extracts those documents again."""
    with closing(extract_many(_documents(store, wanted), settings)) as results:
        for document, after in results:
            source = document.source
            if isinstance(after, Problem):
                yield Reextraction(source.sha256, source.path, (), after.message)
                continue
            before = store.machine_record(source.sha256)
            changed = _changes(before, after)
            if changed or before is None or before.grammar != after.grammar:
                store.replace_record(after)
            yield Reextraction(source.sha256, source.path, changed)


def _documents(store: Store, wanted: Sequence[str]) -> Iterator[Document]:
    for sha256 in wanted:
        document = store.document(sha256)
        if document is not None:
            yield document


def _changes(before: Record | None, after: Record) -> tuple[str, ...]:
    """The fields whose value differs; where it stands and how sure it is may move without being told."""
    if before is None:
        return ("record",)
    names = [field.name for field in fields(Record) if field.name not in ("source", "pages", "grammar")]
    return tuple(name for name in names if _value(getattr(before, name)) != _value(getattr(after, name)))


def _value(field: object) -> object:
    return field.value if isinstance(field, FieldValue) else field

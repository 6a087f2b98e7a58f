"""One file -> its record, many files in parallel: the only place that knows both ingest and extract.

A single-threaded scheduler over ``worker.Pool``. A file is read in stretches of pages, each page that needs OCR is a task
of its own (one long scan uses all cores), and the finished document is turned into its record in a child too: hostile
text could cost time. Work on files begun comes before new files. A bad file is a result with its reasons, never an
exception.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TypeVar

from evidence import wire
from evidence.config import Limits, Settings
from evidence.errors import UnreadableError
from evidence.extract import record as extract
from evidence.ingest import formats, identify, scan
from evidence.ingest.ocr import Engine, engine
from evidence.ingest.reading import STRETCH, Order, Reading, Scan
from evidence.ingest.scan import ScanRead
from evidence.ingest.worker import Failure, Pool, Reason, Reply, Task
from evidence.messages import Message
from evidence.model import Document, Origin, Page, Problem, ProblemCode, Record, Source, Status

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file. ``seconds`` counts from the start of its first task."""

    source: Source
    document: Document
    record: Record
    seconds: float


@dataclass(slots=True)
class _Work:
    """A file under way."""

    source: Source
    folder: Path
    started: float
    pages: dict[int, Page] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    open: int = 0  # tasks not yet answered
    total: int | None = None
    document: Document | None = None


def read_files(sources: Iterable[Source], settings: Settings, tables: bool = False) -> Iterator[Outcome]:
    """The outcome of every file, in the order in which they are finished.

    MissingProgramError where the OCR engine is absent. Closing the generator kills every child.
    """
    reader = engine(settings.engine)
    reader.check()
    scratch = Path(tempfile.mkdtemp(prefix="evidence-"))
    try:
        with Pool(settings.jobs, settings.limits) as pool:
            yield from _Line(pool, scratch, settings.limits, reader, tables).run(iter(sources))
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


class _Line:
    """The production line: which task comes next, and what follows from a reply."""

    def __init__(self, pool: Pool, scratch: Path, limits: Limits, reader: Engine, tables: bool) -> None:
        self._pool = pool
        self._scratch = scratch
        self._limits = limits
        self._engine = reader
        self._tables = tables
        self._waiting: deque[Task] = deque()
        self._works: dict[int, _Work] = {}
        self._ready: deque[Outcome] = deque()

    def run(self, sources: Iterator[Source]) -> Iterator[Outcome]:
        number = 0
        more = True
        while more or self._waiting or self._pool.busy or self._ready:
            while self._pool.free and self._waiting:
                self._pool.start(self._waiting.popleft())
            while more and self._pool.free and not self._waiting and not self._ready:
                source = next(sources, None)
                more = source is not None
                if source is not None:
                    self._begin(number, source)
                    number += 1
                if self._waiting:
                    self._pool.start(self._waiting.popleft())
            if not self._ready:
                for reply in self._pool.wait():
                    self._take(reply)
            while self._ready:
                yield self._ready.popleft()

    def _begin(self, number: int, source: Source) -> None:
        work = _Work(source, self._scratch / str(number), time.monotonic())
        self._works[number] = work
        refused = _refusal(source)
        if refused:
            work.problems.append(refused)
            self._extract(number)
            return
        work.folder.mkdir()
        self._read(number, 0)

    def _read(self, number: int, first: int) -> None:
        work = self._works[number]
        order = partial(_read, work.source, work.folder, self._limits, first, self._tables)
        work.open += 1
        self._waiting.append(Task((number, "read", first), order, self._limits.document_seconds))

    def _take(self, reply: Reply) -> None:
        number, stage, detail = reply.key  # type: ignore[misc]
        work = self._works[number]
        work.open -= 1
        if stage == "read":
            self._was_read(number, detail, reply)
        elif stage == "ocr":
            self._was_scanned(work, detail, reply)
        else:
            self._was_extracted(number, reply)
            return
        if work.open == 0:
            self._extract(number)

    def _was_read(self, number: int, first: int, reply: Reply) -> None:
        work = self._works[number]
        reading, failure = _opened(reply, Reading)
        if reading is None:
            assert failure is not None
            work.problems.append(_problem(failure, self._limits))
            return
        work.problems += reading.problems
        work.pages.update((page.number, page) for page in reading.pages)
        for one in reading.scans:
            work.open += 1
            task = partial(_scan, one, self._engine)
            self._waiting.append(Task((number, "ocr", one), task, self._limits.page_seconds))
        if first == 0:
            self._rest(number, reading.total)

    def _rest(self, number: int, total: int) -> None:
        """Orders the stretches after the first, up to the limit of pages."""
        work = self._works[number]
        name = "frames" if work.source.media_type.startswith("image/") else "pages"
        limit = getattr(self._limits, name)
        if total > limit:
            params = {"total": str(total), "limit": str(limit), "name": name}
            work.problems.append(Problem(ProblemCode.TOO_LARGE, Message("too-many-pages", params)))
        for first in range(STRETCH, min(total, limit), STRETCH):
            self._read(number, first)

    def _was_scanned(self, work: _Work, asked: Scan, reply: Reply) -> None:
        result, failure = _opened(reply, ScanRead)
        if result is None:
            assert failure is not None
            work.problems.append(_page_problem(failure, asked.number))
            lines = (*asked.layer, *asked.widgets)
            origin = Origin.TEXT if lines else Origin.BLANK
            result = ScanRead(Page(asked.number, asked.width, asked.height, origin, lines))
        work.pages[asked.number] = result.page
        work.problems += result.problems
        Path(asked.file).unlink(missing_ok=True)

    def _extract(self, number: int) -> None:
        work = self._works[number]
        shutil.rmtree(work.folder, ignore_errors=True)
        pages = tuple(work.pages[page] for page in sorted(work.pages))
        problems = tuple(sorted(work.problems, key=lambda problem: problem.page or 0))
        work.document = Document(work.source, pages, problems)
        if not pages:
            self._finish(number, Record(work.source, Status.UNREADABLE, problems=problems, grammar=extract.GRAMMAR))
            return
        work.open += 1
        task = partial(_extract, work.document)
        self._waiting.appendleft(Task((number, "extract", 0), task, self._limits.document_seconds))

    def _was_extracted(self, number: int, reply: Reply) -> None:
        document = self._works[number].document
        assert document is not None
        record, failure = _opened(reply, Record)
        if record is None:
            assert failure is not None
            message = Message("extract-failed", {"detail": failure.detail or failure.reason})
            code = ProblemCode.TIME_OUT if failure.reason is Reason.TIME_OUT else ProblemCode.DOUBTFUL_TEXT
            problems = (*document.problems, Problem(code, message))
            record = Record(document.source, Status.PARTLY_READ, problems=problems, grammar=extract.GRAMMAR)
        self._finish(number, record)

    def _finish(self, number: int, record: Record) -> None:
        work = self._works.pop(number)
        assert work.document is not None
        self._ready.append(Outcome(work.source, work.document, record, time.monotonic() - work.started))


# --- in the children ------------------------------------------------------------------------------------------------


def _read(source: Source, folder: Path, limits: Limits, first: int, tables: bool) -> bytes:
    tempfile.tempdir = str(folder)
    try:
        file = identify.locate(source)
        order = Order(file, folder, limits, first, tables)
        return wire.encode(formats.READERS[source.media_type](order))
    except OSError as error:
        raise UnreadableError("damaged", identify.told(error), path=source.path) from error


def _scan(one: Scan, reader: Engine) -> bytes:
    return wire.encode(scan.read(one, reader))


def _extract(document: Document) -> bytes:
    return wire.encode(extract.read(document))


# --- what a reply means ---------------------------------------------------------------------------------------------


def _opened(reply: Reply, kind: type[T]) -> tuple[T | None, Failure | None]:
    """The noun that the child sent, checked against its type; or why there is none."""
    if reply.data is None:
        return None, reply.failure
    try:
        return wire.decode(reply.data, kind), None
    except ValueError as error:
        return None, Failure(Reason.BAD_REPLY, str(error)[:200])


def _refusal(source: Source) -> Problem | None:
    """Why no reader takes this file; ``None`` where one does."""
    if source.media_type in formats.READERS:
        return None
    if source.media_type == formats.ENCRYPTED:
        return Problem(ProblemCode.ENCRYPTED, Message("encrypted-office"))
    suffix = Path(source.path).suffix.lower()
    told = "not-what-it-says" if suffix in formats.SUFFIXES else "not-a-document"
    return Problem(ProblemCode.UNSUPPORTED, Message(told, {"kind": source.media_type, "suffix": suffix}))


def _problem(failure: Failure, limits: Limits) -> Problem:
    """A failed reading as a problem of the record."""
    if failure.problem and failure.message:
        return Problem(ProblemCode(failure.problem), failure.message)
    detail = {"detail": failure.detail or failure.reason.value}
    match failure.reason:
        case Reason.TIME_OUT:
            return Problem(ProblemCode.TIME_OUT, Message("problem-time-out"))
        case Reason.MEMORY:
            return Problem(ProblemCode.TOO_LARGE, Message("too-much-memory"))
        case Reason.TOO_MUCH:
            return Problem(
                ProblemCode.TOO_LARGE, Message("too-much-text", {"limit": str(limits.reply_bytes // 1_000_000)})
            )
        case Reason.CRASHED:
            return Problem(ProblemCode.DAMAGED, Message("reader-crashed", detail))
        case _:
            return Problem(ProblemCode.DAMAGED, failure.message or Message("reader-failed", detail))


def _page_problem(failure: Failure, page: int) -> Problem:
    """A failed OCR of one page as a problem of the record."""
    if failure.reason is Reason.TIME_OUT:
        return Problem(ProblemCode.TIME_OUT, Message("page-time-out", {"page": str(page)}), page)
    params = {"page": str(page), "detail": failure.detail or failure.reason.value}
    return Problem(ProblemCode.DAMAGED, Message("page-failed", params), page)

"""One file -> its record, many files in parallel: the only place that knows both ingest and extract.

A single-threaded scheduler over ``worker.Pool``. A file is read in stretches of pages; those that need OCR are read a
few in a child, so that one long scan uses all cores; the document is turned into its record in a child too: hostile
text could cost time. Files begun come before new ones, images before the drawing of more. A bad file is a result with
its reasons, never an exception. What the children do stands in ``steps``.
"""

from __future__ import annotations

import shutil
import tempfile
import time
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from dataclasses import replace
from functools import cached_property, partial
from heapq import heappop, heappush
from itertools import count
from pathlib import Path, PurePath

from evidence.config import Settings
from evidence.errors import UnreadableError
from evidence.extract import record
from evidence.extract.preload import load_tables
from evidence.ingest import member_sources as nest
from evidence.ingest import problems as reasons
from evidence.ingest.digital_signatures import SIGNED, FileSignatures, load_trusted_roots, preload
from evidence.ingest.formats import registry
from evidence.ingest.ocr.engine import CountsSource, Engine, create_engine
from evidence.ingest.ocr.fingerprint import fingerprint
from evidence.ingest.ocr.page import RecognisedPage, preload_engine
from evidence.ingest.reader_protocol import STRETCH, PageImage, ReadRequest, ReadResult
from evidence.ingest.sources.identify import open_file
from evidence.model.document import Document, Source
from evidence.model.problem import Problem, ProblemCode
from evidence.model.record import Record
from evidence.pipeline import child_tasks as steps
from evidence.pipeline.ocr_batches import Due, header, ours, shared_out, without_ocr
from evidence.pipeline.ocr_memory import Memory
from evidence.pipeline.state import URGENCY, Custody, FileProgress, FileRequest, FileResult, TaskKey, TaskStage
from evidence.sandbox.policy import Permissions
from evidence.sandbox.pool import Failure, FailureReason, Pool, Reply, Task
from evidence.store.ocr_cache import PageCache
from evidence.store.originals import copy_checked


def read_files(
    requests: Iterable[FileRequest],
    settings: Settings,
    tables: bool = False,
    wanted: Callable[[Source], bool] = lambda source: True,
    headers: bool = False,
    cache: PageCache | None = None,
    own: CountsSource | None = None,
) -> Generator[FileResult, None, None]:
    """The outcome of every file, in the order in which they are finished; files inside a file follow it, if they are
    ``wanted`` (asked once the outcome of the file around them was taken).

    ``headers``: of a file that needs OCR beyond its first page, or has more than a stretch of pages, the first page
    alone; its record is ``unfinished``. ``cache``: pages whose OCR is kept there are not recognised again. ``own``: the
    archive's counts of syllables.

    MissingProgramError when a page needs OCR and the engine is absent. Closing the generator kills every child.
    """
    reader = create_engine(settings.engine, own)
    scratch = Path(tempfile.mkdtemp(prefix="evidence-"))
    try:
        with Pool(settings.jobs, settings.limits) as pool:
            yield from _Line(pool, scratch, settings, reader, cache, tables, headers).run(iter(requests), wanted)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


class _Line:
    """The production line: which task comes next, and what follows from a reply."""

    def __init__(
        self,
        pool: Pool,
        scratch: Path,
        settings: Settings,
        reader: Engine,
        cache: PageCache | None,
        tables: bool,
        headers: bool,
    ) -> None:
        self._pool, self._scratch, self._limits = pool, scratch, settings.limits
        self._roots = load_trusted_roots(settings.trust_roots)
        self._engine, self._tables, self._headers = reader, tables, headers
        self._memory = Memory(cache, partial(fingerprint, reader, settings.limits)) if cache else None
        self._waiting: list[tuple[tuple[int, int], int, Task]] = []  # a heap: oldest file first
        self._works: dict[int, FileProgress] = {}
        self._ready: deque[tuple[FileResult, FileProgress]] = deque()
        self._order, self._count = count(), 0

    def run(self, requests: Iterator[FileRequest], wanted: Callable[[Source], bool]) -> Iterator[FileResult]:
        more = True
        while more or self._works or self._ready:
            while more and self._pool.free > len(self._waiting) and not self._ready:
                request = next(requests, None)
                more = request is not None
                if request is not None:
                    self._begin(request)
            self._start()
            if not self._ready:
                for reply in self._pool.wait():
                    self._take(reply)
            while self._ready:
                outcome, work = self._ready.popleft()
                yield outcome
                self._open(work, wanted)

    def _start(self) -> None:
        while self._pool.free and self._waiting:
            self._pool.start(heappop(self._waiting)[2])

    def _open(self, work: FileProgress, wanted: Callable[[Source], bool]) -> None:
        """Begins the files inside a file that was told, and lets go of its own bytes."""
        if work.request.custody is Custody.SCRATCH:
            work.file.unlink(missing_ok=True)
        for member in work.inside:
            if wanted(member.source):
                depth = work.request.depth + 1
                self._begin(FileRequest(member.source, member.file, Custody.SCRATCH, work.envelope, depth))
            else:
                member.file.unlink(missing_ok=True)

    def _begin(self, request: FileRequest) -> None:
        number, self._count = self._count, self._count + 1
        source, folder = request.source, self._scratch / str(number)
        work = FileProgress(request, folder, time.monotonic(), request.file, envelope=request.envelope)
        self._works[number] = work
        refused = reasons.of_type(source, self._tables) or reasons.of_depth(source, request.depth, self._limits)
        refused = refused or self._make_ready(work)
        if refused:
            work.problems.append(refused)
            self._close(number)
            return
        self._read(number, 0)
        if source.media_type in SIGNED:
            self._start()  # its pages are drawn while pyHanko is loaded, once
            preload()
            run = partial(steps.signed, work.file, source.media_type, self._roots)
            self._add(TaskKey(number, TaskStage.SIGN), run, self._limits.document_seconds, Permissions((work.file,)))

    def _make_ready(self, work: FileProgress) -> Problem | None:
        """Makes the file's folder; in it, of a file that is somebody else's, the copy that is read. Why not, if so."""
        work.folder.mkdir()
        if work.request.custody is not Custody.GIVEN:
            return None
        work.file = self._scratch / f"copy-{work.folder.name}"
        try:
            with open_file(work.request.file) as given, work.file.open("xb") as copy:
                copy_checked(given, copy, work.source.sha256, work.source.path)
        except UnreadableError as error:
            return Problem(ProblemCode(error.problem), error.message)
        return None

    def _read(self, number: int, first: int, end: int | None = None) -> None:
        work = self._works[number]
        name = PurePath(work.source.path).name
        order = ReadRequest(work.file, work.folder, self._limits, first, self._tables, self._headers, end, name)
        run = partial(steps.read, work.source, order)
        programs = registry.PROGRAMS.get(work.source.media_type, ())
        leave = Permissions((work.file,), (work.folder,), programs)
        self._add(TaskKey(number, TaskStage.READ, first, end), run, self._limits.document_seconds, leave)

    def _ocr(self, step: TaskKey, seconds: float) -> None:
        """Orders the OCR of some pages; the program reads and writes beside their images only."""
        pages = tuple(one.scan for one in step.due)
        leave = Permissions((), (Path(pages[0].file).parent,), self._engine.programs)
        self._add(step, partial(steps.recognise, pages, self._reader), seconds, leave)

    def _add(self, step: TaskKey, run: Callable[[], bytes], seconds: float, leave: Permissions) -> None:
        """Queues a task: of the oldest file first, and of that what ends it first."""
        self._works[step.number].open += 1
        urgency = (step.number, URGENCY[step.stage])
        heappush(self._waiting, (urgency, next(self._order), Task(step, run, seconds, leave)))

    def _take(self, reply: Reply) -> None:
        step = reply.key
        assert isinstance(step, TaskKey)
        work = self._works[step.number]
        work.open -= 1
        if step.stage is TaskStage.EXTRACT:
            self._was_extracted(step.number, reply)
            return
        if step.stage is TaskStage.SIGN:
            self._was_signed(work, reply)
        elif step.stage is TaskStage.OCR:
            self._were_recognised(step, work, reply)
        else:
            self._was_read(step, work, reply)
        if work.open == 0:
            self._close(step.number)

    def _was_signed(self, work: FileProgress, reply: Reply) -> None:
        """Signatures that cannot be read are said to be so: never is the file taken for unsigned."""
        result = steps.opened(reply, FileSignatures)
        if isinstance(result, Failure):
            result = FileSignatures((), (reasons.of_signatures(result),))
        work.signatures = result.signatures
        work.problems += result.problems

    def _was_read(self, step: TaskKey, work: FileProgress, reply: Reply) -> None:
        reading = steps.opened(reply, ReadResult)
        if isinstance(reading, Failure):
            work.problems.append(reasons.of_file(reading, self._limits))
            return
        total = min(reading.total, registry.page_limit(work.source.media_type, self._limits)[0])
        if self._headers and 0 < len(reading.pages) + len(reading.scans) < total:
            work.unread = total - 1
            reading = header(reading, total)
        work.problems += reading.problems
        work.envelope = reading.envelope or work.envelope
        if reading.held:
            folder = self._scratch / f"in-{step.number}"
            work.inside, empty = nest.adopt(work.source, reading.held, folder, self._limits)
            work.problems += empty
        work.pages.update((page.number, page) for page in reading.pages)
        waiting = [due for one in ours(reading.scans, work.folder) if (due := self._not_recalled(work, one))]
        for some in shared_out(waiting, self._pool.jobs):
            self._ocr(TaskKey(step.number, TaskStage.OCR, due=some), len(some) * self._limits.page_seconds)
        if waiting:
            self._start()
            load_tables()  # once, while the first pages are recognised
        end = step.end or step.first + STRETCH
        if not work.unread and reading.left is not None and step.first < reading.left < end:
            self._read(step.number, reading.left, end)
        if not work.unread and step.first == 0:
            self._rest(step.number, work, reading.total)

    def _not_recalled(self, work: FileProgress, one: PageImage) -> Due | None:
        """The page as one to be recognised; ``None`` once its OCR was recalled."""
        key, known = self._memory.ask(one) if self._memory else (None, None)
        if known is None:
            return Due(one, key)
        work.recalled += 1
        self._put_in(work, one, known)
        return None

    @cached_property
    def _reader(self) -> Engine:
        """The engine, checked and loaded: once, before the first page is handed to it."""
        preload_engine(self._engine)
        return self._engine

    def _rest(self, number: int, work: FileProgress, total: int) -> None:
        """Orders the stretches after the first, up to the limit of pages."""
        limit, name = registry.page_limit(work.source.media_type, self._limits)
        if total > limit:
            work.problems.append(reasons.of_length(total, limit, name))
        for first in range(STRETCH, min(total, limit), STRETCH):
            self._read(number, first)

    def _were_recognised(self, step: TaskKey, work: FileProgress, reply: Reply) -> None:
        result = steps.opened(reply, tuple[RecognisedPage, ...])
        if not isinstance(result, Failure) and len(result) != len(step.due):
            result = Failure(FailureReason.BAD_REPLY, f"{len(result)} pages")
        if isinstance(result, Failure):
            self._failed(step, work, result)
            return
        for due, read in zip(step.due, result, strict=True):
            if self._memory and due.known:
                self._memory.keep(due.known, read)
            self._put_in(work, due.scan, read)

    def _failed(self, step: TaskKey, work: FileProgress, failure: Failure) -> None:
        """Pages that failed together are tried one by one: the fault is one's, and the others are good."""
        if len(step.due) > 1:
            for one in step.due:
                self._ocr(replace(step, due=(one,)), self._limits.page_seconds)
            return
        if failure.reason is FailureReason.TIME_OUT and not step.again:
            # a machine that is busy with other things makes good pages late: once more, with twice the time
            self._ocr(replace(step, again=True), 2 * self._limits.page_seconds)
            return
        asked = step.due[0].scan
        work.problems.append(reasons.of_page(failure, asked.number))
        self._put_in(work, asked, without_ocr(asked))

    def _put_in(self, work: FileProgress, asked: PageImage, result: RecognisedPage) -> None:
        work.pages[asked.number] = result.page
        work.problems += result.problems
        Path(asked.file).unlink(missing_ok=True)

    def _close(self, number: int) -> None:
        """All pages are there: the document is whole and goes to extraction."""
        work = self._works[number]
        shutil.rmtree(work.folder, ignore_errors=True)
        if work.request.custody is Custody.GIVEN and work.file != work.request.file:
            work.file.unlink(missing_ok=True)
        pages = tuple(work.pages[page] for page in sorted(work.pages))
        problems = tuple(sorted(reasons.told(work.problems, bool(pages)), key=lambda problem: problem.page or 0))
        held = tuple(one.member for one in work.inside)
        work.document = Document(work.source, pages, problems, work.signatures, work.envelope, held)
        if not pages:
            self._finish(number, record.read_record(work.document))
            return
        load_tables()
        run = partial(steps.extract, work.document)
        self._add(TaskKey(number, TaskStage.EXTRACT), run, self._limits.document_seconds, Permissions())

    def _was_extracted(self, number: int, reply: Reply) -> None:
        document = self._works[number].document
        assert document is not None
        record = steps.opened(reply, Record)
        if isinstance(record, Failure):
            record = steps.without_fields(document, record)
        self._finish(number, record)

    def _finish(self, number: int, record: Record) -> None:
        work = self._works.pop(number)
        assert work.document is not None
        seconds = time.monotonic() - work.started
        file = work.file if work.request.custody is Custody.SCRATCH else None
        self._ready.append((FileResult(work.source, work.document, record, seconds, file, work.recalled), work))

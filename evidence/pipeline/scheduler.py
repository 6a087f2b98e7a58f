"""One file -> its record, many files in parallel: the only place that knows both ingest and extract.

A single-threaded scheduler over ``sandbox.pool``. A file is read in stretches of pages; those that need OCR are read a
few in a child, so that one long scan uses all cores; the document is turned into its record in a child too: hostile
text could cost time. Files begun come before new ones, images before the drawing of more. A bad file is a result with
its reasons, never an exception. What the children do stands in ``child_tasks``.
"""

from __future__ import annotations

import shutil
import time
from collections import deque
from collections.abc import Generator, Iterable
from contextlib import closing
from functools import partial
from pathlib import Path, PurePath

from evidence.config import Settings
from evidence.errors import UnreadableError
from evidence.extract.preload import load_tables
from evidence.extract.record import read_record
from evidence.ingest import problems
from evidence.ingest.digital_signatures import SIGNED, FileSignatures, load_trusted_roots, preload
from evidence.ingest.formats import registry
from evidence.ingest.member_sources import adopt_members
from evidence.ingest.ocr.engine import create_engine
from evidence.ingest.reader_protocol import STRETCH, ReadRequest, ReadResult
from evidence.ingest.sources.identify import open_file
from evidence.model.document import Document
from evidence.model.problem import Problem, ProblemCode
from evidence.model.record import Record
from evidence.pipeline import child_tasks
from evidence.pipeline.ocr_batches import header_only
from evidence.pipeline.own_spelling import ArchiveSpelling
from evidence.pipeline.page_progress import tell_pages
from evidence.pipeline.recognition import Recognition
from evidence.pipeline.requests import Custody, FileRequest, FileResult, RequestQueue
from evidence.pipeline.scratch import scratch_folder
from evidence.pipeline.state import FileProgress, TaskKey, TaskStage
from evidence.pipeline.task_queue import TaskQueue
from evidence.sandbox.policy import Permissions
from evidence.sandbox.pool import Pool
from evidence.sandbox.task import Failure, Reply, Task
from evidence.store.caches.ocr_cache import PageCache
from evidence.store.originals import copy_checked


def read_files(
    requests: Iterable[FileRequest], settings: Settings, tables: bool = False
) -> Generator[FileResult, None, None]:
    """The result of every file and of all files inside it, in the order in which they are finished. ``tables``: with
    the tables of its pages. Errors as of ``read_queue``. Closing the generator kills every child."""
    queue = RequestQueue(requests)
    with closing(read_queue(queue, settings, tables)) as results:
        for result in results:
            queue.add(result.members)
            yield result


def read_queue(
    queue: RequestQueue,
    settings: Settings,
    tables: bool = False,
    headers: bool = False,
    cache: PageCache | None = None,
    spelling: ArchiveSpelling | None = None,
) -> Generator[FileResult, None, None]:
    """The result of every file in the queue, in the order in which they are finished. Files inside a file are read if
    they are added to the queue before the next result is asked for.

    ``headers``: of a file that needs OCR beyond its first page, or has more than a stretch of pages, the first page
    alone; its record is ``unfinished``. ``cache``: pages whose OCR is kept there are not recognised again.
    ``spelling``: what an archive's own text teaches the spelling of its scans.

    UsageError where there is no such engine; MissingProgramError when a page needs OCR and the engine is absent.
    Closing the generator kills every child.
    """
    reader = create_engine(settings.engine)
    with scratch_folder() as scratch, Pool(settings.jobs, settings.limits) as pool:
        recognition = Recognition(reader, settings.limits, pool.jobs, cache, spelling)
        yield from _Scheduler(pool, scratch, settings, recognition, tables, headers).run(queue)


class _Scheduler:
    """Which task comes next, and what follows from a reply."""

    def __init__(
        self, pool: Pool, scratch: Path, settings: Settings, recognition: Recognition, tables: bool, headers: bool
    ) -> None:
        self._pool, self._scratch, self._limits = pool, scratch, settings.limits
        self._roots = load_trusted_roots(settings.trust_roots)
        self._recognition, self._tables, self._headers = recognition, tables, headers
        self._tasks = TaskQueue(pool)
        self._files: dict[int, FileProgress] = {}
        self._finished: deque[tuple[FileResult, FileProgress]] = deque()
        self._count = 0

    def run(self, queue: RequestQueue) -> Generator[FileResult, None, None]:
        while True:
            while self._tasks.has_room and not self._finished and (request := queue.take()) is not None:
                self._begin(request)
            self._tasks.start()
            if not self._finished:
                if not self._files:
                    return
                for reply in self._pool.wait():
                    self._take_reply(reply)
            while self._finished:
                result, progress = self._finished.popleft()
                yield result
                self._let_go(progress, result, queue)

    def _let_go(self, progress: FileProgress, result: FileResult, queue: RequestQueue) -> None:
        """Removes the bytes of a file whose result was taken, and of files inside it that nobody asks for."""
        if progress.request.custody is Custody.SCRATCH:
            progress.file.unlink(missing_ok=True)
        for member in result.members:
            if not queue.holds(member):
                member.file.unlink(missing_ok=True)

    def _begin(self, request: FileRequest) -> None:
        number, self._count = self._count, self._count + 1
        source, folder = request.source, self._scratch / str(number)
        progress = FileProgress(request, folder, time.monotonic(), request.file, envelope=request.envelope)
        self._files[number] = progress
        refused = problems.of_type(source, self._tables) or problems.of_depth(source, request.depth, self._limits)
        refused = refused or self._make_ready(progress)
        if refused:
            progress.problems.append(refused)
            self._close(number)
            return
        self._read(number, 0)
        if source.media_type in SIGNED:
            self._tasks.start()  # its pages are drawn while pyHanko is loaded, once
            preload()
            run = partial(child_tasks.signed, progress.file, source.media_type, self._roots)
            permissions = Permissions((progress.file,))
            self._add(Task(TaskKey(number, TaskStage.SIGN), run, self._limits.document_seconds, permissions))

    def _make_ready(self, progress: FileProgress) -> Problem | None:
        """Makes the file's folder, and of a file that is somebody else's the copy that is read. Why not, if so."""
        progress.folder.mkdir()
        if progress.request.custody is not Custody.GIVEN:
            return None
        progress.file = self._scratch / f"copy-{progress.folder.name}"
        try:
            with open_file(progress.request.file) as given, progress.file.open("xb") as copy:
                copy_checked(given, copy, progress.source.sha256, progress.source.path)
        except UnreadableError as error:
            return Problem(ProblemCode(error.problem), error.message)
        return None

    def _read(self, number: int, first: int, end: int | None = None) -> None:
        """Orders a stretch of pages."""
        progress = self._files[number]
        name = PurePath(progress.source.path).name
        request = ReadRequest(
            progress.file, progress.folder, self._limits, first, self._tables, self._headers, end, name
        )
        programs = registry.PROGRAMS.get(progress.source.media_type, ())
        run = partial(child_tasks.read, progress.source, request)
        permissions = Permissions((progress.file,), (progress.folder,), programs)
        self._add(Task(TaskKey(number, TaskStage.READ, first, end), run, self._limits.document_seconds, permissions))

    def _add(self, *tasks: Task) -> None:
        for task in tasks:
            assert isinstance(task.key, TaskKey)
            self._files[task.key.number].open += 1
        self._tasks.add(tasks)

    def _take_reply(self, reply: Reply) -> None:
        key = reply.key
        assert isinstance(key, TaskKey)
        progress = self._files[key.number]
        progress.open -= 1
        match key.stage:
            case TaskStage.EXTRACT:
                self._take_record(key.number, reply)
                return
            case TaskStage.SIGN:
                _take_signatures(progress, reply)
            case TaskStage.OCR:
                self._add(*self._recognition.take_reply(key, progress, reply))
            case TaskStage.READ:
                self._take_pages(key, progress, reply)
        tell_pages(progress.source.sha256, len(progress.pages), progress.total)
        if progress.open == 0:
            self._close(key.number)

    def _take_pages(self, key: TaskKey, progress: FileProgress, reply: Reply) -> None:
        result = child_tasks.decode_reply(reply, ReadResult)
        if isinstance(result, Failure):
            progress.problems.append(problems.of_file(result, self._limits))
            return
        total = min(result.total, registry.page_limit(progress.source.media_type, self._limits)[0])
        progress.total = total
        if self._headers and 0 < len(result.pages) + len(result.page_images) < total:
            progress.unread = total - 1
            result = header_only(result, total)
        progress.problems += result.problems
        progress.envelope = result.envelope or progress.envelope
        progress.pages.update((page.number, page) for page in result.pages)
        too_deep = problems.of_embedded(progress.request.depth, self._limits) if result.embedded else None
        if too_deep is not None:
            progress.problems.append(too_deep)
        elif result.embedded:
            folder = self._scratch / f"in-{key.number}"
            progress.members, empty = adopt_members(progress.source, result.embedded, folder, self._limits)
            progress.problems += empty
        tasks = self._recognition.plan_pages(key.number, progress, result.page_images)
        if tasks:
            self._add(*tasks)
            self._tasks.start()
            load_tables()  # once, while the first pages are recognised
        self._read_on(key, progress, result)

    def _read_on(self, key: TaskKey, progress: FileProgress, result: ReadResult) -> None:
        """Orders what is left of a stretch, and after the first stretch the others, up to the limit of pages."""
        if progress.unread:
            return
        end = key.end or key.first + STRETCH
        if result.left is not None and key.first < result.left < end:
            self._read(key.number, result.left, end)
        if key.first == 0:
            limit, name = registry.page_limit(progress.source.media_type, self._limits)
            if result.total > limit:
                progress.problems.append(problems.of_length(result.total, limit, name))
            for first in range(STRETCH, min(result.total, limit), STRETCH):
                self._read(key.number, first)

    def _close(self, number: int) -> None:
        """All pages are there: the document is whole and goes to extraction."""
        progress = self._files[number]
        shutil.rmtree(progress.folder, ignore_errors=True)
        if progress.request.custody is Custody.GIVEN and progress.file != progress.request.file:
            progress.file.unlink(missing_ok=True)
        progress.document = progress.make_document()
        if not progress.document.pages:
            self._finish(number, progress.document, read_record(progress.document))
            return
        load_tables()
        run = partial(child_tasks.extract, progress.document)
        self._add(Task(TaskKey(number, TaskStage.EXTRACT), run, self._limits.document_seconds))

    def _take_record(self, number: int, reply: Reply) -> None:
        document = self._files[number].document
        assert document is not None
        record = child_tasks.decode_reply(reply, Record)
        if isinstance(record, Failure):
            record = child_tasks.record_without_fields(document, record)
        self._finish(number, document, record)

    def _finish(self, number: int, document: Document, record: Record) -> None:
        progress = self._files.pop(number)
        seconds = time.monotonic() - progress.started
        file = progress.file if progress.request.custody is Custody.SCRATCH else None
        members = progress.request_members()
        result = FileResult(progress.source, document, record, seconds, file, progress.recalled, members)
        self._finished.append((result, progress))


def _take_signatures(progress: FileProgress, reply: Reply) -> None:
    """Signatures that cannot be read are said to be so: never is the file taken for unsigned."""
    signatures = child_tasks.decode_reply(reply, FileSignatures)
    if isinstance(signatures, Failure):
        signatures = FileSignatures((), (problems.of_signatures(signatures),))
    progress.signatures = signatures.signatures
    progress.problems += signatures.problems

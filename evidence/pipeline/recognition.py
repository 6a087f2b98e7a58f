"""The OCR of a run: which pages are remembered, which are recognised together, and what follows from a reply.

What is still to be done comes back as tasks; pages that are done stand in the file's progress.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property, partial
from pathlib import Path

from evidence.config import Limits
from evidence.ingest import problems
from evidence.ingest.ocr.engine import Engine, TeachableEngine
from evidence.ingest.ocr.fingerprint import fingerprint
from evidence.ingest.ocr.page import RecognisedPage, preload_engine
from evidence.ingest.reader_protocol import PageImage
from evidence.pipeline import child_tasks
from evidence.pipeline.ocr_batches import DuePage, our_images, page_without_ocr, split_batches
from evidence.pipeline.ocr_memory import OcrMemory
from evidence.pipeline.own_spelling import ArchiveSpelling
from evidence.pipeline.state import FileProgress, TaskKey, TaskStage
from evidence.sandbox.policy import Permissions
from evidence.sandbox.task import Failure, FailureReason, Reply, Task
from evidence.store.caches.ocr_cache import PageCache


class Recognition:
    """``cache``: pages whose OCR is kept there are not recognised again. ``spelling``: what an archive's own text
    teaches the engine, asked for when the first page image comes."""

    def __init__(
        self, engine: Engine, limits: Limits, jobs: int, cache: PageCache | None, spelling: ArchiveSpelling | None
    ) -> None:
        self._engine, self._limits, self._jobs = engine, limits, jobs
        self._cache, self._spelling = cache, spelling

    def plan_pages(self, number: int, progress: FileProgress, images: Iterable[PageImage]) -> list[Task]:
        """Tasks for the page images of that file; what is remembered stands in its progress at once.

        MissingProgramError where a page must be recognised and the engine cannot work here.
        """
        ours = our_images(images, progress.folder)
        due = [page for image in ours if (page := self._recall(progress, image)) is not None]
        return [
            self._task(TaskKey(number, TaskStage.OCR, due=batch), len(batch) * self._limits.page_seconds)
            for batch in split_batches(due, self._jobs)
        ]

    def take_reply(self, key: TaskKey, progress: FileProgress, reply: Reply) -> list[Task]:
        """Keeps the pages that were recognised; the tasks that try again those that failed."""
        pages = child_tasks.decode_reply(reply, tuple[RecognisedPage, ...])
        if not isinstance(pages, Failure) and len(pages) != len(key.due):
            pages = Failure(FailureReason.BAD_REPLY, f"{len(pages)} pages")
        if isinstance(pages, Failure):
            return self._retry(key, progress, pages)
        for due, page in zip(key.due, pages, strict=True):
            if self._memory and due.key:
                self._memory.keep(due.key, page)
            _put_page(progress, due.image, page)
        return []

    def _retry(self, key: TaskKey, progress: FileProgress, failure: Failure) -> list[Task]:
        """Pages that failed together are tried one by one: the fault is one's, and the others are good."""
        if len(key.due) > 1:
            return [self._task(replace(key, due=(due,)), self._limits.page_seconds) for due in key.due]
        if failure.reason is FailureReason.TIME_OUT and not key.again:
            # a page that is only large, or late on a machine that is more than busy: once more, with twice the time
            return [self._task(replace(key, again=True), 2 * self._limits.page_seconds)]
        image = key.due[0].image
        progress.problems.append(problems.of_page(failure, image.number))
        _put_page(progress, image, page_without_ocr(image))
        return []

    def _task(self, key: TaskKey, seconds: float) -> Task:
        """The OCR of some pages; the program reads and writes beside their images only."""
        images = tuple(due.image for due in key.due)
        permissions = Permissions((), (Path(images[0].file).parent,), self._engine.programs)
        return Task(key, partial(child_tasks.recognise, images, self._ready_engine), seconds, permissions)

    def _recall(self, progress: FileProgress, image: PageImage) -> DuePage | None:
        """The page as one to be recognised; ``None`` once its OCR was recalled."""
        key, page = self._memory.recall(image) if self._memory else (None, None)
        if page is None:
            return DuePage(image, key)
        progress.recalled += 1
        _put_page(progress, image, page)
        return None

    @cached_property
    def _memory(self) -> OcrMemory | None:
        """What was recognised before by the same engine, which is what it is once it has learned."""
        if self._cache is None:
            return None
        return OcrMemory(self._cache, fingerprint(self._taught_engine, self._limits))

    @cached_property
    def _taught_engine(self) -> Engine:
        if self._spelling is not None and isinstance(self._engine, TeachableEngine):
            self._engine.learn_spelling(self._spelling.counts())
        return self._engine

    @cached_property
    def _ready_engine(self) -> Engine:
        """The engine, checked and loaded: once, before the first page is handed to it."""
        preload_engine(self._taught_engine)
        return self._taught_engine


def _put_page(progress: FileProgress, image: PageImage, page: RecognisedPage) -> None:
    progress.pages[image.number] = page.page
    progress.problems += page.problems
    Path(image.file).unlink(missing_ok=True)

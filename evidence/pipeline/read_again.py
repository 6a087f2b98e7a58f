"""Originals of an archive read again for their own text, without OCR and without a record: to hold what is stored
against them. Each in a contained child, as whenever a file is read."""

from __future__ import annotations

from collections.abc import Generator, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path, PurePath

from evidence.config import Settings
from evidence.errors import UnreadableError
from evidence.ingest.formats import registry
from evidence.ingest.reader_protocol import PageImage, ReadRequest, ReadResult
from evidence.ingest.sources.identify import identify_open, open_file
from evidence.model.document import Page
from evidence.model.problem import ProblemCode
from evidence.pipeline import child_tasks
from evidence.pipeline.scratch import scratch_folder
from evidence.sandbox.policy import Permissions
from evidence.sandbox.pool import Pool
from evidence.sandbox.task import Failure, Task


@dataclass(frozen=True, slots=True)
class OwnText:
    """The text that a file itself holds of its first pages, by their numbers, and what was wrong with it; how large
    these pages are (points, the shorter side first), and how many the file has in all."""

    sha256: str
    pages: dict[int, str]
    problems: frozenset[ProblemCode]
    sizes: dict[int, tuple[float, float]]
    total: int


def read_own_texts(originals: Iterable[tuple[str, Path, str]], settings: Settings) -> Generator[OwnText, None, None]:
    """What the first stretch of pages of each says now; in the order in which they are finished. One that
    cannot be read now is left out. ``originals``: hash, file, and the path it was handed in by.

    Closing the generator kills every child.
    """
    waiting = iter(originals)
    with scratch_folder() as scratch, Pool(settings.jobs, settings.limits) as pool:
        count = 0
        while True:
            while pool.free and (original := next(waiting, None)) is not None:
                count += 1
                task = _make_task(original, scratch / str(count), settings)
                if task is not None:
                    pool.start(task)
            if not pool.busy:
                return
            for reply in pool.wait():
                result = child_tasks.decode_reply(reply, ReadResult)
                if not isinstance(result, Failure):
                    parts: tuple[Page | PageImage, ...] = (*result.pages, *result.page_images)
                    pages = {part.number: _text_of(part) for part in parts}
                    sizes = {part.number: measure_sides(part) for part in parts}
                    problems = frozenset(problem.code for problem in result.problems)
                    yield OwnText(str(reply.key), pages, problems, sizes, result.total)


def measure_sides(page: Page | PageImage) -> tuple[float, float]:
    """The page's sides in points, the shorter one first: a page that was turned to be read is the same page."""
    return min(page.width, page.height), max(page.width, page.height)


def _text_of(part: Page | PageImage) -> str:
    """The text that the file itself holds of that page."""
    if isinstance(part, Page):
        return part.text
    return "\n".join(line.text for line in (*part.layer, *part.widgets, *part.aside))


def _make_task(original: tuple[str, Path, str], folder: Path, settings: Settings) -> Task | None:
    """The reading of one; ``None`` where it is no longer the one kept, or no reader takes it: what it is, its bytes
    say."""
    key, file, path = original
    try:
        with open_file(file) as opened:
            source = identify_open(opened, Path(path), settings.limits)
    except UnreadableError:
        return None
    if source.sha256 != key or registry.load_reader(source.media_type) is None:
        return None
    folder.mkdir()
    request = ReadRequest(file, folder, settings.limits, 0, False, True, None, PurePath(path).name)
    permissions = Permissions((file,), (folder,), registry.PROGRAMS.get(source.media_type, ()))
    run = partial(child_tasks.read, source, request)
    return Task(key, run, settings.limits.document_seconds, permissions)

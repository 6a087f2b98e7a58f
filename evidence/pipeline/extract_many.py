"""Stored documents -> their records again, many in parallel and in contained children: a page's text is somebody
else's text, and may cost time or memory now that cost none under an older grammar.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable
from functools import partial

from evidence.config import Settings
from evidence.extract import record
from evidence.extract.preload import load_tables
from evidence.ingest import problems
from evidence.model.document import Document
from evidence.model.problem import Problem
from evidence.model.record import Record
from evidence.pipeline import child_tasks
from evidence.sandbox.pool import Pool
from evidence.sandbox.task import Failure, Task


def grammar_version() -> int:
    """The version of the grammar that records are made by now."""
    return record.GRAMMAR


def extract_many(
    documents: Iterable[Document], settings: Settings
) -> Generator[tuple[Document, Record | Problem], None, None]:
    """Each document with its record, or with the reason why there is none, in the order in which they are finished.

    Closing the generator kills every child. No more documents are asked for than are worked on.
    """
    waiting = iter(documents)
    running: dict[int, Document] = {}
    load_tables()
    with Pool(settings.jobs, settings.limits) as pool:
        count = 0
        while True:
            while pool.free and (document := next(waiting, None)) is not None:
                running[count] = document
                pool.start(Task(count, partial(child_tasks.extract, document), settings.limits.document_seconds))
                count += 1
            if not running:
                return
            for reply in pool.wait():
                assert isinstance(reply.key, int)
                outcome = child_tasks.decode_reply(reply, Record)
                document = running.pop(reply.key)
                yield document, problems.of_extract(outcome) if isinstance(outcome, Failure) else outcome

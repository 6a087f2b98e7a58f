"""Files read to records without being stored, in the order in which they were named, however long each takes."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

from evidence.config import Settings
from evidence.errors import UnreadableError
from evidence.ingest.sources.paths import display
from evidence.model.document import Document, Source, member_path
from evidence.model.problem import Problem, ProblemCode
from evidence.model.record import Record, Status
from evidence.pipeline.requests import FileRequest, request_file
from evidence.pipeline.scheduler import read_files

Content = tuple[str, str]  # path and hash: the same bytes may be read under two names


def read_documents(
    files: Sequence[Path], settings: Settings, tables: bool = False
) -> Generator[tuple[Document, Record], None, None]:
    """Each file's document and record; the files inside a file follow it. ``tables``: with the tables of its pages.

    A file that cannot be read has a record that says why, as has one that could not be taken out of its package.
    MissingProgramError when a page needs OCR and the engine is absent. Closing the generator kills every child.
    """
    requests = [_identify(file, settings) for file in files]
    identified = [request for request in requests if isinstance(request, FileRequest)]
    done: dict[Content, tuple[Document, Record]] = {}
    with closing(read_files(identified, settings, tables)) as results:
        for request in requests:
            if not isinstance(request, FileRequest):
                yield request
                continue
            waiting = [(request.source.path, request.source.sha256)]
            while waiting:
                wanted = waiting.pop(0)
                while wanted not in done:
                    result = next(results)
                    done[result.source.path, result.source.sha256] = (result.document, result.record)
                yield done[wanted]
                yield from _lost_members(wanted[0], done[wanted][1])
                members = done[wanted][1].members
                waiting[:0] = [(member_path(wanted[0], member.path), member.sha256) for member in members]


def _identify(file: Path, settings: Settings) -> FileRequest | tuple[Document, Record]:
    try:
        return request_file(file, settings.limits)
    except UnreadableError as error:
        return _refused(file, error)


def _lost_members(package: str, record: Record) -> Iterator[tuple[Document, Record]]:
    """What stands for the files inside a package that could not be taken out."""
    for problem in record.problems:
        if problem.member is not None:
            yield _without_content(member_path(package, problem.member), replace(problem, member=None))


def _refused(file: Path, error: UnreadableError) -> tuple[Document, Record]:
    return _without_content(display(file), Problem(ProblemCode(error.problem), error.message))


def _without_content(path: str, problem: Problem) -> tuple[Document, Record]:
    """What stands for a file that could not even be opened: no hash, no size, one problem."""
    source = Source(path, "", "application/octet-stream", 0)
    problems = (problem,)
    return Document(source, (), problems), Record(source, Status.UNREADABLE, problems=problems)

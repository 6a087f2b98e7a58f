"""What the pipeline is asked to read, and what became of it."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from pathlib import Path

from evidence.config import Limits
from evidence.ingest.sources.identify import identify
from evidence.model.document import Document, Envelope, Source
from evidence.model.record import Record


class Custody(StrEnum):
    """Whose the bytes are that a request names."""

    GIVEN = "given"  # somebody else's, who may change them at any moment: a copy is read, checked against the hash
    KEPT = "kept"  # our own, which nobody changes: read where they lie
    SCRATCH = "scratch"  # our own copy for this one reading: removed once its result was taken


@dataclass(frozen=True, slots=True)
class FileRequest:
    """A file to be read. ``file`` is where its bytes lie, under the name it really bears; ``envelope`` what was said
    around it when it was first read; ``depth`` counts the packages around it."""

    source: Source
    file: Path
    custody: Custody = Custody.GIVEN
    envelope: Envelope | None = None
    depth: int = 0


def request_file(path: Path, limits: Limits, received: date | None = None) -> FileRequest:
    """The file of that path, identified. UnreadableError where it cannot be (``ingest.sources.identify``)."""
    return FileRequest(identify(path, limits, received), path)


@dataclass(frozen=True, slots=True)
class FileResult:
    """What became of one file. ``seconds`` counts from the start of its first task.

    ``members`` are the requests that would read the files inside it, in the order of ``document.members``. ``file`` is
    where the bytes of a file inside another one lie. Both hold until the next result is asked for. ``recalled`` counts
    the pages whose OCR was remembered.
    """

    source: Source
    document: Document
    record: Record
    seconds: float
    file: Path | None = None
    recalled: int = 0
    members: tuple[FileRequest, ...] = ()


class RequestQueue:
    """The requests of a run: those that are added while it goes on, then those that arrive, drawn as they are needed.

    The run ends when there is none left and every result was taken: what a result calls for may be added till then.
    """

    def __init__(self, arriving: Iterable[FileRequest]) -> None:
        self._arriving = iter(arriving)
        self._added: deque[FileRequest] = deque()

    def add(self, requests: Iterable[FileRequest]) -> None:
        """Puts those before the ones that arrive."""
        self._added.extend(requests)

    def take(self) -> FileRequest | None:
        """The next request; ``None`` where there is none now."""
        return self._added.popleft() if self._added else next(self._arriving, None)

    def holds(self, request: FileRequest) -> bool:
        """Whether that request was added and not taken yet."""
        return request in self._added

    def __iter__(self) -> Iterator[FileRequest]:
        while (request := self.take()) is not None:
            yield request

"""Files as they are handed in: which were not touched since they were hashed, which are known by their hash, which are
new and to be read.

Files are looked at ``LOT`` at a time, so that what is known already costs one transaction a lot, not one a file.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import islice

from evidence.archive.outcome import Ingested, StampedFile
from evidence.archive.settlement import KnownFile, Settlement
from evidence.config import Limits
from evidence.errors import UnreadableError
from evidence.ingest.sources.identify import identify_open, open_file
from evidence.ingest.sources.walk import OfferedFile
from evidence.pipeline.requests import FileRequest
from evidence.store.file_stamps import read_stamp
from evidence.store.store import Store

LOT = 256  # files looked at together


@dataclass(frozen=True, slots=True)
class LotEnd:
    """All files of a lot were looked at."""


ArrivalEvent = FileRequest | Ingested | LotEnd


class Arrivals:
    """``rehash``: files are hashed even where they were not touched since the last time."""

    def __init__(self, store: Store, settlement: Settlement, limits: Limits, rehash: bool) -> None:
        self._store, self._settlement, self._limits, self._rehash = store, settlement, limits, rehash

    def examine(self, offered: Iterable[OfferedFile]) -> Iterator[ArrivalEvent]:
        """What is to be read, and what is settled without: known, or refused. ArchiveError as of ``Settlement``."""
        files = iter(offered)
        while lot := [StampedFile(file, read_stamp(file.path)) for file in islice(files, LOT)]:
            untouched, fresh = self._split(lot)
            settled = self._settlement.settle_known(untouched)
            yield from settled.outcomes
            yield from self._hash([*fresh, *settled.unsettled])
            yield LotEnd()

    def _split(self, lot: list[StampedFile]) -> tuple[list[KnownFile], list[StampedFile]]:
        """Those that are known by their stamps, with their hashes, and those that must be hashed."""
        stamps = [] if self._rehash else [file.stamp for file in lot if file.stamp]
        hashes = self._store.known_hashes(stamps)
        untouched: list[KnownFile] = []
        fresh: list[StampedFile] = []
        for file in lot:
            sha256 = hashes.get(file.stamp.path) if file.stamp else None
            if sha256 is None:
                fresh.append(file)
            else:
                untouched.append((file, sha256))
        return untouched, fresh

    def _hash(self, files: Iterable[StampedFile]) -> Iterator[ArrivalEvent]:
        """Files of known content are settled together, of the others our copies are to be read."""
        known: list[KnownFile] = []
        for file in files:
            started = time.monotonic()
            try:
                identified = self._identify(file)
            except UnreadableError as error:
                yield self._settlement.refuse(file.offered, error, started)
                continue
            if isinstance(identified, FileRequest):
                yield identified
            elif identified is not None:
                known.append((file, identified))
        yield from self._settlement.settle_known(known).outcomes

    def _identify(self, file: StampedFile) -> FileRequest | str | None:
        """The request that reads a new file; the hash of a known one; ``None`` for what is being read already."""
        path = file.offered.path
        with open_file(path) as opened:
            source = identify_open(opened, path, self._limits, file.offered.received)
            source = replace(source, path=file.offered.shown)
            if self._settlement.is_known(file.offered, source.sha256):
                return source.sha256
            return self._settlement.request(file, source, opened)

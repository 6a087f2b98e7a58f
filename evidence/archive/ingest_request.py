"""What a person asks to be taken in: files and folders, and whose they are."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evidence.ingest.sources.walk import OfferedFile, walk

__all__ = ["IngestRequest", "OfferedFile"]


@dataclass(frozen=True, slots=True)
class IngestRequest:
    """``unit``, ``criterion`` and ``received`` hold for every file, over what folders and the manifest say."""

    paths: tuple[Path, ...]
    unit: str | None = None
    criterion: str | None = None
    received: datetime.date | None = None
    manifest: Path | None = None
    outside: bool = False

    def files(self) -> Iterator[OfferedFile]:
        """The files that lie there now, in order. UsageError for a path that is not there; CriteriaError with all
        faults of the manifest."""
        return walk(self.paths, self.unit, self.criterion, self.received, self.manifest, self.outside)

"""What was handed in, and what a run took it as: files by unit and criterion, and what no criteria set knows."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from evidence.messages import Message


@dataclass(frozen=True, slots=True)
class Submission:
    """A file handed in by a unit: by folder, manifest or flag. ``criterion`` is ``None`` where none was named.

    ``path`` is for display; ``path_bytes`` is the file's own place on disk (of the package, for a file inside one): two
    names that are shown alike are two files, and one file is one however it was walked to. ``by_layout``: only the
    names of folders told unit and criterion, nobody's word.
    """

    sha256: str
    path: str
    unit: str | None
    criterion: str | None = None
    received: datetime.date | None = None
    claimed_number: str | None = None
    claimed_date: str | None = None
    page: int | None = None
    path_bytes: bytes | None = None
    by_layout: bool = False


@dataclass(frozen=True, slots=True)
class PlacementCount:
    """So many files are handed in for that criterion of that unit; ``remarks``: what a person should look at."""

    unit: str | None
    criterion: str | None
    files: int
    remarks: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class PlacementSummary:
    """``criteria_sets``: the sets that the folders were held against, none where none is known. ``moved`` and
    ``withdrawn``: files of this run that a person put elsewhere, or took back, and that stay so."""

    counts: tuple[PlacementCount, ...]
    criteria_sets: tuple[str, ...] = ()
    moved: int = 0
    withdrawn: int = 0

    @property
    def files(self) -> int:
        return sum(count.files for count in self.counts)

"""What a run took in as what: files by unit and criterion, and what no criteria set knows."""

from __future__ import annotations

from dataclasses import dataclass

from evidence.messages import Message


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

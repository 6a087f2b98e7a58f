"""A published table taken in again: held against itself, and against the points that it publishes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evidence.archive.scores.office_tables import read_office_rows
from evidence.config import Settings
from evidence.errors import CriteriaError
from evidence.ingest.sources.paths import display
from evidence.messages import Message
from evidence.model.scores.published_table import PublishedTable
from evidence.model.scoring import Grade, UnitStanding
from evidence.scoring.publication.published_table import read_published
from evidence.scoring.publication.reconcile import NOTES, reconcile_points, reconcile_table


@dataclass(frozen=True, slots=True)
class TableRemark:
    """Something that does not hold, with its row; a note where it may be right all the same."""

    row: int
    message: Message

    @property
    def is_note(self) -> bool:
        """Whether a person should look, and nothing is surely wrong."""
        return self.message.code in NOTES


@dataclass(frozen=True, slots=True)
class PublishedCheck:
    """A table with what does not hold in it."""

    table: PublishedTable
    remarks: tuple[TableRemark, ...]

    @property
    def faults(self) -> int:
        """How many are surely wrong."""
        return sum(not remark.is_note for remark in self.remarks)


def check_published(
    file: Path, settings: Settings, grades: Sequence[Grade] = (), standings: Sequence[UnitStanding] | None = None
) -> PublishedCheck:
    """The table of that file (XLSX, DOCX, CSV …), held against itself and, where they are given, against ranked points.
    CriteriaError: no such table, or cells that cannot be read, by row; UnreadableError: it cannot be opened."""
    table, faults = read_published(read_office_rows(file, settings))
    if faults:
        raise CriteriaError("published-faults", faults, path=display(file), count=len(faults))
    found = [*reconcile_table(table, grades), *(reconcile_points(table, standings) if standings is not None else ())]
    return PublishedCheck(table, tuple(TableRemark(row, message) for row, message in found))

"""Points that were judged elsewhere, ranked: no archive need be there."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from evidence.archive.scores.office_tables import read_office_rows
from evidence.config import Settings
from evidence.errors import CriteriaError
from evidence.ingest.sources.paths import display
from evidence.model.scoring import UnitStanding
from evidence.scoring.grades import parse_grades
from evidence.scoring.parts_table import read_parts
from evidence.scoring.ranking import RankingRules, rank_units

__all__ = ["JudgedRanking", "RankingRules", "parse_grades", "rank_judged_parts"]


@dataclass(frozen=True, slots=True)
class JudgedRanking:
    """The ranking, and the headings of columns that nothing was taken from."""

    standings: tuple[UnitStanding, ...]
    unused: tuple[str, ...]


def rank_judged_parts(file: Path, settings: Settings, rules: RankingRules) -> JudgedRanking:
    """The units of that table, ranked. CriteriaError with every fault by its row; UnreadableError: no such table."""
    table = read_parts(read_office_rows(file, settings))
    if table.faults:
        raise CriteriaError("parts-faults", table.faults, path=display(file), count=len(table.faults))
    return JudgedRanking(rank_units(table.units, rules), table.others)

"""Two years compared: each a table of results, or a set of the archive with the points as they stand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from evidence import codec
from evidence.archive.scores.office_tables import read_office_rows
from evidence.archive.scores.year_basis import YearBasis
from evidence.config import Settings
from evidence.errors import CriteriaError
from evidence.ingest.sources.paths import display
from evidence.model.comparison import Comparison, CriterionResult, Crosswalk, YearResults
from evidence.model.criteria import Criterion
from evidence.model.scoring import OfficeRow
from evidence.scoring.comparison.compare_years import compare_years, find_extremes
from evidence.scoring.comparison.result_table import keep_lowest, read_crosswalk, read_results
from evidence.scoring.joined_points import LeafPoints, score_leaves
from evidence.scoring.publication.published_table import is_published, points_of_published, read_published
from evidence.scoring.publication.year_changes import total_results
from evidence.scoring.ranking import RankingRules, stand_units
from evidence.scoring.score_parts import list_parts

__all__ = ["compare_years", "find_extremes", "is_table", "read_year_table", "results_of_year"]

TABLES = frozenset({".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods", ".docx", ".pdf"})


def is_table(given: Path) -> bool:
    """Whether a person means a table by that, and not a set of the archive."""
    return given.suffix.lower() in TABLES or len(given.parts) != 1 or given.is_file()


def read_year_table(file: Path, settings: Settings) -> YearResults:
    """The results of a table. CriteriaError with every fault by its row; UnreadableError: it cannot be read."""
    rows = read_office_rows(file, settings)
    read = read_results(rows)
    if read.faults and is_published(rows):
        return published_results(file, rows)
    if read.faults:
        raise CriteriaError("results-faults", read.faults, path=display(file), count=len(read.faults))
    return YearResults(display(file.name), read.results)


def published_results(file: Path, rows: Sequence[OfficeRow]) -> YearResults:
    """The results of a table as it was published, its annex of the whole index. CriteriaError with every fault."""
    table, faults = read_published(rows)
    if faults:
        raise CriteriaError("published-faults", faults, path=display(file), count=len(faults))
    standings = stand_units(points_of_published(table), RankingRules())
    return replace(total_results(standings), source=display(file.name))


def load_crosswalk(file: Path, settings: Settings) -> Crosswalk:
    """The pairs of old and new units and criteria. Errors as of ``read_year_table``."""
    crosswalk, faults = read_crosswalk(read_office_rows(file, settings))
    if faults:
        raise CriteriaError("crosswalk-faults", faults, path=display(file), count=len(faults))
    return crosswalk


def results_of_year(basis: YearBasis) -> YearResults:
    """The points of every unit and criterion as they stand; what is open has none."""
    parts, sources = list_parts(basis.criteria), basis.sources()
    results = [
        _result(unit.name, leaf)
        for unit in basis.units
        for leaves in score_leaves(basis.criteria, unit, parts, sources[unit.code]).values()
        for leaf in leaves
        if not leaf.is_beside_scale
    ]
    return YearResults(basis.criteria.set, keep_lowest(results))


def _result(unit: str, leaf: LeafPoints) -> CriterionResult:
    criterion = leaf.leaf.criterion
    known = leaf.is_assessed and leaf.lowest == leaf.highest
    field = leaf.leaf.above[0] if leaf.leaf.above else criterion.code
    return CriterionResult(
        unit, criterion.code, criterion.title, leaf.max, leaf.lowest if known else None, _rule(criterion), field
    )


def _rule(criterion: Criterion) -> str:
    """How the criterion is scored, as text that two sets have in common where they score it alike."""
    return f"{criterion.score.value} {codec.encode(criterion.scoring).decode()}"


def compare_sources(
    old: Path, new: Path, crosswalk: Path | None, settings: Settings, load: Callable[[str], YearResults]
) -> tuple[Comparison, ...]:
    """OLD against NEW. ``load``: the results of a set of the archive. Errors as of ``read_year_table``."""
    years = [read_year_table(given, settings) if is_table(given) else load(str(given)) for given in (old, new)]
    pairs = load_crosswalk(crosswalk, settings) if crosswalk else Crosswalk()
    return compare_years(years[0], years[1], pairs)

"""Year against year. Points are compared only where code, maximum and rule of a criterion are the same, and the parts
of a sum all are; else percent of the maximum, marked as of another set. Changes of percent are in percentage points.

Units that were merged stand side by side and are never averaged; criteria that were merged are added up, points and
maxima, which is what the new criterion asks for, and marked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from evidence.model.comparison import (
    Comparison,
    ComparisonMark,
    CriterionResult,
    Crosswalk,
    Reached,
    YearResults,
)
from evidence.scoring.comparison.result_table import WHOLE
from evidence.scoring.index import compute_index
from evidence.vietnamese.text import fold

ZERO = Decimal(0)
ByCriterion = Mapping[str, CriterionResult]


@dataclass(frozen=True, slots=True)
class _UnitYears:
    """A unit of the new year, and those of the old that it comes from; ``mark``: merged, split or neither."""

    unit: str
    new: ByCriterion
    olds: tuple[tuple[str, ByCriterion], ...]
    mark: ComparisonMark | None
    is_gone: bool = False


def compare_years(old: YearResults, new: YearResults, crosswalk: Crosswalk) -> tuple[Comparison, ...]:
    """Every unit with its criteria, then its fields, then all; units that are gone come last."""
    return tuple(
        comparison for years in _pair_units(old, new, crosswalk) for comparison in _compare_unit(years, crosswalk)
    )


def _pair_units(old: YearResults, new: YearResults, crosswalk: Crosswalk) -> Iterator[_UnitYears]:
    before, after = _by_unit(old.results), _by_unit(new.results)
    sources: dict[str, list[str]] = {}
    for old_unit, new_unit in crosswalk.units:
        sources.setdefault(new_unit, []).append(old_unit)
    moved = [old_unit for old_unit, _ in crosswalk.units]
    used: set[str] = set()
    for key, (name, results) in after.items():
        keys = sources.get(key) or ([key] if key not in moved else [])
        olds = tuple(before[each] for each in keys if each in before)
        used |= set(keys)
        split = any(moved.count(each) > 1 for each in keys)
        mark = ComparisonMark.MERGED if len(keys) > 1 else ComparisonMark.SPLIT if split else None
        yield _UnitYears(name, results, olds, mark)
    for key, (name, results) in before.items():
        if key not in used:
            yield _UnitYears(name, {}, ((name, results),), None, is_gone=True)


def _by_unit(results: Iterable[CriterionResult]) -> dict[str, tuple[str, dict[str, CriterionResult]]]:
    units: dict[str, tuple[str, dict[str, CriterionResult]]] = {}
    for result in results:
        units.setdefault(fold(result.unit), (result.unit, {}))[1][fold(result.criterion)] = result
    return units


def _compare_unit(years: _UnitYears, crosswalk: Crosswalk) -> Iterator[Comparison]:
    rows = list(_compare_criteria(years, crosswalk))
    yield from rows
    yield from _compare_fields(years, rows, crosswalk)
    yield _compare_sum(years, "total", "", rows, list(years.new.values()), _all_old(years))


def _all_old(years: _UnitYears) -> list[list[CriterionResult]]:
    return [list(results.values()) for _, results in years.olds]


def _compare_criteria(years: _UnitYears, crosswalk: Crosswalk) -> Iterator[Comparison]:
    sources = _sources_of(crosswalk)
    moved = {old for old, _ in crosswalk.criteria}
    used: set[str] = set()
    for key, result in years.new.items():
        if key == fold(WHOLE):
            continue
        keys = sources.get(key) or ([key] if key not in moved else [])
        used |= set(keys)
        olds = [[results[each] for each in keys if each in results] for _, results in years.olds]
        yield _compare_one(years, result, [each for each in olds if each])
    for _, results in years.olds:
        for key, result in results.items():
            if key not in used and key != fold(WHOLE):
                reached = (_reach([result], result.unit),)
                yield Comparison(
                    "criterion", years.unit, result.criterion, result.title, ComparisonMark.DROPPED, reached, None
                )


def _sources_of(crosswalk: Crosswalk) -> dict[str, list[str]]:
    sources: dict[str, list[str]] = {}
    for old, new in crosswalk.criteria:
        sources.setdefault(new, []).append(old)
    return sources


def _compare_one(years: _UnitYears, result: CriterionResult, olds: list[list[CriterionResult]]) -> Comparison:
    new = _reach([result], years.unit)
    if not olds:
        return Comparison("criterion", years.unit, result.criterion, result.title, ComparisonMark.NEW, (), new)
    reached = tuple(_reach(each, each[0].unit) for each in olds)
    same = all(len(each) == 1 and is_same_criterion(each[0], result) for each in olds)
    several = any(len(each) > 1 for each in olds)
    mark = years.mark or (
        ComparisonMark.SAME if same else ComparisonMark.MERGED if several else ComparisonMark.OTHER_SET
    )
    return _with_change(
        Comparison("criterion", years.unit, result.criterion, result.title, mark, reached, new),
        same,
        years.mark is ComparisonMark.MERGED,
    )


def is_same_criterion(old: CriterionResult, new: CriterionResult) -> bool:
    """Whether points of both may be compared: code, maximum and rule are the same. Where nobody says the rules, the
    titles must be the same, if both years have them: codes are given anew from year to year."""
    if fold(old.criterion) != fold(new.criterion) or old.max != new.max or fold(old.rule) != fold(new.rule):
        return False
    return bool(old.rule) or not (old.title and new.title) or fold(old.title) == fold(new.title)


def _reach(results: Sequence[CriterionResult], unit: str) -> Reached:
    """What was reached in those together; what was not assessed goes with its maximum."""
    known = [result for result in results if result.points is not None]
    most = sum((result.max for result in known), ZERO)
    points = sum((result.points for result in known if result.points is not None), ZERO)
    percent = compute_index(points, most) if most > 0 else None
    codes = tuple(result.criterion for result in results)
    return Reached(most, points if known else None, (unit,), codes, percent)


def _with_change(comparison: Comparison, same: bool, merged: bool) -> Comparison:
    """The changes, where one stands against one: percent always, points only where they mean the same. Of units that
    were merged there are none, even where only one of them is known."""
    if len(comparison.old) != 1 or comparison.new is None or merged:
        return comparison
    old, new = comparison.old[0], comparison.new
    percent = new.percent - old.percent if new.percent is not None and old.percent is not None else None
    points = new.points - old.points if same and new.points is not None and old.points is not None else None
    return Comparison(
        comparison.level, comparison.unit, comparison.criterion, comparison.title, comparison.mark, comparison.old, new,
        points, percent,
    )  # fmt: skip


def _compare_fields(years: _UnitYears, rows: Sequence[Comparison], crosswalk: Crosswalk) -> Iterator[Comparison]:
    """The fields of the new year, each against what the crosswalk and its own code name of the old."""
    sources = _sources_of(crosswalk)
    fields = dict.fromkeys(result.field for result in years.new.values() if result.field and result.field != WHOLE)
    for field in fields:
        own = [result for result in years.new.values() if result.field == field]
        if len(own) == 1 and own[0].criterion == field:
            continue  # a field without parts stands among the criteria
        keys = set(sources.get(fold(field), [fold(field)]))
        olds = [[result for result in results.values() if fold(result.field) in keys] for _, results in years.olds]
        part_codes = {result.criterion for result in own}
        below = [row for row in rows if row.criterion in part_codes or _in_fields(row, keys)]
        yield _compare_sum(years, "field", field, below, own, [each for each in olds if each])


def _in_fields(row: Comparison, keys: set[str]) -> bool:
    return row.mark is ComparisonMark.DROPPED and fold(row.criterion.partition(".")[0]) in keys


def _compare_sum(
    years: _UnitYears, level: str, code: str, rows: Sequence[Comparison], own: Sequence[CriterionResult],
    olds: Sequence[Sequence[CriterionResult]],
) -> Comparison:  # fmt: skip
    """A sum of criteria: its points compare only where all of its parts are the same."""
    old = tuple(_reach(each, each[0].unit) for each in olds)
    new = _reach(own, years.unit) if own else None
    wholes = [result for result in own if result.criterion == WHOLE]
    same = (
        bool(old) and all(row.mark is ComparisonMark.SAME for row in rows) and (bool(rows) or _same_whole(wholes, olds))
    )
    if years.is_gone or new is None:
        return Comparison(level, years.unit, code, "", ComparisonMark.DROPPED, old, new)
    if not old:
        return Comparison(level, years.unit, code, "", ComparisonMark.NEW, (), new)
    mark = years.mark or (ComparisonMark.SAME if same else ComparisonMark.OTHER_SET)
    return _with_change(
        Comparison(level, years.unit, code, "", mark, old, new), same, years.mark is ComparisonMark.MERGED
    )


def _same_whole(wholes: Sequence[CriterionResult], olds: Sequence[Sequence[CriterionResult]]) -> bool:
    """Whether two totals stand on the same scale, where nothing but totals is known."""
    return len(wholes) == 1 and all(len(each) == 1 and is_same_criterion(each[0], wholes[0]) for each in olds)


def find_extremes(comparisons: Iterable[Comparison], unit: str) -> tuple[str | None, str | None]:
    """The fields of a unit with the highest and the lowest percent now."""
    fields = [
        (row.new.percent, row.criterion)
        for row in comparisons
        if row.unit == unit and row.level == "field" and row.new is not None and row.new.percent is not None
    ]
    return (max(fields)[1], min(fields)[1]) if fields else (None, None)

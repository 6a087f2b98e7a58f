"""Indexes of this year against those of the year before: rises and falls, the largest first."""

from __future__ import annotations

from collections.abc import Iterable

from evidence.model.comparison import Comparison, ComparisonMark, CriterionResult, YearResults
from evidence.model.scores.publication import IndexChange, YearChanges
from evidence.model.scoring import UnitStanding
from evidence.scoring.comparison.result_table import WHOLE


def total_results(standings: Iterable[UnitStanding]) -> YearResults:
    """The whole index of each unit as results of a year; what is open has no points."""
    return YearResults(
        "",
        tuple(
            CriterionResult(
                standing.points.name, WHOLE, "", standing.points.max,
                standing.points.lowest if standing.points.is_complete else None,
            )
            for standing in standings
            if standing.low is not None
        ),
    )  # fmt: skip


def list_changes(comparisons: Iterable[Comparison]) -> YearChanges:
    """The changes of the whole index. Units that were merged or split are named and not compared: no mean is made of
    several."""
    totals = [comparison for comparison in comparisons if comparison.level == "total"]
    apart = (ComparisonMark.MERGED, ComparisonMark.SPLIT)
    merged = [total.unit for total in totals if total.mark in apart]
    gone = [total.unit for total in totals if total.new is None and total.mark not in apart]
    new = [total.unit for total in totals if not total.old and total.mark not in apart]
    changes = [
        IndexChange(total.unit, total.old[0].percent, total.new.percent, total.percent)
        for total in totals
        if total.mark not in apart
        and len(total.old) == 1 and total.old[0].percent is not None
        and total.new is not None and total.new.percent is not None and total.percent is not None
    ]  # fmt: skip
    return YearChanges(
        tuple(sorted((each for each in changes if each.change > 0), key=lambda each: -each.change)),
        tuple(sorted((each for each in changes if each.change < 0), key=lambda each: each.change)),
        tuple(each for each in changes if each.change == 0),
        tuple(new), tuple(gone), tuple(merged),
    )  # fmt: skip

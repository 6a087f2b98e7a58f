"""The table of what is to be mended, from the points that every unit lost."""

from __future__ import annotations

import datetime
from dataclasses import replace

from evidence.archive.scores.explanation import explain_unit
from evidence.archive.scores.year_basis import YearBasis
from evidence.model.scores.remedies import RemedyPlan
from evidence.scoring.losses.remedies import list_remedies


def plan_remedies(basis: YearBasis, until: datetime.date) -> RemedyPlan:
    """A section a unit that lost points, in order of the set; ``until``: the last day for all of it."""
    units = []
    for unit in basis.units:
        report, _ = explain_unit(replace(basis, units=(unit,)))
        units.append(list_remedies(basis.criteria, unit, report, until))
    return RemedyPlan(basis.criteria.set, basis.criteria.year + 1, tuple(each for each in units if each.rows))

"""Which kept findings are meant, as conditions that are built once for each kind of filter: a page asks a dozen times,
and to build a query anew costs three times what it costs to run it."""

from __future__ import annotations

from functools import cache

from sqlalchemy import ColumnElement, bindparam

from evidence.model.kept_finding import FindingFilter
from evidence.store.findings.tables import FindingRow

COLUMNS = {
    "units": FindingRow.unit, "fields": FindingRow.field, "criteria": FindingRow.criterion,
    "statuses": FindingRow.status, "judged": FindingRow.judged,
}  # fmt: skip


def bind_filter(criteria_set: str, whole: bool, chosen: FindingFilter) -> dict[str, object]:
    """The values of that filter by name; what it leaves open is not among them."""
    given = {name: getattr(chosen, name) for name in COLUMNS}
    limits = {name: sorted(map(str, values)) for name, values in given.items() if values is not None}
    return {"criteria_set": criteria_set, "whole": whole, **limits}


@cache
def build_conditions(names: tuple[str, ...]) -> tuple[ColumnElement[bool], ...]:
    """The conditions of a filter with values of those names, which are bound when the query runs."""
    within = (column.in_(bindparam(name, expanding=True)) for name, column in COLUMNS.items() if name in names)
    return (
        FindingRow.criteria_set == bindparam("criteria_set"),
        FindingRow.whole == bindparam("whole"),
        *within,
    )

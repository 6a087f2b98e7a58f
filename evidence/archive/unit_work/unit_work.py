"""A unit's side of an appraisal: until when it hands in, for which criteria, what became of each file.

Everything is asked with a scope: a unit out of it is as one that does not exist.
"""

from __future__ import annotations

import datetime
from collections.abc import Container, Iterator
from dataclasses import dataclass
from decimal import Decimal

from evidence.archive.stored_findings.kept_findings import KeptFindings
from evidence.archive.stored_findings.refresh import HANOI
from evidence.archive.stored_findings.worklist import Worklist
from evidence.errors import UsageError
from evidence.model.appraisal import ClaimSheet, Round, RoundStage
from evidence.model.criteria import CriteriaSet, Criterion, Unit
from evidence.model.kept_finding import OPEN, FindingFilter, FindingLine, UnitLines, UnitTotal
from evidence.search.scope import Scope, units_only
from evidence.store.ledger import Ledger
from evidence.store.store import Store

SUPPLEMENTING = (RoundStage.SUPPLEMENT, RoundStage.SECOND)


@dataclass(frozen=True, slots=True)
class UnitCase:
    """One unit in the set that is worked on. ``due``: the moment until which it is to hand in; ``criteria``: the code
    and title of what it may hand in for."""

    code: str
    name: str
    criteria_set: str
    title: str
    round: Round | None
    due: datetime.datetime | None
    criteria: tuple[tuple[str, str], ...]
    fields: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class CaseStanding:
    """Where a unit stands: its kept findings and points, None before they were found for the first time; ``pending``:
    they are being found anew; ``claimed``: the points that its self-assessment comes to, None without one."""

    case: UnitCase
    kept: UnitLines | None
    pending: bool
    claimed: Decimal | None


@dataclass(frozen=True, slots=True)
class ListedUnit:
    """A row of the list of units: its points, None before they were found; the points claimed; how many findings a
    person has to look at."""

    unit: Unit
    total: UnitTotal | None
    claimed: Decimal | None
    left: int


class UnitWork:
    """The units of one archive as they see themselves."""

    def __init__(self, store: Store, findings: KeptFindings, worklist: Worklist) -> None:
        self._ledger = Ledger(store)
        self._findings, self._worklist = findings, worklist

    def list_units(self, scope: Scope) -> tuple[Unit, ...]:
        """The units of the set that is worked on, as far as the scope shows them."""
        names = self._worklist.names()
        return tuple(unit for unit in self._worklist.criteria(names[0]).units if scope.sees(unit.code)) if names else ()

    def list_standings(self, scope: Scope) -> tuple[ListedUnit, ...]:
        """Where each of them stands, by what is kept."""
        units = self.list_units(scope)
        if not units:
            return ()
        name = self._worklist.names()[0]
        criteria = self._worklist.criteria(name)
        totals = {total.unit: total for total in self._findings.total_units(name, scope)}
        counts = self._findings.count_left(name, FindingFilter(statuses=OPEN), scope)
        left = {count.unit: count.left for count in counts}
        claimed = {
            unit.code: _sum_claims(sheet, {code for code, _ in _list_leaves(criteria.criteria, unit)})
            for sheet in self._ledger.last_sheets(name, [unit.code for unit in units])
            for unit in units
            if unit.code == sheet.unit
        }
        return tuple(
            ListedUnit(unit, totals.get(unit.code), claimed.get(unit.code), left.get(unit.code, 0)) for unit in units
        )

    def open_case(self, unit: str, scope: Scope) -> UnitCase:
        """That unit in the set that is worked on. UsageError: no set has such a unit, or the scope does not show it."""
        if not scope.sees(unit):
            raise UsageError("upload-no-unit", unit=unit)
        for name in self._worklist.names():
            criteria = self._worklist.criteria(name)
            found = next((each for each in criteria.units if each.code == unit), None)
            if found is not None:
                opened = self._worklist.last_round(name)
                return UnitCase(
                    unit, found.name, name, criteria.title, opened, _find_due(criteria, opened),
                    tuple(_list_leaves(criteria.criteria, found)),
                    tuple((field.code, field.title) for field in criteria.criteria),
                )  # fmt: skip
        raise UsageError("upload-no-unit", unit=unit)

    def tell_standing(self, case: UnitCase, scope: Scope) -> CaseStanding:
        """Where that unit stands now, by what is kept."""
        kept = self._findings.summarise_unit(case.criteria_set, case.code, scope)
        pending = kept is None or self._findings.tell_state(case.criteria_set, units_only([case.code])).pending
        sheets = self._ledger.last_sheets(case.criteria_set, [case.code])
        leaves = {code for code, _ in case.criteria}
        return CaseStanding(case, kept, pending, _sum_claims(sheets[0], leaves) if sheets else None)


def find_uses(kept: UnitLines | None, sha256: str) -> tuple[FindingLine, ...]:
    """The findings of the unit that rest on that document."""
    return tuple(line for line in kept.lines if sha256 in line.documents) if kept else ()


def _sum_claims(sheet: ClaimSheet, leaves: Container[str]) -> Decimal | None:
    """The claims of the sheet on criteria without others below them."""
    points = [claim.points for claim in sheet.claims if claim.criterion in leaves]
    told = [amount for amount in points if amount is not None]
    return sum(told, Decimal(0)) if told else None


def _find_due(criteria: CriteriaSet, opened: Round | None) -> datetime.datetime | None:
    """The end of the time to supplement in the rounds that have one, else the set's closing; both in Vietnam's time."""
    if opened is not None and opened.stage in SUPPLEMENTING and criteria.supplement_to is not None:
        return datetime.datetime.combine(criteria.supplement_to, datetime.time(23, 59, 59), HANOI)
    closing = criteria.closing
    if closing is None or closing.tzinfo is not None:
        return closing
    return closing.replace(tzinfo=HANOI)


def _list_leaves(criteria: tuple[Criterion, ...], unit: Unit) -> Iterator[tuple[str, str]]:
    """Code and title of what that unit is judged by, in order of the set."""
    for criterion in criteria:
        if criterion.code in unit.not_applicable or unit.profile in criterion.not_for:
            continue
        if criterion.children:
            yield from _list_leaves(criterion.children, unit)
        else:
            yield criterion.code, criterion.title

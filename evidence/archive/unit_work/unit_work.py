"""A unit's side of an appraisal: until when it hands in, for which criteria, what became of each file.

Everything is asked with a scope: a unit out of it is as one that does not exist.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from evidence.archive.stored_findings.kept_findings import KeptFindings
from evidence.archive.stored_findings.refresh import HANOI
from evidence.archive.stored_findings.worklist import Worklist
from evidence.errors import UsageError
from evidence.model.appraisal import Round, RoundStage
from evidence.model.criteria import CriteriaSet, Criterion, Unit
from evidence.model.kept_finding import KeptFinding, KeptUnit
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
    kept: KeptUnit | None
    pending: bool
    claimed: Decimal | None


class UnitWork:
    """The units of one archive as they see themselves."""

    def __init__(self, store: Store, findings: KeptFindings, worklist: Worklist) -> None:
        self._ledger = Ledger(store)
        self._findings, self._worklist = findings, worklist

    def list_units(self, scope: Scope) -> tuple[Unit, ...]:
        """The units of the set that is worked on, as far as the scope shows them."""
        names = self._worklist.names()
        return tuple(unit for unit in self._worklist.criteria(names[0]).units if scope.sees(unit.code)) if names else ()

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
        try:
            kept = self._findings.show_unit(case.criteria_set, case.code, scope)
        except UsageError:
            kept = None
        pending = kept is None or self._findings.tell_state(case.criteria_set, units_only([case.code])).pending
        return CaseStanding(case, kept, pending, self._sum_claims(case))

    def _sum_claims(self, case: UnitCase) -> Decimal | None:
        """Of the last sheet of the unit, the claims on criteria without others below them."""
        sheets = [sheet for sheet in self._ledger.sheets() if sheet.unit == case.code]
        leaves = {code for code, _ in case.criteria}
        sheet = next((each for each in reversed(sheets) if each.criteria_set in (None, case.criteria_set)), None)
        points = [claim.points for claim in sheet.claims if claim.criterion in leaves] if sheet else []
        told = [amount for amount in points if amount is not None]
        return sum(told, Decimal(0)) if told else None


def find_uses(kept: KeptUnit | None, sha256: str) -> tuple[KeptFinding, ...]:
    """The findings of the unit that rest on that document."""
    return tuple(each for each in kept.findings if sha256 in each.finding.documents) if kept else ()


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

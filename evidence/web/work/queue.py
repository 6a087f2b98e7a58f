"""The queue of the work page, how much of the filter is left, and what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from evidence.archive.facade import Archive
from evidence.archive.search.archive_search import Scope
from evidence.model.account import Account
from evidence.model.appraisal import Decision
from evidence.model.kept_finding import TO_BE_DONE, FindingFilter, FindingKey, FindingLine, LeftCount, UnitTotal
from evidence.web.work.address import WorkAddress, left_of

MOST = 24  # rows before and behind the item shown


@dataclass(frozen=True, slots=True)
class QueueRow:
    """An item of the unit that is worked on, with the decision on it."""

    line: FindingLine
    address: str
    current: bool
    decision: Decision | None

    @property
    def done(self) -> bool:
        return self.line.judged not in TO_BE_DONE


@dataclass(frozen=True, slots=True)
class NextUnit:
    """The unit behind the one worked on that has something left, and how much."""

    unit: str
    left: int
    address: str


@dataclass(frozen=True, slots=True)
class WorkQueue:
    """``left`` of ``every`` in the filter; ``decided``: the points decided on in the unit shown."""

    rows: tuple[QueueRow, ...]
    left: int
    every: int
    total: UnitTotal | None
    decided: Decimal
    previous: str
    following: str
    next_unit: NextUnit | None


def make_queue(
    archive: Archive, criteria_set: str, address: WorkAddress, person: Account, at: FindingKey | None, scope: Scope
) -> WorkQueue:
    """The queue around that item; without one, of the unit of the filter."""
    chosen = address.chosen(person)
    counts = archive.findings.count_left(criteria_set, replace(chosen, units=None), scope)
    within = [count for count in counts if chosen.units is None or count.unit in chosen.units]
    unit = at.unit if at else address.don_vi
    lines = archive.findings.list_lines(criteria_set, unit, scope) if unit and within else ()
    numbers = {line.decision for line in lines if line.decision is not None}
    decisions = archive.worklist.decisions(numbers) if numbers else {}
    rows = [line for line in lines if replace(chosen, units=None).holds(line)]
    walk = _Walk(archive, criteria_set, left_of(chosen), scope, lines)
    previous, following = (walk.find_next(at, back) if at else None for back in (True, False))
    return WorkQueue(
        rows=tuple(_rows(rows, decisions, address, at)),
        left=sum(count.left for count in within),
        every=sum(count.every for count in within),
        total=_find_total(archive, criteria_set, unit, scope) if lines else None,
        decided=sum((_decided(line, decisions) for line in lines), Decimal(0)),
        previous=address.item(previous) if previous else "",
        following=address.item(following),
        next_unit=_next_unit(archive, criteria_set, address, counts) if address.don_vi else None,
    )


@dataclass(frozen=True, slots=True)
class _Walk:
    """Goes through what is left, from one finding to the next: within the unit by its lines, which are known, and
    beyond it by asking."""

    archive: Archive
    criteria_set: str
    left: FindingFilter
    scope: Scope
    lines: Sequence[FindingLine]

    def find_next(self, at: FindingKey, back: bool) -> FindingKey | None:
        place = next((index for index, line in enumerate(self.lines) if line.key == at), None)
        if place is not None:
            ahead = reversed(self.lines[:place]) if back else self.lines[place + 1 :]
            near = next((line.key for line in ahead if self.left.holds(line)), None)
            if near is not None or self.left.units == frozenset({at.unit}):
                return near
        return self.archive.findings.find_next(self.criteria_set, self.left, at, self.scope, back)


def _find_total(archive: Archive, criteria_set: str, unit: str, scope: Scope) -> UnitTotal | None:
    return next((total for total in archive.findings.total_units(criteria_set, scope) if total.unit == unit), None)


def _rows(
    lines: Sequence[FindingLine], decisions: dict[int, Decision], address: WorkAddress, at: FindingKey | None
) -> list[QueueRow]:
    place = next((index for index, line in enumerate(lines) if line.key == at), 0)
    return [
        QueueRow(line, address.item(line.key), line.key == at, decisions.get(line.decision or 0))
        for line in lines[max(0, place - MOST) : place + MOST]
    ]


def _decided(line: FindingLine, decisions: dict[int, Decision]) -> Decimal:
    decision = decisions.get(line.decision or 0)
    counts = decision is not None and line.judged not in TO_BE_DONE and decision.requirement is not None
    return (decision.points or Decimal(0)) if decision is not None and counts else Decimal(0)


def _next_unit(
    archive: Archive, criteria_set: str, address: WorkAddress, counts: Iterable[LeftCount]
) -> NextUnit | None:
    """The first unit behind that of the filter with something left, from the beginning again where there is none."""
    order = [unit.code for unit in archive.worklist.criteria(criteria_set).units]
    here = order.index(address.don_vi) if address.don_vi in order else -1
    left = {count.unit: count.left for count in counts}
    unit = next((each for each in (*order[here + 1 :], *order[: max(here, 0)]) if left.get(each)), None)
    return NextUnit(unit, left[unit], address.link(don_vi=unit, muc="")) if unit else None

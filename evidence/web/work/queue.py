"""The queue of the work page, how much of the filter is left, and what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from evidence.archive.facade import Archive
from evidence.archive.search.archive_search import Scope
from evidence.model.account import Account
from evidence.model.appraisal import Decision
from evidence.model.kept_finding import TO_BE_DONE, FindingFilter, FindingKey, KeptFinding, UnitTotal
from evidence.web.work.address import WorkAddress, left_of

MOST = 24  # rows before and behind the item shown


@dataclass(frozen=True, slots=True)
class QueueRow:
    """An item of the unit that is worked on, with the decision on it."""

    kept: KeptFinding
    address: str
    current: bool
    decision: Decision | None

    @property
    def done(self) -> bool:
        return self.kept.judged not in TO_BE_DONE


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
    left = archive.findings.list_keys(criteria_set, left_of(chosen), scope)
    every = archive.findings.list_keys(criteria_set, chosen, scope)
    steps = [
        archive.findings.find_next(criteria_set, left_of(chosen), at, scope, back) if at else None
        for back in (True, False)
    ]
    unit = at.unit if at else address.don_vi
    kept = archive.findings.show_unit(criteria_set, unit, scope) if unit and every else None
    findings = kept.findings if kept else ()
    numbers = {each.decision for each in findings if each.decision is not None}
    decisions = archive.worklist.decisions(numbers) if numbers else {}
    rows = [each for each in findings if _belongs(each, chosen)]
    return WorkQueue(
        rows=tuple(_rows(rows, decisions, address, at)),
        left=len(left),
        every=len(every),
        total=kept.total if kept else None,
        decided=sum((_decided(each, decisions) for each in findings), Decimal(0)),
        previous=address.item(steps[0]) if steps[0] else "",
        following=address.item(steps[1]),
        next_unit=_next_unit(archive, criteria_set, address, chosen, scope) if address.don_vi else None,
    )


def _rows(
    findings: Sequence[KeptFinding], decisions: dict[int, Decision], address: WorkAddress, at: FindingKey | None
) -> list[QueueRow]:
    place = next((index for index, each in enumerate(findings) if each.key == at), 0)
    return [
        QueueRow(each, address.item(each.key), each.key == at, decisions.get(each.decision or 0))
        for each in findings[max(0, place - MOST) : place + MOST]
    ]


def _belongs(kept: KeptFinding, chosen: FindingFilter) -> bool:
    return (
        (chosen.fields is None or kept.field in chosen.fields)
        and (chosen.criteria is None or kept.finding.criterion in chosen.criteria)
        and (chosen.statuses is None or kept.finding.status in chosen.statuses)
        and (chosen.judged is None or kept.judged in chosen.judged)
    )


def _decided(kept: KeptFinding, decisions: dict[int, Decision]) -> Decimal:
    decision = decisions.get(kept.decision or 0)
    counts = decision is not None and kept.judged not in TO_BE_DONE and decision.requirement is not None
    return (decision.points or Decimal(0)) if decision is not None and counts else Decimal(0)


def _next_unit(
    archive: Archive, criteria_set: str, address: WorkAddress, chosen: FindingFilter, scope: Scope
) -> NextUnit | None:
    """The first unit behind that of the filter with something left, from the beginning again where there is none."""
    keys = archive.findings.list_keys(criteria_set, left_of(replace(chosen, units=None)), scope)
    order = [unit.code for unit in archive.worklist.criteria(criteria_set).units]
    here = order.index(address.don_vi) if address.don_vi in order else -1
    counts = {unit: sum(key.unit == unit for key in keys) for unit in (*order[here + 1 :], *order[: max(here, 0)])}
    unit = next((each for each, count in counts.items() if count), None)
    return NextUnit(unit, counts[unit], address.link(don_vi=unit, muc="")) if unit else None

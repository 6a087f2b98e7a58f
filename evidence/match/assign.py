"""Which of a unit's documents serve which requirement.

Three rings around a requirement: documents handed in for its criterion; those handed in for a criterion above or below
it; all others of the unit, found by what they are. An inner ring comes first: what is handed in is not replaced by
what is found elsewhere, only filled up. In the outer ring a document that was handed in without a criterion counts
where it surely fits; one that was handed in for another criterion is only offered. A doubtful one is shown there only
if it would fit were its doubtful values right; in the inner rings every doubt counts. Where one file holds several
documents, what its first page says is no proof against it.

The same document scanned twice (one number, no two dates) is one document. Order of submission never matters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from evidence.match.rules.answer import proof
from evidence.match.rules.candidate import Candidate
from evidence.match.rules.fit import Fit, Ring, hold, may_be
from evidence.match.unit_documents import Desk
from evidence.model.criteria import Requirement


@dataclass(frozen=True, slots=True)
class Served:
    """All that may serve one requirement. ``misfits`` were handed in for the criterion and surely serve none of it;
    ``inner`` are all that were handed in for it or for its kin, fitting or not."""

    sure: tuple[Fit, ...]
    doubtful: tuple[Fit, ...]
    misfits: tuple[Fit, ...]
    inner: tuple[Fit, ...] = ()


def elsewhere(wanted: Requirement, desk: Desk, taken: Mapping[str, object]) -> list[Fit]:
    """Documents found by what they are: surely it, or it were the doubtful values right."""
    found = []
    for one in desk.alike(wanted):
        if one.sha256 in taken or not one.readable or not may_be(wanted, one, desk.unit):
            continue
        for fit in hold(wanted, one, Ring.ELSEWHERE, desk.around):
            offered = fit if desk.free(one) else _offered(fit)
            if offered.ok or (offered.ok is None and offered.likely):
                found.append(offered)
    return found


def _offered(fit: Fit) -> Fit:
    """It was handed in for another criterion: a person decides whether it counts here too."""
    reasons = (*fit.reasons, proof("place", None, "assign-offered", fit.one))
    return replace(fit, ok=None if fit.ok else fit.ok, reasons=reasons, offered=True)


def serve(
    evidence: tuple[Requirement, ...], desk: Desk, code: str, kin: tuple[str, ...], below: tuple[str, ...]
) -> tuple[Served, ...]:
    """What serves each requirement of a criterion. ``kin``: the codes above and below it, ``below``: those below."""
    direct = {one.sha256: one for one in desk.handed(code)}
    near = {one.sha256: one for one in desk.kin(kin) if one.sha256 not in direct}
    own = {**direct, **{one.sha256: one for one in desk.kin(below)}}
    rows = [
        [fit for one in direct.values() for fit in hold(wanted, one, Ring.HANDED, desk.around)]
        + [fit for one in near.values() for fit in hold(wanted, one, Ring.KIN, desk.around)]
        for wanted in evidence
    ]
    open_ones = [not _enough(at, evidence, rows) for at in range(len(evidence))]
    for wanted, fits, search in zip(evidence, rows, open_ones, strict=True):
        fits += elsewhere(wanted, desk, {**direct, **near}) if search else []
    handed = [tuple(fit for fit in fits if fit.ring is not Ring.ELSEWHERE) for fits in rows]
    rows = _slots(evidence, _homed(rows))
    served = [_served(fits) for fits in rows]
    short = [
        row for row, it, wanted in zip(rows, served, evidence, strict=True) if len(distinct(it.sure)) < wanted.count
    ]
    placed = {fit.one.sha256 for fits in rows for fit in fits if fit.ok is not False}
    return tuple(
        Served(it.sure, it.doubtful, tuple(_misfits(fits, short, own, placed)), inner)
        for it, fits, inner in zip(served, rows, handed, strict=True)
    )


def _enough(at: int, evidence: tuple[Requirement, ...], rows: list[list[Fit]]) -> bool:
    """Whether what was handed in for the criterion settles the requirement, so that nothing else can change it: as many
    as asked for surely fit, in time, and none of them may have to move to another slot of its series."""
    wanted = evidence[at]
    fits = tuple(fit for fit in rows[at] if fit.ok and fit.timing.ok and fit.ring is Ring.HANDED)
    if len(fits) < wanted.count:
        return False
    slots = [rows[to] for to, other in enumerate(evidence) if to != at and wanted.series == other.series is not None]
    moving = {fit.one.key for row in slots for fit in row if fit.ok}
    return len(distinct(tuple(fit for fit in fits if fit.one.key not in moving))) >= wanted.count


def _slots(evidence: tuple[Requirement, ...], rows: list[list[Fit]]) -> list[list[Fit]]:
    """One document fills one slot of a series. Those that fit one slot take it; a slot so taken is no choice for the
    others any more, and so on. What then still fits several slots is for a person to place."""
    for series in {wanted.series for wanted in evidence if wanted.series}:
        places = [at for at, wanted in enumerate(evidence) if wanted.series == series]
        choices: dict[str, set[int]] = {}
        for at in places:
            for fit in rows[at]:
                if fit.ok:
                    choices.setdefault(fit.one.key, set()).add(at)
        left = _settled(choices)
        for at in places:
            rows[at] = [_placed(fit, at, left.get(fit.one.key, set())) for fit in rows[at]]
            rows[at] = [fit for fit in rows[at] if not (fit.ok and at not in left[fit.one.key])]
    return rows


def _settled(choices: Mapping[str, set[int]]) -> dict[str, set[int]]:
    """The slots left to each document. No document loses its last one."""
    left = {key: set(slots) for key, slots in choices.items()}
    while True:
        taken = {next(iter(slots)) for slots in left.values() if len(slots) == 1}
        narrowed = {key: slots if len(slots) == 1 else (slots - taken or slots) for key, slots in left.items()}
        if narrowed == left:
            return left
        left = narrowed


def _placed(fit: Fit, at: int, left: set[int]) -> Fit:
    if not fit.ok or len(left) < 2 or at not in left:
        return fit
    return replace(fit, ok=None, reasons=(*fit.reasons, proof("slot", None, "assign-several-slots", fit.one)))


def _homed(rows: list[list[Fit]]) -> list[list[Fit]]:
    """Without doubtful documents that belong to another requirement of the same criterion: there everything agrees,
    here two different fields speak against them (doubtful ones, but no value decides alone)."""
    home = {fit.one.sha256 for fits in rows for fit in fits if fit.ok is not False and fit.likely and fit.one.readable}
    return [
        [fit for fit in fits if not (fit.ok is None and fit.one.sha256 in home and len(fit.unlikely) > 1)]
        for fits in rows
    ]


def _served(fits: list[Fit]) -> Served:
    ordered = sorted(fits, key=lambda fit: (fit.ring, fit.one.sha256, fit.one.place))
    return Served(
        tuple(fit for fit in ordered if fit.ok),
        tuple(fit for fit in ordered if fit.ok is None),
        (),
    )


def _misfits(fits: list[Fit], short: list[list[Fit]], own: Mapping[str, Candidate], placed: set[str]) -> Iterable[Fit]:
    """Documents handed in for the criterion that serve none of its requirements: each counts against those of the
    requirements still short of documents (``short``) that it misses by the fewest rules."""
    for fit in sorted(fits, key=lambda fit: fit.one.sha256):
        sha = fit.one.sha256
        if sha not in own or sha in placed or fit.ok is not False:
            continue
        best = min((it.against for row in short for it in row if it.one.sha256 == sha), default=None)
        if any(row is fits for row in short) and fit.against == best:
            yield fit


def distinct(fits: tuple[Fit, ...]) -> tuple[Fit, ...]:
    """One fit a document: copies with one number and no two sure dates are the same document."""
    groups: dict[str, list[Fit]] = {}
    for fit in fits:
        number = fit.one.record.number
        key = number.value.key if number.value is not None and number.sure else fit.one.key
        groups.setdefault(key, []).append(fit)
    return tuple(one for group in groups.values() for one in _copies(group))


def _copies(group: list[Fit]) -> list[Fit]:
    dates = {fit.one.record.date.value for fit in group if fit.one.record.date.sure}
    if len(group) == 1 or len(dates) > 1:
        return group
    return [min(group, key=_order)]


def _order(fit: Fit) -> tuple[int, bool, bool, str]:
    """Of copies: the inner ring, in time, with a sure date, first."""
    return (fit.ring, fit.timing.ok is not True, not fit.one.record.date.sure, fit.one.sha256)


def pool(sure: tuple[Fit, ...], count: int) -> tuple[Fit, ...]:
    """The documents that count: ring after ring until there are enough. Equal ones of one ring stay together."""
    found: list[Fit] = []
    different = distinct(sure)
    for ring in sorted({fit.ring for fit in different}):
        if len(found) >= count:
            break
        found += [fit for fit in different if fit.ring is ring]
    return tuple(found)

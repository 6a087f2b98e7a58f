"""Which of a unit's documents serve which requirement.

Three rings around a requirement: documents handed in for its criterion; those handed in for a criterion above or below
it; all others of the unit, found by what they are. An inner ring comes first: what is handed in is not replaced by
what is found elsewhere, only filled up. In the outer ring a doubtful document counts only if it would fit were its
doubtful values right; in the inner ones every doubt counts. Where one file holds several documents, what its first
page says is no proof against it.

The same document scanned twice (one number, no two dates) is one document. Order of submission never matters.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum

from evidence.match.candidate import Candidate, prepare
from evidence.match.deadlines import Timing, timing
from evidence.match.judged import Judged, proof
from evidence.match.rules import FIELDS, ISSUING, RULES, speaks_of
from evidence.match.words import find
from evidence.model import ProblemCode, Reason, Record, Requirement, Submission, Unit
from evidence.text import fold


class Ring(IntEnum):
    HANDED = 0
    KIN = 1
    ELSEWHERE = 2


@dataclass(frozen=True, slots=True)
class Fit:
    """One document held against one requirement. ``ok``: surely it, surely not it, or doubt.

    ``unlikely`` are the fields whose doubtful values speak against it; ``offered`` marks a document that serves the
    criterion it was handed in for, and would do here too.
    """

    one: Candidate
    ring: Ring
    ok: bool | None
    likely: bool
    reasons: tuple[Reason, ...]
    timing: Timing
    unlikely: frozenset[str] = frozenset()
    offered: bool = False

    @property
    def against(self) -> int:
        """How many rules surely speak against it."""
        return sum(1 for reason in self.reasons if reason.ok is False)


@dataclass(frozen=True, slots=True)
class Served:
    """All that may serve one requirement. ``misfits`` were handed in for the criterion and surely serve none of it."""

    sure: tuple[Fit, ...]
    doubtful: tuple[Fit, ...]
    misfits: tuple[Fit, ...]


class Desk:
    """One unit's documents, found by criterion and by kind."""

    def __init__(self, unit: Unit, handed: Iterable[tuple[Submission, Record]]) -> None:
        self.unit = unit
        records: dict[str, Record] = {}
        submissions: dict[str, set[Submission]] = {}
        for submission, record in handed:
            records[record.source.sha256] = record
            submissions.setdefault(record.source.sha256, set()).add(submission)
        self.candidates = tuple(prepare(records[sha], tuple(submissions[sha])) for sha in sorted(records))
        self.settled: set[str] = set()
        self._by_code: dict[str, list[Candidate]] = {}
        self._by_kind: dict[str | None, list[Candidate]] = {}
        for one in self.candidates:
            for code in {code_of(it) for it in one.submissions} - {None}:
                self._by_code.setdefault(str(code), []).append(one)
            self._by_kind.setdefault(_settled_kind(one), []).append(one)

    @property
    def stray(self) -> tuple[Candidate, ...]:
        """Files that nobody could read and that were handed in for no criterion."""
        return tuple(
            one for one in self.candidates if not one.readable and all(code_of(it) is None for it in one.submissions)
        )

    def handed(self, code: str) -> tuple[Candidate, ...]:
        """What was handed in for exactly that criterion."""
        return tuple(self._by_code.get(fold(code), ()))

    def kin(self, codes: Iterable[str]) -> tuple[Candidate, ...]:
        """What was handed in for one of those criteria."""
        found = {one.sha256: one for code in codes for one in self.handed(code)}
        return tuple(found[sha] for sha in sorted(found))

    def alike(self, wanted: Requirement) -> tuple[Candidate, ...]:
        """What may be that kind of document; the others surely are not it."""
        if wanted.kind is None:
            return self.candidates
        return (*self._by_kind.get(fold(wanted.kind.name), ()), *self._by_kind.get(None, ()))


def code_of(submission: Submission) -> str | None:
    """The criterion that a submission names; ``1.2/q1`` names 1.2."""
    return fold(submission.criterion.split("/")[0].strip()) if submission.criterion else None


def _settled_kind(one: Candidate) -> str | None:
    """The folded kind of a document that can be of no other; None for doubt, bundles and decisions issuing a plan."""
    found = one.record.kind
    if found.value is None or not found.sure or _mixed(one):
        return None
    return None if any(find(verb, one.subject) for verb in ISSUING) else fold(found.value.name)


def _mixed(one: Candidate) -> bool:
    return one.has(ProblemCode.MIXED_DOCUMENTS)


def hold(wanted: Requirement, one: Candidate, ring: Ring, unit: Unit) -> Fit:
    """The document held against the requirement, all rules asked."""
    if not one.readable:
        problem = one.record.problems[0].message if one.record.problems else None
        reason = proof("readable", None, "assign-unreadable", one, path=one.path)
        detail = (Reason("readable", None, problem, one.sha256),) if problem else ()
        return Fit(one, ring, None, ring is not Ring.ELSEWHERE, (reason, *detail), Timing(None))
    answers = [answer for rule in RULES.values() if (answer := rule(wanted, one, unit)) is not None]
    ok = _together(answers)
    reasons = (_place(one, ring), *(answer.reason for answer in answers))
    if ok is False and _mixed(one):
        ok = None
        reasons = (*reasons, proof("mixed", None, "assign-mixed", one))
    likely = all(answer.likely for answer in answers)
    unlikely = frozenset(
        FIELDS[it.reason.rule] for it in answers if it.ok is None and not it.likely and it.reason.rule in FIELDS
    )
    return Fit(one, ring, ok, likely, reasons, timing(wanted, one), unlikely)


def _together(answers: list[Judged]) -> bool | None:
    if any(answer.ok is False for answer in answers):
        return False
    return None if any(answer.ok is None for answer in answers) else True


def _place(one: Candidate, ring: Ring) -> Reason:
    code = {Ring.HANDED: "assign-handed", Ring.KIN: "assign-kin", Ring.ELSEWHERE: "assign-elsewhere"}[ring]
    named = sorted({it.criterion for it in one.submissions if it.criterion})
    return proof("place", True, code, one, path=one.path, criterion=", ".join(named) or "-")


def elsewhere(wanted: Requirement, desk: Desk, taken: Mapping[str, object]) -> list[Fit]:
    """Documents found by what they are: surely it, or it were the doubtful values right."""
    found = []
    for one in desk.alike(wanted):
        if not speaks_of(wanted, one) or one.sha256 in taken or not one.readable:
            continue
        if not _may_be(wanted, one, desk.unit):
            continue
        fit = hold(wanted, one, Ring.ELSEWHERE, desk.unit)
        if one.sha256 in desk.settled:
            reasons = (*fit.reasons, proof("place", None, "assign-offered", one))
            fit = replace(fit, ok=None if fit.ok else fit.ok, reasons=reasons, offered=True)
        if fit.ok or (fit.ok is None and fit.likely):
            found.append(fit)
    return found


def _may_be(wanted: Requirement, one: Candidate, unit: Unit) -> bool:
    """Stops at the first rule that speaks against it: this runs for every document of the unit."""
    for rule in RULES.values():
        answer = rule(wanted, one, unit)
        if answer is not None and not answer.likely:
            return False
    return True


def serve(
    evidence: tuple[Requirement, ...], desk: Desk, code: str, kin: tuple[str, ...], below: tuple[str, ...]
) -> tuple[Served, ...]:
    """What serves each requirement of a criterion. ``kin``: the codes above and below it, ``below``: those below."""
    direct = {one.sha256: one for one in desk.handed(code)}
    near = {one.sha256: one for one in desk.kin(kin) if one.sha256 not in direct}
    own = {**direct, **{one.sha256: one for one in desk.kin(below)}}
    rows: list[list[Fit]] = []
    for wanted in evidence:
        inner = [hold(wanted, one, Ring.HANDED, desk.unit) for one in direct.values()]
        inner += [hold(wanted, one, Ring.KIN, desk.unit) for one in near.values()]
        rows.append(inner + elsewhere(wanted, desk, {**direct, **near}))
    rows = _homed(rows)
    served = [_served(fits) for fits in rows]
    placed = {fit.one.sha256 for fits in rows for fit in fits if fit.ok is not False}
    return tuple(
        Served(it.sure, it.doubtful, tuple(_misfits(fits, rows, served, own, placed)))
        for it, fits in zip(served, rows, strict=True)
    )


def settle(evidence: tuple[Requirement, ...], desk: Desk, code: str) -> None:
    """Notes which documents surely serve the criterion that they were handed in for: elsewhere they are only offered
    (a plan to inspect reforms also speaks of reforms, and is not the plan for reforms)."""
    for one in desk.handed(code):
        if one.readable and any(hold(wanted, one, Ring.HANDED, desk.unit).ok for wanted in evidence):
            desk.settled.add(one.sha256)


def _homed(rows: list[list[Fit]]) -> list[list[Fit]]:
    """Without doubtful documents that belong to another requirement of the same criterion: there everything agrees,
    here two different fields speak against them (doubtful ones, but no value decides alone)."""
    home = {fit.one.sha256 for fits in rows for fit in fits if fit.ok is not False and fit.likely and fit.one.readable}
    return [
        [fit for fit in fits if not (fit.ok is None and fit.one.sha256 in home and len(fit.unlikely) > 1)]
        for fits in rows
    ]


def _served(fits: list[Fit]) -> Served:
    ordered = sorted(fits, key=lambda fit: (fit.ring, fit.one.sha256))
    return Served(
        tuple(fit for fit in ordered if fit.ok),
        tuple(fit for fit in ordered if fit.ok is None),
        (),
    )


def _misfits(
    fits: list[Fit], rows: list[list[Fit]], served: list[Served], own: Mapping[str, Candidate], placed: set[str]
) -> Iterable[Fit]:
    """Documents handed in for the criterion that serve none of its requirements: each counts against the open
    requirements that it misses by the fewest rules."""
    for fit in sorted(fits, key=lambda fit: fit.one.sha256):
        sha = fit.one.sha256
        if sha not in own or sha in placed or fit.ok is not False:
            continue
        open_rows = [row for row, it in zip(rows, served, strict=True) if not it.sure]
        best = min((it.against for row in open_rows for it in row if it.one.sha256 == sha), default=None)
        if fit.against == best:
            yield fit


def distinct(fits: tuple[Fit, ...]) -> tuple[Fit, ...]:
    """One fit a document: copies with one number and no two sure dates are the same document."""
    groups: dict[str, list[Fit]] = {}
    for fit in fits:
        number = fit.one.record.number
        key = number.value.key if number.value is not None and number.sure else fit.one.sha256
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

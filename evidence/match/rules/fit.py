"""One document held against one requirement, all rules asked."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

from evidence.match.rules.answer import Judged, proof
from evidence.match.rules.candidate import Candidate
from evidence.match.rules.content import FIELDS, RULES, speaks_of
from evidence.match.rules.document_register import Register
from evidence.match.rules.standing import Named, cites, stands
from evidence.match.rules.timeliness import Timing, timing
from evidence.model.assessment import Reason
from evidence.model.criteria import MustCite, Requirement, Unit
from evidence.model.problem import ProblemCode


class Ring(IntEnum):
    HANDED = 0
    KIN = 1
    ELSEWHERE = 2


@dataclass(frozen=True, slots=True)
class Around:
    """What a rule may have to know besides the document: the unit, the day, the archive, what must be cited."""

    unit: Unit
    as_of: datetime.date
    register: Register
    named: Callable[[MustCite], Named]


@dataclass(frozen=True, slots=True)
class Fit:
    """``ok``: surely it, surely not it, or doubt.

    ``unlikely`` are the fields whose doubtful values speak against it; ``offered`` marks a document that was handed in
    for another criterion, and would do here too.
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


def hold(wanted: Requirement, one: Candidate, ring: Ring, around: Around) -> list[Fit]:
    """The file held against the requirement: of several documents in it all that surely fit, else the one that fits
    best."""
    fits = [_hold(wanted, it, ring, around) for it in (one, *one.parts)]
    sure = [fit for fit in fits if fit.ok]
    if sure:
        return sure
    return [min(fits, key=lambda fit: (fit.ok is not True, fit.ok is False, not fit.likely))]


def _hold(wanted: Requirement, one: Candidate, ring: Ring, around: Around) -> Fit:
    if not one.readable:
        problem = one.record.problems[0].message if one.record.problems else None
        reason = proof("readable", None, "assign-unreadable", one, path=one.path)
        detail = (Reason("readable", None, problem, one.sha256),) if problem else ()
        return Fit(one, ring, None, ring is not Ring.ELSEWHERE, (reason, *detail), Timing(None))
    answers = [answer for rule in RULES.values() if (answer := rule(wanted, one, around.unit)) is not None]
    end = around.register.end(one.record, around.as_of)
    more = (stands(one, end, ring is Ring.HANDED), cites(wanted, one, around.named))
    answers += [answer for answer in more if answer is not None]
    ok = _together(answers)
    reasons = (_place(one, ring), *(answer.reason for answer in answers))
    if ok is False and one.has(ProblemCode.MIXED_DOCUMENTS):
        ok = None
        reasons = (*reasons, proof("mixed", None, "assign-mixed", one))
    if ok is False and one.record.unfinished:
        ok = None
        reasons = (*reasons, proof("unfinished", None, "assign-unfinished", one))
    likely = all(answer.likely for answer in answers)
    unlikely = frozenset(
        FIELDS[it.reason.rule] for it in answers if it.ok is None and not it.likely and it.reason.rule in FIELDS
    )
    return Fit(one, ring, ok, likely, reasons, timing(wanted, one), unlikely)


def may_be(wanted: Requirement, one: Candidate, unit: Unit) -> bool:
    """The quick look before all rules are asked: this runs for every document of the unit."""
    if speaks_of(wanted, one) and _likely(wanted, one, unit):
        return True
    return any(speaks_of(wanted, it) and _likely(wanted, it, unit) for it in one.parts)


def _likely(wanted: Requirement, one: Candidate, unit: Unit) -> bool:
    """Stops at the first rule that speaks against it."""
    for rule in RULES.values():
        answer = rule(wanted, one, unit)
        if answer is not None and not answer.likely:
            return False
    return True


def _together(answers: list[Judged]) -> bool | None:
    if any(answer.ok is False for answer in answers):
        return False
    return None if any(answer.ok is None for answer in answers) else True


def _place(one: Candidate, ring: Ring) -> Reason:
    code = {Ring.HANDED: "assign-handed", Ring.KIN: "assign-kin", Ring.ELSEWHERE: "assign-elsewhere"}[ring]
    named = sorted({it.criterion for it in one.submissions if it.criterion})
    return proof("place", True, code, one, path=one.path, criterion=", ".join(named) or "-")

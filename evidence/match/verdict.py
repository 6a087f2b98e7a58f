"""From what serves a requirement to its verdict.

Doubt that could change the verdict makes it ``unclear``: a late document beside a doubtful one that may have come in
time, a missing one beside an unreadable file handed in for the criterion. Doubt that cannot change it is left alone.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from evidence.match.assign import Desk, Fit, Served, distinct
from evidence.match.judged import day
from evidence.messages import Message
from evidence.model import Reason, Requirement, Verdict

SHOWN = 5  # doubtful or wrong documents whose reasons are spelled out; the rest is counted


@dataclass(frozen=True, slots=True)
class Judgement:
    status: Verdict
    reasons: tuple[Reason, ...]
    documents: tuple[str, ...] = ()
    actual: datetime.date | None = None
    days_late: int | None = None


def judge(wanted: Requirement, served: Served, desk: Desk, as_of: datetime.date) -> Judgement:
    """The verdict on that requirement as of that day."""
    pool = _pool(served.sure, wanted.count)
    if len(pool) < wanted.count:
        return _short(wanted, pool, served, desk, as_of)
    if wanted.count == 1 and len(pool) > 1:
        return _tie(pool)
    return _timed(wanted, pool, served)


def _pool(sure: tuple[Fit, ...], count: int) -> tuple[Fit, ...]:
    """The documents that count: ring after ring until there are enough. Equal ones of one ring stay together."""
    pool: list[Fit] = []
    different = distinct(sure)
    for ring in sorted({fit.ring for fit in different}):
        if len(pool) >= count:
            break
        pool += [fit for fit in different if fit.ring is ring]
    return tuple(pool)


def _timed(wanted: Requirement, pool: tuple[Fit, ...], served: Served) -> Judgement:
    in_time = [fit for fit in pool if fit.timing.ok]
    open_ones = [fit for fit in pool if fit.timing.ok is None]
    if len(in_time) >= wanted.count:
        return _of(Verdict.MET, _earliest(in_time)[: wanted.count] if wanted.count == 1 else _earliest(in_time))
    if len(in_time) + len(open_ones) >= wanted.count:
        return _of(Verdict.UNCLEAR, (*open_ones, *in_time))
    late = _earliest([fit for fit in pool if fit.timing.ok is False])
    taken = {fit.one.sha256 for fit in pool}
    rivals = [fit for fit in (*served.doubtful, *served.sure) if fit.one.sha256 not in taken and not fit.offered]
    rivals = [fit for fit in distinct(tuple(rivals)) if fit.timing.ok is not False and not _copy(fit, pool)]
    if rivals:
        head = _say("verdict-late-rival", n=len(rivals))
        return Judgement(Verdict.UNCLEAR, (head, *_why([*late, *rivals])), _names((*late, *rivals)))
    needed = late[: wanted.count - len(in_time)]
    found = _of(Verdict.LATE, (*needed, *in_time))
    last = needed[-1].timing
    return Judgement(found.status, found.reasons, found.documents, last.actual, last.days_late)


def _copy(fit: Fit, pool: tuple[Fit, ...]) -> bool:
    """Whether it is another copy of a document that is counted already."""
    return any(len(distinct((fit, other))) == 1 for other in pool)


def _earliest(fits: list[Fit]) -> list[Fit]:
    return sorted(fits, key=lambda fit: (fit.timing.actual or datetime.date.max, fit.one.sha256))


def _of(status: Verdict, fits: list[Fit] | tuple[Fit, ...]) -> Judgement:
    actual = next((fit.timing.actual for fit in fits if fit.timing.actual), None) if status is Verdict.MET else None
    return Judgement(status, _why(list(fits)), _names(fits), actual)


def _tie(pool: tuple[Fit, ...]) -> Judgement:
    head = _say("verdict-tie", n=len(pool))
    return Judgement(Verdict.UNCLEAR, (head, *_why(list(pool))), _names(pool))


def _short(
    wanted: Requirement, pool: tuple[Fit, ...], served: Served, desk: Desk, as_of: datetime.date
) -> Judgement:
    """Not enough that surely fits: unclear where a doubtful document could fill it, then wrong, not due, missing."""
    if served.doubtful:
        head = _say("verdict-unclear", n=len(served.doubtful))
        fits = [*pool, *served.doubtful]
        return Judgement(Verdict.UNCLEAR, (head, *_why(fits)), _names(tuple(fits)))
    if served.misfits and not pool:
        head = _say("verdict-wrong", ok=False, n=len(served.misfits))
        return Judgement(Verdict.WRONG, (head, *_why(list(served.misfits))), _names(served.misfits))
    reasons = list(_why(list(pool)))
    if pool:
        reasons.insert(0, _say("verdict-too-few", ok=False, n=len(pool), count=wanted.count))
    end = wanted.due or wanted.issued_to
    if end is not None and as_of <= end:
        code = "verdict-not-due" if wanted.due else "verdict-window-open"
        head = _say(code, due=day(end), as_of=day(as_of), days=(end - as_of).days)
        return Judgement(Verdict.NOT_DUE, (head, *reasons), _names(pool))
    head = _say("verdict-missing", ok=False, as_of=day(as_of), n=len(desk.candidates))
    due = (_say("verdict-due", ok=False, due=day(wanted.due)),) if wanted.due else ()
    return Judgement(Verdict.MISSING, (head, *due, *reasons, *_unread(desk)), _names(pool))


def _unread(desk: Desk) -> tuple[Reason, ...]:
    """The unit's files that nobody could read: what is called missing may be in one of them."""
    stray = desk.stray
    return tuple(
        Reason("coverage", None, Message("verdict-stray", {"path": one.path, "n": str(len(stray))}), one.sha256)
        for one in stray[:SHOWN]
    )


def _say(code: str, ok: bool | None = None, **params: object) -> Reason:
    return Reason("verdict", ok, Message(code, {name: str(value) for name, value in params.items()}))


def _why(fits: list[Fit]) -> tuple[Reason, ...]:
    reasons = [reason for fit in fits[:SHOWN] for reason in fit.reasons]
    timed = [fit.timing.reason for fit in fits[:SHOWN] if fit.timing.reason and fit.ok is not False]
    rest = len(fits) - SHOWN
    more = [_say("verdict-more", n=rest)] if rest > 0 else []
    return (*reasons, *timed, *more)


def _names(fits: list[Fit] | tuple[Fit, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fit.one.sha256 for fit in fits))

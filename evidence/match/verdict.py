"""From what serves a requirement to its verdict.

Doubt that could change the verdict makes it ``unclear``: a late document beside a doubtful one that may have come in
time, a missing one beside an unreadable file handed in for the criterion. Doubt that cannot change it is left alone.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass, replace

from evidence.match.assign import Served, distinct
from evidence.match.assign import pool as pool_of
from evidence.match.rules.answer import day
from evidence.match.rules.fit import Fit
from evidence.match.triggers import Timed
from evidence.match.unit_documents import Desk
from evidence.messages import Message
from evidence.model.assessment import Reason, Verdict
from evidence.model.criteria import Requirement

SHOWN = 5  # doubtful or wrong documents whose reasons are spelled out; the rest is counted


@dataclass(frozen=True, slots=True)
class Judgement:
    """``in_time`` and ``late``: how many documents surely fit and surely came so, for the points."""

    status: Verdict
    reasons: tuple[Reason, ...]
    documents: tuple[str, ...] = ()
    actual: datetime.date | None = None
    days_late: int | None = None
    in_time: int = 0
    late: int = 0


def judge(timed: Timed, served: Served, desk: Desk) -> Judgement:
    """The verdict on that requirement."""
    wanted = timed.wanted
    pool = pool_of(served.sure, wanted.count)
    if len(pool) < wanted.count:
        found = _short(timed, pool, served, desk)
    elif wanted.count == 1 and len(pool) > 1:
        found = _tie(pool)
    else:
        found = _timed(wanted, pool, served)
    if found.status in (Verdict.MISSING, Verdict.WRONG) and desk.unfinished:
        found = replace(found, status=Verdict.UNCLEAR, reasons=(_provisional(desk), *found.reasons))
    reasons = (*found.reasons, *timed.reasons, *_others(found, served))
    return replace(found, reasons=reasons)


def _provisional(desk: Desk) -> Reason:
    """What would be missing may stand in a file of which only the first page was read so far."""
    first = desk.unfinished[0]
    params = {"path": first.path, "n": str(len(desk.unfinished))}
    return Reason("coverage", None, Message("verdict-unfinished", params), first.sha256)


def _timed(wanted: Requirement, pool: tuple[Fit, ...], served: Served) -> Judgement:
    in_time = [fit for fit in pool if fit.timing.ok]
    open_ones = [fit for fit in pool if fit.timing.ok is None]
    if len(in_time) >= wanted.count:
        counted = _earliest(in_time)[:1] if wanted.count == 1 else _earliest(in_time)
        return replace(_of(Verdict.MET, counted), in_time=len(counted))
    if len(in_time) + len(open_ones) >= wanted.count:
        return replace(_of(Verdict.UNCLEAR, (*open_ones, *in_time)), in_time=len(in_time))
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
    return replace(found, actual=last.actual, days_late=last.days_late, in_time=len(in_time), late=len(needed))


def _copy(fit: Fit, pool: tuple[Fit, ...]) -> bool:
    """Whether it is another copy of a document that is counted already."""
    return any(len(distinct((fit, other))) == 1 for other in pool)


def _earliest(fits: list[Fit]) -> list[Fit]:
    return sorted(fits, key=lambda fit: (fit.timing.actual or datetime.date.max, fit.one.sha256, fit.one.place))


def _of(status: Verdict, fits: list[Fit] | tuple[Fit, ...]) -> Judgement:
    actual = next((fit.timing.actual for fit in fits if fit.timing.actual), None) if status is Verdict.MET else None
    return Judgement(status, _why(list(fits)), _names(fits), actual)


def _tie(pool: tuple[Fit, ...]) -> Judgement:
    head = _say("verdict-tie", n=len(pool))
    return Judgement(Verdict.UNCLEAR, (head, *_why(list(pool))), _names(pool))


def _short(timed: Timed, pool: tuple[Fit, ...], served: Served, desk: Desk) -> Judgement:
    """Not enough that surely fits: unclear where a doubtful document could fill it, then wrong, not due, missing."""
    in_time = sum(fit.timing.ok is True for fit in pool)
    found = _doubtful(pool, served) or _wrong(timed.wanted, pool, served) or _absent(timed, pool, desk)
    return replace(found, in_time=in_time, late=len(pool) - in_time)


def _doubtful(pool: tuple[Fit, ...], served: Served) -> Judgement | None:
    if not served.doubtful:
        return None
    fits = (*pool, *served.doubtful)
    head = _say("verdict-offered" if all(fit.offered for fit in served.doubtful) else "verdict-unclear",
                n=len(served.doubtful))  # fmt: skip
    return Judgement(Verdict.UNCLEAR, (head, *_why(list(fits))), _names(fits))


def _wrong(wanted: Requirement, pool: tuple[Fit, ...], served: Served) -> Judgement | None:
    if not served.misfits:
        return None
    head = [_say("verdict-wrong", ok=False, n=len(served.misfits))]
    if pool:
        head.append(_say("verdict-too-few", ok=False, n=len(pool), count=wanted.count))
    fits = (*served.misfits, *pool)
    return Judgement(Verdict.WRONG, (*head, *_why(list(fits))), _names(fits))


def _absent(timed: Timed, pool: tuple[Fit, ...], desk: Desk) -> Judgement:
    wanted, as_of = timed.wanted, desk.frame.as_of
    reasons, n = list(_why(list(pool))), len(desk.candidates)
    if pool:
        reasons.insert(0, _say("verdict-too-few", ok=False, n=len(pool), count=wanted.count))
    if wanted.trigger is not None and wanted.due is None:
        status = Verdict.NOT_DUE if timed.idle else Verdict.UNCLEAR
        code = "verdict-trigger-open" if timed.idle else "verdict-trigger-unknown"
        before = desk.frame.requirements.get(wanted.trigger.requirement or "")
        title = before.title if before else str(wanted.trigger.requirement or wanted.trigger.number)
        return Judgement(status, (_say(code, n=n, trigger=f"“{title}”"), *reasons), _names(pool))
    end = wanted.due or wanted.issued_to
    if end is not None and as_of <= end:
        code = "verdict-not-due" if wanted.due else "verdict-window-open"
        head = _say(code, due=day(end), as_of=day(as_of), days=(end - as_of).days)
        return Judgement(Verdict.NOT_DUE, (head, *reasons), _names(pool))
    head = _say("verdict-missing", ok=False, as_of=day(as_of), n=n)
    due = (_say("verdict-due", ok=False, due=day(wanted.due)),) if wanted.due else ()
    return Judgement(Verdict.MISSING, (head, *due, *reasons, *_unread(desk)), _names(pool))


def _others(found: Judgement, served: Served) -> list[Reason]:
    """Why the other documents that were handed in for the criterion do not count here."""
    told = {reason.document for reason in found.reasons} | set(found.documents)
    rest = [fit for fit in served.inner if fit.one.sha256 not in told]
    sure = {fit.one.sha256 for fit in served.sure}
    reasons = []
    for fit in sorted(rest, key=lambda fit: (fit.ring, fit.one.sha256))[:SHOWN]:
        message = Message(_other(fit, fit.one.sha256 in sure), {"path": fit.one.path})
        reasons.append(Reason("other", False, message, fit.one.sha256))
        reasons += [it for it in fit.reasons if it.ok is False][:1]
    return reasons


def _other(fit: Fit, counted: bool) -> str:
    if fit.ok:
        return "verdict-other-copy" if counted else "verdict-other-slot"
    return "verdict-other" if fit.ok is False else "verdict-other-home"


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

"""From what serves a requirement to its verdict.

Doubt that could change the verdict makes it ``unclear``: a late document beside a doubtful one that may have come in
time, a missing one beside an unreadable file handed in for the criterion. Doubt that cannot change it is left alone.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

from evidence.match.assign import Assignment, distinct_documents, select_counted
from evidence.match.drafts import find_drafts
from evidence.match.evaluation import Evaluation
from evidence.match.rules.rule_result import build_reason, first_page, format_day
from evidence.match.trigger_due_dates import DatedRequirement
from evidence.match.unit_documents import UnitDocuments
from evidence.messages import Message
from evidence.model.assessment import Reason, Verdict
from evidence.model.criteria import Criterion, Requirement
from evidence.model.score_rule import ScoreRule

SHOWN = 5  # doubtful or wrong documents whose reasons are spelled out; the rest is counted
ABSENT = (Verdict.MISSING, Verdict.NOT_DUE, Verdict.WRONG)
Fits = tuple[Evaluation, ...]


@dataclass(frozen=True, slots=True)
class Judgement:
    """``in_time`` and ``late``: how many documents surely fit and surely came so, for the points. ``closed``: late
    only because they came after the round's closing."""

    status: Verdict
    reasons: tuple[Reason, ...]
    documents: tuple[str, ...] = ()
    actual: datetime.date | None = None
    days_late: int | None = None
    in_time: int = 0
    late: int = 0
    closed: bool = False


def judge_requirement(
    dated: DatedRequirement, assignment: Assignment, documents: UnitDocuments, criterion: Criterion
) -> Judgement:
    """The verdict on that requirement of the criterion."""
    judgement = _judge(dated, assignment, documents)
    if judgement.status is Verdict.MET and criterion.timely and dated.requirement.due is None:
        judgement = _without_deadline(judgement, assignment)
    elif judgement.status is Verdict.LATE and judgement.closed and _late_earns(criterion):
        judgement = replace(judgement, status=Verdict.UNCLEAR, in_time=0, late=0)
    elif dated.requirement.optional and judgement.status in ABSENT:
        reasons = (_reason("verdict-optional", ok=True), *judgement.reasons)
        judgement = replace(judgement, status=Verdict.NOT_APPLICABLE, reasons=reasons)
    return judgement


def _without_deadline(judgement: Judgement, assignment: Assignment) -> Judgement:
    """What fits where the scoring speaks of time and nobody knows the deadline: it earns nothing by itself. That is the
    one doubt: other documents that were handed in are only named."""
    first = next(fit for fit in assignment.sure if fit.sha256 in judgement.documents)
    unknown = build_reason("due", None, "deadline-unknown", first.candidate, first.candidate.record.date)
    reasons = tuple(
        replace(reason, ok=True) if reason.document not in judgement.documents else reason
        for reason in judgement.reasons
    )
    return replace(judgement, status=Verdict.UNCLEAR, reasons=(unknown, *reasons), in_time=0)


def _late_earns(criterion: Criterion) -> bool:
    """Whether the rule may give points for what came late: after the closing a person decides whether it is taken."""
    late, rule = criterion.scoring.late, criterion.score
    return rule in (ScoreRule.TIMELINESS, ScoreRule.PER_ITEM, ScoreRule.DEDUCTION) and late != 0


def _judge(dated: DatedRequirement, assignment: Assignment, documents: UnitDocuments) -> Judgement:
    requirement = dated.requirement
    counted = select_counted(assignment.sure, requirement.count)
    if len(counted) < requirement.count:
        judgement = _too_few(dated, counted, assignment, documents)
    elif requirement.count == 1 and len(counted) > 1:
        judgement = _tie(counted)
    else:
        judgement = _by_time(requirement, counted, assignment)
    if judgement.status in (Verdict.MISSING, Verdict.WRONG) and documents.unfinished:
        reasons = (_provisional_reason(documents), *judgement.reasons)
        judgement = replace(judgement, status=Verdict.UNCLEAR, reasons=reasons)
    return replace(judgement, reasons=(*judgement.reasons, *dated.reasons, *_uncounted(judgement, assignment)))


def _provisional_reason(documents: UnitDocuments) -> Reason:
    """What would be missing may stand in a file of which only the first page was read so far."""
    first = documents.unfinished[0]
    params = {"path": first.path, "n": str(len(documents.unfinished))}
    return Reason("coverage", None, Message("verdict-unfinished", params), first.sha256, first_page(first))


def _by_time(requirement: Requirement, counted: Fits, assignment: Assignment) -> Judgement:
    """Enough that surely fits: met, late, or unclear where a doubtful time or document could change it."""
    in_time = [fit for fit in counted if fit.timing.ok]
    undated = [fit for fit in counted if fit.timing.ok is None]
    if len(in_time) >= requirement.count:
        earliest = _earliest(in_time)[:1] if requirement.count == 1 else _earliest(in_time)
        return replace(_judgement(Verdict.MET, earliest), in_time=len(earliest))
    if len(in_time) + len(undated) >= requirement.count:
        return replace(_judgement(Verdict.UNCLEAR, (*undated, *in_time)), in_time=len(in_time))
    late = _earliest([fit for fit in counted if fit.timing.ok is False])
    rivals = _rivals(counted, assignment)
    if rivals:
        head = _reason("verdict-late-rival", n=len(rivals))
        return Judgement(Verdict.UNCLEAR, (head, *_reasons_of([*late, *rivals])), _hashes((*late, *rivals)))
    needed = late[: requirement.count - len(in_time)]
    judgement = _judgement(Verdict.LATE, (*needed, *in_time))
    last = needed[-1].timing
    closed = all(fit.timing.closed for fit in needed)
    judgement = replace(judgement, actual=last.actual, days_late=last.days_late, closed=closed)
    return replace(judgement, in_time=len(in_time), late=len(needed))


def _rivals(counted: Fits, assignment: Assignment) -> list[Evaluation]:
    """Other documents that may have come in time in the place of a late one."""
    taken = {fit.sha256 for fit in counted}
    others = tuple(
        fit for fit in (*assignment.doubtful, *assignment.sure) if fit.sha256 not in taken and not fit.offered
    )
    return [fit for fit in distinct_documents(others) if fit.timing.ok is not False and not _is_copy(fit, counted)]


def _is_copy(fit: Evaluation, counted: Fits) -> bool:
    """Whether it is another copy of a document that is counted already."""
    return any(len(distinct_documents((fit, other))) == 1 for other in counted)


def _earliest(fits: Sequence[Evaluation]) -> list[Evaluation]:
    return sorted(fits, key=lambda fit: (fit.timing.actual or datetime.date.max, fit.sha256, fit.candidate.place))


def _judgement(status: Verdict, fits: Sequence[Evaluation]) -> Judgement:
    actual = next((fit.timing.actual for fit in fits if fit.timing.actual), None) if status is Verdict.MET else None
    return Judgement(status, _reasons_of(fits), _hashes(fits), actual)


def _tie(counted: Fits) -> Judgement:
    head = _reason("verdict-tie", n=len(counted))
    return Judgement(Verdict.UNCLEAR, (head, *_reasons_of(counted)), _hashes(counted))


def _too_few(dated: DatedRequirement, counted: Fits, assignment: Assignment, documents: UnitDocuments) -> Judgement:
    """Not enough that surely fits: unclear where a doubtful document could fill it, then wrong, not due, missing."""
    in_time = sum(fit.timing.ok is True for fit in counted)
    judgement = (
        _doubtful(counted, assignment)
        or _wrong(dated.requirement, counted, assignment)
        or _without_trigger(dated, counted, documents)
        or _absent(dated.requirement, counted, documents)
    )
    return replace(judgement, in_time=in_time, late=len(counted) - in_time)


def _doubtful(counted: Fits, assignment: Assignment) -> Judgement | None:
    doubtful = assignment.doubtful
    if not doubtful:
        return None
    code = "verdict-offered" if all(fit.offered for fit in doubtful) else "verdict-unclear"
    fits = (*counted, *doubtful)
    return Judgement(Verdict.UNCLEAR, (_reason(code, n=len(doubtful)), *_reasons_of(fits)), _hashes(fits))


def _wrong(requirement: Requirement, counted: Fits, assignment: Assignment) -> Judgement | None:
    if not assignment.misfits:
        return None
    head = [_reason("verdict-wrong", ok=False, n=len(assignment.misfits))]
    if counted:
        head.append(_reason("verdict-too-few", ok=False, n=len(counted), count=requirement.count))
    fits = (*assignment.misfits, *counted)
    return Judgement(Verdict.WRONG, (*head, *_reasons_of(fits)), _hashes(fits))


def _without_trigger(dated: DatedRequirement, counted: Fits, documents: UnitDocuments) -> Judgement | None:
    """Where the document that the deadline counts from is not known: not due while it may still come, else unclear."""
    requirement = dated.requirement
    if requirement.trigger is None or requirement.due is not None:
        return None
    status = Verdict.NOT_DUE if dated.idle else Verdict.UNCLEAR
    code = "verdict-trigger-open" if dated.idle else "verdict-trigger-unknown"
    name, number = requirement.trigger.requirement, requirement.trigger.number
    before = documents.check.requirements.get(name or "")
    title = before.title if before else str(name or number)
    head = _reason(code, n=len(documents.candidates), trigger=f"“{title}”")
    return Judgement(status, (head, *_too_few_reasons(requirement, counted)), _hashes(counted))


def _absent(requirement: Requirement, counted: Fits, documents: UnitDocuments) -> Judgement:
    as_of, n = documents.check.as_of, len(documents.candidates)
    reasons = _too_few_reasons(requirement, counted)
    end = requirement.due or requirement.issued_to
    if end is not None and as_of <= end:
        code = "verdict-not-due" if requirement.due else "verdict-window-open"
        head = _reason(code, due=format_day(end), as_of=format_day(as_of), days=(end - as_of).days)
        return Judgement(Verdict.NOT_DUE, (head, *reasons), _hashes(counted))
    head = _reason("verdict-missing", ok=False, as_of=format_day(as_of), n=n)
    due = (_reason("verdict-due", ok=False, due=format_day(requirement.due)),) if requirement.due else ()
    beside = (*find_drafts(requirement, documents), *_unread_strays(documents))
    return Judgement(Verdict.MISSING, (head, *due, *reasons, *beside), _hashes(counted))


def _too_few_reasons(requirement: Requirement, counted: Fits) -> tuple[Reason, ...]:
    if not counted:
        return ()
    return (_reason("verdict-too-few", ok=False, n=len(counted), count=requirement.count), *_reasons_of(counted))


def _uncounted(judgement: Judgement, assignment: Assignment) -> list[Reason]:
    """Why the other documents that were handed in for the criterion do not count here."""
    named = {reason.document for reason in judgement.reasons} | set(judgement.documents)
    rest = [fit for fit in assignment.inner if fit.sha256 not in named]
    sure = {fit.sha256 for fit in assignment.sure}
    reasons = []
    for fit in sorted(rest, key=lambda fit: (fit.placement, fit.sha256))[:SHOWN]:
        message = Message(_uncounted_code(fit, fit.sha256 in sure), {"path": fit.candidate.path})
        reasons.append(Reason("other", False, message, fit.sha256, first_page(fit.candidate)))
        reasons += [reason for reason in fit.reasons if reason.ok is False][:1]
    return reasons


def _uncounted_code(fit: Evaluation, counted: bool) -> str:
    if fit.ok:
        return "verdict-other-copy" if counted else "verdict-other-slot"
    return "verdict-other" if fit.ok is False else "verdict-other-home"


def _unread_strays(documents: UnitDocuments) -> tuple[Reason, ...]:
    """The unit's files that nobody could read: what is called missing may be in one of them."""
    strays = documents.unread_strays
    return tuple(
        Reason("coverage", None, Message("verdict-stray", {"path": file.path, "n": str(len(strays))}), file.sha256)
        for file in strays[:SHOWN]
    )


def _reason(code: str, ok: bool | None = None, **params: object) -> Reason:
    return Reason("verdict", ok, Message(code, {name: str(value) for name, value in params.items()}))


def _reasons_of(fits: Sequence[Evaluation]) -> tuple[Reason, ...]:
    """What speaks for and against these documents, and when they came; of many only the first are spelled out."""
    reasons = [reason for fit in fits[:SHOWN] for reason in fit.reasons]
    timings = [fit.timing.reason for fit in fits[:SHOWN] if fit.timing.reason and fit.ok is not False]
    rest = len(fits) - SHOWN
    more = [_reason("verdict-more", n=rest)] if rest > 0 else []
    return (*reasons, *timings, *more)


def _hashes(fits: Sequence[Evaluation]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fit.sha256 for fit in fits))

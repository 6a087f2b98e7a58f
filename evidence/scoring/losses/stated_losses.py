"""What a report says of its points, held against itself: each field's loss against what is said to explain it, the sum
of the fields against the total, the fields that lost against those that are named."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from evidence.messages import Message
from evidence.model.losses import LossCheck, LossKind, LossReason, LossReport, PointLoss
from evidence.scoring.index import compute_index
from evidence.scoring.losses.report_prose import StatedPoints, StatedReason
from evidence.vietnamese.text import fold

ZERO, ONE, TENTH = Decimal(0), Decimal(1), Decimal("0.1")
# What the words of a reason tell of its kind; the first that fits.
WORDS = (
    (LossKind.LATE, re.compile(r"\b(?:chậm|muộn|trễ|quá hạn|(?:không|chưa) kịp thời|không đúng (?:hạn|thời gian))")),
    (LossKind.SURVEY, re.compile(r"\b(?:điều tra|khảo sát|xã hội học|hài lòng|phiếu)\b")),
    (LossKind.FIGURE, re.compile(r"%|\btỷ lệ\b|\d[.,]\d+\s*/\s*\d")),
    (LossKind.MISSING, re.compile(
        r"\b(?:chưa|không|thiếu)\b[^.;]{0,60}\b(?:báo cáo|kế hoạch|văn bản|phụ lục|tài liệu|ban hành|quyết định)\b"
        r"|\b(?:báo cáo|kế hoạch|văn bản|phụ lục)\b[^.;]{0,60}\b(?:chưa|không|thiếu)\b")),
)  # fmt: skip


def judge_report(unit: str, source: str, stated: StatedPoints) -> LossReport:
    """The losses of every field, and what does not hold together."""
    losses = tuple(_judge_field(at, stated) for at in range(len(stated.fields)))
    report = LossReport(unit, source, losses, stated.total, stated.total_max)
    checks = (*_check_sums(report), *_check_named(stated, losses), *_check_fields(stated, losses))
    return LossReport(unit, source, losses, stated.total, stated.total_max, checks)


def _judge_field(at: int, stated: StatedPoints) -> PointLoss:
    field = stated.fields[at]
    said = [reason for reason in stated.reasons if reason.field == at]
    telling = [reason for reason in said if _cost(reason) is not None or reason.share is not None]
    shown = telling or (said[:1] if field.points < field.max else [])
    return PointLoss(
        code=str(at + 1),
        title=field.title,
        max=field.max,
        points=field.points,
        explained=sum((_cost(reason) or ZERO for reason in telling), ZERO),
        reasons=tuple(LossReason(classify_reason(each.text), _cost(each), each.text, line=each.line) for each in shown),
        is_named=at in stated.named if stated.named_count is not None else None,
    )


def _cost(reason: StatedReason) -> Decimal | None:
    """What a reason is said to cost: what was taken, else what its parts lost."""
    return reason.taken if reason.taken is not None else reason.parts


def classify_reason(text: str) -> LossKind:
    """What kind of reason the words tell of.

    >>> classify_reason("Báo cáo quý III gửi chậm"), classify_reason("Sắp xếp tổ chức bộ máy")
    (<LossKind.LATE: 'late'>, <LossKind.STATED: 'stated'>)
    """
    folded = fold(text)
    return next((kind for kind, words in WORDS if words.search(folded)), LossKind.STATED)


def _check_sums(report: LossReport) -> Iterator[LossCheck]:
    if report.total is not None and report.total != report.points:
        values = {
            "sum": str(report.points),
            "total": str(report.total),
            "difference": _signed(report.total - report.points),
        }
        yield _check("loss-sum-differs", values)
    if report.total_max is not None and report.total_max != report.max:
        yield _check("loss-max-differs", {"sum": str(report.max), "total": str(report.total_max)})


def _check_named(stated: StatedPoints, losses: Sequence[PointLoss]) -> Iterator[LossCheck]:
    if stated.named_count is None:
        return
    lost = [at for at, loss in enumerate(losses) if loss.lost > 0]
    listed = len(stated.named) + len(stated.unmatched)
    if listed != stated.named_count:
        yield _check("loss-count-differs", {"said": str(stated.named_count), "listed": str(listed)})
    if len(lost) != stated.named_count:
        yield _check("loss-fields-differ", {"said": str(stated.named_count), "lost": str(len(lost))})
    for at in lost:
        if at not in stated.named:
            yield _check("loss-not-named", {"field": losses[at].title, "lost": str(losses[at].lost)})
    for at in stated.named:
        if losses[at].lost <= 0:
            yield _check("loss-named-without", {"field": losses[at].title})
    for name in stated.unmatched:
        yield _check("loss-name-unknown", {"name": name})


def _check_fields(stated: StatedPoints, losses: Sequence[PointLoss]) -> Iterator[LossCheck]:
    for loss in losses:
        values = {"field": loss.title, "lost": str(loss.lost), "explained": str(loss.explained)}
        if loss.points > loss.max:
            yield _check("loss-above-max", {"field": loss.title, "points": str(loss.points), "max": str(loss.max)})
        elif loss.unexplained > 0:
            code = "loss-partly-explained" if loss.explained else "loss-unexplained"
            yield _check(code, {**values, "unexplained": str(loss.unexplained)})
        elif loss.explained > max(loss.lost, ZERO):
            yield _check("loss-too-much-explained", values)
    for reason in stated.reasons:
        yield from _check_reason(reason, losses[reason.field])


def _check_reason(reason: StatedReason, loss: PointLoss) -> Iterator[LossCheck]:
    if reason.taken is not None and reason.parts is not None and reason.taken != reason.parts:
        values = {"field": loss.title, "taken": str(reason.taken), "parts": str(reason.parts)}
        yield _check("loss-parts-differ", values)
    if reason.share is not None and loss.max > 0:
        real = compute_index(loss.points, loss.max).quantize(TENTH, ROUND_HALF_UP)
        if abs(real - reason.share) >= ONE:
            yield _check("loss-share-differs", {"field": loss.title, "said": str(reason.share), "real": str(real)})


def _check(code: str, values: dict[str, str]) -> LossCheck:
    return LossCheck(code.removeprefix("loss-"), Message(code, values))


def _signed(amount: Decimal) -> str:
    return f"{amount:+f}"

"""Lost points as tasks: one row a reason, whose owner is the unit that lost them, and whose helpers are the agencies
that the criterion names. A document that was missing, late or wrong is asked for again, of the year that follows."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator

from evidence.messages import Message
from evidence.model.criteria import CriteriaSet, Criterion, Unit, walk_criteria
from evidence.model.losses import LossKind, LossReason, LossReport, PointLoss
from evidence.model.scores.remedies import Remedy, UnitRemedies

DOCUMENTS = (LossKind.MISSING, LossKind.LATE, LossKind.WRONG)
_DEADLINE = re.compile(
    r"[,;]?\s*(?:ban hành|gửi)?\s*(?:xong\s+)?(?:trước|chậm nhất(?:\s+là)?|đến hết)\s+ngày\s+"
    r"\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?",
    re.IGNORECASE,
)
NO_TASK = (LossKind.OPEN, LossKind.UNCLEAR)  # nothing is lost yet: a person looks first


def list_remedies(criteria: CriteriaSet, unit: Unit, report: LossReport, until: datetime.date) -> UnitRemedies:
    """The rows of one unit, in order of the set; ``until``: the last day, that a person named."""
    known = {criterion.code: criterion for criterion in walk_criteria(criteria.criteria)}
    rows = [
        remedy
        for loss in report.losses
        if loss.lost > 0 and loss.code in known
        for remedy in _of_loss(loss, known[loss.code], unit, criteria.year, until)
    ]
    return UnitRemedies(unit.name, tuple(rows))


def _of_loss(
    loss: PointLoss, criterion: Criterion, unit: Unit, year: int, until: datetime.date
) -> Iterator[Remedy]:  # fmt: skip
    reasons = [reason for reason in loss.reasons if reason.kind not in NO_TASK]
    for reason in reasons or [LossReason(LossKind.UNEXPLAINED, loss.lost)]:
        product = shift_year(reason.text, year) if reason.kind in DOCUMENTS else ""
        values = {"code": loss.code, "title": loss.title, "lost": str(loss.lost), "max": str(loss.max)}
        task = {"document": product, "title": shift_year(loss.title, year)}
        yield Remedy(
            loss.code, Message(f"remedy-{reason.kind.value}", values), reason.text, reason.message,
            Message(f"remedy-task-{reason.kind.value}", task), product, unit.name,
            tuple(owner for owner in criterion.owners if owner != unit.name), until, reason.points,
        )  # fmt: skip


def shift_year(text: str, year: int) -> str:
    """The text as it is in the year after: "Báo cáo CCHC quý III năm 2025" becomes that of 2026; a deadline in it goes:
    it is that of the year before.

    >>> shift_year("Báo cáo CCHC năm 2025 theo Kế hoạch 12/KH-UBND", 2025)
    'Báo cáo CCHC năm 2026 theo Kế hoạch 12/KH-UBND'
    >>> shift_year("Kế hoạch CCHC năm 2025, ban hành trước ngày 31/12/2024", 2025)
    'Kế hoạch CCHC năm 2026'
    """
    return re.sub(rf"(?<![\d/]){year}(?![\d/])", str(year + 1), _DEADLINE.sub("", text)).strip()

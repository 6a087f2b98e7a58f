"""Lost points as JSON lines: the criteria or fields (``row``: criterion, field), the total, and what does not hold."""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import Decimal

from evidence.messages import Language, say
from evidence.model.losses import LossCheck, LossReason, LossReport, PointLoss
from evidence.report.scores.losses_terminal import say_numbers
from evidence.report.scores.standings_json import show_points

ZERO = Decimal(0)


def render_losses(
    report: LossReport, fields: Iterable[PointLoss], language: Language, row: str = "criterion"
) -> str:  # fmt: skip
    """``row``: what the losses of the report are. Of criteria only those that lost something, or are open, come."""
    shown = [loss for loss in report.losses if row == "field" or loss.lost or loss.open]
    trees = [_loss(report.unit, loss, row, language) for loss in shown]
    trees += [_loss(report.unit, loss, "field", language) for loss in fields]
    trees.append(_total(report))
    trees += [_check(report.unit, check, language) for check in report.checks]
    if row == "field":  # of several reports each row says which it is of
        trees = [{**tree, "source": report.source} for tree in trees]
    return "".join(json.dumps(tree, ensure_ascii=False) + "\n" for tree in trees)


def _loss(unit: str, loss: PointLoss, row: str, language: Language) -> dict[str, object]:
    return {
        "unit": unit,
        "row": row,
        "code": loss.code,
        "field": loss.field or loss.code,
        "title": loss.title,
        "max": show_points(loss.max),
        "points": show_points(loss.points),
        "lost": show_points(loss.lost),
        "explained": show_points(loss.explained),
        "unexplained": show_points(loss.unexplained),
        "open": show_points(loss.open),
        "named": loss.is_named,
        "reasons": [_reason(reason, language) for reason in loss.reasons],
    }


def _reason(reason: LossReason, language: Language) -> dict[str, object]:
    return {
        "kind": reason.kind.value,
        "points": show_points(reason.points),
        "text": reason.text,
        "sentence": say(reason.message, language) if reason.message else reason.text,
        "documents": list(reason.documents),
        "line": reason.line,
    }


def _total(report: LossReport) -> dict[str, object]:
    difference = report.total - report.points if report.total is not None else None
    return {
        "unit": report.unit,
        "row": "total",
        "max": show_points(report.max),
        "points": show_points(report.points),
        "lost": show_points(report.max - report.points),
        "explained": show_points(sum((loss.explained for loss in report.losses), ZERO)),
        "unexplained": show_points(sum((loss.unexplained for loss in report.losses), ZERO)),
        "stated": show_points(report.total),
        "stated_max": show_points(report.total_max),
        "difference": show_points(difference),
    }


def _check(unit: str, check: LossCheck, language: Language) -> dict[str, object]:
    return {"unit": unit, "row": "check", "code": check.code, "sentence": say_numbers(check.message, language),
            **check.message.params}  # fmt: skip

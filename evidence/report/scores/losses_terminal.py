"""Lost points for a terminal: a table, each loss with its reasons below it, then what does not hold together."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from decimal import Decimal

from evidence.messages import Language, Message, say
from evidence.model.losses import LossReason, LossReport, PointLoss
from evidence.report.labels import label
from evidence.report.scores.standings_terminal import render_grid, short, show_number

HEADS = ("code", "title", "max", "points", "lost", "explained", "unexplained")
ZERO = Decimal(0)


def render_report(
    report: LossReport, fields: Sequence[PointLoss], language: Language, width: int, colour: bool = False
) -> str:
    """``fields``: the sums of the losses by field, where the losses are those of criteria."""
    heads = [label(f"score-{head}", language) for head in HEADS]
    table = fields or report.losses
    rows = [_row(loss, language) for loss in table] + [_total(report, language)]
    parts = [render_grid("", heads, rows, width, colour)]
    parts += [line + "\n" for loss in report.losses if loss.lost or loss.open for line in _reasons(loss, language)]
    if report.checks:
        parts.append(label("score-checks", language) + "\n")
        parts += [f"  ! {say_numbers(check.message, language)}\n" for check in report.checks]
    return "".join(parts)


def say_numbers(message: Message, language: Language) -> str:
    """The sentence with its numbers as its language writes them; a criterion's ``code`` is no number."""
    params = {
        name: show_number(value, language) if name != "code" and re.fullmatch(r"[+-]?\d+\.\d+", value) else value
        for name, value in message.params.items()
    }
    return say(Message(message.code, params), language)


def _row(loss: PointLoss, language: Language) -> tuple[str, ...]:
    numbers = (loss.max, loss.points, loss.lost, loss.explained, loss.unexplained)
    return (loss.code, loss.title, *(show_number(short(number), language) for number in numbers))


def _total(report: LossReport, language: Language) -> tuple[str, ...]:
    explained, unexplained = (_sum(values) for values in (
        (loss.explained for loss in report.losses), (loss.unexplained for loss in report.losses),
    ))  # fmt: skip
    numbers = (report.max, report.points, report.max - report.points, explained, unexplained)
    return ("", label("score-total", language), *(show_number(short(number), language) for number in numbers))


def _sum(values: Iterable[Decimal]) -> Decimal:
    return sum(values, ZERO)


def _reasons(loss: PointLoss, language: Language) -> Iterable[str]:
    lost = show_number(short(loss.lost), language)
    yield label("score-loss", language, place=loss.code, title=loss.title, lost=lost)
    for reason in loss.reasons:
        yield f"    {_reason(reason, language)}"
    if not loss.reasons and loss.unexplained:
        yield f"    {label('score-kind-unexplained', language)}"


def _reason(reason: LossReason, language: Language) -> str:
    kind = label(f"score-kind-{reason.kind.value}", language)
    points = f" ({show_number(short(reason.points), language)})" if reason.points is not None else ""
    sentence = say(reason.message, language) if reason.message else ""
    texts = ": ".join(text for text in (reason.text, sentence) if text)
    return f"{kind}{points}: {texts}"

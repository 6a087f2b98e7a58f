"""Two years on a terminal: a table a unit, its fields and its total; criteria that are no fields above them."""

from __future__ import annotations

from collections.abc import Sequence

from evidence.messages import Language
from evidence.model.comparison import Comparison, Reached
from evidence.report.labels import label
from evidence.report.scores.comparison_json import round_cents, show_change, summary_json
from evidence.report.scores.standings_terminal import render_grid, short, show_number

HEADS = ("code", "title", "old", "new", "change-points", "change-percent", "note")


def render_comparisons(
    comparisons: Sequence[Comparison], language: Language, width: int, colour: bool = False
) -> str:  # fmt: skip
    """Every unit in its order, with what rose and what fell."""
    heads = [label(f"score-{head}", language) for head in HEADS]
    parts = []
    for unit in dict.fromkeys(each.unit for each in comparisons):
        own = [each for each in comparisons if each.unit == unit]
        parts.append(render_grid(unit, heads, [_row(each, language) for each in own], width, colour))
        summary = summary_json(unit, comparisons)
        if summary["highest"]:
            parts.append(
                label("compare-summary", language, highest=summary["highest"], lowest=summary["lowest"]) + "\n"
            )
    return "\n".join(parts)


def _row(comparison: Comparison, language: Language) -> tuple[str, ...]:
    code = comparison.criterion if comparison.level != "total" else ""
    title = comparison.title or label(f"compare-level-{comparison.level}", language)
    olds = "; ".join(_show(reached, language, len(comparison.old) > 1) for reached in comparison.old) or "–"
    percent = show_change(round_cents(comparison.percent))
    return (
        code, title, olds, _show(comparison.new, language, False) if comparison.new else "–",
        _change(show_change(comparison.points), language), f"{_change(percent, language)}{' %' if percent else ''}",
        label(f"compare-{comparison.mark.value}", language),
    )  # fmt: skip


def _change(text: str | None, language: Language) -> str:
    return "–" if text is None else show_number(text, language)


def _show(reached: Reached, language: Language, named: bool) -> str:
    """Points of the maximum and percent; with the unit where several stand side by side."""
    if reached.points is None or reached.percent is None:
        text = "–"
    else:
        percent = show_number(str(round_cents(reached.percent)), language)
        text = (
            f"{show_number(short(reached.points), language)}/{show_number(short(reached.max), language)} ({percent} %)"
        )
    return f"{', '.join(reached.units)}: {text}" if named else text

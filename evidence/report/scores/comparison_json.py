"""Two years as JSON lines: a line a criterion, field and total of each unit, then a summary of each unit."""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal

from evidence.messages import Language
from evidence.model.comparison import Comparison, Reached
from evidence.report.labels import label
from evidence.report.scores.standings_json import show_points

CENT = Decimal("0.01")


def render_comparisons(comparisons: Sequence[Comparison], language: Language) -> str:
    """JSON Lines; changes have their sign, those of percent are percentage points with two decimals."""
    trees = [comparison_json(comparison, language) for comparison in comparisons]
    trees += [summary_json(unit, comparisons) for unit in dict.fromkeys(each.unit for each in comparisons)]
    return "".join(json.dumps(tree, ensure_ascii=False) + "\n" for tree in trees)


def comparison_json(comparison: Comparison, language: Language) -> dict[str, object]:
    """One line. ``old`` is a list where several units were merged."""
    olds = [_reached(reached) for reached in comparison.old]
    return {
        "unit": comparison.unit,
        "level": comparison.level,
        "criterion": comparison.criterion or None,
        "title": comparison.title,
        "mark": comparison.mark.value,
        "note": label(f"compare-{comparison.mark.value}", language),
        "old": olds if len(olds) > 1 else olds[0] if olds else None,
        "new": _reached(comparison.new) if comparison.new else None,
        "points": show_change(comparison.points),
        "percent": show_change(round_cents(comparison.percent)),
    }


def summary_json(unit: str, comparisons: Sequence[Comparison]) -> dict[str, object]:
    """A unit's highest and lowest field, and what rose and fell."""
    own = [each for each in comparisons if each.unit == unit]
    fields = [each for each in own if _is_field(each) and each.new is not None and each.new.percent is not None]
    ordered = sorted(
        fields, key=lambda each: each.new.percent if each.new and each.new.percent is not None else Decimal(0)
    )
    changes = [each for each in own if each.level == "criterion" and each.percent is not None]
    return {
        "unit": unit,
        "level": "summary",
        "highest": ordered[-1].criterion if ordered else None,
        "lowest": ordered[0].criterion if ordered else None,
        "rises": [each.criterion for each in changes if each.percent and each.percent > 0],
        "falls": [each.criterion for each in changes if each.percent and each.percent < 0],
        "new": [each.criterion for each in own if each.level == "criterion" and each.mark.value == "new"],
        "dropped": [each.criterion for each in own if each.level == "criterion" and each.mark.value == "dropped"],
    }


def _is_field(comparison: Comparison) -> bool:
    """Whether it is a whole field; one without parts stands among the criteria."""
    return comparison.level == "field" or (comparison.level == "criterion" and "." not in comparison.criterion)


def round_cents(amount: Decimal | None) -> Decimal | None:
    """Rounded half up to two decimals."""
    return None if amount is None else amount.quantize(CENT, ROUND_HALF_UP)


def show_change(amount: Decimal | None) -> str | None:
    """A change with its sign.

    >>> show_change(Decimal("5.71")), show_change(Decimal("-0.50")), show_change(Decimal(0))
    ('+5.71', '-0.50', '0')
    """
    if amount is None:
        return None
    return f"{amount:+f}" if amount else "0"


def _reached(reached: Reached) -> dict[str, object]:
    return {
        "max": show_points(reached.max),
        "points": show_points(reached.points),
        "percent": None if reached.percent is None else str(round_cents(reached.percent)),
        "units": list(reached.units),
        "criteria": list(reached.criteria),
    }

"""Points and ranks as the JSON that others rely on (contract, section 6): a line a unit.

Numbers are texts, so that no reader makes them binary fractions; what is open is a range ``[low, high]``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal

from evidence.model.scoring import PartPoints, UnitPoints, UnitStanding
from evidence.report.labels import format_decimal

MILLIONTH = Decimal("0.000001")
Span = str | list[str] | None


def points_json(standing: UnitStanding) -> dict[str, object]:
    """What a unit reached, with its parts."""
    points = standing.points
    return {
        "unit": points.unit,
        "name": points.name,
        "group": points.group,
        "max": show_points(points.max),
        "points": _span(show_points(points.lowest), show_points(points.highest)),
        "index": format_index(standing),
        "complete": points.is_complete,
        "parts": [_part(part) for part in points.parts],
    }


def standing_json(standing: UnitStanding) -> dict[str, object]:
    """A unit in the ranking."""
    points = standing.points
    return {
        "unit": points.unit,
        "name": points.name,
        "group": points.group,
        "rank": standing.rank,
        "index": format_index(standing),
        "grade": standing.grade,
        "max": show_points(points.max),
        "points": _span(show_points(points.lowest), show_points(points.highest)),
        "ranked": points.is_ranked,
        "complete": points.is_complete,
        "provisional": standing.is_provisional,
    }


def render_standings(standings: Iterable[UnitStanding]) -> str:
    """JSON Lines, in the order of the ranking."""
    return "".join(json.dumps(standing_json(standing), ensure_ascii=False) + "\n" for standing in standings)


def render_points(standings: Iterable[UnitStanding]) -> str:
    """JSON Lines of points, in the order given."""
    return "".join(json.dumps(points_json(standing), ensure_ascii=False) + "\n" for standing in standings)


def format_index(standing: UnitStanding) -> Span:
    """The index as it is printed; a range while points are open; None where nothing applies to the unit."""
    if standing.low is None or standing.high is None:
        return None
    low, high = (_round(index, standing.places) for index in (standing.low, standing.high))
    return low if standing.points.is_complete else [low, high]


def show_points(amount: Decimal | None) -> str | None:
    """Points with six decimals at most: what a survey's division gives has no end. Sums are made of the whole.

    >>> show_points(Decimal(2) / 3), show_points(Decimal("70.50")), show_points(None)
    ('0.666667', '70.5', None)
    """
    if amount is None:
        return None
    near = amount.quantize(MILLIONTH, ROUND_HALF_UP)
    return format_decimal(near if near != amount else amount)


def _round(index: Decimal, places: int) -> str:
    return str(index.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP))


def _span(low: str | None, high: str | None) -> Span:
    return low if low is None or high is None or low == high else [low, high]


def _part(part: PartPoints) -> dict[str, object]:
    return {
        "part": part.part,
        "max": show_points(part.max),
        "points": _span(show_points(part.lowest), show_points(part.highest)),
        "assessed": part.is_assessed,
    }


def list_parts(units: Iterable[UnitPoints]) -> tuple[str, ...]:
    """The names of all parts, in their order."""
    return tuple(dict.fromkeys(part.part for unit in units for part in unit.parts))

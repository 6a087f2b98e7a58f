"""What is wrong with a published table: within itself, and against the points that it publishes.

Numbers are compared in the digits that are printed: points printed as 78,83 may be anything from 78,825 to 78,835, and
an index that fits any of them is not called wrong.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import pairwise

from evidence.messages import Message
from evidence.model.scores.published_table import PublishedRow, PublishedTable
from evidence.model.scoring import Grade, UnitStanding
from evidence.scoring.grades import find_grade
from evidence.scoring.index import compute_index, round_index
from evidence.vietnamese.text import fold

HALF = Decimal("0.5")
FEWEST_SUMMED, MOST_WRONG = 3, Decimal("0.3")  # rows by which it is seen that columns are parts; wrong ones among them
NOTES = frozenset({"published-rank-gap", "published-printed-alike"})  # what may be right: the table may lack units
Fault = tuple[int, Message]


def reconcile_table(table: PublishedTable, grades: Sequence[Grade] = ()) -> tuple[Fault, ...]:
    """The faults of the table within itself, by row."""
    faults = [fault for row in table.rows for fault in _check_row(row, grades)]
    faults += _check_parts(table.rows)
    for group in dict.fromkeys(row.group for row in table.rows):
        members = [row for row in table.rows if row.group == group and row.is_ranked]
        faults += _check_ranks([row for row in members if row.rank is not None])
        faults += _check_summaries(table, group, [row.index for row in members])
    return tuple(sorted(faults, key=lambda fault: fault[0]))


def reconcile_points(table: PublishedTable, standings: Iterable[UnitStanding]) -> tuple[Fault, ...]:
    """Where the table differs from those points: rank, maximum, points, index, grade; units on one side only."""
    own = {fold(standing.points.name): standing for standing in standings}
    published = {fold(row.unit): row for row in table.rows}
    places = _order_both(table, own)
    faults = [
        fault for key, row in published.items() if key in own for fault in _compare(row, own[key], places.get(key))
    ]  # fmt: skip
    faults += [
        (row.number, Message("published-unknown-unit", {"unit": row.unit}))
        for key, row in published.items()
        if key not in own
    ]
    last = table.rows[-1].number if table.rows else 1
    faults += [
        (last, Message("published-missing-unit", {"unit": standing.points.name}))
        for key, standing in own.items()
        if key not in published
    ]
    return tuple(sorted(faults, key=lambda fault: fault[0]))


def _check_row(row: PublishedRow, grades: Sequence[Grade]) -> Iterator[Fault]:
    most = row.self_max if row.self_max is not None else row.max
    if row.self_points is not None and most is not None and row.self_points > most:
        values = {"unit": row.unit, "points": str(row.self_points), "max": str(most)}
        yield row.number, Message("published-self-above-max", values)
    if row.points is not None and row.max is not None:
        if row.points > row.max:
            values = {"unit": row.unit, "points": str(row.points), "max": str(row.max)}
            yield row.number, Message("published-above-max", values)
        elif row.max > 0 and not _fits(row.points, row.max, row.index):
            shown = str(round_index(compute_index(row.points, row.max), max(2, _places(row.index))))
            values = {"unit": row.unit, "index": str(row.index), "computed": shown}
            yield row.number, Message("published-index-differs", values)
    if grades and fold(row.grade or "") not in {fold(grade or "") for grade in _possible_grades(row, grades)}:
        due = find_grade(row.index, grades)
        values = {"unit": row.unit, "grade": row.grade or "–", "index": str(row.index), "due": due or "–"}
        yield row.number, Message("published-grade-differs", values)


def _possible_grades(row: PublishedRow, grades: Sequence[Grade]) -> set[str | None]:
    """The grades of the indexes that are printed like that."""
    half = HALF.scaleb(-_places(row.index))
    return {find_grade(index, grades) for index in (row.index - half, row.index, row.index + half)}


def _fits(points: Decimal, most: Decimal, index: Decimal) -> bool:
    half, places = HALF.scaleb(-max(2, _places(points))), _places(index)
    low, high = (round_index(compute_index(amount, most), places) for amount in (points - half, points + half))
    return low <= index <= high


def _check_ranks(rows: Sequence[PublishedRow]) -> Iterator[Fault]:
    """Neighbours in the order of the ranks: equal and unequal, above and below, numbers that are left out."""
    ordered = sorted(rows, key=lambda row: (row.rank or 0, row.number))
    for upper, lower in pairwise(ordered):
        values = {"unit": lower.unit, "other": upper.unit, "index": str(lower.index), "other_index": str(upper.index),
                  "rank": str(lower.rank), "other_rank": str(upper.rank)}  # fmt: skip
        if upper.index == lower.index and upper.rank != lower.rank:
            code = "published-printed-alike" if _differ(upper, lower) else "published-equal-unequal-rank"
            yield lower.number, Message(code, values)
        elif upper.index != lower.index and upper.rank == lower.rank:
            yield lower.number, Message("published-unequal-equal-rank", values)
        elif lower.index > upper.index:
            yield lower.number, Message("published-order", values)
    yield from _check_gaps(ordered)


def _check_gaps(ordered: Sequence[PublishedRow]) -> Iterator[Fault]:
    """Ranks that nobody has, told once: equal ranks before it explain a gap (1, 2, 2, 4)."""
    gaps = [row for row in ordered[:1] if (row.rank or 0) > 1]
    for upper, lower in pairwise(ordered):
        shared = sum(row.rank == upper.rank for row in ordered)
        if (lower.rank or 0) > (upper.rank or 0) + shared:
            gaps.append(lower)
    if gaps:
        values = {"count": str(len(gaps)), "rank": str(gaps[0].rank), "unit": gaps[0].unit}
        yield gaps[0].number, Message("published-rank-gap", values)


def _check_parts(rows: Sequence[PublishedRow]) -> Iterator[Fault]:
    """Points that are not the sum of the row's other columns, where those of most rows are."""
    summed = [(row, _sum_parts(row)) for row in rows if len(row.parts) > 1 and row.points is not None]
    wrong = [(row, total) for row, total in summed if not _is_sum(row, total)]
    if len(summed) < FEWEST_SUMMED or len(wrong) > len(summed) * MOST_WRONG:
        return  # the other columns are no parts
    for row, total in wrong:
        values = {"unit": row.unit, "points": str(row.points), "sum": str(total),
                  "parts": " + ".join(str(value) for _, value in row.parts)}  # fmt: skip
        yield row.number, Message("published-parts-differ", values)


def _sum_parts(row: PublishedRow) -> Decimal:
    return sum((value for _, value in row.parts), Decimal(0))


def _is_sum(row: PublishedRow, total: Decimal) -> bool:
    """Whether the parts sum to the points, up to the rounding of those that have two decimals or more."""
    points = row.points or Decimal(0)
    rounded = sum(_places(value) >= 2 for _, value in row.parts)
    room = HALF.scaleb(-max(2, _places(points))) * (1 + rounded) if rounded or _places(points) else Decimal(0)
    return abs(total - points) <= room


def _differ(upper: PublishedRow, lower: PublishedRow) -> bool:
    """Whether the points show that two indexes that are printed alike differ."""
    sides = [
        compute_index(row.points, row.max) for row in (upper, lower) if row.points is not None and row.max
    ]  # fmt: skip
    return len(sides) == 2 and sides[0] != sides[1]


def _check_summaries(table: PublishedTable, group: str | None, indexes: Sequence[Decimal]) -> Iterator[Fault]:
    if not indexes:
        return
    mean = sum(indexes, Decimal(0)) / len(indexes)
    computed = {"highest": max(indexes), "mean": mean, "lowest": min(indexes)}
    for line in table.summaries:
        if line.group != group:
            continue
        places = _places(line.index)
        room = HALF.scaleb(-places) + HALF.scaleb(-max(map(_places, indexes)))  # of both roundings
        if abs(computed[line.kind] - line.index) > room:
            values = {"kind": line.kind, "printed": str(line.index),
                      "computed": str(round_index(computed[line.kind], max(2, places)))}  # fmt: skip
            yield line.number, Message(f"published-{line.kind}-differs", values)


def _order_both(table: PublishedTable, own: Mapping[str, UnitStanding]) -> dict[str, tuple[int, int]]:
    """The places of the units that stand on both sides, as printed and as their points give them, each group by itself:
    a table that lacks units has the order all the same."""
    shared = [row for row in table.rows if fold(row.unit) in own]
    ranked = [
        (fold(row.unit), row.group, own[fold(row.unit)].points.group, row.rank, standing.rank)
        for row in shared
        if row.rank is not None and (standing := own[fold(row.unit)]).rank is not None and not standing.is_provisional
    ]
    return {
        key: (
            1 + sum(other[1] == group and other[3] < rank for other in ranked),
            1 + sum(other[2] == own_group and (other[4] or 0) < (own_rank or 0) for other in ranked),
        )
        for key, group, own_group, rank, own_rank in ranked
    }


def _compare(row: PublishedRow, standing: UnitStanding, places: tuple[int, int] | None) -> Iterator[Fault]:
    points = standing.points
    pairs = [
        ("rank", row.rank, row.rank if _stand_alike(row, standing, places) else standing.rank),
        ("max", row.max, _as_printed(points.max, row.max)),
        ("points", row.points, _as_printed(points.lowest, row.points) if points.is_complete else None),
        ("index", row.index, _as_printed(standing.low, row.index) if points.is_complete else None),
    ]
    for name, printed, own in pairs:
        if printed != own and not (printed is None and name in ("max", "points")):
            values = {"unit": row.unit, "printed": "–" if printed is None else str(printed),
                      "own": "–" if own is None else str(own)}  # fmt: skip
            yield row.number, Message(f"published-{name}-against-own", values)
    if standing.grade is not None and fold(row.grade or "") != fold(standing.grade):
        values = {"unit": row.unit, "printed": row.grade or "–", "own": standing.grade}
        yield row.number, Message("published-grade-against-own", values)


def _stand_alike(row: PublishedRow, standing: UnitStanding, places: tuple[int, int] | None) -> bool:
    if places is not None:
        return places[0] == places[1]
    return standing.is_provisional or row.rank == standing.rank


def _as_printed(amount: Decimal | None, printed: Decimal | None) -> Decimal | None:
    """An amount of ours in the digits of the printed one."""
    return amount if amount is None or printed is None else round_index(amount, _places(printed))


def _places(amount: Decimal) -> int:
    exponent = amount.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0

"""Points that were judged elsewhere: a table with a row for each part of each unit.

Columns ``unit, group, ranked, part, max, points``, or headings in Vietnamese; ``group``, ``ranked`` and ``block`` may
be left out. Empty points: the part was not assessed, and its maximum goes. ``?``: it is still open, anything up to its
maximum; ``60..65``: something between. ``block`` (thưởng, trừ) marks points beside the scale, whose maximum does not
count. Every fault is told with its row, and then nothing is taken.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from evidence.messages import Message
from evidence.model.scoring import OfficeRow, PartPoints, UnitPoints
from evidence.scoring.amounts import find_columns, is_blank, parse_points, parse_yes
from evidence.vietnamese.text import fold, nfc

HEADINGS = {
    "unit": ("đơn vị", "tên đơn vị", "mã đơn vị", "cơ quan", "cơ quan, đơn vị"),
    "group": ("nhóm", "khối", "nhóm đơn vị"),
    "ranked": ("xếp hạng", "có xếp hạng"),
    "part": ("phần", "nội dung", "hợp phần", "phần điểm"),
    "max": ("điểm tối đa", "tối đa", "điểm chuẩn", "điểm chuẩn tối đa", "thang điểm"),
    "points": ("điểm", "điểm đạt được", "điểm đạt", "điểm thẩm định", "kết quả"),
    "block": ("khối điểm", "thưởng/trừ", "loại điểm"),
}
REQUIRED = ("unit", "part", "max", "points")
HEADING_ROWS = 15  # rows looked at for the heading: titles may stand above it
OPEN = frozenset({"?", "chưa chấm", "đang chấm", "chưa có", "open"})
BONUS = frozenset(map(fold, ("bonus", "thưởng", "điểm thưởng", "penalty", "trừ", "phạt", "điểm trừ", "điểm phạt")))
Fault = tuple[int, Message]
ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class PartsTable:
    """The units in the order of the table; ``others``: headings of columns that say nothing here."""

    units: tuple[UnitPoints, ...]
    faults: tuple[Fault, ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _PartRow:
    number: int
    unit: str
    group: str | None
    ranked: bool
    part: PartPoints

    @property
    def key(self) -> tuple[str, str]:
        return fold(self.unit), fold(self.part.part)


def read_parts(rows: Sequence[OfficeRow]) -> PartsTable:
    """The units with their parts, or every fault with its row."""
    at, columns = find_heading(rows)
    if at is None:
        return PartsTable((), ((1, Message("parts-columns", {"columns": ", ".join(REQUIRED)})),))
    read = [_read_row(row, columns) for row in rows[at + 1 :] if any(cell.strip() for cell in row.cells)]
    faults = [fault for row_faults in read if isinstance(row_faults, list) for fault in row_faults]
    parts = [row for row in read if isinstance(row, _PartRow)]
    faults += _clashes(parts)
    if not read:
        faults.append((rows[at].number, Message("parts-none")))
    others = [head for place, head in enumerate(rows[at].cells) if head.strip() and place not in columns.values()]
    if faults:
        return PartsTable((), tuple(sorted(faults, key=lambda fault: fault[0])), tuple(others))
    return PartsTable(_gather(parts), (), tuple(others))


def find_heading(rows: Sequence[OfficeRow]) -> tuple[int | None, dict[str, int]]:
    """The place of the row that names the columns, and which column is which."""
    for at, row in enumerate(rows[:HEADING_ROWS]):
        columns = find_columns(row.cells, HEADINGS)
        if all(name in columns for name in REQUIRED):
            return at, columns
    return None, {}


def _read_row(row: OfficeRow, columns: dict[str, int]) -> _PartRow | list[Fault]:
    cells = {name: _cell(row, place) for name, place in columns.items()}
    faults = [
        (row.number, Message("parts-empty-cell", {"column": name})) for name in ("unit", "part") if not cells[name]
    ]
    most = parse_points(cells["max"])
    if most is None or most < 0:
        faults.append((row.number, Message("parts-bad-number", {"column": "max", "value": cells["max"]})))
    given = cells.get("ranked", "")
    ranked = parse_yes(given) if given else True
    if ranked is None:
        faults.append((row.number, Message("parts-bad-ranked", {"value": given})))
    block = cells.get("block", "")
    beside = fold(block) in BONUS
    if block and not beside:
        faults.append((row.number, Message("parts-bad-block", {"value": block})))
    span = _read_points(cells["points"], most or ZERO, beside)
    if span is None:
        faults.append((row.number, Message("parts-bad-number", {"column": "points", "value": cells["points"]})))
    elif most is not None and (outside := _outside(span, most, beside)):
        faults.append((row.number, Message(outside, {"points": cells["points"], "max": cells["max"]})))
    if faults or most is None or span is None or ranked is None:
        return faults
    part = PartPoints(cells["part"], most, *span, beside_scale=beside)
    return _PartRow(row.number, cells["unit"], cells.get("group") or None, ranked, part)


def _cell(row: OfficeRow, place: int) -> str:
    return " ".join(nfc(row.cells[place]).split()) if place < len(row.cells) else ""


def _read_points(text: str, most: Decimal, beside: bool) -> tuple[Decimal | None, Decimal | None] | None:
    """The least and the most of them, twice None where they were not assessed; None for what is no amount."""
    if fold(text) in OPEN:
        return (-most if beside else ZERO), most
    if is_blank(text):
        return None, None
    left, dots, right = text.partition("..")
    low, high = parse_points(left), parse_points(right if dots else left)
    return (low, high) if low is not None and high is not None else None


def _outside(span: tuple[Decimal | None, Decimal | None], most: Decimal, beside: bool) -> str | None:
    """The code of what is wrong with points outside their scale."""
    low, high = span
    if low is None or high is None:
        return None
    if low > high:
        return "parts-range-reversed"
    if high > most:
        return "parts-above-max"
    return "parts-negative" if low < (-most if beside else ZERO) else None


def _clashes(parts: Sequence[_PartRow]) -> list[Fault]:
    """Parts that stand twice, and units whose rows do not agree on their group or on their being ranked."""
    faults: list[Fault] = []
    seen: dict[tuple[str, str], int] = {}
    firsts: dict[str, _PartRow] = {}
    for row in parts:
        if row.key in seen:
            values = {"unit": row.unit, "part": row.part.part, "first": str(seen[row.key])}
            faults.append((row.number, Message("parts-twice", values)))
        seen.setdefault(row.key, row.number)
        first = firsts.setdefault(fold(row.unit), row)
        for column, same in (("group", first.group == row.group), ("ranked", first.ranked == row.ranked)):
            if not same:
                values = {"unit": row.unit, "column": column, "first": str(first.number)}
                faults.append((row.number, Message("parts-disagree", values)))
    return faults


def _gather(parts: Sequence[_PartRow]) -> tuple[UnitPoints, ...]:
    by_unit: dict[str, list[_PartRow]] = {}
    for row in parts:
        by_unit.setdefault(fold(row.unit), []).append(row)
    return tuple(
        UnitPoints(rows[0].unit, rows[0].unit, rows[0].group, rows[0].ranked, tuple(row.part for row in rows))
        for rows in by_unit.values()
    )

"""Results of a year as a table: a row for each criterion (or part) of each unit, or one index a unit.

Columns ``unit, criterion, max, points``, and ``title``, ``rule`` where the table has them; headings in Vietnamese mean
the same, and the column ``part`` of a table of parts is one of criteria. Rows that sum up others (1 above 1.1, 1.2)
count as those they sum up where both stand there: only the lowest are compared, fields are added up again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from evidence.messages import Message
from evidence.model.comparison import CriterionResult, Crosswalk
from evidence.model.scoring import OfficeRow
from evidence.scoring.amounts import find_columns, is_blank, parse_points
from evidence.vietnamese.text import fold, nfc

HEADINGS = {
    "unit": ("đơn vị", "tên đơn vị", "mã đơn vị", "cơ quan", "cơ quan, đơn vị"),
    "criterion": ("tiêu chí", "mã tiêu chí", "mã", "part", "phần", "hợp phần", "stt tiêu chí", "code"),
    "title": ("tên tiêu chí", "nội dung", "tên"),
    "max": ("điểm tối đa", "tối đa", "điểm chuẩn", "điểm chuẩn tối đa", "thang điểm"),
    "points": ("điểm", "điểm đạt được", "điểm đạt", "điểm thẩm định", "tổng điểm"),
    "rule": ("quy tắc", "cách chấm", "cách tính điểm", "cách xác định và tính điểm"),
    "index": ("chỉ số", "chỉ số (%)", "chỉ số cchc"),
}
WHOLE = "*"  # the criterion of a table that gives only totals
HEADING_ROWS = 15
Fault = tuple[int, Message]
CROSSWALK_HEADINGS = {
    "kind": ("loại", "loai"), "old": ("cũ", "cu", "năm trước", "trước"), "new": ("mới", "moi", "năm nay", "sau"),
}  # fmt: skip
KINDS = {fold(word): kind for kind, words in {
    "unit": ("unit", "đơn vị"), "criterion": ("criterion", "tiêu chí"),
}.items() for word in words}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReadResults:
    """The results; with ``faults`` they are not to be used."""

    results: tuple[CriterionResult, ...]
    faults: tuple[Fault, ...] = ()


def read_results(rows: Sequence[OfficeRow]) -> ReadResults:
    """The results of a table, or every fault with its row."""
    at, columns = _find_heading(rows)
    if at is None:
        return ReadResults((), ((1, Message("results-columns")),))
    results: list[CriterionResult] = []
    faults: list[Fault] = []
    seen: dict[tuple[str, str], int] = {}
    for row in rows[at + 1 :]:
        if not any(cell.strip() for cell in row.cells):
            continue
        result = _read_row(row, columns)
        if isinstance(result, Message):
            faults.append((row.number, result))
            continue
        key = (fold(result.unit), fold(result.criterion))
        if key in seen:
            values = {"unit": result.unit, "criterion": result.criterion, "first": str(seen[key])}
            faults.append((row.number, Message("results-twice", values)))
        seen.setdefault(key, row.number)
        results.append(result)
    if not results and not faults:
        faults.append((1, Message("results-none")))
    return ReadResults(() if faults else keep_lowest(results), tuple(faults))


def _find_heading(rows: Sequence[OfficeRow]) -> tuple[int | None, dict[str, int]]:
    for at, row in enumerate(rows[:HEADING_ROWS]):
        columns = find_columns(row.cells, HEADINGS)
        if "unit" in columns and ({"max", "points"} <= set(columns) or "index" in columns):
            return at, columns
    return None, {}


def _read_row(row: OfficeRow, columns: dict[str, int]) -> CriterionResult | Message:
    cells = {
        name: " ".join(nfc(row.cells[place]).split()) if place < len(row.cells) else ""
        for name, place in columns.items()
    }
    unit, criterion = cells["unit"], cells.get("criterion", "") or WHOLE
    if not unit:
        return Message("results-no-unit")
    shown = cells.get("points", "") if "points" in columns else cells["index"]
    most = parse_points(cells["max"] if "points" in columns and "max" in columns else "100")
    points = None if is_blank(shown) else parse_points(shown)
    if most is None or most < 0 or (points is None and not is_blank(shown)):
        return Message("results-bad-number", {"value": shown if most is not None else cells.get("max", "")})
    if points is not None and points > most:
        return Message("results-above-max", {"points": shown, "max": str(most)})
    return CriterionResult(unit, criterion, cells.get("title", ""), most, points, cells.get("rule", ""))


def keep_lowest(results: Sequence[CriterionResult]) -> tuple[CriterionResult, ...]:
    """The results that no others are parts of, each with the field that it belongs to: the first piece of its code."""
    heads = {(result.unit, _head(result.criterion)) for result in results}
    inner = {(unit, code) for unit, code in heads if code} | {
        (unit, _head(code)) for unit, code in heads if _head(code)
    }  # fmt: skip
    return tuple(
        replace(result, field=result.field or result.criterion.partition(".")[0])
        for result in results
        if (result.unit, result.criterion) not in inner
    )


def _head(code: str) -> str:
    return code.rpartition(".")[0]


def read_crosswalk(rows: Sequence[OfficeRow]) -> tuple[Crosswalk, tuple[Fault, ...]]:
    """The pairs of a table with the columns kind, old, new."""
    columns = find_columns(rows[0].cells, CROSSWALK_HEADINGS) if rows else {}
    if set(columns) != set(CROSSWALK_HEADINGS):
        return Crosswalk(), ((1, Message("crosswalk-columns")),)
    pairs: dict[str, list[tuple[str, str]]] = {"unit": [], "criterion": []}
    faults: list[Fault] = []
    for row in rows[1:]:
        if not any(cell.strip() for cell in row.cells):
            continue
        kind, old, new = (
            " ".join(nfc(row.cells[place]).split()) if (place := columns[name]) < len(row.cells) else ""
            for name in ("kind", "old", "new")
        )
        if fold(kind) not in KINDS:
            faults.append((row.number, Message("crosswalk-kind", {"value": kind})))
        elif not old or not new:
            faults.append((row.number, Message("crosswalk-empty")))
        elif (fold(old), fold(new)) in pairs[KINDS[fold(kind)]]:
            faults.append((row.number, Message("crosswalk-twice", {"old": old, "new": new})))
        else:
            pairs[KINDS[fold(kind)]].append((fold(old), fold(new)))
    return Crosswalk(tuple(pairs["unit"]), tuple(pairs["criterion"])), tuple(faults)

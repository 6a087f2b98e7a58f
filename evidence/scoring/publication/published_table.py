"""A published table read back: rank, unit, maximum, points, index, grade, in sections, with highest, mean and lowest.

Tables for single fields that follow in the same file are left aside and counted. A group is named by its section, by a
column, or, where nothing names it, begins where the ranks begin at 1 again. A number that is no number, a unit without
an index and a unit that stands twice are faults with their rows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from evidence.messages import Language, Message, say
from evidence.model.scores.published_table import PublishedRow, PublishedSummary, PublishedTable
from evidence.model.scoring import OfficeRow, PartPoints, UnitPoints
from evidence.scoring.amounts import find_columns, is_blank, parse_points
from evidence.scoring.comparison.result_table import WHOLE
from evidence.vietnamese.text import fold, nfc

HEADINGS = {
    "rank": ("thứ hạng", "xếp hạng", "hạng", "xếp thứ", "vị thứ", "vị trí", "published_rank"),
    "unit": ("đơn vị", "tên đơn vị", "cơ quan", "cơ quan, đơn vị", "tên cơ quan, đơn vị"),
    "group": ("nhóm", "khối", "nhóm đơn vị"),
    "max": ("điểm chuẩn tối đa", "điểm tối đa", "điểm chuẩn", "tối đa", "maximum points", "published_max"),
    "points": ("điểm đạt được", "điểm đạt", "tổng điểm", "tổng điểm đạt được", "điểm", "points reached",
               "published_total", "tổng điểm chung"),
    "index": ("chỉ số (%)", "chỉ số", "chỉ số cchc", "chỉ số cchc (%)", "par index", "index (%)", "published_index"),
    "grade": ("xếp loại", "phân loại", "mức xếp loại", "loại", "published_grade"),
    "self": ("điểm tự chấm", "tự chấm", "điểm tự đánh giá", "tự đánh giá", "part1_self"),
    "self_max": ("điểm tối đa tự chấm", "điểm tự chấm tối đa", "part1_max"),
}  # fmt: skip
GROUPS = ("so", "huyen", "xa", "tinh", "bo")
SUMMARIES = {"highest": ("cao nhất", "highest", "điểm cao nhất", "chỉ số cao nhất"),
             "mean": ("trung bình", "mean", "bình quân", "giá trị trung bình", "điểm trung bình"),
             "lowest": ("thấp nhất", "lowest", "điểm thấp nhất", "chỉ số thấp nhất")}  # fmt: skip
_KINDS = {fold(word): kind for kind, words in SUMMARIES.items() for word in words}
_SELF = re.compile(r"tự chấm|tự đánh giá|_self\b")
_INDEX = re.compile(r"(?:chỉ số|par index|index)\b(?!.*\b(?:năm trước|thành phần)\b)")
_MOST = re.compile(r"tối đa|_max\b|thang điểm")
_APART = re.compile(r"\b(?:stt|tt|năm|hạng|chỉ số|tỷ lệ|%|so với|tăng|giảm)\b|_rank|_index")
_NUMERAL = re.compile(r"(?:[IVXLC]+|[A-ZĐ]|\d{1,2})\s*[.)\-/]\s*")
_RANK = re.compile(r"\s*(\d{1,5})\s*\*?\s*")
Fault = tuple[int, Message]


@dataclass(frozen=True, slots=True)
class _Section:
    group: str | None = None
    is_ranked: bool = True


def is_published(rows: Sequence[OfficeRow]) -> bool:
    """Whether the first table that names units is a published one: it has ranks or grades beside the index."""
    return any(_columns(row) for row in rows)


def read_published(rows: Sequence[OfficeRow]) -> tuple[PublishedTable, tuple[Fault, ...]]:
    """The table of the whole index; with faults it is not to be used."""
    blocks = list(_split_tables(rows))
    if not blocks:
        return PublishedTable((), (), 0), ((1, Message("published-columns")),)
    columns = blocks[0].columns
    units: list[PublishedRow] = []
    summaries: list[PublishedSummary] = []
    faults: list[Fault] = []
    aside, section = 0, _Section()
    for block in blocks:
        known = {fold(unit.unit) for unit in units}
        heads = block.columns
        if heads.keys() - {"rank"} != columns.keys() - {"rank"} or any(
            fold(_cell(row, heads["unit"])) in known for row in block.rows
        ):
            aside += len(block.rows)
            continue
        for row in block.rows:
            read = _read_row(row, block, section, units)
            if isinstance(read, _Section):
                section = read
            elif isinstance(read, PublishedRow):
                section = replace(section, group=read.group)
                units.append(read)
            elif isinstance(read, PublishedSummary):
                summaries.append(read)
            else:
                faults.append((row.number, read))
    if not units and not faults:
        faults.append((1, Message("published-none")))
    return PublishedTable(tuple(units), tuple(summaries), aside), (*faults, *_twice(units))


def points_of_published(table: PublishedTable) -> tuple[UnitPoints, ...]:
    """The published points as those of one part; of a table without points the index as percent."""
    return tuple(
        UnitPoints(row.unit, row.unit, row.group, row.is_ranked, (PartPoints(WHOLE, most, points, points),))
        for row in table.rows
        for most, points in [
            (row.max, row.points) if row.max is not None and row.points is not None else (Decimal(100), row.index)
        ]
        if points is not None
    )


def _columns(row: OfficeRow) -> dict[str, int]:
    """The columns of a heading; empty for any other row."""
    heads = [nfc(cell) for cell in row.cells]
    columns = find_columns(heads, HEADINGS)
    for at, head in enumerate(heads):  # "Điểm tự đánh giá (phần I)": what the unit gave itself, whatever is added
        if at not in columns.values() and _SELF.search(fold(head)):
            columns.setdefault("self_max" if _MOST.search(fold(head)) else "self", at)
        elif at not in columns.values() and _INDEX.match(fold(head)):
            columns.setdefault("index", at)
    return columns if {"unit", "index"} <= set(columns) and set(columns) & {"rank", "grade"} else {}


@dataclass(frozen=True, slots=True)
class _Block:
    """A heading's columns, the other columns that may hold points, by heading, and the rows below."""

    columns: dict[str, int]
    parts: dict[str, int]
    rows: list[OfficeRow]


def _split_tables(rows: Sequence[OfficeRow]) -> Iterator[_Block]:
    """Each heading with the rows below it, to the next heading or sheet."""
    block: _Block | None = None
    sheet: str | None = None
    for row in rows:
        heads = _columns(row)
        if heads or row.sheet != sheet:
            if block and block.rows:
                yield block
            block, sheet = (_Block(heads, _part_columns(row, heads), []) if heads else None), row.sheet
        elif block and any(cell.strip() for cell in row.cells):
            block.rows.append(row)
    if block and block.rows:
        yield block


def _part_columns(row: OfficeRow, columns: dict[str, int]) -> dict[str, int]:
    """Columns that may hold points of parts: no other column, no maximum, nothing compared."""
    return {
        nfc(cell).strip(): at
        for at, cell in enumerate(row.cells)
        if cell.strip() and at not in columns.values() and not (_MOST.search(fold(cell)) or _SELF.search(fold(cell)))
        and not _APART.search(fold(cell))
    }  # fmt: skip


def _cell(row: OfficeRow, place: int) -> str:
    return " ".join(nfc(row.cells[place]).split()) if place < len(row.cells) else ""


def _read_row(
    row: OfficeRow, block: _Block, section: _Section, before: Sequence[PublishedRow]
) -> PublishedRow | PublishedSummary | _Section | Message:
    columns = block.columns
    cells = {name: _cell(row, place) for name, place in columns.items()}
    filled = list(dict.fromkeys(text for text in (_cell(row, at) for at in range(len(row.cells))) if text))
    if len(filled) == 1:
        return _read_section(filled[0])
    kind = _KINDS.get(fold(cells["unit"] or filled[0])) or (None if cells["unit"] else _find_summary(filled[0]))
    index = parse_points(cells["index"].rstrip("% "))
    if kind is not None and not _RANK.fullmatch(cells.get("rank", "")):
        return PublishedSummary(row.number, section.group, kind, index) if index is not None else Message(
            "published-bad-number", {"value": cells["index"]})  # fmt: skip
    return _read_unit(row, cells, index, block, section, before)


def _find_summary(text: str) -> str | None:
    """The summary that a row without a unit is ("Chỉ số trung bình của nhóm")."""
    folded = fold(text)
    return next((kind for kind, words in SUMMARIES.items() if words[0] in folded), None)


def _read_unit(
    row: OfficeRow, cells: dict[str, str], index: Decimal | None, block: _Block, section: _Section,
    before: Sequence[PublishedRow],
) -> PublishedRow | Message:  # fmt: skip
    if not cells["unit"]:
        return Message("published-no-unit")
    for name in ("max", "points", "index", "self", "self_max"):
        text = cells.get(name, "").rstrip("% ")
        if not is_blank(text) and parse_points(text) is None:
            return Message("published-bad-number", {"value": cells[name]})
    if index is None:
        return Message("published-no-index", {"unit": cells["unit"]})
    match = _RANK.fullmatch(cells.get("rank", ""))
    rank = int(match[1]) if match else None
    if rank is None and not is_blank(cells.get("rank", "")):
        return Message("published-bad-number", {"value": cells["rank"]})
    grade = cells.get("grade", "")
    parts = tuple(
        (head, value) for head, at in block.parts.items() if (value := parse_points(_cell(row, at))) is not None
    )
    return PublishedRow(
        row.number, cells["unit"], _find_group(cells, section, rank, before),
        section.is_ranked and (rank is not None or "rank" not in block.columns), rank, _amount(cells, "max"),
        _amount(cells, "points"), index, None if is_blank(grade) else grade, _amount(cells, "self"),
        _amount(cells, "self_max"), parts,
    )  # fmt: skip


def _amount(cells: dict[str, str], name: str) -> Decimal | None:
    return parse_points(cells.get(name, "").rstrip("% "))


def _read_section(text: str) -> _Section:
    """The group that a line over the whole table names, and whether its units are only graded."""
    name, is_ranked = _NUMERAL.sub("", text, count=1) if _NUMERAL.match(text) else text, True
    for language in Language:
        alone = say(Message("report-publish-graded-alone"), language)
        if fold(name).endswith(fold(alone).strip()):
            name, is_ranked = name[: -len(alone)].strip(), False
    for group in GROUPS:
        if fold(name) in {fold(say(Message(f"report-publish-group-{group}"), language)) for language in Language}:
            return _Section(group, is_ranked)
    unnamed = {fold(say(Message("report-publish-no-group"), language)) for language in Language}
    return _Section(None if fold(name) in unnamed else name, is_ranked)


def _find_group(
    cells: dict[str, str], section: _Section, rank: int | None, before: Sequence[PublishedRow]
) -> str | None:
    """The group of a row: its column, its section, or a new one where the ranks begin again without a word."""
    if cells.get("group"):
        return cells["group"]
    last = next((row for row in reversed(before) if row.rank is not None), None)
    if rank == 1 and last is not None and last.group == section.group and (last.rank or 0) > 1:
        groups = {row.group for row in before}
        return str(len(groups) + 1)
    return section.group


def _twice(units: Sequence[PublishedRow]) -> list[Fault]:
    seen: dict[str, int] = {}
    faults = []
    for unit in units:
        if fold(unit.unit) in seen:
            values = {"unit": unit.unit, "first": str(seen[fold(unit.unit)])}
            faults.append((unit.number, Message("published-twice", values)))
        seen.setdefault(fold(unit.unit), unit.number)
    return faults

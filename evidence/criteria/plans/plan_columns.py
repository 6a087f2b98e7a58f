"""Which column of a plan's table holds what: by the words of its header, never by its place.

>>> [role_of(text) for text in ("Nhiệm vụ", "Thời gian hoàn thành", "Đơn vị chủ trì", "Cơ quan phối hợp", "STT")]
['task', 'due', 'owner', 'partner', 'order']
>>> role_of("Theo dõi, kiểm tra, đôn đốc"), role_of("Sản phẩm/kết quả"), role_of("Kế hoạch"), role_of("Ghi chú")
('watcher', 'product', None, 'note')
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from evidence.criteria.tables.header_phrases import find_role

Cells = tuple[str | None, ...]
SEARCHED = 40  # rows among which the header begins: a sheet has titles above it
DEEPEST = 3  # rows of one header
LONGEST = 90  # letters of a header's cell
_NUMBERED = re.compile(r"\(?(?:\d{1,2}|[A-Za-z])\)?(?:\s*=.*)?")


@dataclass(frozen=True, slots=True)
class PlanHeader:
    """``end`` is the first row below the header; ``columns`` says where each role stands."""

    end: int
    width: int
    columns: dict[str, int]


def find_plan_header(rows: Sequence[Cells]) -> PlanHeader | None:
    """The header among the first rows: it names tasks, and owners or deadlines; None for a table of another kind."""
    for first, row in enumerate(rows[:SEARCHED]):
        columns = _read_columns([row])
        if "task" not in columns or any(len(cell) > LONGEST for cell in row if cell):
            continue
        end = first + 1
        while end < min(len(rows), first + DEEPEST) and _continues(rows[end], columns["task"]):
            end += 1
        columns = _read_columns(rows[first:end])
        if columns.keys() & {"owner", "due"}:
            while end < len(rows) and _numbers_columns(rows[end]):
                end += 1
            return PlanHeader(end, len(row), columns)
    return None


def role_of(text: str) -> str | None:
    """What a header's cell announces."""
    return find_role(text, "evidence.criteria.plans")


def _read_columns(rows: Sequence[Cells]) -> dict[str, int]:
    """A lower cell of a header says more than the one above it ("Cơ quan thực hiện" over "Chủ trì", "Phối hợp")."""
    columns: dict[str, int] = {}
    for at in range(max(len(row) for row in rows)):
        texts = [cell for row in rows if at < len(row) and (cell := row[at]) and not _NUMBERED.fullmatch(cell.strip())]
        role = next((role for text in (*texts[::-1], " ".join(texts)) if (role := role_of(text))), None)
        if role:
            columns.setdefault(role, at)
    return columns


def _continues(row: Cells, task: int) -> bool:
    """Whether the row belongs to the header above: it names roles, and no task."""
    cells = [cell for cell in row if cell]
    return not row[task] and bool(cells) and all(len(cell) <= LONGEST and role_of(cell) for cell in cells)


def _numbers_columns(row: Cells) -> bool:
    cells = [cell.strip() for cell in row if cell and cell.strip()]
    return len(cells) > 2 and all(_NUMBERED.fullmatch(cell) for cell in cells)

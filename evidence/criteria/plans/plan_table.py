"""The tables of a plan -> its tasks, one a row, with all that is printed; what fits nowhere is told with its place.

A row whose cells beside number and text are empty heads what follows (a field: "II. Cải cách thủ tục hành chính"). A
cell merged over rows belongs to each of them: a task with two products of two owners is two rows of one number. A row
without a number that only goes on with text is the rest of the row before it, cut by the end of a page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from evidence.criteria.plans.due_words import read_dues
from evidence.criteria.plans.owners import read_owners, split_bodies
from evidence.criteria.plans.plan_columns import Cells, PlanHeader, find_plan_header
from evidence.messages import Message
from evidence.model.document import Page
from evidence.model.plan import PlanTask
from evidence.vietnamese.text import nfc

_TOP = re.compile(r"(?:[IVXLC]{1,6}|[A-HĐ])[.)]?")
_ORDER = re.compile(r"(?:\d{1,3}(?:\.\d{1,3})*|[IVXLC]{1,6}|[A-Za-zĐđ]|[-+*•–])[.)]?")
_LEADING = re.compile(r"^(?P<order>\d{1,2}(?:\.\d{1,2})+\.?|\d{1,2}[.)]|[IVXLC]{1,6}[.)])\s+(?=\S)")
_BULLET = re.compile(r"(?:^|\n)\s*[-+•–*]\s+")
_TEXTS = ("task", "product", "due", "owner", "partner", "watcher", "shortcoming", "points")
_MARKS = "-+*•–"


@dataclass(slots=True)
class _Row:
    """A task's row on its way: texts by role, the part that was cut by a page joined."""

    order: str
    section: str
    heading: str
    place: int
    texts: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PlanTable:
    """The tasks in order; ``remarks``: what stands in the tables and belongs to none, and what to look at."""

    tasks: tuple[PlanTask, ...]
    remarks: tuple[Message, ...]


def read_plan_table(pages: Iterable[Page], year: int) -> PlanTable:
    """The tasks of every table with a plan's header. Without any, no tasks."""
    reader = _Reader()
    for page in pages:
        for table in page.tables:
            reader.read_table([_clean(row) for row in table.rows], page.number)
    return PlanTable(tuple(_build_tasks(reader.rows, year)), tuple(reader.remarks))


class _Reader:
    """Rows become tasks one by one. A table without a header goes on where one of as many columns ended."""

    def __init__(self) -> None:
        self.rows: list[_Row] = []
        self.remarks: list[Message] = []
        self._header: PlanHeader | None = None
        self._section = self._heading = ""

    def read_table(self, rows: list[Cells], place: int) -> None:
        header = find_plan_header(rows)
        if header is not None:
            self._header, start = header, header.end
        elif self._header is None or not rows or len(rows[0]) != self._header.width:
            return
        else:
            start = 0
        above: dict[str, str] = {}
        for at, row in enumerate(rows[start:]):
            if any(row):
                above = self._read_row(row, place, above, first=at == 0 and header is None)

    def _read_row(self, row: Cells, place: int, above: Mapping[str, str], first: bool) -> dict[str, str]:
        order, texts = self._order(row), self._texts(row, above)
        own = {role: self._cell(row, role) or "" for role in _TEXTS}
        rest = {role: text for role, text in own.items() if role != "task" and text}
        if order and order.strip(_MARKS) and not rest and not self._merged(row) and _ORDER.fullmatch(order):
            self._begin_section(order, own["task"])
            return {}
        if not order and own["task"] and not rest and not self._merged(row) and not first and _is_heading(own["task"]):
            self._begin_section("", own["task"])
            return {}
        if not order and self.rows and self._goes_on(row, own, first):
            last = self.rows[-1].texts
            for role, text in own.items():
                last[role] = " ".join(part for part in (last.get(role, ""), text) if part)
            return dict(last)
        if not texts.get("task"):
            if any(own.values()):
                self.remarks.append(Message("plan-row-aside", {"place": str(place), "text": _short(own)}))
            return dict(above)
        self.rows.append(_Row(order or self._above_order(row), self._section, self._heading, place, texts))
        return dict(texts)

    def _order(self, row: Cells) -> str:
        cell = (self._cell(row, "order") or "").strip()
        if not cell and (match := _LEADING.match(self._cell(row, "task") or "")):
            return match["order"].rstrip(".)")
        return cell.rstrip(".)")

    def _texts(self, row: Cells, above: Mapping[str, str]) -> dict[str, str]:
        """What belongs to the row; a merged cell is that of the row above."""
        texts = {}
        for role in _TEXTS:
            cell = self._cell(row, role)
            texts[role] = above.get(role, "") if cell is None else cell
        texts["task"] = _LEADING.sub("", texts["task"])
        return texts

    def _cell(self, row: Cells, role: str) -> str | None:
        """That cell; None where it goes on from the row above, empty where the table has no such column."""
        at = self._header.columns.get(role) if self._header else None
        return row[at] if at is not None and at < len(row) else ""

    def _merged(self, row: Cells) -> bool:
        """Whether a cell that tells owner, product or deadline goes on from above."""
        return any(self._cell(row, role) is None for role in ("owner", "due", "product"))

    def _goes_on(self, row: Cells, own: Mapping[str, str], first: bool) -> bool:
        """Whether a row without a number is more of the row before: a page cut it, or only one cell is filled."""
        if self._cell(row, "task") is None:
            return False
        filled = [role for role, text in own.items() if text]
        cut = first and (not own["task"] or own["task"][:1].islower() or not own["due"])
        return cut or (filled == ["task"] and own["task"][:1].islower()) or "task" not in filled

    def _above_order(self, row: Cells) -> str:
        return self.rows[-1].order if self.rows and self._cell(row, "task") is None else ""

    def _begin_section(self, order: str, title: str) -> None:
        top = not order or _TOP.fullmatch(order)
        if top or not self._section or not _TOP.fullmatch(self._section):
            self._section, self._heading = order, title
        else:
            self._heading = title if not self._heading else self._heading
            self.remarks.append(Message("plan-heading", {"order": order, "title": title}))


def _build_tasks(rows: list[_Row], year: int) -> Iterator[PlanTask]:
    counts = Counter(_printed_code(row) for row in rows)
    used: Counter[str] = Counter()
    for row in rows:
        code = _printed_code(row)
        used[code] += 1
        if counts[code] > 1 or not code:
            code = f"{code}.{used[code]}".lstrip(".")
        yield _build_task(row, code, year)


def _build_task(row: _Row, code: str, year: int) -> PlanTask:
    texts = row.texts
    return PlanTask(
        code=code,
        field=row.heading,
        text=_joined(texts["task"]),
        products=_products(texts.get("product", "")),
        owners=read_owners(texts.get("owner", "")),
        partners=split_bodies(texts.get("partner", "")),
        watchers=split_bodies(texts.get("watcher", "")),
        dues=read_dues(texts.get("due", ""), year),
        place=row.place,
        points=_points(texts.get("points", "")),
        shortcoming=_joined(texts.get("shortcoming", "")),
    )


def _printed_code(row: _Row) -> str:
    order = row.order.strip(_MARKS)
    if not row.section or order.startswith(f"{row.section}."):
        return order
    return f"{row.section}.{order}" if order else row.section


def _products(text: str) -> tuple[str, ...]:
    """Each product of the cell, as printed: items of a list, parts behind a semicolon."""
    parts = re.split(r"\s*;\s*|\.\s+(?=[A-ZĐÀ-Ỹ])", _BULLET.sub(";", text)) if text else []
    return tuple(dict.fromkeys(part for part in (_joined(part).strip(" .;") for part in parts) if part))


def _points(text: str) -> Decimal | None:
    try:
        return Decimal(text.strip().replace(",", ".")) if text.strip() else None
    except InvalidOperation:
        return None


def _is_heading(text: str) -> bool:
    return bool(_LEADING.match(text)) or text.isupper()


def _joined(text: str) -> str:
    return " ".join(text.split())


def _short(own: Mapping[str, str]) -> str:
    text = _joined(" | ".join(text for text in own.values() if text))
    return text if len(text) <= 80 else f"{text[:79]}…"


def _clean(row: Iterable[str | None]) -> Cells:
    return tuple(None if cell is None else nfc(cell).strip() for cell in row)


def mark_doubts(tasks: Iterable[PlanTask]) -> Iterator[Message]:
    """What a person should look at: tasks without an owner or a deadline that can be read."""
    for task in tasks:
        if not task.owners:
            yield Message("plan-no-owner", {"code": task.code})
        if all(due.kind.value == "unknown" for due in task.dues):
            yield Message("plan-due-unknown", {"code": task.code, "text": task.due.text or "–"})

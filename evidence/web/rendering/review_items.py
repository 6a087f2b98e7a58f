"""Duyệt yêu cầu as its page shows it: the queue of proposals, and one of them as fields of a form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from evidence.model.review import ReviewAct, ReviewAnswer, ReviewField, ReviewRow, ReviewSheet, ShownRow

LISTS = (ReviewField.OPTIONAL, ReviewField.RULE)  # chosen from a list, not typed
OFFERED = (ReviewField.KIND, ReviewField.ISSUER, ReviewField.PERIOD, ReviewField.DUE)  # typed, with words offered
LONG = (ReviewField.TITLE, ReviewField.SUBJECT, ReviewField.ANY_OF)
NEW = "+"


@dataclass(frozen=True, slots=True)
class QueueItem:
    """A row of the queue. ``name``: what its address calls it; ``act``: what was decided, empty where nothing was;
    ``waits``: the set holds what a machine proposed."""

    name: str
    shown: ShownRow
    act: str
    waits: bool

    @property
    def is_proposal(self) -> bool:
        return bool(self.shown.row.requirement)

    @property
    def is_left(self) -> bool:
        """Whether somebody has to decide on it still."""
        return self.waits and self.is_proposal and not self.act

    @property
    def title(self) -> str:
        """What it asks for; of a criterion that asks for nothing, the criterion."""
        return self.shown.texts.get(ReviewField.TITLE, "") or self.shown.row.criterion_title

    @property
    def query(self) -> str:
        return f"?muc={quote(self.name, safe='')}"


@dataclass(frozen=True, slots=True)
class FormField:
    """One value of the form. ``control``: ``line``, ``text`` or ``list``; ``fault``: what is wrong with it."""

    name: str
    value: str
    control: str
    choices: tuple[str, ...]
    fault: str


def name_row(row: ReviewRow) -> str:
    """``1.2.1/kh``; ``1.2.1/+2`` for what a person added, ``1.2.1/+`` for a criterion that asks for nothing yet."""
    added = row.answer.requirement if row.answer and row.answer.act is ReviewAct.ADD else NEW
    return f"{row.criterion}/{row.requirement or added}"


def list_queue(sheet: ReviewSheet, waits: bool) -> tuple[QueueItem, ...]:
    """Every row of the set in the order of the annex; ``waits``: it holds what a machine proposed."""
    return tuple(
        QueueItem(name_row(shown.row), shown, shown.row.answer.act.value if shown.row.answer else "", waits)
        for shown in sheet.rows
    )


def find_item(queue: Sequence[QueueItem], name: str) -> QueueItem | None:
    """The row of that name; of ``1.2.1/+`` an empty one for that criterion, where it has rows."""
    listed = next((item for item in queue if item.name == name), None)
    criterion, _, requirement = name.rpartition("/")
    if listed or requirement != NEW:
        return listed
    neighbour = next((item for item in queue if item.shown.row.criterion == criterion), None)
    if neighbour is None:
        return None
    row = neighbour.shown.row
    bare = ReviewRow(row.criterion, row.criterion_title, row.points, page=row.page, rule_text=row.rule_text)
    return QueueItem(name, ShownRow(bare, {}, ""), "", neighbour.waits)


def find_left(queue: Sequence[QueueItem], name: str) -> QueueItem | None:
    """The next row behind that one that nobody has decided on, from the top again; None at the end of all work."""
    at = next((place for place, item in enumerate(queue) if item.name == name), -1)
    return next((item for item in (*queue[at + 1 :], *queue[: at + 1]) if item.is_left), None)


def neighbours(queue: Sequence[QueueItem], name: str) -> tuple[QueueItem | None, QueueItem | None]:
    """The rows before and behind it."""
    at = next((place for place, item in enumerate(queue) if item.name == name), None)
    if at is None:
        return None, None
    return queue[at - 1] if at else None, queue[at + 1] if at + 1 < len(queue) else None


def draw_fields(
    item: QueueItem, sheet: ReviewSheet, typed: Mapping[ReviewField, str], faults: Mapping[ReviewField, str]
) -> tuple[FormField, ...]:
    """The values as they stand, or as they were typed where they could not be taken. What is added has no rule."""
    fields = [field for field in ReviewField if item.is_proposal or field is not ReviewField.RULE]
    return tuple(
        FormField(
            field.value,
            typed.get(field, item.shown.texts.get(field, "")),
            "list" if field in LISTS else "text" if field in LONG else "line",
            _choices(field, item, sheet),
            faults.get(field, ""),
        )
        for field in fields
    )


def _choices(field: ReviewField, item: QueueItem, sheet: ReviewSheet) -> tuple[str, ...]:
    if field not in (*LISTS, *OFFERED):
        return ()
    own = item.shown.texts.get(field, "")
    choices = sheet.choices.get(field, ())
    return choices if not own or own in choices or field in OFFERED else (own, *choices)


def free_number(queue: Sequence[QueueItem]) -> int:
    """A number that no added requirement bears."""
    answers = [item.shown.row.answer for item in queue]
    taken = [answer.requirement.removeprefix(NEW) for answer in answers if answer and answer.act is ReviewAct.ADD]
    return 1 + max((int(text) for text in taken if text.isdecimal()), default=0)


def name_answer(item: QueueItem, answer: ReviewAnswer, queue: Sequence[QueueItem]) -> ReviewAnswer:
    """The answer to that row: of what is added, under a number of its own."""
    if item.is_proposal:
        return answer
    added = item.shown.row.answer
    own = added.requirement if added and added.act is ReviewAct.ADD else f"{NEW}{free_number(queue)}"
    return replace(answer, requirement=own)

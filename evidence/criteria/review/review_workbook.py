"""A workbook of a review as it comes back -> the answers, or every fault with its sheet and cell.

Columns are found by their headings, in either language; rows by the criterion and the name of the proposal, so that a
sorted sheet is read alike. A changed value counts as a change whatever the decision beside it says, but for "drop".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from evidence.criteria.review.value_words import parse_act, parse_shown, show_value
from evidence.messages import Language, Message, say
from evidence.model.document import Table
from evidence.model.review import ProposalValue, ReviewAct, ReviewAnswer, ReviewField, ReviewRow
from evidence.vietnamese.text import fold

KEYS = ("criterion", "requirement", "decision", "note")
_MARK = re.compile(r"\[(?P<name>\S+) · (?P<mark>[0-9a-f]{12})\]")
Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class CellFault:
    """What is wrong in a cell: ``cell`` as the spreadsheet calls it (``H12``); empty for the sheet as a whole."""

    sheet: str
    cell: str
    message: Message


@dataclass(frozen=True, slots=True)
class PlacedAnswer:
    """An answer and the row that it was read from."""

    answer: ReviewAnswer
    sheet: str
    row: int
    columns: Mapping[str, int]

    def place(self, field: ReviewField | None) -> str:
        """The cell of that field; of the decision where none is named."""
        return cell_name(self.row, self.columns.get(field.value if field else "decision", 0))


@dataclass(frozen=True, slots=True)
class ReadWorkbook:
    """The answers; with ``faults`` none of them is to be used."""

    answers: tuple[PlacedAnswer, ...]
    faults: tuple[CellFault, ...]


def read_workbook(tables: Iterable[Table], rows: Sequence[ReviewRow], name: str, mark: str) -> ReadWorkbook:
    """The answers on those proposals. ``name`` and ``mark`` are of the set that is reviewed."""
    for table in tables:
        lines = [tuple((cell or "") for cell in row) for row in table.rows]
        if (header := _find_header(lines)) is not None:
            return _SheetReader(table.name or "1", lines, header, rows).read(name, mark)
    return ReadWorkbook((), (CellFault("–", "", Message("review-no-table")),))


def cell_name(row: int, column: int) -> str:
    """Row and column counted from 0 as a spreadsheet calls the cell.

    >>> cell_name(4, 7), cell_name(0, 27)
    ('H5', 'AB1')
    """
    letters, rest = "", column + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return f"{letters}{row + 1}"


def _find_header(lines: Sequence[tuple[str, ...]]) -> int | None:
    wanted = {"criterion", "requirement", "decision"}
    return next((at for at, line in enumerate(lines) if wanted <= set(_columns(line))), None)


def _columns(line: tuple[str, ...]) -> dict[str, int]:
    """Which column is which, by what its heading says."""
    names = (*KEYS, *(field.value for field in ReviewField))
    headings = {fold(say(Message(f"review-col-{name}"), language)): name for name in names for language in Language}
    return {
        headings[text]: at for at, cell in enumerate(line) if (text := fold(" ".join(cell.split()))) in headings
    }  # fmt: skip


class _SheetReader:
    """Reads the rows below the header; ``faults`` are those met so far."""

    def __init__(self, sheet: str, lines: Sequence[tuple[str, ...]], header: int, rows: Sequence[ReviewRow]) -> None:
        self._sheet, self._lines, self._header = sheet, lines, header
        self._columns = _columns(lines[header])
        self._rows: dict[Key, ReviewRow] = {(row.criterion, row.requirement): row for row in reversed(rows)}
        self._criteria = {row.criterion: row for row in reversed(rows)}
        self._seen: dict[Key, int] = {}
        self.faults: list[CellFault] = []

    def read(self, name: str, mark: str) -> ReadWorkbook:
        self._check_mark(name, mark)
        for field in ReviewField:
            if field.value not in self._columns:
                heading = say(Message(f"review-col-{field.value}"), Language.VI)
                self._fault(self._header, None, "review-no-column", heading=heading)
        if self.faults:
            return ReadWorkbook((), tuple(self.faults))
        answers = [
            PlacedAnswer(answer, self._sheet, at, self._columns)
            for at in range(self._header + 1, len(self._lines))
            if any(self._lines[at])
            for answer in self._answers(at)
        ]
        for criterion, requirement in self._rows:
            if requirement and (criterion, requirement) not in self._seen:
                self._fault(self._header, "requirement", "review-row-missing", proposal=f"{criterion}/{requirement}")
        return ReadWorkbook(tuple(answers), tuple(self.faults))

    def _check_mark(self, name: str, mark: str) -> None:
        """The workbook was made from this very set."""
        texts = (cell for line in self._lines[: self._header] for cell in line)
        match = next((match for text in texts if (match := _MARK.search(text))), None)
        if match is None:
            self._fault(0, None, "review-no-mark", set=name)
        elif match["mark"] != mark:
            self._fault(0, None, "review-other-set", set=name, other=match["name"])

    def _answers(self, at: int) -> Iterator[ReviewAnswer]:
        criterion, requirement = self._text(at, "criterion"), self._text(at, "requirement")
        decision = self._text(at, "decision")
        act = parse_act(decision) if decision else None
        if decision and act is None:
            self._fault(at, "decision", "review-unknown-decision", value=decision)
            return
        if requirement:
            yield from self._decided(at, criterion, requirement, act or ReviewAct.ACCEPT)
        elif criterion in self._criteria:
            yield from self._undecided(at, criterion, act)
        else:
            self._fault(at, "criterion", "review-unknown-criterion", value=criterion or "–")

    def _decided(self, at: int, criterion: str, requirement: str, act: ReviewAct) -> Iterator[ReviewAnswer]:
        """The answer on a proposal."""
        key = (criterion, requirement)
        row = self._rows.get(key)
        if row is None:
            self._fault(at, "requirement", "review-unknown-proposal", value=f"{criterion}/{requirement}")
        elif key in self._seen:
            self._fault(at, "requirement", "review-proposal-twice", value=f"{criterion}/{requirement}",
                        first=self._seen[key] + 1)  # fmt: skip
        elif act is ReviewAct.ADD:
            self._seen[key] = at
            self._fault(at, "decision", "review-add-on-proposal")
        elif act is ReviewAct.REMEMBERED and row.remembered is None:
            self._seen[key] = at
            self._fault(at, "decision", "review-nothing-remembered")
        else:
            self._seen[key] = at
            changes = self._changes(at, row)
            changed = act is ReviewAct.EDIT or (act is ReviewAct.ACCEPT and changes)
            act = ReviewAct.EDIT if changed else act
            yield ReviewAnswer(criterion, requirement, act, changes if changed else (), self._text(at, "note"))

    def _undecided(self, at: int, criterion: str, act: ReviewAct | None) -> Iterator[ReviewAnswer]:
        """What is added to a criterion, or another rule for one without proposals."""
        row = self._rows.get((criterion, "")) or self._criteria[criterion]
        values = {field: parse_shown(field, self._text(at, field.value)) for field in ReviewField}
        rule = values[ReviewField.RULE]
        proposed = row.value(ReviewField.RULE)
        changed = (ProposalValue(ReviewField.RULE, rule),) if rule and rule != proposed else ()
        asked = tuple(
            ProposalValue(field, value) for field, value in values.items() if value and field is not ReviewField.RULE
        )
        if act is ReviewAct.ADD:
            yield ReviewAnswer(criterion, "", act, (*asked, *changed), self._text(at, "note"))
        elif act is ReviewAct.DROP:
            return
        elif asked:
            self._fault(at, "decision", "review-want-add")
        elif changed:
            yield ReviewAnswer(criterion, "", ReviewAct.EDIT, changed, self._text(at, "note"))

    def _changes(self, at: int, row: ReviewRow) -> tuple[ProposalValue, ...]:
        """The values that are other than proposed; in either language an untouched cell reads as it was written."""
        changes = []
        for field in ReviewField:
            value, proposed = parse_shown(field, self._text(at, field.value)), row.value(field)
            written = {parse_shown(field, show_value(field, proposed, language)) for language in Language}
            if value != proposed and value not in written:
                changes.append(ProposalValue(field, value))
        return tuple(changes)

    def _text(self, at: int, column: str) -> str:
        place = self._columns.get(column)
        line = self._lines[at]
        return line[place].strip() if place is not None and place < len(line) else ""

    def _fault(self, at: int, column: str | None, code: str, **params: object) -> None:
        message = Message(code, {name: str(value) for name, value in params.items()})
        cell = cell_name(at, self._columns[column]) if column else cell_name(at, 0)
        self.faults.append(CellFault(self._sheet, cell, message))

"""A table of counts -> the same counts as of single answers.

A row a unit (or a unit and a question, in a column of its own), a column an option. The headings have the question
before the option ("Câu 1 - Tốt", "Câu 1 [Tốt]"), or above it in a row of its own; a map with one question needs
neither.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from evidence.criteria.yaml_section import Fault
from evidence.messages import Message
from evidence.model.scoring import OfficeRow
from evidence.model.survey import AnswerCount, FormCount, OptionValue, SurveyMap, SurveyQuestion, SurveyTally
from evidence.scoring.amounts import is_blank, parse_count
from evidence.scoring.surveys import headings
from evidence.scoring.surveys.answer_table import (
    AnswerContext,
    ReadSurvey,
    count_answers,
    find_sent,
    find_sent_units,
)
from evidence.scoring.surveys.headings import cell_name, plain
from evidence.scoring.surveys.map_reader import map_options
from evidence.scoring.surveys.survey_names import (
    find_unit_code,
    option_key,
    option_names,
    refuse_unit,
    unit_names,
)
from evidence.vietnamese.text import fold

TOTALS = ("tổng", "cộng", "total")


@dataclass(frozen=True, slots=True)
class _CountColumn:
    place: int
    question: SurveyQuestion | None  # None: the row names it
    option: OptionValue | None


@dataclass(frozen=True, slots=True)
class _CountLayout:
    first: int
    columns: tuple[_CountColumn, ...]
    unit: int | None
    question: int | None
    forms: int | None
    sent: int | None
    unused: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _CountRow:
    """What a row says of one unit: counts by question, its forms and those sent where it says so."""

    row: OfficeRow
    unit: str
    counts: tuple[AnswerCount, ...]
    forms: int | None
    sent: int | None


def read_counts(rows: Sequence[OfficeRow], context: AnswerContext) -> ReadSurvey:
    """The counts of all tables, or every fault by row and cell."""
    names = unit_names(context.criteria, context.survey_map)
    faults: list[Fault] = []
    entries: list[_CountRow] = []
    remarks: list[Message] = []
    for table in headings.group_by_sheet(rows):
        layout = _lay_out(table, context.survey_map)
        if isinstance(layout, list):
            faults += layout
            continue
        if layout.unused:
            remarks.append(Message("survey-unused", {"names": ", ".join(layout.unused)}))
        for row in table[layout.first :]:
            if any(cell.strip() for cell in row.cells) and not _is_total(row, layout, names):
                read = list(_read_row(row, layout, context.survey_map, names))
                faults += [entry for entry in read if not isinstance(entry, _CountRow)]
                entries += [entry for entry in read if isinstance(entry, _CountRow)]
    faults += _twice(entries)
    if not entries and not faults:
        faults.append((1, Message("survey-no-rows")))
    if faults:
        return ReadSurvey(SurveyTally((), ()), tuple(faults), tuple(remarks))
    counts = tuple(count for entry in entries for count in entry.counts if count.count)
    return ReadSurvey(SurveyTally(counts, _count_forms(entries, context.survey_map, names)), (), tuple(remarks))


def _lay_out(table: Sequence[OfficeRow], survey_map: SurveyMap) -> _CountLayout | list[Fault]:
    best: _CountLayout | None = None
    for at, row in enumerate(table[: headings.HEADING_ROWS]):
        under = table[at + 1] if at + 1 < len(table) else None
        for heads, first in ((row.cells, at + 1), (_join_heads(row, under), at + 2)):
            layout = _read_heads(heads, first, survey_map)
            if layout is not None and (best is None or len(layout.columns) > len(best.columns)):
                best = layout
    if best is None:
        return [(table[0].number, Message("survey-no-heading"))]
    asked = {column.question.name for column in best.columns if column.question}
    missing = [question for question in survey_map.questions if question.name not in asked]
    if best.question is None and missing:
        return [(table[best.first - 1].number, Message("survey-no-column", {"name": each.name})) for each in missing]
    wrong = [name for name in (survey_map.forms, survey_map.sent_column) if name and _find(best, name, table) is None]
    if wrong:
        return [(table[best.first - 1].number, Message("survey-no-column", {"name": name})) for name in wrong]
    return best


def _find(layout: _CountLayout, name: str, table: Sequence[OfficeRow]) -> int | None:
    heads = [*table[layout.first - 1].cells, *(table[layout.first - 2].cells if layout.first > 1 else ())]
    return headings.find_column(heads, name)


def _join_heads(row: OfficeRow, under: OfficeRow | None) -> tuple[str, ...]:
    """A heading of two rows as one: what stands above goes on to the right until something else does."""
    joined: list[str] = []
    above = ""
    width = max(len(row.cells), len(under.cells) if under else 0)
    for at in range(width):
        above = plain(row.cells[at]) if at < len(row.cells) and row.cells[at].strip() else above
        below = plain(under.cells[at]) if under and at < len(under.cells) else ""
        joined.append(f"{above} [{below}]" if below and above else above or below)
    return tuple(joined)


def _read_heads(heads: Sequence[str], first: int, survey_map: SurveyMap) -> _CountLayout | None:
    """What the columns are; None where they are no headings of counts."""
    names = (survey_map.unit, survey_map.question, survey_map.forms, survey_map.sent_column)
    single = {name: headings.find_column(heads, name) for name in names if name}
    needed = [name for name in (survey_map.unit, survey_map.question) if name]
    if any(single[name] is None for name in needed):
        return None
    taken = {place for place in single.values() if place is not None}
    columns = [column for at, head in enumerate(heads) if at not in taken and (column := _column(at, head, survey_map))]
    if not columns:
        return None
    known = taken | {column.place for column in columns}
    unused = [
        plain(head) for at, head in enumerate(heads)
        if at not in known and head.strip() and not any(headings.begins_with(head, each) for each in survey_map.ignored)
    ]  # fmt: skip
    return _CountLayout(
        first, tuple(columns), single.get(survey_map.unit or ""), single.get(survey_map.question or ""),
        single.get(survey_map.forms or ""), single.get(survey_map.sent_column or ""), tuple(unused),
    )  # fmt: skip


def _column(place: int, head: str, survey_map: SurveyMap) -> _CountColumn | None:
    """The question and the option of a column; an option of None: what the heading says is no option of it."""
    if survey_map.question or len(survey_map.questions) == 1:
        every = [option for question in survey_map.questions for option in map_options(question, survey_map)]
        option = option_names(every).get(option_key(head))
        if option is not None:
            return _CountColumn(place, None if survey_map.question else survey_map.questions[0], option)
        if survey_map.question:
            return None
    for question in survey_map.questions:
        words = headings.split_heading(head, question.name)
        if words is not None:
            return _CountColumn(place, question, option_names(map_options(question, survey_map)).get(option_key(words)))
    return None


def _is_total(row: OfficeRow, layout: _CountLayout, names: dict[str, str]) -> bool:
    """Whether the row sums up those above it."""
    text = _cell(row, layout.unit)
    first = next((plain(cell) for cell in row.cells if cell.strip()), "")
    return find_unit_code(text, names) is None and any(fold(part).startswith(TOTALS) for part in (text, first))


def _read_row(
    row: OfficeRow, layout: _CountLayout, survey_map: SurveyMap, names: dict[str, str]
) -> Iterator[_CountRow | Fault]:
    text = survey_map.fixed_unit or (row.sheet or "" if survey_map.unit_is_sheet else _cell(row, layout.unit))
    unit = find_unit_code(text, names)
    if unit is None:
        yield row.number, refuse_unit(text, cell_name(layout.unit or 0, row.number), names)
        return
    question = _row_question(row, layout, survey_map)
    if isinstance(question, Message):
        yield row.number, question
        return
    counts: list[AnswerCount] = []
    for column in layout.columns:
        cell = _cell(row, column.place)
        count = 0 if is_blank(cell) else parse_count(cell)
        asked = column.question or question
        if count is None or column.option is None or asked is None:
            code = "survey-bad-count" if count is None else "survey-no-option"
            yield row.number, Message(code, {"cell": cell_name(column.place, row.number), "value": cell})
        else:
            counts.append(count_answers(unit, asked, column.option, None, count))
    whole = {name: parse_count(_cell(row, place)) for name, place in (("forms", layout.forms), ("sent", layout.sent))}
    entry = _CountRow(row, unit, tuple(counts), whole["forms"], whole["sent"])
    if entry.forms is not None and _most(entry) > entry.forms:
        values = {"unit": unit, "forms": str(entry.forms), "count": str(_most(entry))}
        yield row.number, Message("survey-more-answers", values)
    else:
        yield _with_blanks(entry)


def _row_question(row: OfficeRow, layout: _CountLayout, survey_map: SurveyMap) -> SurveyQuestion | Message | None:
    """The question that a row is about, where the table has a column for it."""
    if layout.question is None:
        return None
    text = _cell(row, layout.question)
    named = [each for each in survey_map.questions if headings.begins_with(text, each.name)]
    if named:
        return max(named, key=lambda each: len(each.name))
    return Message("survey-unknown-question", {"cell": cell_name(layout.question, row.number), "value": text[:80]})


def _sums(entry: _CountRow) -> dict[str, int]:
    sums: dict[str, int] = {}
    for count in entry.counts:
        sums[count.question] = sums.get(count.question, 0) + count.count
    return sums


def _most(entry: _CountRow) -> int:
    return max(_sums(entry).values(), default=0)


def _with_blanks(entry: _CountRow) -> _CountRow:
    """With what was left blank of each question, where the row says how many forms there are."""
    if entry.forms is None:
        return entry
    first = {count.question: count for count in reversed(entry.counts)}
    blanks = tuple(
        count_answers(entry.unit, SurveyQuestion(name, first[name].criterion), None, None, entry.forms - total)
        for name, total in _sums(entry).items()
    )
    return replace(entry, counts=(*entry.counts, *blanks))


def _twice(entries: Sequence[_CountRow]) -> list[Fault]:
    first: dict[tuple[str, str], OfficeRow] = {}
    faults: list[Fault] = []
    for entry in entries:
        for question in dict.fromkeys(count.question for count in entry.counts):
            before = first.setdefault((entry.unit, question), entry.row)
            if before is not entry.row:
                values = {"unit": entry.unit, "question": question, "first": str(before.number)}
                faults.append((entry.row.number, Message("survey-counts-twice", values)))
    return faults


def _count_forms(
    entries: Sequence[_CountRow], survey_map: SurveyMap, names: dict[str, str]
) -> tuple[FormCount, ...]:  # fmt: skip
    """The forms of each unit: as its rows say, else as many as answered its most answered question."""
    units = dict.fromkeys((*(entry.unit for entry in entries), *find_sent_units(survey_map, names)))
    forms = []
    for unit in units:
        own = [entry for entry in entries if entry.unit == unit]
        count = max((entry.forms if entry.forms is not None else _most(entry) for entry in own), default=0)
        sent = max((entry.sent for entry in own if entry.sent is not None), default=find_sent(unit, survey_map, names))
        forms.append(FormCount(unit, count, sent))
    return tuple(forms)


def _cell(row: OfficeRow, place: int | None) -> str:
    return plain(row.cells[place]) if place is not None and place < len(row.cells) else ""

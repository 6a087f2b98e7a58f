"""A table with a row for each respondent, as Google Forms, Zalo and LimeSurvey export it -> counts.

Each row rates one unit (a column, the sheet or the map says which), or several in grids whose headings have the unit in
brackets. Nothing of the respondent goes on but a salted hash. Unknown units, unknown options and a respondent who
answers twice for a unit are refused, each with its row and cell; then nothing is counted.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evidence.criteria.yaml_section import Fault, suggest_option
from evidence.messages import Message
from evidence.model.criteria import CriteriaSet
from evidence.model.scoring import OfficeRow
from evidence.model.survey import (
    AnswerCount,
    AnswerKind,
    FormCount,
    OptionValue,
    RespondentMark,
    SurveyMap,
    SurveyQuestion,
    SurveyTally,
)
from evidence.scoring.surveys import headings
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

MARK_BYTES = 16


@dataclass(frozen=True, slots=True)
class ReadSurvey:
    """What was counted; with ``faults`` it is not to be used. ``remarks``: what a person should know of the table."""

    tally: SurveyTally
    faults: tuple[Fault, ...] = ()
    remarks: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class AnswerContext:
    """What a table is read by. ``salt``: the archive's own, by which respondents are hashed. ``known``: units and
    hashes of those who answered before."""

    survey_map: SurveyMap
    criteria: CriteriaSet
    salt: bytes
    known: frozenset[tuple[str, str]] = frozenset()


@dataclass(frozen=True, slots=True)
class _QuestionColumn:
    place: int
    question: SurveyQuestion
    options: dict[str, OptionValue]
    unit: str | None  # of a grid: the unit that its heading names


@dataclass(frozen=True, slots=True)
class _Layout:
    head: int
    questions: tuple[_QuestionColumn, ...]
    unit: int | None
    respondent: tuple[int, ...]
    group: int | None
    unused: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Answer:
    unit: str
    question: SurveyQuestion
    option: OptionValue | None  # None: left blank
    group: str | None


@dataclass(frozen=True, slots=True)
class _Form:
    """A row as far as it is about one unit."""

    row: OfficeRow
    unit: str
    mark: str | None
    answers: tuple[_Answer, ...]

    @property
    def is_filled(self) -> bool:
        return any(answer.option is not None for answer in self.answers)


def read_answers(rows: Sequence[OfficeRow], context: AnswerContext) -> ReadSurvey:
    """The counts of all tables, or every fault by row and cell."""
    faults: list[Fault] = []
    forms: list[_Form] = []
    remarks: list[Message] = []
    names = unit_names(context.criteria, context.survey_map)
    for table in headings.group_by_sheet(rows):
        layout = _lay_out(table, context.survey_map, names)
        if isinstance(layout, list):
            faults += layout
            continue
        if layout.unused:
            remarks.append(Message("survey-unused", {"names": ", ".join(layout.unused)}))
        for row in table[layout.head + 1 :]:
            if any(cell.strip() for cell in row.cells):
                entries = list(_read_row(row, layout, context, names))
                faults += [entry for entry in entries if not isinstance(entry, _Form)]
                forms += [entry for entry in entries if isinstance(entry, _Form)]
    faults += _double_respondents(forms, context.known)
    if not forms and not faults:
        faults.append((1, Message("survey-no-rows")))
    remarks += _remark_respondents(forms, context.survey_map)
    if faults:
        return ReadSurvey(SurveyTally((), ()), tuple(faults), tuple(remarks))
    return ReadSurvey(_count(forms, context.survey_map, names), (), tuple(remarks))


def _lay_out(table: Sequence[OfficeRow], survey_map: SurveyMap, names: dict[str, str]) -> _Layout | list[Fault]:
    """Where the headings of a table stand and what its columns are, or what is missing."""
    ranked = [
        (sum(bool(headings.find_columns_of(row.cells, each.name)) for each in survey_map.questions), -at)
        for at, row in enumerate(table[: headings.HEADING_ROWS])
    ]
    hits, place = max(ranked)
    head = table[-place]
    faults: list[Fault] = []
    columns: list[_QuestionColumn] = []
    for question in survey_map.questions:
        places = headings.find_columns_of(head.cells, question.name)
        of_question = [
            _QuestionColumn(at, question, option_names(map_options(question, survey_map)), unit)
            for at in places
            if (unit := _grid_unit(head.cells[at], survey_map, names)) is not None or len(places) == 1
        ]
        columns += of_question
        if not of_question:
            code = "survey-column-several" if places else "survey-no-column"
            faults.append((head.number, Message(code, {"name": question.name})))
    single = {name: headings.find_column(head.cells, name)
              for name in (survey_map.unit, survey_map.group, *survey_map.respondent) if name}  # fmt: skip
    faults += [(head.number, Message("survey-no-column", {"name": name})) for name, at in single.items() if at is None]
    if faults:
        return faults if hits else [(head.number, Message("survey-no-heading"))]
    known = {*(column.place for column in columns), *single.values()}
    unused = [
        plain(cell)
        for at, cell in enumerate(head.cells)
        if at not in known and cell.strip() and not any(headings.begins_with(cell, name) for name in survey_map.ignored)
    ]
    respondent = [at for name in survey_map.respondent if (at := single.get(name)) is not None]
    return _Layout(-place, tuple(columns), single.get(survey_map.unit or ""), tuple(respondent),
                   single.get(survey_map.group or ""), tuple(unused))  # fmt: skip


def _grid_unit(head: str, survey_map: SurveyMap, names: dict[str, str]) -> str | None:
    """The unit in the brackets of a heading, where units are told there."""
    if survey_map.unit or survey_map.fixed_unit or survey_map.unit_is_sheet:
        return None
    brackets = headings.split_brackets(head)
    return find_unit_code(brackets[1], names) if brackets else None


def _read_row(
    row: OfficeRow, layout: _Layout, context: AnswerContext, names: dict[str, str]
) -> Iterator[_Form | Fault]:
    """The forms of a row, one for each unit that it rates, and what is wrong in it."""
    survey_map = context.survey_map
    unit = _row_unit(row, layout, survey_map, names)
    if isinstance(unit, Message):
        yield row.number, unit
        return
    group_cell = _cell(row, layout.group) if layout.group is not None else ""
    group = survey_map.groups.get(fold(group_cell), group_cell) or None
    who = "\x1f".join(_cell(row, at) for at in layout.respondent)
    mark = hash_respondent(who, context.salt) if who.strip("\x1f") else None
    by_unit: dict[str, list[_Answer]] = {}
    for column in layout.questions:
        rated = column.unit or unit
        if rated is None:
            yield row.number, Message("survey-no-unit", {"cell": cell_name(column.place, row.number)})
            continue
        text = _cell(row, column.place)
        option = column.options.get(option_key(text))
        if text and option is None:
            yield row.number, _unknown_option(text, column, row)
        else:
            by_unit.setdefault(rated, []).append(_Answer(rated, column.question, option, group))
    for rated, answers in by_unit.items():
        form = _Form(row, rated, mark, tuple(answers))
        if unit is not None or form.is_filled:  # of a grid the units that nobody rated are no forms
            yield form


def _row_unit(row: OfficeRow, layout: _Layout, survey_map: SurveyMap, names: dict[str, str]) -> str | Message | None:
    """The unit that the whole row is about; None where the headings say it."""
    if survey_map.fixed_unit:
        text, cell = survey_map.fixed_unit, "map"
    elif survey_map.unit_is_sheet:
        text, cell = row.sheet or "", row.sheet or "?"
    elif layout.unit is not None:
        text, cell = _cell(row, layout.unit), cell_name(layout.unit, row.number)
    else:
        return None
    unit = find_unit_code(text, names)
    if unit is not None:
        return unit
    return refuse_unit(text, cell, names)


def _unknown_option(text: str, column: _QuestionColumn, row: OfficeRow) -> Message:
    options = ", ".join(option.option for option in column.options.values())
    guess = suggest_option(text, (option.option for option in column.options.values()))
    values = {"cell": cell_name(column.place, row.number), "value": text[:80], "options": options}
    if guess is None:
        return Message("survey-unknown-option", values)
    return Message("survey-unknown-option-near", {**values, "guess": guess})


def _cell(row: OfficeRow, place: int) -> str:
    return plain(row.cells[place]) if place < len(row.cells) else ""


def hash_respondent(who: str, salt: bytes) -> str:
    """A salted hash of who it was: the same person gives the same, and nobody is read out of it."""
    return hashlib.blake2b(fold(who).encode(), key=salt, digest_size=MARK_BYTES).hexdigest()


def _double_respondents(forms: Sequence[_Form], known: frozenset[tuple[str, str]]) -> list[Fault]:
    first: dict[tuple[str, str], OfficeRow] = {}
    faults: list[Fault] = []
    for form in forms:
        if form.mark is None:
            continue
        before = first.setdefault((form.unit, form.mark), form.row)
        if (form.unit, form.mark) in known:
            faults.append((form.row.number, Message("survey-double-before", {"unit": form.unit})))
        elif before is not form.row:
            values = {"unit": form.unit, "first": str(before.number), "sheet": before.sheet or "-"}
            faults.append((form.row.number, Message("survey-double", values)))
    return faults


def _remark_respondents(forms: Sequence[_Form], survey_map: SurveyMap) -> Iterator[Message]:
    if not survey_map.respondent:
        yield Message("survey-no-respondent")
    elif unnamed := len({(form.row.sheet, form.row.number) for form in forms if form.mark is None}):
        yield Message("survey-unnamed", {"count": str(unnamed)})


def _count(forms: Sequence[_Form], survey_map: SurveyMap, names: dict[str, str]) -> SurveyTally:
    answers = [answer for form in forms for answer in form.answers]
    keys = [(each.unit, each.question.name, each.option and each.option.option, each.group) for each in answers]
    counted, samples = Counter(keys), dict(zip(keys, answers, strict=True))
    filled = Counter(form.unit for form in forms if form.is_filled)
    counts = tuple(
        count_answers(samples[key].unit, samples[key].question, samples[key].option, samples[key].group, count)
        for key, count in counted.items()
    )
    units = dict.fromkeys((*(form.unit for form in forms), *find_sent_units(survey_map, names)))
    marks = dict.fromkeys((form.unit, form.mark) for form in forms if form.mark)
    return SurveyTally(
        counts,
        tuple(FormCount(unit, filled[unit], find_sent(unit, survey_map, names)) for unit in units),
        tuple(RespondentMark(unit, mark) for unit, mark in marks if mark),
    )


def count_answers(
    unit: str, question: SurveyQuestion, option: OptionValue | None, group: str | None, count: int
) -> AnswerCount:
    """So many answers of that option; None: left blank."""
    kind = AnswerKind.BLANK if option is None else AnswerKind.UNKNOWN if option.amount is None else AnswerKind.VALID
    return AnswerCount(
        unit, question.criterion, question.name, kind, count, option.option if option else None,
        option.amount if option else None, option.scale if option else None, group,
    )  # fmt: skip


def find_sent_units(survey_map: SurveyMap, names: dict[str, str]) -> list[str]:
    """The units of which the map says how many forms were sent."""
    return [names[name] for name in survey_map.sent if name in names]


def find_sent(unit: str, survey_map: SurveyMap, names: dict[str, str]) -> int | None:
    """How many forms were sent to that unit's respondents, as the map says it."""
    own = [count for name, count in survey_map.sent.items() if names.get(name) == unit]
    return own[0] if own else survey_map.sent_to_all

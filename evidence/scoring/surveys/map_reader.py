"""The entries of a map -> what the columns of a survey's table mean, held against the criteria set."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from evidence.criteria.yaml_section import Fault, suggest_option
from evidence.messages import Message
from evidence.model.criteria import CriteriaSet, Criterion, walk_criteria
from evidence.model.survey import OptionValue, SurveyForm, SurveyMap, SurveyQuestion
from evidence.scoring.amounts import parse_count, parse_points
from evidence.scoring.surveys.map_entries import MapEntry
from evidence.scoring.surveys.survey_names import find_unit_code, unit_names
from evidence.vietnamese.text import fold

FORMS = {fold(word): form for form, words in {
    SurveyForm.ANSWERS: ("answers", "phiếu", "từng phiếu"), SurveyForm.COUNTS: ("counts", "tổng hợp", "số đếm"),
}.items() for word in words}  # fmt: skip
UNKNOWN = frozenset(map(fold, ("unknown", "không biết", "không tính", "none", "null", "~", "-")))
NOT_KNOWING = ("Không biết", "Không trả lời", "KB", "KTL")  # options that mean this unless a map says otherwise
SHEET = frozenset(map(fold, ("sheet", "tên sheet", "tên trang", "trang tính")))
HEADINGS = frozenset(map(fold, ("headings", "tiêu đề", "tên cột")))
HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class ReadMap:
    """The map; with ``faults`` it is not to be used."""

    map: SurveyMap
    faults: tuple[Fault, ...]


def read_map(entries: Sequence[MapEntry], criteria: CriteriaSet) -> ReadMap:
    """The map, or every fault with its line."""
    by_key: dict[str, list[MapEntry]] = {}
    for entry in entries:
        by_key.setdefault(entry.key, []).append(entry)
    faults = [*_check_single(by_key), *_check_counts(by_key), *_check_options(by_key)]
    leaves = {fold(leaf.code): leaf for leaf in walk_criteria(criteria.criteria)}
    faults += _check_questions(by_key, leaves)
    scale = next((parse_points(entry.name) for entry in by_key.get("scale", ())), None)
    if "scale" in by_key and not scale:
        faults.append((by_key["scale"][0].line, Message("survey-map-scale", {"value": by_key["scale"][0].name})))
    survey_map = _build(by_key, scale, leaves)
    faults += _check_amounts(survey_map, by_key, leaves)
    faults += _check_units(survey_map, by_key, criteria)
    return ReadMap(survey_map, tuple(sorted(faults, key=lambda fault: fault[0])))


def _build(by_key: dict[str, list[MapEntry]], scale: Decimal | None, leaves: dict[str, Criterion]) -> SurveyMap:
    form = FORMS.get(fold(_first(by_key, "form") or "answers"), SurveyForm.ANSWERS)
    unit = next((entry for entry in by_key.get("unit", ())), None)
    fixed = unit.value if unit and unit.value and fold(unit.name) in ("value", "là") else None
    sheet = unit is not None and not unit.value and fold(unit.name) in SHEET
    column = unit.name if unit and not fixed and not sheet and fold(unit.name) not in HEADINGS else None
    own = {entry.question for entry in by_key.get("options", ()) if entry.question}
    questions = tuple(
        SurveyQuestion(entry.name, leaves[fold(entry.value)].code if fold(entry.value) in leaves else entry.value,
                       _options(by_key, scale, entry.name) if entry.name in own else ())
        for entry in by_key.get("questions", ())
    )  # fmt: skip
    sent = [entry for entry in by_key.get("sent", ()) if entry.value]
    alone = next((entry.name for entry in by_key.get("sent", ()) if not entry.value), None)
    return SurveyMap(
        form=form,
        questions=questions,
        options=_options(by_key, scale, ""),
        unit=column,
        fixed_unit=fixed,
        unit_is_sheet=sheet,
        respondent=tuple(entry.name for entry in by_key.get("respondent", ())),
        group=_first(by_key, "group"),
        groups={fold(entry.name): entry.value for entry in by_key.get("groups", ())},
        units={fold(entry.name): entry.value for entry in by_key.get("units", ())},
        question=_first(by_key, "question"),
        forms=_first(by_key, "forms"),
        sent_column=alone if alone and parse_count(alone) is None else None,
        sent={fold(entry.name): parse_count(entry.value) or 0 for entry in sent},
        sent_to_all=parse_count(alone) if alone else None,
        ignored=tuple(entry.name for entry in by_key.get("ignore", ())),
    )


def _first(by_key: dict[str, list[MapEntry]], key: str) -> str | None:
    return next((entry.name for entry in by_key.get(key, ())), None)


def _options(by_key: dict[str, list[MapEntry]], scale: Decimal | None, question: str) -> tuple[OptionValue, ...]:
    """The options of one question, or those of all; "không biết" is known unless the map gives it a value."""
    options = [
        option
        for entry in by_key.get("options", ())
        if entry.question == question and (option := parse_option(entry, scale)) is not None
    ]
    named = {fold(option.option) for option in options}
    return (*options, *(OptionValue(name, None) for name in NOT_KNOWING if fold(name) not in named))


def parse_option(entry: MapEntry, scale: Decimal | None) -> OptionValue | None:
    """What an option is worth: ``75%``, points, a place on the map's scale, or "không biết"; None for none of these."""
    if fold(entry.value) in UNKNOWN or not entry.value:
        return OptionValue(entry.name, None)
    percent = entry.value.endswith("%")
    amount = parse_points(entry.value.removesuffix("%").strip())
    if amount is None or amount < 0:
        return None
    return OptionValue(entry.name, amount, HUNDRED if percent else scale)


def _check_single(by_key: dict[str, list[MapEntry]]) -> Iterator[Fault]:
    for key in ("form", "unit", "group", "question", "forms", "scale"):
        for entry in by_key.get(key, ())[1:]:
            yield entry.line, Message("survey-map-twice", {"key": key, "name": entry.name})
    for key in ("questions", "units", "groups", "sent", "options"):
        seen: dict[tuple[str, str], int] = {}
        for entry in by_key.get(key, ()):
            name = (fold(entry.name), entry.question)
            if name in seen:
                yield entry.line, Message("survey-map-twice", {"key": key, "name": entry.name})
            seen.setdefault(name, entry.line)
    for entry in by_key.get("", ()):
        yield entry.line, Message("survey-map-question-key", {"key": entry.name, "question": entry.value})


def _check_counts(by_key: dict[str, list[MapEntry]]) -> Iterator[Fault]:
    for entry in by_key.get("form", ()):
        if fold(entry.name) not in FORMS:
            yield entry.line, Message("survey-map-form", {"value": entry.name})
    for entry in by_key.get("sent", ()):
        if entry.value and parse_count(entry.value) is None:
            yield entry.line, Message("survey-map-sent", {"name": entry.name, "value": entry.value})
    for key in ("questions", "options", "unit"):
        if key not in by_key:
            yield 1, Message("survey-map-missing", {"key": key})


def _check_options(by_key: dict[str, list[MapEntry]]) -> Iterator[Fault]:
    known = {entry.name for entry in by_key.get("questions", ())}
    for entry in by_key.get("options", ()):
        if parse_option(entry, None) is None:
            yield entry.line, Message("survey-map-value", {"name": entry.name, "value": entry.value})
        if entry.question and entry.question not in known:
            yield entry.line, Message("survey-map-option-question", {"name": entry.name, "question": entry.question})


def _check_questions(by_key: dict[str, list[MapEntry]], leaves: dict[str, Criterion]) -> Iterator[Fault]:
    for entry in by_key.get("questions", ()):
        criterion = leaves.get(fold(entry.value))
        if criterion is None:
            guess = suggest_option(entry.value, (leaf.code for leaf in leaves.values())) or "?"
            yield entry.line, Message("survey-map-criterion", {"value": entry.value, "guess": guess})
        elif criterion.children:
            yield entry.line, Message("survey-map-group", {"value": criterion.code})


def _check_amounts(
    survey_map: SurveyMap, by_key: dict[str, list[MapEntry]], leaves: dict[str, Criterion]
) -> Iterator[Fault]:
    """An option brings no more than its scale, or than the criterion has points."""
    lines = {(entry.question, entry.name): entry.line for entry in by_key.get("options", ())}
    for question in survey_map.questions:
        criterion = leaves.get(fold(question.criterion))
        for option in question.options or survey_map.options:
            most = option.scale if option.scale is not None else criterion.points if criterion else None
            if option.amount is not None and most is not None and option.amount > most:
                line = lines.get((question.name, option.option)) or lines.get(("", option.option)) or 1
                values = {"name": option.option, "amount": str(option.amount), "most": str(most)}
                yield line, Message("survey-map-too-much", {**values, "criterion": question.criterion})


def _check_units(survey_map: SurveyMap, by_key: dict[str, list[MapEntry]], criteria: CriteriaSet) -> Iterator[Fault]:
    """Units that the map names are those of the set."""
    names = unit_names(criteria, survey_map)
    given = [(entry.line, entry.value) for entry in by_key.get("units", ())]
    given += [(entry.line, entry.name) for entry in by_key.get("sent", ()) if entry.value]
    given += [(entry.line, entry.value) for entry in by_key.get("unit", ()) if survey_map.fixed_unit]
    for line, name in given:
        if find_unit_code(name, names) is None:
            guess = suggest_option(name, names) or "?"
            yield line, Message("survey-map-unit", {"value": name, "guess": names.get(guess, guess)})


def map_options(question: SurveyQuestion, survey_map: SurveyMap) -> Iterable[OptionValue]:
    """The options that a question can be answered with."""
    return question.options or survey_map.options

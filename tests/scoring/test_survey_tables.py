"""Tables of surveys as real programs export them, and the points that come of them."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from evidence.criteria import loader
from evidence.model.criteria import CriteriaSet
from evidence.model.scoring import OfficeRow
from evidence.model.survey import AnswerKind, SurveyForm, UnitSurvey
from evidence.scoring.score_parts import list_parts
from evidence.scoring.surveys.answer_table import AnswerContext, ReadSurvey, hash_respondent, read_answers
from evidence.scoring.surveys.count_table import read_counts
from evidence.scoring.surveys.map_entries import read_yaml_entries
from evidence.scoring.surveys.map_reader import read_map
from evidence.scoring.surveys.survey_points import score_surveys

SET = """\
set: khao-sat
title: Bộ khảo sát
year: 2025
level: so
parts:
  - {name: thamdinh, title: Thẩm định}
  - {name: dieutra, title: Điều tra, criteria: ["8"], least_forms: 2, least_rate: 10}
profiles: [{name: special, title: Đặc thù}]
units:
  - {code: SNV, name: Sở Nội vụ}
  - {code: STC, name: Sở Tài chính}
  - {code: VP, name: Văn phòng UBND tỉnh, profile: special}
criteria:
  - {code: "1", title: Phần chung, points: 7, score: manual}
  - code: "8"
    title: Điều tra
    points: 3
    children:
      - {code: "8.1", title: Một, points: 1, score: survey}
      - {code: "8.2", title: Hai, points: 2, score: survey, not_for: [special]}
"""
OPTIONS = "options: {Rất tốt: 100%, Tốt: 75%, Khá: 50%}\n"
QUESTIONS = 'questions: {Câu 1: "8.1", Câu 2: "8.2"}\n'
FORMS = "unit: Đơn vị\nrespondent: Địa chỉ email\n" + OPTIONS + QUESTIONS
HEAD = ("Dấu thời gian", "Địa chỉ email", "Đơn vị", "Câu 1. Thái độ phục vụ?", "Câu 2: Kết quả?", "Câu 10. Khác")
SALT = b"s" * 32


@pytest.fixture(scope="module")
def criteria() -> CriteriaSet:
    return loader.parse_criteria(SET)


def read(
    criteria: CriteriaSet, survey_map: str, rows: Sequence[tuple[str, ...]],
    known: frozenset[tuple[str, str]] = frozenset(),
) -> ReadSurvey:  # fmt: skip
    entries, faults = read_yaml_entries(survey_map)
    mapped = read_map(entries, criteria)
    assert not faults and not mapped.faults, [message for _, message in mapped.faults]
    table = [OfficeRow(at, cells) for at, cells in enumerate(rows, start=1)]
    reader = read_counts if mapped.map.form is SurveyForm.COUNTS else read_answers
    return reader(table, AnswerContext(mapped.map, criteria, SALT, known))


def surveys(criteria: CriteriaSet, survey: ReadSurvey) -> dict[str, UnitSurvey]:
    assert not survey.faults, [(row, message.code, message.params) for row, message in survey.faults]
    return {each.unit: each for each in score_surveys(criteria, [survey.tally], list_parts(criteria))}


def faults(survey: ReadSurvey) -> list[tuple[int, str, str]]:
    return [(row, message.code, message.params.get("cell", "")) for row, message in survey.faults]


ANSWERS = [
    HEAD,
    ("3/1/2025", "a@x", "Sở Nội vụ", "Rất tốt", "Khá", "…"),
    ("3/1/2025", "b@x", "SNV", "rất  tốt.", "Không biết", ""),
    ("3/1/2025", "c@x", "SỞ NỘI VỤ", "Tốt", "", ""),
    ("3/1/2025", "a@x", "Sở Tài chính", "Khá", "Khá", ""),
]


def test_google_forms(criteria: CriteriaSet) -> None:
    survey = read(criteria, FORMS, ANSWERS)
    units = surveys(criteria, survey)
    one, two = units["SNV"].criteria
    assert (one.valid, one.score) == (3, Decimal("2.75") / 3)
    assert (two.valid, two.unknown, two.blank, two.score) == (1, 1, 1, 1)
    assert (units["SNV"].forms, units["SNV"].is_assessed) == (3, True)
    assert (units["STC"].forms, units["STC"].is_assessed, units["STC"].shortfalls[0]) == (1, False, "few-forms")
    assert units["VP"].is_assessed is None and [each.criterion for each in units["VP"].criteria] == ["8.1"]
    unused = [message for message in survey.remarks if message.code == "survey-unused"]
    assert unused[0].params["names"] == "Dấu thời gian, Câu 10. Khác"


def test_nothing_of_a_respondent_is_kept_but_a_hash(criteria: CriteriaSet) -> None:
    tally = read(criteria, FORMS, ANSWERS).tally
    assert "a@x" not in repr(tally) and len({each.mark for each in tally.respondents}) == 3
    assert hash_respondent("A@x", SALT) == hash_respondent("a@x", SALT) != hash_respondent("a@x", b"t" * 32)


def test_what_is_unknown_is_named_by_row_and_cell(criteria: CriteriaSet) -> None:
    survey = read(criteria, FORMS, [*ANSWERS, ("", "d@x", "Sở Y tế", "Tốt", "Tốt"), ("", "e@x", "SNV", "Tốt lắm", "Tệ"),
                                    ("", "f@x", "", "Tốt", "Tốt")])  # fmt: skip
    assert faults(survey) == [
        (6, "survey-unknown-unit", "C6"), (7, "survey-unknown-option-near", "D7"), (7, "survey-unknown-option", "E7"),
        (8, "survey-no-unit", "C8"),
    ]  # fmt: skip
    assert not survey.tally.counts


def test_a_unit_that_is_nearly_named_is_guessed_and_none_where_none_is_near(criteria: CriteriaSet) -> None:
    survey = read(
        criteria, FORMS, [HEAD, ("", "d@x", "Sở Nội vụu", "Tốt", "Tốt"), ("", "e@x", "Trạm bơm", "Tốt", "Tốt")]
    )
    near, far = (fault for _, fault in survey.faults)
    assert near.code == "survey-unknown-unit-near" and near.params["guess"] == "SNV"
    assert far.code == "survey-unknown-unit" and "guess" not in far.params


def test_double_respondents(criteria: CriteriaSet) -> None:
    again = read(criteria, FORMS, [*ANSWERS, ("", "A@X ", "Sở nội vụ", "Tốt", "Tốt")])
    assert [(row, message.code, message.params["first"]) for row, message in again.faults] == [
        (6, "survey-double", "2")
    ]
    known = frozenset({("STC", hash_respondent("a@x", SALT))})
    assert faults(read(criteria, FORMS, ANSWERS, known)) == [(5, "survey-double-before", "")]


def test_forms_that_do_not_say_whose_they_are(criteria: CriteriaSet) -> None:
    survey = read(criteria, FORMS, [HEAD, ("", "", "SNV", "Tốt", "Tốt"), ("", "", "SNV", "Tốt", "Tốt")])
    assert surveys(criteria, survey)["SNV"].forms == 2
    assert "survey-unnamed" in [message.code for message in survey.remarks]
    nameless = read(criteria, FORMS.replace("respondent: Địa chỉ email\n", ""), ANSWERS)
    assert "survey-no-respondent" in [message.code for message in nameless.remarks]


def test_a_grid_has_a_column_for_each_unit(criteria: CriteriaSet) -> None:
    head = ("id", "email", "Câu 1 [Sở Nội vụ]", "Câu 1 [Sở Tài chính]", "Câu 2 [Sở Nội vụ]", "Câu 2 [Sở Tài chính]")
    rows = [head, ("1", "a@x", "Tốt", "Khá", "Tốt", "Khá"), ("2", "b@x", "Tốt", "", "Khá", "")]
    survey_map = "unit: headings\nrespondent: email\nignore: id\n" + OPTIONS + QUESTIONS
    units = surveys(criteria, read(criteria, survey_map, rows))
    assert (units["SNV"].forms, units["STC"].forms) == (2, 1)
    assert units["SNV"].criteria[1].score == Decimal("1.25")


def test_points_as_values_and_sent_forms(criteria: CriteriaSet) -> None:
    survey_map = FORMS.replace("100%", "1").replace("75%", "0.75").replace("50%", "0.5") + "sent: {SNV: 40, STC: 5}\n"
    units = surveys(criteria, read(criteria, survey_map, ANSWERS))
    assert units["SNV"].criteria[0].score == Decimal("2.75") / 3
    assert (units["SNV"].rate, units["SNV"].shortfalls) == (Decimal("7.5"), ("low-rate",))
    assert units["SNV"].is_assessed is False and units["SNV"].score is None and units["SNV"].needed == 37


def test_counts_by_unit_and_question(criteria: CriteriaSet) -> None:
    survey_map = "form: counts\nunit: Đơn vị\nquestion: Câu hỏi\nforms: Số phiếu\nsent: Phát ra\n" + OPTIONS + QUESTIONS
    rows = [
        ("Tổng hợp kết quả",),
        ("TT", "Đơn vị", "Câu hỏi", "Rất tốt", "Tốt", "Khá", "Không biết", "Số phiếu", "Phát ra"),
        ("1", "Sở Nội vụ", "Câu 1. Thái độ", "1.000", "5", "", "2", "1.010", "1.500"),
        ("2", "Sở Nội vụ", "Câu 2", "0", "10", "0", "0", "1.010", "1.500"),
        ("", "Tổng cộng", "", "1.000", "15", "0", "2", "", ""),
    ]
    unit = surveys(criteria, read(criteria, survey_map, rows))["SNV"]
    assert (unit.forms, unit.sent) == (1010, 1500)
    assert [(each.valid, each.unknown, each.blank) for each in unit.criteria] == [(1005, 2, 3), (10, 0, 1000)]
    assert unit.criteria[1].score == Decimal("1.5")


@pytest.mark.parametrize(
    "heads",
    [
        [("Đơn vị", "Câu 1 - Rất tốt", "Câu 1 - Tốt", "Câu 2 - Rất tốt", "Câu 2 - Tốt")],
        [("Đơn vị", "Câu 1 [Rất tốt]", "Câu 1 [Tốt]", "Câu 2 [Rất tốt]", "Câu 2 [Tốt]")],
        [("Đơn vị", "Câu 1. Thái độ", "", "Câu 2. Kết quả", ""), ("", "Rất tốt", "Tốt", "Rất tốt", "Tốt")],
    ],
)
def test_counts_with_questions_in_the_headings(criteria: CriteriaSet, heads: list[tuple[str, ...]]) -> None:
    survey = read(criteria, "form: counts\nunit: Đơn vị\n" + OPTIONS + QUESTIONS, [*heads, ("SNV", "3", "1", "0", "4")])
    unit = surveys(criteria, survey)["SNV"]
    assert [each.score for each in unit.criteria] == [Decimal("0.9375"), Decimal("1.5")]
    assert unit.forms == 4


def test_counts_that_cannot_be(criteria: CriteriaSet) -> None:
    survey_map = "form: counts\nunit: Đơn vị\nforms: Số phiếu\n" + OPTIONS + 'questions: {Câu 1: "8.1"}\n'
    head = ("Đơn vị", "Rất tốt", "Tốt", "Số phiếu")
    rows = [head, ("SNV", "3", "x1", "9"), ("STC", "3", "4", "6"), ("VP", "1", "1", "2"), ("VP", "1", "1", "2")]
    assert faults(read(criteria, survey_map, rows)) == [
        (2, "survey-bad-count", "C2"), (3, "survey-more-answers", ""), (5, "survey-counts-twice", ""),
    ]  # fmt: skip


def test_missing_columns_and_empty_tables(criteria: CriteriaSet) -> None:
    assert faults(read(criteria, FORMS, [HEAD[:4], ("", "a", "SNV", "Tốt")])) == [(1, "survey-no-column", "")]
    assert faults(read(criteria, FORMS, [("a", "b")])) == [(1, "survey-no-heading", "")]
    assert faults(read(criteria, FORMS, [HEAD])) == [(1, "survey-no-rows", "")]


def test_answers_are_counted_by_kind_and_group(criteria: CriteriaSet) -> None:
    rows = [(*HEAD, "Ông/bà là"), ("", "a", "SNV", "Tốt", "", "", "Lãnh đạo"), ("", "b", "SNV", "Tốt", "", "", "Dân")]
    tally = read(criteria, FORMS + "group: Ông/bà là\ngroups: {Dân: công dân}\n", rows).tally
    assert {(each.group, each.kind, each.count) for each in tally.counts if each.question == "Câu 1"} == {
        ("Lãnh đạo", AnswerKind.VALID, 1), ("công dân", AnswerKind.VALID, 1),
    }  # fmt: skip

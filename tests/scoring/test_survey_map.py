"""Maps of surveys as people write them, YAML and table, and what is wrong with one."""

from __future__ import annotations

from decimal import Decimal

import pytest

from evidence.criteria import loader
from evidence.model.criteria import CriteriaSet
from evidence.model.scoring import OfficeRow
from evidence.model.survey import SurveyForm, SurveyMap
from evidence.scoring.surveys.map_entries import read_table_entries, read_yaml_entries
from evidence.scoring.surveys.map_reader import read_map

SET = """\
set: khao-sat
title: Bộ khảo sát
year: 2025
level: so
units:
  - {code: SNV, name: Sở Nội vụ}
  - {code: PMN, name: UBND phường Mũi Né, issuer: Ủy ban nhân dân phường Mũi Né}
criteria:
  - code: "8"
    title: Điều tra
    points: 3
    children:
      - {code: "8.1", title: Một, points: 1, score: survey}
      - {code: "8.2", title: Hai, points: 2, score: survey}
"""
MAP = """\
đơn vị: Đơn vị được đánh giá
người trả lời: [Email, Số điện thoại]
phương án:
  Rất tốt: 100%
  Tốt: 0,8
  Không ý kiến: không biết
câu hỏi:
  Câu 1: "8.1"
  Câu 2:
    tiêu chí: "8.2"
    phương án: {Có: 2, Không: 0}
phát ra: {SNV: 120, phường Mũi Né: "1.611"}
bỏ qua: [Dấu thời gian]
"""


@pytest.fixture
def criteria() -> CriteriaSet:
    return loader.parse_criteria(SET)


def parsed(text: str, criteria: CriteriaSet) -> SurveyMap:
    entries, faults = read_yaml_entries(text)
    read = read_map(entries, criteria)
    assert not faults and not read.faults, [str(fault) for fault in (*faults, *read.faults)]
    return read.map


def codes(text: str, criteria: CriteriaSet) -> list[str]:
    entries, faults = read_yaml_entries(text)
    return [message.code for _, message in (*faults, *read_map(entries, criteria).faults)]


def test_yaml_in_vietnamese(criteria: CriteriaSet) -> None:
    survey_map = parsed(MAP, criteria)
    assert survey_map.form is SurveyForm.ANSWERS and survey_map.unit == "Đơn vị được đánh giá"
    assert survey_map.respondent == ("Email", "Số điện thoại")
    values = {option.option: (option.amount, option.scale) for option in survey_map.options}
    assert values["Rất tốt"] == (100, 100) and values["Tốt"] == (Decimal("0.8"), None)
    assert values["Không ý kiến"] == values["Không biết"] == (None, None)
    assert [(each.name, each.criterion) for each in survey_map.questions] == [("Câu 1", "8.1"), ("Câu 2", "8.2")]
    assert [option.option for option in survey_map.questions[1].options][:2] == ["Có", "Không"]
    assert set(survey_map.sent.values()) == {120, 1611}


def test_a_table_says_the_same(criteria: CriteriaSet) -> None:
    rows = """mục;tên;giá trị;câu hỏi
đơn vị;Đơn vị được đánh giá
người trả lời;Email
người trả lời;Số điện thoại
phương án;Rất tốt;100%
phương án;Tốt;0,8
phương án;Không ý kiến;không biết

câu hỏi;Câu 1;8.1
câu hỏi;Câu 2;8.2
phương án;Có;2;Câu 2
phương án;Không;0;Câu 2
phát ra;SNV;120
phát ra;phường Mũi Né;1.611
bỏ qua;Dấu thời gian""".splitlines()
    entries, faults = read_table_entries([OfficeRow(at, tuple(row.split(";"))) for at, row in enumerate(rows, start=1)])
    assert not faults and read_map(entries, criteria).map == parsed(MAP, criteria)


def test_units_that_no_column_names(criteria: CriteriaSet) -> None:
    assert parsed(MAP.replace("Đơn vị được đánh giá", "{value: SNV}"), criteria).fixed_unit == "SNV"
    assert parsed(MAP.replace("Đơn vị được đánh giá", "tên sheet"), criteria).unit_is_sheet
    in_headings = parsed(MAP.replace("Đơn vị được đánh giá", "tiêu đề"), criteria)
    assert in_headings.unit is None and in_headings.fixed_unit is None


def test_a_scale_of_five(criteria: CriteriaSet) -> None:
    survey_map = parsed("unit: U\nscale: 5\noptions: {'5': 5, '1': 1}\nquestions: {A: '8.1'}\n", criteria)
    assert [(option.amount, option.scale) for option in survey_map.options][:2] == [(5, 5), (1, 5)]


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("đơn vị:", "đơn-vi:", "survey-map-key"),
        ("đơn vị: Đơn vị được đánh giá\n", "", "survey-map-missing"),
        ('"8.1"', '"8.9"', "survey-map-criterion"),
        ('"8.1"', '"8"', "survey-map-group"),
        ("Tốt: 0,8", "Tốt: nhiều", "survey-map-value"),
        ("Tốt: 0,8", "Tốt: 1,2", "survey-map-too-much"),
        ("Rất tốt: 100%", "Rất tốt: 120%", "survey-map-too-much"),
        ("Có: 2", "Có: 3", "survey-map-too-much"),
        ("SNV: 120", "STC: 120", "survey-map-unit"),
        ("SNV: 120", "SNV: nhiều", "survey-map-sent"),
        ("tiêu chí: ", "mã: ", "survey-map-question-key"),
        ("bỏ qua:", "dạng: khác\nbỏ qua:", "survey-map-form"),
        ("bỏ qua:", "thang: 0\nbỏ qua:", "survey-map-scale"),
    ],
)
def test_faults(criteria: CriteriaSet, before: str, after: str, code: str) -> None:
    assert before in MAP and code in codes(MAP.replace(before, after, 1), criteria)

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.criteria import periods
from evidence.criteria.phrases import PhraseMatch, comparable_words, find_phrase, prepare_text

PAIRS = [
    ("cải cách hành chính", "Báo cáo kết quả công tác CCHC", PhraseMatch.EXACT),
    ("CCHC", "Báo cáo cải cách hành chính", PhraseMatch.EXACT),
    ("hòa giải", "công tác hoà giải ở cơ sở", PhraseMatch.EXACT),
    ("kỹ năng", "Tập huấn kĩ năng", PhraseMatch.EXACT),
    ("cán bộ, công chức", "danh sách CBCC", PhraseMatch.EXACT),
    ("cải cách hành chính", "BAO CAO CAI CACH HANH CHINH", PhraseMatch.NEAR),
    ("cải cách hành chính", "Báo cáo cải cách hành chinh", PhraseMatch.NEAR),
    ("cải cách hành chính", "Báo cáo cải cạch hành chính", PhraseMatch.NEAR),
    ("cải cách hành chính", "cải cách thủ tục hành chính", PhraseMatch.NONE),
    ("quý I", "công tác quý II", PhraseMatch.NONE),
    ("quý 3", "công tác Quí III", PhraseMatch.EXACT),
    ("tuyên truyền", "tuyên truyềnn", PhraseMatch.NEAR),
    ("", "bất kỳ", PhraseMatch.EXACT),
]


@pytest.mark.parametrize(("phrase", "text", "match"), PAIRS)
def test_find(phrase: str, text: str, match: PhraseMatch) -> None:
    assert find_phrase(phrase, prepare_text(text)) is match


@given(st.text(alphabet="aăâbcđeêghiklmnoôơpqrstuưvxyáàảãạ 123/-,", max_size=60))
def test_a_text_holds_each_of_its_words(text: str) -> None:
    tokens = comparable_words(text)
    assert all(find_phrase(token, prepare_text(text)) is PhraseMatch.EXACT for token in tokens)
    assert comparable_words(" ".join(tokens)) == tokens


COVERED = [
    ("Kết quả công tác cải cách hành chính quý I năm 2018", {"quarter i"}),
    ("Kết quả CCHC Quý 3/2018", {"quarter iii"}),
    ("Kết quả CCHC quý I, phương hướng, nhiệm vụ quý II năm 2018", {"quarter i"}),
    ("Kết quả thực hiện nhiệm vụ quý II năm 2018", {"quarter ii"}),
    ("Kết quả CCHC 6 tháng đầu năm 2018", {"6 months"}),
    ("Kết quả CCHC sáu tháng đầu năm năm 2018", {"6 months"}),
    ("Kết quả CCHC năm 2018", {"year"}),
    ("Kết quả CCHC quý IV và năm 2018", {"quarter iv", "year"}),
    ("Tình hình tháng 3 năm 2018", {"month 3"}),
    ("Tổng kết năm 2017, triển khai nhiệm vụ năm 2018", {"year"}),
    ("Quy chế làm việc", set()),
]


@pytest.mark.parametrize(("subject", "covered"), COVERED)
def test_periods_covered(subject: str, covered: set[str]) -> None:
    assert periods.read_periods(subject).covered == covered


YEARS = [
    ("Báo cáo CCHC năm 2018", {2018}),
    ("Thực hiện Quyết định số 45/2016/QĐ-TTg", set()),
    ("Thực hiện Kế hoạch ngày 15/3/2017 trong năm 2018", {2018}),
    ("Thực hiện Kế hoạch ngày 15 tháng 3 năm 2017 của Bộ", set()),
    ("Báo cáo quý I/2018", {2018}),
    ("Tổng kết năm 2017, phương hướng nhiệm vụ năm 2018", {2017}),
    ("Kế hoạch khắc phục hạn chế năm 2017 trong năm 2018", {2017, 2018}),
]


@pytest.mark.parametrize(("subject", "years"), YEARS)
def test_years_named(subject: str, years: set[int]) -> None:
    assert periods.read_periods(subject).years == years


def test_a_stretch_of_years_is_no_single_year() -> None:
    assert periods.read_periods("Kế hoạch CCHC giai đoạn 2016 - 2020").ranges == ((2016, 2020),)
    assert not periods.read_periods("Kế hoạch CCHC giai đoạn 2016-2020").years

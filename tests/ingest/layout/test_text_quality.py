from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.ingest.layout import text_quality as triage
from evidence.ingest.layout.text_quality import Layer, Signs, broken, judge, marks

GOOD = "Ủy ban nhân dân tỉnh Lạng Sơn báo cáo kết quả thực hiện công tác cải cách hành chính năm 2025. " * 3
FOREIGN = "Uy ban nhan dan tinh Lang Son bao cao ket qua thuc hien cong tac cai cach hanh chinh nam 2025. " * 3
TCVN3 = "Uû ban nh©n d©n tØnh L¹ng S¬n b¸o c¸o kÕt qu¶ thùc hiÖn c«ng t¸c c¶i c¸ch hµnh chÝnh n¨m 2025. " * 3
DROPPED = "Quy chun k thut quc gia v t chc thc hin công tác ci cách hành chính trên đa bàn tnh năm 2025 " * 3
FIGURES = "1 23,5 88,1 2019 2 17,0 90,4 2020 " * 20

CASES = [
    ("good text", Signs(GOOD, 0.0, False, 0), Layer.GOOD),
    ("good text over a watermark of the whole page", Signs(GOOD, 1.0, False, 0), Layer.GOOD),
    ("bare scan", Signs("", 1.0, False, 0), Layer.NONE),
    ("scan with a page number", Signs("12", 0.98, False, 0), Layer.NONE),
    ("foreign OCR, invisible", Signs(FOREIGN, 1.0, True, 0), Layer.FOREIGN),
    ("good OCR of others, invisible", Signs(GOOD, 1.0, True, 0), Layer.FOREIGN),
    ("marks lost", Signs(FOREIGN, 0.0, False, 0), Layer.BROKEN),
    ("letters dropped", Signs(DROPPED, 0.0, False, 0), Layer.BROKEN),
    ("old font", Signs(TCVN3, 0.0, False, 0), Layer.BROKEN),
    ("no ToUnicode", Signs("Số \ue001\ue002\ue003 " * 60, 0.0, False, 0), Layer.BROKEN),
    ("nothing but private characters", Signs("\ue001\ue002\ue003 " * 60, 0.0, False, 0), Layer.BROKEN),
    ("figures", Signs(FIGURES, 0.0, False, 0), Layer.GOOD),
    ("text drawn as outlines", Signs("", 0.0, False, 900), Layer.NONE),
    ("empty page", Signs("", 0.0, False, 0), Layer.BLANK),
    ("empty page with a rule", Signs("", 0.0, False, 2), Layer.BLANK),
]


@pytest.mark.parametrize(("signs", "worth"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_a_layer_is_worth(signs: Signs, worth: Layer) -> None:
    assert judge(signs) is worth


def test_marks_do_not_depend_on_the_form_of_composition() -> None:
    assert marks(GOOD) == pytest.approx(marks(unicodedata.normalize("NFD", GOOD)))
    assert 0.2 < marks(GOOD) < 0.4


def test_short_text_is_not_judged_by_its_marks() -> None:
    assert not broken("UBND")
    assert not broken("")


@given(st.text(st.characters(), max_size=60), st.sampled_from(["", "\U0001d400", "\ud800"]))
def test_characters_are_counted_as_one_by_one(text: str, odd: str) -> None:
    """Half a pair too, as a broken layer may have it."""
    whole = unicodedata.normalize("NFC", text + odd)
    found = triage._counted(text + odd)
    assert (found.shown, found.letters) == (sum(map(str.isalnum, whole)), sum(map(str.isalpha, whole)))
    assert found.visible == len(whole) - sum(map(str.isspace, whole))
    assert found.vietnamese == sum(letter in triage.VIETNAMESE for letter in whole)
    assert found.unprintable == sum(unicodedata.category(one) in ("Co", "Cn", "Cs") or one == "\ufffd" for one in whole)

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.ingest.layout import text_quality
from evidence.ingest.layout.text_quality import Layer, LayerSigns, is_broken, judge_layer, marked_share

GOOD = "Ủy ban nhân dân tỉnh Lạng Sơn báo cáo kết quả thực hiện công tác cải cách hành chính năm 2025. " * 3
FOREIGN = "Uy ban nhan dan tinh Lang Son bao cao ket qua thuc hien cong tac cai cach hanh chinh nam 2025. " * 3
TCVN3 = "Uû ban nh©n d©n tØnh L¹ng S¬n b¸o c¸o kÕt qu¶ thùc hiÖn c«ng t¸c c¶i c¸ch hµnh chÝnh n¨m 2025. " * 3
DROPPED = "Quy chun k thut quc gia v t chc thc hin công tác ci cách hành chính trên đa bàn tnh năm 2025 " * 3
FIGURES = "1 23,5 88,1 2019 2 17,0 90,4 2020 " * 20

CASES = [
    ("good text", LayerSigns(GOOD, 0.0, False, 0), Layer.GOOD),
    ("good text over a watermark of the whole page", LayerSigns(GOOD, 1.0, False, 0), Layer.GOOD),
    ("bare scan", LayerSigns("", 1.0, False, 0), Layer.NONE),
    ("scan with a page number", LayerSigns("12", 0.98, False, 0), Layer.NONE),
    ("foreign OCR, invisible", LayerSigns(FOREIGN, 1.0, True, 0), Layer.FOREIGN),
    ("good OCR of others, invisible", LayerSigns(GOOD, 1.0, True, 0), Layer.FOREIGN),
    ("marks lost", LayerSigns(FOREIGN, 0.0, False, 0), Layer.BROKEN),
    ("letters dropped", LayerSigns(DROPPED, 0.0, False, 0), Layer.BROKEN),
    ("old font", LayerSigns(TCVN3, 0.0, False, 0), Layer.BROKEN),
    ("no ToUnicode", LayerSigns("Số \ue001\ue002\ue003 " * 60, 0.0, False, 0), Layer.BROKEN),
    ("nothing but private characters", LayerSigns("\ue001\ue002\ue003 " * 60, 0.0, False, 0), Layer.BROKEN),
    ("figures", LayerSigns(FIGURES, 0.0, False, 0), Layer.GOOD),
    ("text drawn as outlines", LayerSigns("", 0.0, False, 900), Layer.NONE),
    ("empty page", LayerSigns("", 0.0, False, 0), Layer.BLANK),
    ("empty page with a rule", LayerSigns("", 0.0, False, 2), Layer.BLANK),
]


@pytest.mark.parametrize(("signs", "worth"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_what_a_layer_is_worth(signs: LayerSigns, worth: Layer) -> None:
    assert judge_layer(signs) is worth


def test_marks_do_not_depend_on_the_form_of_composition() -> None:
    assert marked_share(GOOD) == pytest.approx(marked_share(unicodedata.normalize("NFD", GOOD)))
    assert 0.2 < marked_share(GOOD) < 0.4


def test_short_text_is_not_judged_by_its_marks() -> None:
    assert not is_broken("UBND")
    assert not is_broken("")


@given(st.text(st.characters(), max_size=60), st.sampled_from(["", "\U0001d400", "\ud800"]))
def test_characters_are_counted_as_one_by_one(text: str, odd: str) -> None:
    """Half a pair too, as a broken layer may have it."""
    whole = unicodedata.normalize("NFC", text + odd)
    found = text_quality._count_letters(text + odd)
    assert (found.shown, found.letters) == (sum(map(str.isalnum, whole)), sum(map(str.isalpha, whole)))
    assert found.visible == len(whole) - sum(map(str.isspace, whole))
    assert found.vietnamese == sum(letter in text_quality.VIETNAMESE for letter in whole)
    assert found.unprintable == sum(unicodedata.category(one) in ("Co", "Cn", "Cs") or one == "\ufffd" for one in whole)

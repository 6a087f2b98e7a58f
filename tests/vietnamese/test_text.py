"""Folding: what is made equal, what stays apart, and where each folded character comes from."""

from __future__ import annotations

import time
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from evidence.vietnamese.syllable import is_syllable
from evidence.vietnamese.text import canon, fold, fold_map, nfc, plain_map, strip_marks, syllables, vietnamese_share

VIETNAMESE = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđĐÐƉqQhkKlmMsStT"
ODD = "\u0301\u0323\u0302\u200b\u00ad\u00a0–ßİŉﬁǅᾳΣςK"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("hoà bình", "hòa bình"),
        ("Thuỷ lợi", "THỦY LỢI"),
        ("uỷ ban", "Ủy ban"),
        ("hoả tốc", "hỏa tốc"),
        ("hòan thành", "hoàn thành"),
        ("qúy I", "quý I"),
        ("kĩ thuật, quí, lí do, mĩ thuật, tỉ lệ, sĩ", "kỹ thuật, quý, lý do, mỹ thuật, tỷ lệ, sỹ"),
        ("775/QÐ-BVHTTDL", "775/QĐ-BVHTTDL"),
        ("Ɖiều", "Điều"),
        ("10/2007/NĐ–CP", "10/2007/NĐ-CP"),
        (unicodedata.normalize("NFD", "Quyết định số 15"), "Quyết định số 15"),
        ("Quyết\u00a0định\u200b", "Quyết định"),
    ],
)
def test_equal_when_folded(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("đa", "da"), ("ma", "má"), ("tai", "tay"), ("thi", "thy"), ("mùa", "muà "), ("hai", "hay"), ("nghĩ", "nghỹ")],
)
def test_different_when_folded(one: str, other: str) -> None:
    assert fold(one) != fold(other)


def test_fold_keeps_diacritics_and_blanks() -> None:
    assert fold("Ủy  ban\nNhân Dân") == "ủy  ban\nnhân dân"


@given(st.text(alphabet=VIETNAMESE + ODD + " /-.0123", max_size=60) | st.text(max_size=40))
@example("ki\u0307")
@example("HOÀ\u0307")
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(alphabet=VIETNAMESE + ODD + " /-.", max_size=60) | st.text(max_size=40))
def test_offsets_point_into_the_text(text: str) -> None:
    folded, offsets = fold_map(text)
    assert folded == fold(text)
    assert len(folded) == len(offsets)
    assert offsets == sorted(offsets)
    assert all(0 <= at < len(text) for at in offsets)


def test_offsets_survive_decomposed_text() -> None:
    text = unicodedata.normalize("NFD", "Căn cứ Quyết định số 615")
    folded, offsets = fold_map(text)
    at = folded.index("quyết")
    assert text[offsets[at] :].startswith("Q")
    assert text[offsets[folded.index("615")] :] == "615"


@given(st.text(max_size=60))
def test_plain_text_is_composed(text: str) -> None:
    plain, offsets = plain_map(text)
    assert plain == nfc(plain)
    assert offsets is None or len(offsets) == len(plain)


@given(st.text(alphabet=VIETNAMESE + " ", max_size=60))
def test_stripping_marks_keeps_the_length_of_composed_text(text: str) -> None:
    assert len(strip_marks(text)) == len(text)
    assert strip_marks(text).isascii()


def test_canon_keeps_the_length() -> None:
    assert canon("QÐ\u00a0– ⁄") == "QĐ - /"


def test_syllables() -> None:
    assert syllables("Số: 09/2015/QĐ-TTg, hoà") == ["Số", "QĐ", "TTg", "hoà"]


@pytest.mark.parametrize(
    "word",
    [
        "nghị",
        "quyết",
        "nghiêng",
        "gì",
        "giếng",
        "quốc",
        "quý",
        "thuở",
        "khuya",
        "đắk",
        "oanh",
        "uỷ",
        "ủy",
        "yên",
        "ngoằn",
        "xoong",
        "khuỷu",
    ],
)
def test_syllable(word: str) -> None:
    assert is_syllable(word)


@pytest.mark.parametrize("word", ["quc", "tieáng", "klió", "nh©n", "chun2", "ngh", "dd", "hết́", "xkt", "chưc"])
def test_no_syllable(word: str) -> None:
    assert not is_syllable(word)


@pytest.mark.parametrize(
    "text",
    [
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc",
        "Thực hiện Quyết định số 615/QĐ-UBND ngày 15/3/2019 của UBND tỉnh về việc công bố Chỉ số CCHC",
        "- Lưu: VT, HCTC.10 bản.",
        "BÁO CÁO",
        "1.234.567  98,5 %  12/15",
        "",
    ],
)
def test_good_text_looks_vietnamese(text: str) -> None:
    assert vietnamese_share(text) > 0.9


@pytest.mark.parametrize(
    "text",
    [
        "Uû ban nh©n d©n tØnh L¹ng S¬n, B¸o c¸o tµi chÝnh quý I n¨m 2004",
        "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam, Ñoäc laäp - Töï do - Haïnh phuùc",
        "UBND TINH LANG SON VAN PHONG BAO CAO KET QUA CONG TAC CAI CACH HANH CHINH QUY I NAM 2018 CUA VAN PHONG",
        "This layer was made for an English reader and says nothing in the language of the document at all",
        "Qu¸ tr×nh thùc hiÖn c¶i c¸ch hµnh chÝnh",
    ],
)
def test_broken_text_does_not(text: str) -> None:
    assert vietnamese_share(text) < 0.6


def test_dropped_letters_lower_the_share() -> None:
    assert vietnamese_share("Quy chun kỹ thuật quc gia, t chc thc hin ca các c quan") < 0.8


def test_linear() -> None:
    text = "Uỷ ban nhân dân tỉnh hoà bình quí " * 2000 + "o" * 70_000 + "́" * 30_000
    start = time.process_time()
    fold(text)
    fold_map(text)
    vietnamese_share(text)
    assert time.process_time() - start < 2

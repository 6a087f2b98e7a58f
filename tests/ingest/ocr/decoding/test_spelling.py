"""Spellings chosen among what the recogniser thought of, by the model that is shipped."""

from __future__ import annotations

import math

import pytest

from evidence.ingest.ocr.decoding import spelling
from evidence.ingest.ocr.decoding.ctc import Letter
from evidence.vietnamese import bigrams
from evidence.vietnamese.bigrams import BASE, BigramModel

SURE = -0.001


@pytest.fixture(scope="module")
def model() -> BigramModel:
    return bigrams.load_model()


def row(text: str, **doubts: dict[str, float]) -> list[Letter]:
    """The letters of a text, all sure but for the first of each one named: ``ô={"ổ": -1.5}``."""
    letters = []
    for at, char in enumerate(text):
        others = doubts.pop(char, {})
        own = math.log1p(-sum(math.exp(score) for score in others.values())) if others else SURE
        letters.append(Letter(char, 10.0 * at, 10.0 * at + 8, {char: own, **others}))
    return letters


def spelt(model: BigramModel, *rows: list[Letter]) -> list[str]:
    return [" ".join(word.text for word in words) for words in spelling.spell_rows(rows, model)]


def test_neighbours_choose_the_mark(model: BigramModel) -> None:
    assert spelt(model, row("các tô chức khác", ô={"ổ": -1.5})) == ["các tổ chức khác"]
    assert spelt(model, row("ỦY BAN NHÂN DÂN TINH", I={"Ỉ": -2.0})) == ["ỦY BAN NHÂN DÂN TỈNH"]


def test_a_sentence_goes_on_in_the_next_row(model: BigramModel) -> None:
    assert spelt(model, row("cải cách thủ tục hành"), row("chinh nhà nước", i={"í": -2.0}))[1] == "chính nhà nước"


def test_what_was_read_stays_beside(model: BigramModel) -> None:
    words = spelling.spell_rows([row("tô chức", ô={"ổ": -1.5})], model)[0]
    assert [(word.text, word.raw) for word in words] == [("tổ", "tô"), ("chức", "chức")]
    assert words[0].sure == pytest.approx(1 - math.exp(-1.5))


@pytest.mark.parametrize("text", ["615/QĐ-UBND", "QĐ-UBND", "15/3/2O24", "2024-TT", "THCS", "l5", "H'Mông"])
def test_numbers_symbols_and_abbreviations_are_left_alone(model: BigramModel, text: str) -> None:
    doubts = {char: {other: -0.9} for char, other in (("Đ", "D"), ("O", "Ô"), ("C", "Ć"), ("5", "S"), ("ô", "ó"))}
    assert spelt(model, row(text, **{key: value for key, value in doubts.items() if key in text})) == [text]


@pytest.mark.parametrize("name", ["Lò Thị Sòng", "Nguyễn Văn Thỉm", "Đinh Xuân Mỹ", "Rơ Chăm Hyéo"])
def test_a_name_that_was_read_surely_stays(model: BigramModel, name: str) -> None:
    """The model knows few names: where the recogniser has no doubt it is believed."""
    assert spelt(model, row(name)) == [name]


def test_old_and_new_places_of_the_tone_stay_as_printed(model: BigramModel) -> None:
    assert spelt(model, row("hoà bình, thuỷ lợi, kĩ thuật")) == ["hoà bình, thuỷ lợi, kĩ thuật"]


def test_a_word_that_is_none_may_have_one_other_letter(model: BigramModel) -> None:
    assert spelt(model, row("tổ ehức", e={"c": -2.0})) == ["tổ chức"]
    assert spelt(model, row("tổ ehức")) == ["tổ ehức"]  # nothing that was not thought of


def test_lost_blanks(model: BigramModel) -> None:
    assert spelt(model, row("Sơn Tây,Trà Bồng;phòngNội vụ")) == ["Sơn Tây, Trà Bồng; phòng Nội vụ"]
    assert spelt(model, row("1,5 và 2;3 VNeID")) == ["1,5 và 2;3 VNeID"]
    assert spelt(model, row("PHỤLỤC 1 kinh phíbố trí Samsung")) == ["PHỤ LỤC 1 kinh phí bố trí Samsung"]


def test_marks_at_the_end_follow_what_comes(model: BigramModel) -> None:
    comma = {",": {".": -1.5}}
    assert spelt(model, row("1,", **comma), row("Mục tiêu")) == ["1.", "Mục tiêu"]
    assert spelt(model, row("2, Mục tiêu", **comma)) == ["2. Mục tiêu"]
    assert spelt(model, row("thực hiện, các", **comma)) == ["thực hiện, các"]
    assert spelt(model, row("ngày 15, 16 và 1,5", **comma)) == ["ngày 15, 16 và 1,5"]


def test_the_shipped_model_is_small_and_sound(model: BigramModel) -> None:
    assert BASE.stat().st_size < 1_000_000
    assert model.knows("nghị") and not model.knows("nghi̇")
    after = [model.after("ủy", second) for bare in ("ban", "quyen", "nhan") for second in model.spellings(bare)]
    assert max(after) == model.after("ủy", "ban") and sum(map(math.exp, after)) <= 1.0
    assert model.after("ủy", "ban") > model.after(None, "ban") > model.after("ủy", "xyz")


@pytest.mark.parametrize(("figure", "sign"), [("39,726", "6"), ("1006", "6"), ("94,986,", "6"), ("18,96c;", "c")])
def test_a_per_cent_sign_is_no_six(model: BigramModel, figure: str, sign: str) -> None:
    at = figure.rindex(sign)
    letters = [Letter(char, 10.0 * i, 10.0 * i + 8, {char: SURE}) for i, char in enumerate(figure)]
    assert spelt(model, letters) == [figure]  # a printed six, of which the recogniser has no doubt
    letters[at] = Letter(sign, 0.0, 8.0, {sign: -0.3, "%": -1.5})
    words = spelling.spell_rows([letters], model)[0]
    assert [(word.text, word.raw) for word in words] == [(figure[:at] + "%" + figure[at + 1 :], figure)]

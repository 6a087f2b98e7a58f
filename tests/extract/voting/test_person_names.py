"""The name on a strip, from several readings of it."""

from __future__ import annotations

import pytest

from evidence.extract.layout.segments import Segment
from evidence.extract.voting.person_names import elect, read_person_name
from evidence.model.document import Origin, Word
from evidence.values import person
from tests.support.readings import reading


def strip(text: str, readings: list[tuple[str, str, float, int]], confidence: float = 0.6) -> Segment:
    words = tuple(
        Word(word, (10.0 * i, 0.0, 10.0 * i + 9, 12.0), confidence, Origin.OCR) for i, word in enumerate(text.split())
    )
    return Segment(1, 0, words, readings=tuple(reading(*each) for each in readings))


def test_a_name_under_a_seal_is_voted_word_by_word_and_doubtful() -> None:
    readings = [
        ("trueocr", "Tràn Bính Ninh", 0.93, 1),
        ("trueocr", "Trần Bỉnh Ninh", 0.92, 2),
        ("trueocr", "Trân Bình Ninn", 0.9, 3),
        ("ppocr", "Tran Binh Ninh", 0.95, 4),
    ]
    found = read_person_name(strip("Trận Bĩnh Ninh", readings))
    assert found.value == "Trần Bình Ninh"
    assert found.confidence < 0.9
    assert found.raw == "Trận Bĩnh Ninh"


def test_two_engines_that_read_the_same_make_a_name_sure() -> None:
    same = [("trueocr", "Nguyễn Ví Dụ", 0.97, 0)]
    assert read_person_name(strip("Nguyễn Ví Dụ", same, 0.95)).confidence >= 0.9
    assert read_person_name(strip("Nguyễn Ví Dụ", [("trueocr", "Nguyễn Vì Dụ", 0.97, 0)], 0.95)).confidence < 0.9


def test_a_reading_that_lost_the_family_name_does_not_shorten_it() -> None:
    assert elect([("Ví Dụ", 0.95), ("Phan Ví Dụ", 0.8)]) == "Phan Ví Dụ"


def test_a_rare_spelling_that_one_engine_alone_read_stays() -> None:
    """Names of other peoples stand in no list: nothing is put in the place of what was read without contradiction."""
    assert elect([("H'Ví Niê Kđăm", 0.9)]) == "H'Ví Niê Kđăm"


@pytest.mark.parametrize("word", ["Kđăm", "Byă"])
def test_no_spelling_is_proposed_for_letters_that_no_name_has(word: str) -> None:
    assert person.usual_given_name(word) == word


def test_windows_that_cut_the_name_off_do_not_shorten_it() -> None:
    cut = [("Nguyễn Văn", 0.99)] * 8
    assert elect([*cut, ("Nguyễn Văn Mẫu", 0.96), ("Nguyên Văn Mẫu", 0.6)]) == "Nguyễn Văn Mẫu"


def test_readings_one_letter_off_speak_for_the_name_that_was_read() -> None:
    off = [("Trân Euu Ninh", 0.92), ("Tran Euu Ninh", 0.9), ("Trần Eua Ninh", 0.84)]
    assert elect([*off, ("Trân Luu Ninh", 0.89), ("Trần Lưa Ninh", 0.86), ("Tran Lua Ninh", 0.83)]) == "Trần Lưu Ninh"

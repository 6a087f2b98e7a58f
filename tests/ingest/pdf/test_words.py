"""Characters become words: the rule for one pair of neighbours after another, as plainly as it can be written, gives
the same words as the code that asks all pairs at once."""

from __future__ import annotations

import unicodedata

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.ingest.pdf import characters
from evidence.ingest.pdf.characters import Glyphs
from evidence.ingest.pdf.words import BACK, GAP, SAME_ROW, join_words
from evidence.model.geometry import Box

Letter = tuple[str, Box, bool]  # text, box, whether white space stands before it


def made(letters: list[Letter]) -> Glyphs:
    boxes = np.array([box for _, box, _ in letters], np.float64).reshape(-1, 4)
    return Glyphs(
        "".join(text for text, _, _ in letters), boxes, np.array([white for *_, white in letters], np.bool_),
        np.arange(len(letters)),
    )  # fmt: skip


def plainly(letters: list[Letter]) -> list[str]:
    """The words, one letter after the other."""
    words: list[list[Letter]] = []
    for letter in letters:
        text, _, white = letter
        if not words or white or not (unicodedata.combining(text) or _joins([box for _, box, _ in words[-1]], letter)):
            words.append([])
        words[-1].append(letter)
    return [unicodedata.normalize("NFC", "".join(text for text, _, _ in word)) for word in words]


def _joins(run: list[Box], letter: Letter) -> bool:
    one, two = run[-1], letter[1]
    across = len(run) == 1 or _across(run[-2], one)
    if (len(run) == 1 or not across) and not _across(one, two):
        one, two = sorted(((box[1], box[0], box[3], box[2]) for box in (one, two)), key=lambda box: box[0])
    elif not across:
        return False
    height = min(one[3] - one[1], two[3] - two[1])
    beside = min(one[3], two[3]) - max(one[1], two[1]) >= SAME_ROW * height
    return beside and -BACK * height <= two[0] - one[2] <= GAP * height


def _across(one: Box, two: Box) -> bool:
    return abs(two[0] + two[2] - one[0] - one[2]) >= abs(two[1] + two[3] - one[1] - one[3])


places = st.builds(
    lambda left, top, width, height: (left, top, left + width, top + height),
    st.integers(0, 40), st.integers(0, 40), st.integers(1, 12), st.integers(1, 12),
)  # fmt: skip


@given(st.lists(st.tuples(st.sampled_from("aệ1-/"), places, st.booleans()), max_size=40))
def test_all_at_once_as_one_by_one(letters: list[Letter]) -> None:
    assert [word.text for word in join_words(made(letters))] == plainly(letters)


def row(text: str, turned: bool = False) -> list[Letter]:
    """Letters of six points by twelve beside or below each other, marks over them; a blank is white space."""
    letters: list[Letter] = []
    end, white = 0.0, False
    for letter in text:
        end += 0.0 if unicodedata.combining(letter) else 6.0
        box = (end - 6, 0.0, end, 12.0)
        if letter != " ":
            letters.append((letter, (box[1], box[0], box[3], box[2]) if turned else box, white))
        white = letter == " "
    return letters


@pytest.mark.parametrize("turned", [False, True])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_words_are_composed(form: str, turned: bool) -> None:
    text = unicodedata.normalize(form, "Ủy ban nhân dân tỉnh Đắk Lắk")
    words = join_words(made(row(text, turned)))
    assert " ".join(word.text for word in words) == "Ủy ban nhân dân tỉnh Đắk Lắk"


def test_a_mark_far_from_its_letter_belongs_to_it() -> None:
    letters = row("ba")
    mark: Letter = ("\u0301", (300.0, 300.0, 301.0, 301.0), False)
    assert [word.text for word in join_words(made([*letters, mark]))] == ["bá"]


def test_no_characters_no_words() -> None:
    assert join_words(made([])) == []


@pytest.mark.parametrize(
    ("units", "codes"),
    [
        ([0xD835, 0xDC00, 0x41], [0, 0x1D400, 0x41]),
        ([0xD835, 0x41], [0, 0x41]),
        ([0xDC00, 0x41], [0xFFFD, 0x41]),
        ([0x41, 0xD835], [0x41, 0]),
    ],
    ids=["pair", "high alone", "low alone", "high at the end"],
)
def test_surrogates(units: list[int], codes: list[int]) -> None:
    assert characters._paired(np.array(units, np.uint32)).tolist() == codes


@given(st.lists(st.tuples(st.sampled_from("aệ1"), places), max_size=12), st.lists(places, max_size=4), st.randoms())
def test_what_a_flattened_page_shows_more(own: list[tuple[str, Box]], drawn: list[Box], random: object) -> None:
    before = [(text, box, False) for text, box in own]
    fresh = [("x", box, False) for box in drawn]
    ends = characters.select_added(made(before), made([*before, *fresh]))
    shuffled = [*before, *fresh]
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    mixed = characters.select_added(made(before), made(shuffled))
    assert "".join(ends.texts) == "".join(mixed.texts) == "x" * len(drawn)
    assert sorted(map(tuple, mixed.boxes.tolist())) == sorted(map(tuple, ends.boxes.tolist())) == sorted(drawn)

"""The vote of several engines on one row: readings as they were recorded on real scans, no engine needed."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.extract.layout.segments import Segment
from evidence.extract.voting.header_votes import settle_date, settle_number, vote_date, vote_number
from evidence.extract.voting.parsed_readings import parse_date_text, parse_number_text
from evidence.messages import say
from evidence.model.document import Origin, Word
from evidence.model.reading import Alphabet, EngineProfile, Handwriting, LineReading
from evidence.model.record import SURE, FieldValue
from evidence.values.date import PartialDate
from tests.support.readings import reading


def rows(**engines: list[str]) -> list[LineReading]:
    """``trueocr=["Số: 1/QĐ", ...]``: one reading a crop."""
    return [reading(engine, text, 0.9, index) for engine, texts in engines.items() for index, text in enumerate(texts)]


# what stands on the paper, what the engines read, what must come out, and whether it may be sure
NUMBERS = [
    pytest.param(
        rows(trueocr=["Số: 288/QĐ-TTg", "Sổ: 288/QĐ-T8"], ppocr=["S: 288/QD-TTg", "S: 288/QD-TTg"]),
        "288/QĐ-TTg", True, id="two engines agree; Đ comes from the one that knows it",
    ),
    pytest.param(
        rows(trueocr=["Số: gg /QĐ-UBND", "Số: _gg /QĐ-UBND"], ppocr=["S: 99 /QD-UBND", "Só: 99 /QD-UBND"]),
        "99/QĐ-UBND", False, id="letters are no digits: one engine alone is never sure",
    ),
    pytest.param(
        rows(trueocr=["Số: gg /QĐ-UBND"], ppocr=["S: 99 /QD-UBND"], digits=["99/", "99/"]),
        "99/QĐ-UBND", True, id="the digit network is the second witness",
    ),
    pytest.param(
        rows(trueocr=["Số: 514/UBND-KTTH", "Số: 574/UBND-KTTH", "Số: 574/UBND-KTTH"], ppocr=["S:574/UBND-KTTH"]),
        "574/UBND-KTTH", True, id="each engine votes by its own majority",
    ),
    pytest.param(
        rows(trueocr=["Số: 115 /NQ-CP"], ppocr=["S: 15 /NQ-CP"]),
        "15/NQ-CP", False, id="one against one: doubtful",
    ),
    pytest.param(
        rows(trueocr=["Số: 5 8 /2021/TT-BQP", "Số: 5 g /2021/TT-BQP"], ppocr=["S: 5 8/2021/TT-BQP"]),
        "58/2021/TT-BQP", True, id="legal normative number with a blank inside",
    ),
    pytest.param(
        rows(trueocr=["Số 36-HD/VPTW"], ppocr=["S 36-HD/VPTW"]),
        "36-HD/VPTW", True, id="Party form",
    ),
    pytest.param(
        rows(trueocr=["Số: 08/CT-UBND"], ppocr=["S: 0 8 /CT-UBND"]),
        "8/CT-UBND", True, id="leading zeros stay in the raw text only",
    ),
    pytest.param(
        rows(tesseract=["Số: 41 /CT-UBND"], trueocr=["Số: 11 /CT-UBND"], ppocr=["S: 11 /CT-UBND"]),
        "11/CT-UBND", True, id="Tesseract's dissent weighs nothing where two agree",
    ),
    pytest.param(
        rows(trueocr=["Số: /QĐ-UBND", "Số:  /QĐ-UBND"], ppocr=["S: /QD-UBND"]), None, False, id="nothing stands there",
    ),
    pytest.param(
        rows(trueocr=["1TB-VPCP", "TB-VPCP"], ppocr=["TB-VPCP"]), None, False, id="a stamp's rim before a bare suffix",
    ),
    pytest.param(rows(trueocr=["ỦY BAN NHÂN DÂN"]), None, False, id="no number row at all"),
    pytest.param(
        rows(trueocr=["Số.7-CV/BTG", "Số.U7-CV/BTG", "Số.#7-CV/BTG"], ppocr=["SA7-CV/BTG", "S7-CV/BTG", "SA7-CV/BTG"]),
        "7-CV/BTG", False, id="both take strokes before the 7 for letters: digits may be lost",
    ),
    pytest.param(
        rows(trueocr=["Số: JFF/2013/NĐ-CP"], ppocr=["S:17/2013/ND-CP"] * 3, digits=["177/", "177/"]),
        "177/2013/NĐ-CP", False, id="where two read more signs the longer serial is believed",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("seen", "value", "sure"), NUMBERS)
def test_number(seen: list[LineReading], value: str | None, sure: bool) -> None:
    vote = vote_number(seen)
    assert (str(vote.value) if vote.value else None) == value
    assert (vote.confidence >= SURE) is sure


DATES = [
    pytest.param(
        rows(
            trueocr=["Quảng Ngãi, ngày15 tháng 01 năm 2025", "Quảng Ngãi, ngày415 tháng 01 năm 2025"],
            ppocr=["Quång Ngãi, ngày45 tháng 01 năm 2025", "Qung Ngãi, ngày15 tháng 01 năm 2025"],
        ),
        "2025-01-15", True, id="no month has 45 days",
    ),
    pytest.param(
        rows(trueocr=["Quảng Ngãi, ngày AGtháng 01 năm 2025"], ppocr=["Qung Ngãi, ngày 16 tháng 01 năm 2025"]),
        "2025-01-16", False, id="one engine alone",
    ),
    pytest.param(
        rows(trueocr=["ngày 17thángfnăm 2024"], ppocr=["ngày 7 tháng 4 năm 2024", "ngày 17 tháng 4 năm 2024"]),
        "2024-04-17", False, id="a day below ten without its zero has perhaps lost a digit",
    ),
    pytest.param(
        rows(
            trueocr=["Hà Nội, ngày 0F tháng 6 năm 2021"],
            ppocr=["Hà Ni, ngày 0 7 tháng 6năm 2021"],
            digits=["07 6"],
        ),
        "2021-06-07", True, id="the digit network does not read years",
    ),
    pytest.param(
        rows(trueocr=["Hà Nội, ngày tháng 6 năm 2021"], ppocr=["Hà Ni, ngày  tháng 6 năm 2021"]),
        None, False, id="no day yet",
    ),
    pytest.param(
        rows(trueocr=["ngày 30 tháng 02 năm 2021"], ppocr=["ngày 30 tháng 02 năm 2021"]), None, False, id="no such day",
    ),
]  # fmt: skip


@pytest.mark.parametrize(("seen", "value", "sure"), DATES)
def test_date(seen: list[LineReading], value: str | None, sure: bool) -> None:
    vote = vote_date(seen)
    assert (str(vote.value) if vote.value else None) == value
    assert (vote.confidence >= SURE) is sure


def test_letters_are_only_proposed() -> None:
    vote = vote_number(rows(trueocr=["Số: AA /CT-UBND"], ppocr=["S: AA/CT-UBND"]))
    assert str(vote.value) == "11/CT-UBND"
    assert vote.confidence < 0.5
    assert vote.note is not None and "Số: AA /CT-UBND" in say(vote.note, "vi")


def test_disagreement_names_who_says_what() -> None:
    vote = vote_number(rows(trueocr=["Số: 47/QĐ-UBND"], ppocr=["S: 44/QD-UBND"]))
    assert vote.note is not None
    assert "ppocr 44, trueocr 47" in say(vote.note, "en")


@pytest.mark.parametrize(("strokes", "sure"), [(None, True), (0, True), (2, True), (3, True), (4, False)])
def test_ink_that_nobody_read_is_doubt(strokes: int | None, sure: bool) -> None:
    """``052``: zeros are strokes too; figures written in one are fewer."""
    (counted,) = rows(digits=["052/"])
    assert counted.places is not None
    counted = replace(counted, places=replace(counted.places, strokes=strokes))
    vote = vote_number([*rows(trueocr=["Số: 052/QĐ-X"], ppocr=["S: 052/QD-X"]), counted])
    assert str(vote.value) == "52/QĐ-X" and (vote.confidence >= SURE) is sure
    assert (vote.note.code if vote.note else None) == (None if sure else "readings-strokes")


def test_a_year_by_hand_is_proposed() -> None:
    seen = rows(trueocr=["ngày-21tháng0f nămđ026"], ppocr=["ngày 21 tháng01 năma026"], digits=["21 01"])
    vote = vote_date(seen)
    assert str(vote.value) == "2026-01-21" and vote.confidence < 0.5
    assert vote.note is not None and vote.note.code == "readings-letters"


@pytest.mark.parametrize(
    ("seen", "note"),
    [
        (rows(trueocr=["Số: 2062/BC-X"], ppocr=["S: 2002/BC-X"] * 2, digits=["2002/"]), "readings-disagree"),
        (rows(trueocr=["Số: 542/BC-X", "Số: 512/BC-X"], ppocr=["S: 572/BC-X"], digits=["572/"]), "readings-disagree"),
        (rows(ppocr=["S: 572/BC-X"]), "readings-alone"),
        (rows(trueocr=["Số: 572/BC-X"], ppocr=["S: 572/BC-X"], tesseract=["Số: 512/BC-X"]), None),
    ],
)
def test_who_asks_for_a_person_is_not_sure_and_who_is_sure_asks_for_none(
    seen: list[LineReading], note: str | None
) -> None:
    vote = vote_number(seen)
    assert (vote.note.code if vote.note else None) == note
    assert (vote.confidence >= SURE) is (note is None)


digits_only = st.integers(1, 99_999).map(str)
printed = digits_only.map(lambda serial: f"Số: {serial}/QĐ-UBND")
texts = st.one_of(st.text(max_size=30), printed, st.just("ngày 5 tháng 6 năm 2020"))


profiles = st.builds(
    EngineProfile, st.sampled_from("abcd"), st.sampled_from(Handwriting), st.sampled_from(Alphabet), st.none()
)


@given(st.lists(st.builds(LineReading, profiles, texts, st.just(0.5)), max_size=8))
def test_any_readings_give_a_vote(readings: list[LineReading]) -> None:
    for vote in (vote_number(readings), vote_date(readings)):
        assert 0.0 <= vote.confidence <= 1.0
        assert vote.value is not None or vote.confidence == 0.0
        assert vote.note is None or vote.confidence < SURE


@given(digits_only)
def test_one_engine_is_never_sure(serial: str) -> None:
    assert vote_number(rows(ppocr=[f"S: {serial}/QD-UBND"] * 4)).confidence < SURE


@given(digits_only)
def test_every_digit_is_one_that_was_read(serial: str) -> None:
    vote = vote_number(rows(trueocr=[f"Số: {serial}/QĐ-UBND"], ppocr=[f"S: {serial}/QD-UBND"]))
    assert vote.value is not None and vote.value.serial == serial


NEW = EngineProfile("brand-new", Handwriting.WELL, Alphabet.VIETNAMESE)


def test_an_engine_that_nobody_knows_yet_votes_by_what_it_declares() -> None:
    """Handwriting that one engine hardly reads: a new one that reads it well outweighs it, and two make it sure."""
    hardly, well = rows(tesseract=["Số: 41/QĐ-UBND"]), [LineReading(NEW, "Số: 11/QĐ-UBND", 0.9)]
    assert str(vote_number([*hardly, *well]).value) == "11/QĐ-UBND"
    assert not vote_number(well).confidence >= SURE
    assert vote_number([*well, *rows(ppocr=["S: 11/QD-UBND"])]).confidence >= SURE


def test_an_engine_that_knows_the_letters_gives_the_suffix_its_spelling() -> None:
    latin = EngineProfile("latin", Handwriting.WELL, Alphabet.LATIN)
    readings = [LineReading(latin, "S: 11/QD-UBND", 0.9)] * 3 + [LineReading(NEW, "Số: 11/QĐ-UBND", 0.9)]
    assert str(vote_number(readings).value) == "11/QĐ-UBND"


def test_engines_of_one_family_have_one_vote() -> None:
    twins = [EngineProfile(name, Handwriting.WELL, Alphabet.VIETNAMESE, "twins") for name in ("small", "large")]
    vote = vote_number([LineReading(twin, "Số: 11/QĐ-UBND", 0.9) for twin in twins])
    assert vote.confidence < SURE
    assert vote.note is not None and "twins 11" in say(vote.note, "en")


@given(st.text(max_size=60))
def test_parsing_a_reading_never_fails(text: str) -> None:
    parse_number_text(text)
    parse_date_text(text)


def strip(text: str, seen: list[LineReading], origin: Origin = Origin.OCR) -> Segment:
    words = tuple(Word(part, (10.0 * i, 10.0, 10.0 * i + 9, 20.0), 0.5, origin) for i, part in enumerate(text.split()))
    return Segment(1, 0, words, None, None, tuple(seen))


def test_settling_keeps_what_has_no_vote() -> None:
    found = FieldValue(None, "Số: „44 /CT-UBND", None, 0.0)
    assert settle_number(found, strip("Số: „44 /CT-UBND", [])) is found


def test_settling_gives_value_span_and_raw() -> None:
    seen = rows(trueocr=["Quảng Ngãi, ngày 17 tháng 01 năm 2025"], ppocr=["Qung Ngãi, ngày17tháng 01 năm 2025"])
    settled = settle_date(FieldValue(), strip("Quảng Ngãi, ngàyfỊtháng 01 năm 2025", seen))
    assert str(settled.value) == "2025-01-17"
    assert settled.sure and settled.span is not None and settled.raw


def test_text_of_a_digital_page_needs_no_vote() -> None:
    found = FieldValue(None, "Số: /QĐ-UBND", None, 0.0)
    assert settle_number(found, strip("Số: /QĐ-UBND", rows(trueocr=["Số: 1/QĐ-UBND"] * 2), Origin.TEXT)) is found


def test_a_day_of_two_digits_is_believed_before_one_without_a_zero() -> None:
    """An 11 of two long strokes was read as 4 by two engines, and as 11 by the network made for digits."""
    texts = [
        reading("ppocr", "Hà Nội, ngày 4 tháng 12 năm 2025", 0.9),
        reading("tesseract", "ngày 4 tháng 12 năm 2025", 0.6),
    ]
    vote = vote_date([*texts, *(reading("digits", "11 12", 0.98) for _ in range(3))])
    assert str(vote.value) == "2025-12-11" and vote.confidence < 0.9


def test_the_day_of_a_signature_tips_the_scales_between_days_that_were_read_and_makes_none_sure() -> None:
    texts = [
        reading("ppocr", "ngày 2H tháng 10 năm 2022", 0.9),
        reading("trueocr", "ngày 2ft tháng 10 năm 2022", 0.9),
    ]
    texts += [reading("digits", f"{day} 10", 0.8) for day in ("04", "04", "24")]
    signed = [PartialDate(2022, 10, 24)]
    assert str(vote_date(texts).value) == "2022-10-04"
    vote = vote_date(texts, signed)
    assert str(vote.value) == "2022-10-24" and vote.confidence < 0.9
    assert str(vote_date(texts, [PartialDate(2022, 10, 25)]).value) == "2022-10-04", "nobody read 25"
    agreed = [reading(engine, "ngày 04 tháng 10 năm 2022", 0.9) for engine in ("ppocr", "trueocr")]
    assert str(vote_date(agreed, signed).value) == "2022-10-04", "two engines outweigh a witness"

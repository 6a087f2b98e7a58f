"""The motto as it is printed, and as scans and office documents leave it."""

from __future__ import annotations

import pytest

from evidence.messages import Language, Message, say
from evidence.values.motto import (
    Motto,
    has_motto_candidate,
    holds_motto,
    is_motto_in_capitals,
    is_motto_line,
    motto_openings,
    mottoes,
)
from evidence.vietnamese.text import capital_letters, fold, strip_marks


@pytest.mark.parametrize("motto", mottoes(), ids=lambda motto: motto.letters)
def test_every_place_knows_a_motto_by_its_entry_alone(motto: Motto) -> None:
    assert motto.is_borne_by(motto.text) and motto.is_borne_by(f"UBND TỈNH LẠNG SƠN {motto.text.upper()}")
    assert is_motto_line(motto.text) and holds_motto(capital_letters(motto.text))
    assert has_motto_candidate(f"Trang 1\n{motto.text}\n")
    assert strip_marks(fold(motto.text)).startswith(motto_openings())
    assert is_motto_in_capitals(motto.text) is not motto.below


@pytest.mark.parametrize(
    "line", ["CÔNG HOÀ XÃ HÔI CHU NGHIA VIÊT NAM", "CỌNG HÒA XÃ HỌI CHỦ NGHĨA VlỆT NAM", "DOC LAP - TU DO - HANH PHUC"]
)
def test_lost_marks_and_letters(line: str) -> None:
    assert any(motto.is_borne_by(line) for motto in mottoes()) and is_motto_line(line)


@pytest.mark.parametrize(
    "line", ["BAN VĂN HÓA - XÃ HỘI", "ĐOÀN THANH NIÊN CỘNG SẢN HỒ CHÍ MINH", "BẢO HIỂM XÃ HỘI VIỆT NAM", "VIỆN ĐỘC LẬP"]
)
def test_agencies_are_no_motto(line: str) -> None:
    assert not holds_motto(capital_letters(line)) and not any(motto.is_borne_by(line) for motto in mottoes())


def test_the_letter_that_we_print_bears_it() -> None:
    printed = {fold(say(Message(name), Language.VI)) for name in ("report-letter-country", "report-letter-motto")}
    assert printed == {fold(motto.text) for motto in mottoes() if not motto.party}

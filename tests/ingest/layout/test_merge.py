from __future__ import annotations

from evidence.ingest.layout.merge import merge_fields, remove_blanks
from evidence.ingest.layout.reading_order import group_lines
from evidence.model.document import Origin, Word

WIDGET = Origin.WIDGET


def word(text: str, left: float, top: float, right: float, origin: Origin = Origin.TEXT) -> Word:
    return Word(text, (left, top, right, top + 12.0), origin=origin)


def merged(own: list[Word], fields: list[Word]) -> list[str]:
    lines = merge_fields(group_lines(remove_blanks(own, fields)), group_lines(fields))
    return [" ".join(part.text for part in line.words) for line in lines]


def test_only_the_blank_beneath_a_field_goes() -> None:
    own = [
        word("Số:", 50, 100, 70),
        word("……", 72, 100, 100),
        word("/QĐ-UBND", 102, 100, 160),
        word("……", 72, 300, 100),
    ]
    left = remove_blanks(own, [word("615", 75, 101, 95, WIDGET)])
    assert left == [own[0], *own[2:]]


def test_a_word_without_a_place_is_no_blank_beneath_a_field() -> None:
    own = [Word("……", None), word("……", 72, 100, 100)]
    assert remove_blanks(own, [word("615", 75, 101, 95, WIDGET)]) == own[:1]


def test_without_fields_all_words_stay() -> None:
    own = [word("……", 72, 100, 100), Word("Số:", None)]
    assert remove_blanks(own, []) == own


def test_a_filling_joins_the_row_that_it_fits_best() -> None:
    own = [
        word("Số:", 50, 100, 70),
        word("/QĐ-UBND", 102, 100, 160),
        word("Nơi", 50, 130, 70),
        word("nhận", 74, 130, 99),
    ]
    assert merged(own, [word("615", 75, 106, 95, WIDGET)]) == ["Số: 615 /QĐ-UBND", "Nơi nhận"]


def test_a_row_reaches_as_far_as_what_was_filled_into_it() -> None:
    """The second filling stands too low for the row's own words, but not for the first filling beside it."""
    own = [word("ngày", 50, 100, 75), word("tháng", 100, 100, 130), word("năm", 150, 100, 172)]
    first, second = word("1", 78, 112, 88, WIDGET), word("5", 90, 124, 97, WIDGET)
    assert merged(own, [second]) == ["ngày tháng năm", "5"]
    assert merged(own, [first, second]) == ["ngày 1 5 tháng năm"]


def test_a_filling_far_from_all_rows_stays_a_line_of_its_own() -> None:
    own = [word("Số:", 50, 100, 70), word("/QĐ-UBND", 102, 100, 160)]
    assert merged(own, [word("615", 75, 400, 95, WIDGET)]) == ["Số: /QĐ-UBND", "615"]

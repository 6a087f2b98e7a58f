from __future__ import annotations

import pytest

from evidence.ingest.layout.merge_places import merge_places
from evidence.ingest.layout.pictured_places import find_doubted_rows, find_pictured_places
from evidence.ingest.reader_protocol import PageImage, PicturedPlace
from evidence.model.document import Line, Origin, Word
from evidence.model.geometry import Box

SIZE = 595.0, 842.0
MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"


def line(text: str, left: float, top: float, gap: tuple[int, float] = (99, 0.0), origin: Origin = Origin.TEXT) -> Line:
    """A row of 13 points; ``gap``: before which word how many points are left out."""
    words = []
    for place, word in enumerate(text.split()):
        left += gap[1] if place == gap[0] else 0.0
        words.append(Word(word, (left, top, left + 6.5 * len(word), top + 15), 1.0, origin))
        left += 6.5 * (len(word) + 0.5)
    return Line(tuple(words))


HEADER = (
    line(MOTTO, 280, 60),
    line("Số: /QĐ-UBND", 85, 95, (1, 40)),
    line("Lạng Sơn, ngày tháng 3 năm 2019", 300, 95, (3, 30)),
)
WHOLE = (HEADER[0], line("Số: 15/QĐ-UBND", 85, 95), line("Lạng Sơn, ngày 2 tháng 3 năm 2019", 300, 95))
FOOT = (line("Nơi nhận:", 85, 600), line("GIÁM ĐỐC", 380, 600))


def find(lines: tuple[Line, ...], *pictures: Box, first: bool = True) -> list[tuple[bool, Box]]:
    places = find_pictured_places(lines, pictures, (), *SIZE, first)
    return [(place.instead, place.box) for place in places]


def test_a_picture_in_the_blank_of_a_number_or_day_is_looked_at_with_its_row() -> None:
    places = find(HEADER, (110, 94, 135, 110), (395, 92, 412, 111))
    assert [instead for instead, _ in places] == [True, True]
    (left, top, right, bottom) = places[0][1]
    assert left < 85 and right > HEADER[1].words[-1].box[2] and top < 94 and bottom > 110  # type: ignore[index]


def test_blanks_without_a_picture_stay_blank() -> None:
    assert find(HEADER) == []


@pytest.mark.parametrize(
    "picture",
    [
        (110, 30, 135, 45),  # above the row
        (85, 94, 104, 110),  # upon the word "Số:"
        (100, 60, 230, 190),  # a seal over it
        (0, 0, 595, 842),  # the page's ground
        (110, 101, 135, 102),  # a rule
    ],
)
def test_other_pictures_of_the_header_are_not_looked_at(picture: Box) -> None:
    assert find(HEADER, picture) == []


def test_rows_without_a_blank_are_not_read_anew() -> None:
    assert find(WHOLE, (180, 94, 205, 110), (20, 60, 80, 80)) == []


def test_a_row_that_is_a_picture_as_a_whole_is_looked_at_where_none_is_printed() -> None:
    assert [instead for instead, _ in find((HEADER[0], HEADER[2]), (85, 94, 200, 110))] == [False]
    assert find((HEADER[0],), (85, 94, 200, 110), first=False) == []


def test_a_signature_is_looked_at_where_no_name_is_printed() -> None:
    signature = (370.0, 630.0, 480.0, 690.0)
    assert [instead for instead, _ in find((*WHOLE, *FOOT), signature)] == [False]
    assert find((*WHOLE, *FOOT, line("Nguyễn Văn An", 375, 700)), signature) == []
    assert find(WHOLE, signature) == []


def test_a_page_of_pictures_is_left_alone() -> None:
    pictures = [(300.0, 610.0 + 12 * place, 360.0, 620.0 + 12 * place) for place in range(9)]
    assert find((*WHOLE, *FOOT), *pictures) == []


def test_what_was_read_in_a_row_takes_its_place() -> None:
    read = line("Số: 615 /QĐ-UBND", 85, 95, origin=Origin.OCR)
    image = PageImage(1, *SIZE, "", 1.0, HEADER, pictures=(PicturedPlace((80, 90, 260, 112), True),))
    kept, lost = merge_places(image, [read])
    assert [row.text for row in kept] == [MOTTO, read.text, HEADER[2].text]
    assert lost == (HEADER[1],)


def test_a_row_that_was_not_read_is_no_blank_any_more() -> None:
    image = PageImage(1, *SIZE, "", 1.0, HEADER, pictures=(PicturedPlace((80, 90, 260, 112), True),))
    kept, lost = merge_places(image, [])
    assert [{word.origin for word in row.words} for row in kept] == [{Origin.TEXT}, {Origin.OCR}, {Origin.TEXT}]
    assert lost == ()


def test_what_was_read_beside_the_text_comes_to_it() -> None:
    name = line("Nguyễn Văn An", 375, 640, origin=Origin.OCR)
    image = PageImage(1, *SIZE, "", 1.0, FOOT, pictures=(PicturedPlace((370, 630, 480, 690), False),))
    kept, lost = merge_places(image, [name])
    assert [row.text for row in kept] == ["Nơi nhận:", "GIÁM ĐỐC", "Nguyễn Văn An"] and lost == ()


def test_rows_whose_text_need_not_be_what_is_shown_are_read_from_the_picture() -> None:
    figure, elsewhere = (115.0, 96.0, 121.0, 110.0), (100.0, 500.0, 106.0, 512.0)
    assert [place.instead for place in find_doubted_rows(WHOLE, [figure, elsewhere], SIZE[1])] == [True]
    assert find_doubted_rows(WHOLE, [elsewhere], SIZE[1]) == ()

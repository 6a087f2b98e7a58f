from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.ingest.layout import reading_order
from evidence.model.document import Origin, Word
from evidence.model.geometry import Box

HEIGHT = 14.0


def row(*pieces: str | float, top: float = 100) -> list[Word]:
    """Words from text and gaps: a number is a gap in points, a blank 3.5 points; letters are 6 points wide."""
    words: list[Word] = []
    x = 85.0
    for piece in pieces:
        if isinstance(piece, str):
            for text in piece.split():
                words.append(Word(text, (x, top, x + 6 * len(text), top + HEIGHT)))
                x += 6 * len(text) + 3.5
            x -= 3.5
        else:
            x += piece
    return words


CASES: list[tuple[tuple[str | float, ...], list[str]]] = [
    (("UBND TỈNH", 45.0, "CỘNG HÒA XÃ HỘI"), ["UBND TỈNH", "CỘNG HÒA XÃ HỘI"]),
    (("SỞ LAO ĐỘNG", 6.0, "CỘNG HÒA XÃ HỘI"), ["SỞ LAO ĐỘNG", "CỘNG HÒA XÃ HỘI"]),
    (("Số:", 40.0, "/QĐ-UBND"), ["Số: /QĐ-UBND"]),
    (("Số:", 40.0, "/QĐ-UBND", 40.0, "Lạng Sơn, ngày", 30.0, "tháng", 30.0, "năm 2019"),
     ["Số: /QĐ-UBND", "Lạng Sơn, ngày tháng năm 2019"]),
    (("một dòng", 9.0, "giãn", 9.5, "đều", 9.0, "hai bên"), ["một dòng giãn đều hai bên"]),
    (("1.", 18.0, "Mục đích"), ["1. Mục đích"]),
    (("-", 20.0, "Như trên;"), ["- Như trên;"]),
    (("1.2.1", 60.0, "1,5"), ["1.2.1", "1,5"]),
    (("Độc lập", 16.0, "- Tự do", 15.0, "- Hạnh phúc"), ["Độc lập - Tự do - Hạnh phúc"]),
]  # fmt: skip


@pytest.mark.parametrize(("pieces", "expected"), CASES, ids=lambda value: str(value)[:40])
def test_rows_are_cut_at_wide_gaps_but_not_at_blanks(pieces: tuple[str | float, ...], expected: list[str]) -> None:
    assert [" ".join(word.text for word in part) for part in reading_order.cut_row(row(*pieces))] == expected


def test_columns_out_of_step_do_not_mix() -> None:
    left = [word for number in range(4) for word in row("trái", "trái", top=100 + 16 * number)]
    right = [Word("phải", (400, 107 + 16 * number, 424, 121 + 16 * number)) for number in range(4)]
    texts = [line.text for line in reading_order.group_lines([*right, *left])]
    assert sorted(texts) == ["phải"] * 4 + ["trái trái"] * 4
    assert texts[0] == "trái trái"


def test_ocr_boxes_are_ink_only() -> None:
    """The same motto, boxed tightly (9 points high): gaps of 12 points do not cut it."""
    words = [Word(text, (x, 70, x + 40, 79), 0.9, Origin.OCR) for text, x in
             [("CỘNG", 270), ("HÒA", 322), ("XÃ", 366), ("HỘI", 418), ("CHỦ", 462)]]  # fmt: skip
    assert len(reading_order.cut_row(words)) == 1


boxes = st.builds(
    lambda x, y, w, h: (x, y, x + w, y + h),
    st.floats(0, 500), st.floats(0, 800), st.floats(1, 90), st.floats(1, 40),
)  # fmt: skip


@given(st.lists(st.builds(Word, st.text("abcđ1./:-", min_size=1, max_size=8), boxes), max_size=40))
def test_no_word_is_lost_or_doubled(words: list[Word]) -> None:
    lines = reading_order.group_lines(words)
    assert sorted(word.text for line in lines for word in line.words) == sorted(word.text for word in words)
    for line in lines:
        if reading_order._upright_words(line.words, reading_order._boxes(line.words)):
            continue  # a margin's words run down the page
        lefts = [word.box[0] for word in line.words if word.box]
        assert all(one <= two for one, two in pairwise(lefts))


def plainly(found: list[Box]) -> list[int]:
    """Where rows begin, word by word, from top to bottom."""
    starts: list[int] = []
    for place, (_, top, _, bottom) in enumerate(found):
        if starts:
            _, upper, _, lower = found[starts[-1]]
            off = (top + bottom) / 2 - (upper + lower) / 2
            near = off <= reading_order.ROW * min(bottom - top, lower - upper)
            if near or reading_order._beside(found[place], found[starts[-1] : place]):
                continue
        starts.append(place)
    return starts


whole = st.builds(
    lambda x, y, w, h: (float(x), float(y), float(x + w), float(y + h)),
    st.integers(0, 60), st.integers(0, 60), st.integers(1, 20), st.sampled_from([8, 10, 14]),
)  # fmt: skip


@given(st.lists(whole, min_size=1, max_size=40))
def test_words_that_stand_alike_are_in_one_row_without_being_looked_at_each(found: list[Box]) -> None:
    found.sort(key=lambda box: box[1] + box[3])
    boxes = np.array(found)
    assert reading_order._starts(boxes, (boxes[:, 1] + boxes[:, 3]) / 2) == plainly(found)


@given(st.permutations(row("Số: 12/QĐ", 60.0, "ngày 3", top=50) + row("Điều 1. Phê duyệt", top=80)))
def test_the_order_of_arrival_does_not_matter(words: list[Word]) -> None:
    assert [line.text for line in reading_order.group_lines(words)] == ["Số: 12/QĐ", "ngày 3", "Điều 1. Phê duyệt"]

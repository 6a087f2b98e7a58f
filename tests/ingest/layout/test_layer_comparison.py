from __future__ import annotations

import pytest

from evidence.ingest.layout.layer_comparison import find_disagreement
from evidence.model.document import Line, Word
from evidence.model.geometry import Box


def line(text: str, top: float = 90.0) -> Line:
    words, left = [], 85.0
    for word in text.split():
        words.append(Word(word, (left, top, left + 7.0 * len(word), top + 14)))
        left += 7.0 * len(word) + 4
    return Line(tuple(words))


def boxes(source: Line, places: tuple[int, ...]) -> list[Box]:
    return [box for place in places if (box := source.words[place].box)]


@pytest.mark.parametrize(
    ("said", "seen", "places", "other"),
    [
        ("Số: 298/TTr-SNV", "Số: 187/TTr-SNV", (1,), ("298/TTr-SNV", "187/TTr-SNV")),
        ("Số: 187/BBC-SNV", "Số: 187/TTr-SNV", (1,), ("187/BBC-SNV", "187/TTr-SNV")),
        ("Số: 187/TTr-SNV", "Số: 187/TTr-SNV", (1,), None),
        ("Số: 187/TTr-SNV", "Số: 187/TTr-SNY", (1,), None),  # OCR's own fault in the symbol
        ("ngày 28 tháng 8", "ngày 28 tháng 3", (1, 3), None),  # most of what was doubted is true
        ("aliqk lạqk", "hành chính", (0, 1), ("aliqk", "hành")),
        ("Wi-Fi Marketing", "WiFi Marketing", (0, 1), None),
    ],
)
def test_the_picture_decides(said: str, seen: str, places: tuple[int, ...], other: tuple[str, str] | None) -> None:
    layer = line(said)
    assert find_disagreement([layer], [line(seen)], boxes(layer, places)) == other


def test_the_layer_stays_where_nothing_is_seen() -> None:
    layer = line("Số: 298/TTr-SNV")
    assert find_disagreement([layer], [line("Kính gửi", 300)], boxes(layer, (1,))) is None


def test_words_that_stand_apart_only_in_the_layer_are_the_same() -> None:
    layer = line("Số: 298 / TTr")
    whole = Line((Word("Số:298/TTr", (85, 90, 190, 104)),))
    assert find_disagreement([layer], [whole], boxes(layer, (1, 3))) is None

from __future__ import annotations

from evidence.ingest.layout.overlays import split_overlays
from evidence.model.document import Origin, Word


def words(*lines: tuple[str, float, float]) -> list[Word]:
    """Words of lines given as (text, left, top), in six-point letters eight points high."""
    return [
        Word(text, (left + 40 * place, top, left + 40 * place + 36, top + 8), 1.0, Origin.WIDGET)
        for line, left, top in lines
        for place, text in enumerate(line.split())
    ]


def test_fillings_and_notices_are_told_apart() -> None:
    number, day = ("2536", 120.0, 100.0), ("12", 400.0, 100.0)
    block = [("TRUNG TÂM CÔNG BÁO", 450.0, 5.0), ("VÀ TIN HỌC", 450.0, 14.0), ("16.01.2025 07:46:10", 450.0, 23.0)]
    name = ("Nguyễn Minh", 350.0, 700.0)
    fillings, apart = split_overlays(words(number, day, *block, name))
    assert sorted(word.text for word in fillings) == ["12", "2536"]
    assert sorted(line.text for line in apart) == sorted(text for text, _, _ in [*block, name])

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from evidence.ingest.pdf.characters import Glyphs
from evidence.ingest.pdf.hyphens import mend_hyphens
from evidence.ingest.pdf.legacy_text import read_page_glyphs
from evidence.ingest.pdf.reader import open_pdf
from evidence.ingest.pdf.words import join_words
from tests.support.files.raw_pdf import RawPdf, text

ROW = [0.0, 14.0]


def row(*places: tuple[str, float, float]) -> Glyphs:
    """Characters with their left edges and tops, 6 points wide."""
    boxes = np.array([[left, top, left + 6, top + 14] for _, left, top in places])
    return Glyphs(
        "".join(letter for letter, *_ in places), boxes, np.zeros(len(places), np.bool_), np.arange(len(places))
    )


@pytest.mark.parametrize(
    ("glyphs", "text"),
    [
        (row(("Đ", 0, 0), ("\xad", 6, 0), ("U", 12, 0)), "Đ-U"),
        (row(("h", 0, 0), ("\xad", 6, 0), ("c", 0, 20)), "hc"),
        (row(("Đ", 0, 0), ("\xad", 6, 0), ("U", 0, 20)), "Đ-U"),
        (row(("5", 0, 0), ("\xad", 6, 0), ("c", 0, 20)), "5-c"),
        (row(("h", 0, 0), ("\xad", 6, 0), ("c", 12, 0)), "h-c"),
        (row(("h", 0, 0), ("\xad", 6, 0)), "h-"),
    ],
)
def test_a_hyphen_is_dropped_only_where_it_parts_a_word_at_a_line_end(glyphs: Glyphs, text: str) -> None:
    assert "".join(mend_hyphens(glyphs).texts) == text


def test_one_without_width_is_none() -> None:
    glyphs = row(("h", 0, 0), ("\xad", 6, 0), ("c", 6, 0))
    glyphs.boxes[1, 2] = 6
    assert "".join(mend_hyphens(glyphs).texts) == "hc"


def test_a_printed_hyphen_under_the_code_of_a_soft_one_is_read(tmp_path: Path) -> None:
    file = RawPdf(text("615/QD\xadUBND")).save(tmp_path / "a.pdf")
    data = file.read_bytes().replace(b"/BaseFont/Helvetica", b"/BaseFont/Helvetica/Encoding/WinAnsiEncoding")
    (tmp_path / "b.pdf").write_bytes(data)
    glyphs, _ = read_page_glyphs(open_pdf(tmp_path / "b.pdf")[0])
    assert [word.text for word in join_words(glyphs)] == ["615/QD-UBND"]

"""Fonts whose table of letters is wrong: what the layer says need not be what the page shows."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from evidence.config import Limits
from evidence.ingest import media_types
from evidence.ingest.formats import registry
from evidence.ingest.pdf import reader as pdf
from evidence.ingest.reader_protocol import PageImage, ReadRequest
from tests.support import papers
from tests.support.false_layers import NEXT_FIGURE, NEXT_LETTER, write_page


def read(file: Path, first: int = 0) -> tuple[PageImage, ...]:
    scratch = file.parent / "scratch"
    scratch.mkdir(exist_ok=True)
    return pdf.read(ReadRequest(file, scratch, Limits(), first)).page_images


@pytest.mark.parametrize("font", ["Tinos-Regular", "Tinos-BoldItalic", "Arimo-Regular", "DejaVuSerif"])
@pytest.mark.parametrize(
    "said",
    [NEXT_FIGURE, {"1": "8", "8": "1"}, {"7": "4", "4": "7"}, {"T": "B", "r": "C"}, {"V": "N", "N": "V"}, NEXT_LETTER],
)
def test_a_page_that_prints_other_letters_than_it_says_is_looked_at(
    tmp_path: Path, said: Mapping[str, str], font: str
) -> None:
    (image,) = read(write_page(tmp_path / "a.pdf", said, font))
    assert image.doubted and image.layer


@pytest.mark.parametrize(
    "font",
    [
        "Tinos-Regular",
        "Tinos-Bold",
        "Tinos-Italic",
        "Arimo-Italic",
        "Cousine-Regular",
        "DejaVuSans",
        "DejaVuSansCondensed-Bold",
    ],
)
def test_an_honest_page_is_not(tmp_path: Path, font: str) -> None:
    assert read(write_page(tmp_path / "a.pdf", {}, font)) == ()


def test_later_pages_are_looked_at_where_the_first_is(tmp_path: Path) -> None:
    file = write_page(tmp_path / "a.pdf", NEXT_FIGURE, pages=18)
    assert [image.number for image in read(file)] == list(range(1, 9))
    assert [image.number for image in read(file, 16)] == [17, 18]


def test_english_is_no_sign_of_doubt(tmp_path: Path) -> None:
    canvas = papers.canvas(tmp_path / "a.pdf")
    papers.body(canvas, ["The results of the survey are shown in the table below and in annex 2 of this report."] * 4)
    canvas.showPage()
    canvas.save()
    assert read(tmp_path / "a.pdf") == ()


def test_shapes_are_loaded_with_the_reader(monkeypatch: pytest.MonkeyPatch) -> None:
    """In the parent: each child would load them anew."""
    monkeypatch.setattr(pdf, "preload_shapes", lambda: loaded.append("shapes"))
    loaded: list[str] = []
    registry.load_reader(media_types.PDF)
    assert loaded == ["shapes"]

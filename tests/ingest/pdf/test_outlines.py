"""A number or day drawn as shapes is looked at before its place is called blank."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from reportlab.pdfgen.canvas import Canvas

from evidence.config import Limits
from evidence.ingest.pdf import reader as pdf
from evidence.ingest.reader_protocol import PicturedPlace, ReadRequest
from tests.support import papers
from tests.support.outlined_text import draw_outlines

NUMBER, DAY = "Số: 187/TTr-SNV", "Lạng Sơn, ngày 28 tháng 8 năm 2025"
BLANK_DAY = "Lạng Sơn, ngày       tháng      năm 2025"
Drawing = Callable[[Canvas], None]


def rule(canvas: Canvas) -> None:
    canvas.line(134, 727, 160, 727)
    canvas.rect(60, 700, 480, 100, stroke=1, fill=0)


def paper_box(canvas: Canvas) -> None:
    canvas.setFillGray(1)
    canvas.rect(136, 727, 24, 12, stroke=0, fill=1)


def pen(canvas: Canvas) -> None:
    canvas.setLineWidth(1.2)
    canvas.lines([(138, 729, 139, 738), (144, 738, 150, 738), (150, 738, 146, 729)])


def drawn(text: str, left: float, whole: bool = False) -> Drawing:
    return partial(draw_outlines, text=text, left=left, base=729, whole=whole)


def look(file: Path, number: str, day: str, *drawings: Drawing) -> list[PicturedPlace]:
    canvas = papers.canvas(file)
    papers.header(canvas, [*papers.LEFT[:3], ""], [*papers.RIGHT[:3], ""])
    papers.body(canvas)
    for text, left in ((number, 110), (day, 310)):
        canvas.drawString(left, 729, text)
    for drawing in drawings:
        drawing(canvas)
    canvas.showPage()
    canvas.save()
    (file.parent / "scratch").mkdir()
    images = pdf.read(ReadRequest(file, file.parent / "scratch", Limits())).page_images
    return [place for image in images for place in image.pictures]


@pytest.mark.parametrize(
    ("number", "day", "drawings"),
    [
        ("Số:          /TTr-SNV", DAY, [drawn("187", 136)]),
        ("Số: ……/TTr-SNV", DAY, [drawn("187", 134, whole=True)]),
        ("Số:", DAY, [drawn("187/TTr-SNV", 134)]),
        ("Số:          /TTr-SNV", DAY, [pen]),
        (NUMBER, BLANK_DAY, [drawn("28", 396)]),
    ],
)
def test_shapes_in_a_blank_are_looked_at_with_their_row(
    tmp_path: Path, number: str, day: str, drawings: list[Drawing]
) -> None:
    (place,) = look(tmp_path / "a.pdf", number, day, *drawings)
    assert place.instead


@pytest.mark.parametrize(
    ("number", "day", "drawings", "count"),
    [
        ("", DAY, [drawn(NUMBER, 110)], 1),
        (NUMBER, "", [drawn(DAY, 310, whole=True)], 1),
        ("", "", [drawn(NUMBER, 110), drawn(DAY, 310)], 2),
    ],
)
def test_rows_that_are_drawn_as_shapes_are_looked_at(
    tmp_path: Path, number: str, day: str, drawings: list[Drawing], count: int
) -> None:
    places = look(tmp_path / "a.pdf", number, day, *drawings)
    assert [place.instead for place in places] == [False] * count


@pytest.mark.parametrize("drawing", [rule, paper_box])
def test_rules_frames_and_boxes_of_the_papers_colour_leave_a_blank_blank(tmp_path: Path, drawing: Drawing) -> None:
    assert look(tmp_path / "a.pdf", "Số:          /TTr-SNV", BLANK_DAY, drawing) == []


def test_a_whole_header_needs_no_look(tmp_path: Path) -> None:
    assert look(tmp_path / "a.pdf", NUMBER, DAY, drawn("MẬT", 250)) == []

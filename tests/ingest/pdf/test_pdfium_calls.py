from __future__ import annotations

from pathlib import Path

import pypdfium2

from evidence.ingest.pdf.pdfium_calls import AT_ONCE, handle_address, list_objects, read_loose_boxes
from tests.support import papers


def test_more_boxes_than_are_asked_for_at_a_time_are_those_of_pypdfium2(tmp_path: Path) -> None:
    canvas = papers.canvas(tmp_path / "a.pdf")
    canvas.setFont("Serif", 5)
    for row in range(60):
        canvas.drawString(40, 800 - 6 * row, f"{row} Ủy ban nhân dân tỉnh - " * 4)
    canvas.save()
    text = pypdfium2.PdfDocument(tmp_path / "a.pdf")[0].get_textpage()
    count = text.count_chars()
    assert count > AT_ONCE + 500
    sides, told = read_loose_boxes(handle_address(text.raw), list(range(count)))
    theirs = [text.get_charbox(place, loose=True) for place in range(count)]  # left, bottom, right, top
    assert told.all()
    assert sides[:, [0, 3, 2, 1]].tolist() == [list(box) for box in theirs]


def test_objects_are_those_of_pypdfium2(tmp_path: Path) -> None:
    page = pypdfium2.PdfDocument(papers.digital(tmp_path / "a.pdf"))[0]
    theirs = [handle_address(one.raw) for one in page.get_objects(max_depth=1)]
    assert list_objects(handle_address(page.raw)) == theirs != []

"""TrueOCR for the page, Tesseract for its zones."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from evidence.ingest.imaging.raw_image import save_image
from evidence.ingest.ocr.engines import hybrid, trueocr_pages, trueocr_rows
from evidence.ingest.ocr.engines.hybrid import HybridEngine
from evidence.ingest.ocr.engines.tesseract import Tesseract
from evidence.ingest.ocr.page import recognise_page
from evidence.ingest.reader_protocol import PageImage
from evidence.model.document import Line, Origin, Word
from evidence.model.reading import LineReading, ReadingRole
from tests.support import papers

SCALE = 0.36  # points a pixel at 200 dpi
READY = pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")


@pytest.fixture(scope="module")
def letter() -> Image.Image:
    if trueocr_rows.load() is None:
        pytest.skip("trueocr is not installed")
    return papers.picture().convert("L")


def line(text: str, top: float, sure: float = 0.95, raw: str | None = None) -> Line:
    words = tuple(Word(one, (90, top, 150, top + 10), sure, Origin.OCR) for one in text.split())
    return Line(words, None, (LineReading(trueocr_rows.PROFILE, raw, sure, role=ReadingRole.RAW),) if raw else ())


def test_a_printed_page_is_read_in_order_with_boxes(letter: Image.Image) -> None:
    engine = trueocr_rows.load()
    assert engine is not None
    found = trueocr_pages.read_page(np.asarray(letter), SCALE, engine)
    texts = [one.text for one in found]
    assert [text for text in papers.BODY[:-1] if text in texts] == papers.BODY[:-1]
    assert texts.index("UBND TỈNH LẠNG SƠN") < texts.index("Số: 187/TTr-SNV") < texts.index("TỜ TRÌNH")
    title = next(one for one in found if one.text == "TỜ TRÌNH")
    assert title.box is not None
    assert title.box[0] == pytest.approx(85, abs=3) and title.box[3] == pytest.approx(842 - 680, abs=3)
    ends = [word.box[2] for word in title.words if word.box]
    starts = [word.box[0] for word in title.words if word.box]
    assert ends[0] < starts[1]  # a blank's width apart


def test_a_page_on_its_head_makes_no_vietnamese(letter: Image.Image) -> None:
    engine = trueocr_rows.load()
    assert engine is not None
    for turns, poor in ((0, False), (1, True), (2, True), (3, True)):
        image = np.ascontiguousarray(np.rot90(np.asarray(letter), turns))
        lines = trueocr_pages.read_page(image, SCALE, engine)
        assert (not lines or hybrid.is_poor(lines)) is poor


def test_what_was_read_is_judged_not_what_was_made_of_it() -> None:
    made = line("tổ chức thực hiện các nhiệm vụ của cơ quan nhà nước", 100)
    assert not hybrid.is_poor((made,))
    assert hybrid.is_poor((line(made.text, 100, raw="lỏu oép eno uenb lộui Buẹq dóq uạị iuảiqu lẹnx quệu dẹụ"),))
    assert hybrid.is_poor((line(made.text, 100, sure=0.4),))
    assert not hybrid.is_poor(())


@pytest.mark.parametrize(
    ("head", "foot", "zones"),
    [
        (336.8, None, [(0.0, 312.0)]),  # the row that begins in the header zone is not cut
        (None, 640.0, [(648.0, 842.0)]),
        (336.8, 640.0, [(0.0, 312.0), (648.0, 842.0)]),
        (336.8, 290.0, [(0.0, 842.0)]),
        (None, None, []),
    ],
)
def test_zones_end_between_rows(head: float | None, foot: float | None, zones: list[tuple[float, float]]) -> None:
    lines = [line("một", 100), line("hai", 300), line("ba", 400), line("bốn", 650)]
    assert hybrid._zone_bounds(lines, 842.0, head, foot) == zones


@pytest.mark.ocr
@READY
def test_both_engines_read_the_header(letter: Image.Image, tmp_path: Path) -> None:
    """The header's lines are Tesseract's, so that TrueOCR's readings of its rows are a second witness."""
    page = recognise_page(PageImage(1, 595.0, 842.0, str(save_image(letter, tmp_path, 1)), SCALE), HybridEngine()).page
    alone = Tesseract().read(np.asarray(letter), SCALE)
    number = next(one for one in page.lines if "Số: 187/" in one.text)
    assert number.text in [one.text for one in alone]
    assert {reading.engine.name for reading in number.readings} >= {"trueocr", "ppocr"}
    assert number.engine is not None and number.engine.name == "tesseract"
    assert page.engine is not None and page.engine.startswith("trueocr") and "tesseract" in page.engine


@pytest.mark.ocr
@READY
@pytest.mark.parametrize("degrees", [90, 180])
def test_a_turned_page_is_turned_back(letter: Image.Image, tmp_path: Path, degrees: int) -> None:
    file = save_image(letter.rotate(degrees, expand=True, fillcolor=255), tmp_path, 2)
    page = recognise_page(PageImage(2, 595.0, 842.0, str(file), SCALE), HybridEngine()).page
    assert papers.BODY[1] in page.text and page.rotation == degrees


@pytest.mark.ocr
@READY
def test_without_trueocr_tesseract_reads_alone(letter: Image.Image, monkeypatch: pytest.MonkeyPatch) -> None:
    page = np.asarray(letter)
    monkeypatch.setattr(trueocr_rows, "load", lambda: None)
    monkeypatch.setattr(trueocr_rows, "version", lambda: None)
    engine = HybridEngine()
    assert engine.name == Tesseract().name
    assert engine.read(page, SCALE) == Tesseract().read(page, SCALE)


def test_what_was_spelled_stays_beside_a_line_with_other_marks() -> None:
    own, spelled = line("TỈNH LÂM ĐÔNG", 100), line("TỈNH LÂM ĐỒNG", 101)
    kept = hybrid._with_spelled_reading(own, [line("CỘNG HÒA", 100), spelled])
    assert kept.text == own.text
    assert [(reading.text, reading.role) for reading in kept.readings] == [("TỈNH LÂM ĐỒNG", ReadingRole.SPELLED)]
    assert hybrid._with_spelled_reading(line("ngày 1 tháng 2", 100), [line("ngay 1 tháng 2", 100)]).readings == ()

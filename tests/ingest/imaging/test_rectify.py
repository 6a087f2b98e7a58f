"""Pages askew, in perspective, between black borders, under a seal, faint, dark: read by the real program."""

from __future__ import annotations

import math
import shutil
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw

from evidence.ingest.imaging import borders, perspective, rectify, seals
from evidence.ingest.imaging.raw_image import save_image
from evidence.ingest.ocr.engines.tesseract import Tesseract
from evidence.ingest.ocr.page import recognise_page
from evidence.ingest.reader_protocol import PageImage
from evidence.model.document import Line, Origin, Page, Word
from tests.support import papers

Grey = NDArray[np.uint8]
DPI = 200
SCALE = 72 / DPI
real = pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
ROWS = ("Căn cứ Nghị quyết số 76/NQ-CP ngày 15/7/2021 của Chính phủ ban hành Chương trình", "SỞ NỘI VỤ")


@pytest.fixture(scope="module")
def sheet() -> Grey:
    return np.asarray(papers.picture(DPI), dtype=np.uint8)


def asked(picture: Grey, folder: Path) -> PageImage:
    high, wide = picture.shape
    return PageImage(1, wide * SCALE, high * SCALE, str(save_image(picture, folder, 1)), SCALE)


def askew(picture: Grey, degrees: float) -> Grey:
    """Turned clockwise by so many degrees."""
    return np.asarray(Image.fromarray(picture).rotate(-degrees, Image.Resampling.BICUBIC, fillcolor=250), np.uint8)


def photographed(picture: Grey) -> tuple[Grey, NDArray[np.float64]]:
    """Lying on a dark table, seen from the side, half in shadow; and the matrix that put it there."""
    high, wide = picture.shape
    corners = np.array([[130, 90], [1490, 150], [1560, 2140], [60, 2080]], np.float32)
    matrix = cv2.getPerspectiveTransform(np.array([[0, 0], [wide, 0], [wide, high], [0, high]], np.float32), corners)
    table = np.full((2250, 1650), 85, np.uint8)
    cv2.warpPerspective(picture, matrix, (1650, 2250), table, cv2.INTER_CUBIC, cv2.BORDER_TRANSPARENT)
    light = 1 - 0.4 / (1 + np.exp(-(np.mgrid[0:2250, 0:1650].sum(axis=0) - 2400) / 150))
    return (table * light).astype(np.uint8), np.asarray(matrix, np.float64)


def bordered(picture: Grey) -> Grey:
    framed = askew(picture, 1.0).copy()
    framed[:110], framed[:, :70], framed[-60:] = 12, 12, 12
    return framed


@pytest.mark.parametrize("degrees", [-5.0, -2.3, -0.6, 0.0, 0.2, 1.0, 3.4, 5.0])
def test_the_angle_is_found(sheet: Grey, degrees: float) -> None:
    assert rectify.measure_skew(askew(sheet, degrees), DPI) == (pytest.approx(degrees, abs=0.1), False)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_on_its_side_is_set_level_too(sheet: Grey, turn: int) -> None:
    lying = np.rot90(askew(sheet, 2.0), turn // 90)
    assert rectify.measure_skew(np.ascontiguousarray(lying), DPI) == (pytest.approx(2.0, abs=0.1), turn != 180)


def test_a_level_page_stays_the_same_picture(sheet: Grey, tmp_path: Path) -> None:
    rectified = rectify.rectify_page(asked(sheet, tmp_path), sheet)
    assert rectified.image is sheet and rectified.back is None


def test_a_picture_without_rows_is_not_turned() -> None:
    noise = np.random.default_rng(1).integers(0, 255, (1000, 800)).astype(np.uint8)
    assert rectify.measure_skew(noise, DPI) == (0.0, False)
    assert rectify.measure_skew(np.full((1000, 800), 250, np.uint8), DPI) == (0.0, False)


@pytest.mark.parametrize("turned", [0, 90, 180, 270])
@pytest.mark.parametrize("degrees", [-4.0, 2.0])
def test_boxes_come_back_to_the_page(sheet: Grey, tmp_path: Path, degrees: float, turned: int) -> None:
    """A mark seen on the rectifiedened image, itself turned, is where it stands on the page as it came, turned."""
    marked = askew(sheet, degrees).copy()
    marked[1000:1040, 300:380] = 0
    rectified = rectify.rectify_page(asked(marked, tmp_path), marked)
    seen = np.rot90(rectified.image, -turned // 90)
    x, y, wide, high = largest(seen < 60)
    word = Word("x", (x * SCALE, y * SCALE, (x + wide) * SCALE, (y + high) * SCALE), 1.0, Origin.OCR)
    page = rectified.restore_boxes(Page(1, 0, 0, Origin.OCR, (Line((word,)),), rotation=turned))
    box = page.lines[0].box
    x, y, wide, high = largest(np.rot90(marked, -turned // 90) < 60)
    assert box is not None
    assert ((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) == pytest.approx(
        ((x + wide / 2) * SCALE, (y + high / 2) * SCALE), abs=1.5
    )
    assert (page.width > page.height) == (turned in (90, 270))


def largest(mask: NDArray[np.bool_]) -> tuple[int, int, int, int]:
    _, _, spots, _ = cv2.connectedComponentsWithStats(np.ascontiguousarray(mask).astype(np.uint8))
    left, top, wide, high, _ = max(spots[1:].tolist(), key=lambda one: one[4])
    return left, top, wide, high


def test_the_sheet_of_a_photo_is_found_and_a_scan_is_none(sheet: Grey) -> None:
    picture, matrix = photographed(sheet)
    found = perspective.find_corners(picture)
    high, wide = sheet.shape
    ends = np.array([[0, 0, 1], [wide, 0, 1], [wide, high, 1], [0, high, 1]]) @ matrix.T
    assert found is not None
    assert np.abs(found - ends[:, :2] / ends[:, 2:]).max() < 16
    assert perspective.find_corners(sheet) is None
    assert perspective.find_corners(bordered(sheet)) is None


def test_borders_are_painted_and_print_is_not(sheet: Grey) -> None:
    framed = bordered(sheet)
    clean = borders.paint_borders(framed, DPI)
    assert clean[:100].min() > 200 and clean[:, :60].min() > 200
    inside = (slice(150, -150), slice(120, -120))
    assert np.array_equal(clean[inside], framed[inside])
    assert borders.paint_borders(sheet, DPI) is sheet


def sealed(picture: Grey, level: int, shape: str = "round") -> Grey:
    """The sheet with a seal of 36 mm, or a square of the same ink, over the issuer's name."""
    side = round(36 / 25.4 * DPI)
    ink = Image.new("L", picture.shape[::-1], 255)
    pen = ImageDraw.Draw(ink)
    box = (160, 120, 160 + side, 120 + side)
    if shape == "round":
        for inset, width in ((0, 7), (12, 5), (70, 5)):
            pen.ellipse([box[0] + inset, box[1] + inset, box[2] - inset, box[3] - inset], outline=level, width=width)
        pen.ellipse(
            [box[0] + side / 2 - 45, box[1] + side / 2, box[0] + side / 2 + 45, box[1] + side / 2 + 90], fill=level
        )
        for angle in range(0, 360, 12):
            x = box[0] + side / 2 + math.cos(math.radians(angle)) * side * 0.37
            y = box[1] + side / 2 + math.sin(math.radians(angle)) * side * 0.37
            pen.rectangle([x - 4, y - 8, x + 4, y + 8], fill=level)
    else:
        pen.rectangle([300, 100, 1200, 400], fill=level)
    return (picture.astype(np.uint16) * np.asarray(ink) // 255).astype(np.uint8)


def test_a_grey_seal_is_let_go_and_print_under_it_stays(sheet: Grey) -> None:
    stamped = sealed(sheet, 140)
    clean = seals.remove_grey_seals(stamped, DPI)
    paper = (sheet > 250) & (stamped < 160)
    assert paper.sum() > 5000 and np.median(clean[paper]) > 230
    assert clean[sheet < 20].max() < 90
    assert seals.remove_grey_seals(sheet, DPI) is sheet


def test_grey_that_is_no_seal_stays(sheet: Grey) -> None:
    """The shaded head of a table."""
    shaded = sealed(sheet, 170, "table")
    assert np.array_equal(seals.remove_grey_seals(shaded, DPI), shaded)


CASES: dict[str, Callable[[Grey], Grey]] = {
    "skew -3": lambda sheet: askew(sheet, -3.0),
    "skew 5": lambda sheet: askew(sheet, 5.0),
    "photo": lambda sheet: photographed(sheet)[0],
    "borders": bordered,
    "seal": lambda sheet: sealed(sheet, 140),
    "faint": lambda sheet: (190 + sheet.astype(np.float32) * 0.22).astype(np.uint8),
    "dark": lambda sheet: (sheet.astype(np.float32) * 0.35).astype(np.uint8),
    "on its side, askew": lambda sheet: np.ascontiguousarray(np.rot90(askew(sheet, 2.0))),
    "on its head": lambda sheet: np.ascontiguousarray(np.rot90(sheet, 2)),
    "on its other side": lambda sheet: np.ascontiguousarray(np.rot90(sheet, 3)),
}


@real
@pytest.mark.ocr
@pytest.mark.parametrize("case", CASES)
def test_it_is_read_as_it_stands(sheet: Grey, tmp_path: Path, case: str) -> None:
    page = recognise_page(asked(CASES[case](sheet), tmp_path), Tesseract()).page
    for row in ROWS:
        assert row in page.text.split("\n"), page.text


@real
@pytest.mark.ocr
def test_boxes_of_a_photo_fit_the_photo(sheet: Grey, tmp_path: Path) -> None:
    """The number's box lies on the number, where the picture that came shows it."""
    picture, matrix = photographed(sheet)
    page = recognise_page(asked(picture, tmp_path), Tesseract()).page
    word = next(word for line in page.lines for word in line.words if word.text == "187/TTr-SNV")
    high, wide = picture.shape
    assert (page.width, page.height) == (wide * SCALE, high * SCALE)
    assert word.box is not None
    x, y = (word.box[0] + word.box[2]) / 2, (word.box[1] + word.box[3]) / 2
    there = np.linalg.inv(matrix) @ [x / SCALE, y / SCALE, 1]
    assert 160 < there[0] / there[2] * SCALE < 220  # the row "Số: 187/TTr-SNV" is centred at 165, the fourth from 62
    assert 100 < there[1] / there[2] * SCALE < 120

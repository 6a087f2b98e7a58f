"""Crops: the right spot, small, and nothing where nothing can be shown."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from evidence.config import Limits
from evidence.ingest import crops
from evidence.ingest.crops import CropRequest, CropSource

A4 = (595.28, 841.89)
BOX = (100.0, 200.0, 220.0, 230.0)
RED = crops.INK


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    """A page with a black bar where BOX is, counted from the top."""
    file = tmp_path / "a.pdf"
    canvas = Canvas(str(file), pagesize=A4)
    canvas.rect(100, A4[1] - 230, 120, 30, fill=1)
    canvas.save()
    return file


def pictures(one: CropSource) -> list[bytes]:
    return [image for _, _, image in crops.render_crops([one], 1, Limits())]


def test_the_box_is_framed_and_what_it_holds_is_in_it(paper: Path) -> None:
    (image,) = pictures(CropSource("x", paper, "application/pdf", (CropRequest(1, BOX, *A4),)))
    picture = Image.open(io.BytesIO(image)).convert("RGB")
    assert len(image) < 8_000 and picture.width < 400
    middle = picture.getpixel((picture.width // 2, picture.height // 2))
    assert isinstance(middle, tuple) and max(middle) < 60
    reds = [at for at, dot in enumerate(picture.get_flattened_data()) if dot[0] > 150 and dot[1] < 90 and dot[2] < 90]
    assert reds, "the frame"


def test_a_photo_is_cut_by_its_own_measure(tmp_path: Path) -> None:
    picture = Image.new("L", (1240, 1754), 255)
    picture.paste(0, (208, 417, 458, 479))
    file = tmp_path / "a.jpg"
    picture.save(file, quality=90)
    (image,) = pictures(CropSource("x", file, "image/jpeg", (CropRequest(1, BOX, *A4),)))
    found = Image.open(io.BytesIO(image)).convert("L")
    assert found.getpixel((found.width // 2, found.height // 2)) == pytest.approx(0, abs=60)


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_turned_page_is_turned(tmp_path: Path, degrees: int) -> None:
    upright = Image.new("L", (1240, 1754), 255)
    upright.paste(0, (208, 417, 458, 479))
    file = tmp_path / "a.png"
    upright.rotate(degrees, expand=True).save(file)
    (image,) = pictures(CropSource("x", file, "image/png", (CropRequest(1, BOX, *A4, degrees),)))
    found = Image.open(io.BytesIO(image)).convert("L")
    assert found.getpixel((found.width // 2, found.height // 2)) == pytest.approx(0, abs=60)


@pytest.mark.parametrize(
    ("kind", "cut"),
    [
        ("application/pdf", CropRequest(9, BOX, *A4)),
        ("application/pdf", CropRequest(1, (9000.0, 9000.0, 9100.0, 9100.0), *A4)),
        ("application/pdf", CropRequest(1, BOX, 0.0, 0.0)),
        ("image/png", CropRequest(1, BOX, *A4)),
        ("application/msword", CropRequest(1, BOX, *A4)),
    ],
    ids=["page that is not there", "outside the page", "page without size", "no image", "format without pages"],
)
def test_what_cannot_be_shown_is_left_out(paper: Path, kind: str, cut: CropRequest) -> None:
    assert pictures(CropSource("x", paper, kind, (cut,))) == []


def test_a_file_that_is_gone_takes_no_other_with_it(paper: Path, tmp_path: Path) -> None:
    cut = CropRequest(1, BOX, *A4)
    gone = CropSource("gone", tmp_path / "none.pdf", "application/pdf", (cut,))
    here = CropSource("here", paper, "application/pdf", (cut,))
    assert [sha for sha, _, _ in crops.render_crops([gone, here], 2, Limits())] == ["here"]

"""Names that a seal hides: looked for under the title."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from evidence.ingest.ocr.engines import ppocr, trueocr_rows
from evidence.ingest.ocr.fields import covered_names
from evidence.ingest.ocr.fields.header_reader import read_end
from evidence.ingest.ocr.fields.header_rows import DetectedRow, RowKind, find_closing_rows
from evidence.values import person

SCALE = 72 / 200


@pytest.fixture(scope="module")
def engines() -> None:
    if trueocr_rows.load() is None or ppocr.load() is None:
        pytest.skip("the further engines (trueocr, rapidocr) are not installed")


def block(name: str, seal: bool) -> NDArray[np.uint8]:
    """The lower part of a page at 200 dpi: a title and a name, a black seal's rim and its lettering across the name."""
    image = Image.new("L", (1654, 900), 255)
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(38)
    draw.text((230, 60), "Noi nhan:", 0, font)
    draw.text((1130, 60), "PHO CHU TICH", 0, font)
    draw.text((1120, 400), name, 0, font)
    if seal:
        for radius in (150, 143):
            draw.ellipse((1090 - radius, 270 - radius, 1090 + radius, 270 + radius), outline=0, width=3)
        for angle in range(0, 360, 12):
            x, y = 1090 + 165 * np.cos(np.radians(angle)), 270 + 165 * np.sin(np.radians(angle))
            draw.line((x, y, 1090 + 190 * np.cos(np.radians(angle)), 270 + 190 * np.sin(np.radians(angle))), 0, 2)
    return np.asarray(image)


TITLE = DetectedRow((1120, 56, 1420, 104), "PHÓ CHỦ TỊCH", 0.97)


@pytest.mark.usefixtures("engines")
def test_a_name_that_the_finder_lost_is_found_by_windows() -> None:
    name = covered_names.find_name(block("Tran Van Binh", seal=True), [TITLE])
    assert name is not None
    assert name.box[1] < 430 < name.box[3] + 20
    assert "Tran Van Binh" in {person.search(reading.text, glued=True) for reading in name.readings}
    assert {reading.engine.name for reading in name.readings} == {"trueocr", "ppocr"}


@pytest.mark.usefixtures("engines")
def test_nothing_is_looked_for_where_a_name_stands_clear_or_no_title_does() -> None:
    clear = DetectedRow((1120, 396, 1400, 440), "Trần Văn Bình", 0.97)
    assert covered_names.find_name(block("Tran Van Binh", seal=False), [TITLE, clear]) is None
    assert covered_names.find_name(block("Tran Van Binh", seal=True), []) is None


@pytest.mark.usefixtures("engines")
def test_no_name_is_made_up_where_there_is_none() -> None:
    assert covered_names.find_name(block("", seal=True), [TITLE]) is None


@pytest.mark.usefixtures("engines")
def test_number_and_date_of_a_consolidated_text_are_read_like_those_of_a_header() -> None:
    image = Image.new("L", (1654, 900), 255)
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(38)
    draw.text((900, 60), "XAC THUC VAN BAN HOP NHAT", 0, font)
    draw.text((230, 160), "So: 46 /VBHN-BQP", 0, font)
    draw.text((900, 160), "Ha Noi, ngay 04 thang 5 nam 2026", 0, font)
    kinds = [row.kind for row in read_end(np.asarray(image), SCALE, 0.0)]
    assert RowKind.NUMBER in kinds and RowKind.DATE in kinds


def test_citations_beside_the_end_of_a_text_are_no_number_rows() -> None:
    rows = [
        DetectedRow((100, 100, 500, 140), "Số: 46 /VBHN-BQP", 0.9),
        DetectedRow((900, 100, 1500, 140), "Hà Nội, ngày 04 tháng 5 năm 2026", 0.9),
        DetectedRow((100, 700, 500, 740), "Số: 86/2016/TT-BQP", 0.9),
        DetectedRow((900, 700, 1500, 740), "Hà Nội, ngày 20 tháng 6 năm 2016", 0.9),
    ]
    assert find_closing_rows(rows, 600) == {rows[0].box: RowKind.NUMBER, rows[1].box: RowKind.DATE}
    assert find_closing_rows(rows[2:], 600) == {}


class ScriptReader:
    """A recogniser that reads a stamped script at one width of the crop only."""

    def read(self, crops: Sequence[NDArray[np.uint8]]) -> list[tuple[str, float]]:
        return [("-Aguyên Vān Phúc", 0.83) if at == 2 else ("Iquy Vn Phi", 0.8) for at, _ in enumerate(crops)]


@pytest.mark.parametrize(
    ("row", "seen"),
    [
        (DetectedRow((1110, 400, 1440, 450), "Kmuyển Tăn Thúc", 0.74), True),
        (DetectedRow((1110, 400, 1440, 450), "Nguyễn Văn Phúc", 0.99), False),  # read well already
        (DetectedRow((200, 400, 440, 450), "Kmuyển Tăn Thúc", 0.74), False),  # under no title
    ],
)
def test_a_stamped_script_is_read_by_the_other_engine(
    monkeypatch: pytest.MonkeyPatch, row: DetectedRow, seen: bool
) -> None:
    monkeypatch.setattr(ppocr, "load", ScriptReader)
    name = covered_names.find_stamped_name(block("", seal=False), [TITLE, row])
    assert (name is not None) is seen
    if name is not None:
        assert name.box == row.box and [reading.text for reading in name.readings] == ["-Aguyên Vān Phúc"]


def test_an_authority_is_the_title_where_a_seal_hides_the_office() -> None:
    authority = DetectedRow((1120, 56, 1420, 104), "TM. CHÍNH PHỦ", 0.97)
    assert covered_names._titles([authority], 1654) == [authority]
    assert covered_names._titles([authority, TITLE], 1654) == [TITLE]

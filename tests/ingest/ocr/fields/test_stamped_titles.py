"""Lines of a title that a stamp in the margin runs into."""

from __future__ import annotations

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from evidence.ingest.ocr.engines import trueocr_rows
from evidence.ingest.ocr.fields.header_rows import DetectedRow
from evidence.ingest.ocr.fields.stamped_titles import clear_of_stamps


def test_a_centred_line_is_read_without_the_stamp_beside_it() -> None:
    recogniser = trueocr_rows.load()
    if recogniser is None:
        pytest.skip("trueocr is not installed")
    image = Image.new("L", (1654, 900), 255)
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(38)
    draw.text((827, 220), "NGHI DINH", 0, font, anchor="mm")
    draw.text((827, 270), "Quy dinh chi tiet thi hanh Luat Cu tru", 0, font, anchor="mm")
    draw.text((60, 250), "DEN 2015.12.025 S...", 0, ImageFont.load_default(30))
    left, right = 827 - 330, 827 + 330
    title = DetectedRow((740, 200, 914, 242), "NGHỊ ĐỊNH", 0.99)
    row = DetectedRow((60, 248, right, 294), "DEN 2015.12.025 S...Quy dinh chi tiet thi hanh Luat Cu tru", 0.9)
    clear = clear_of_stamps(np.asarray(image), [title, row], recogniser)[row.box]
    assert abs(clear.box[0] - left) < 60
    assert clear.text.startswith("Quy") and "2015" not in clear.text


def test_lines_that_are_centred_and_lines_of_the_body_stay() -> None:
    recogniser = trueocr_rows.load()
    if recogniser is None:
        pytest.skip("trueocr is not installed")
    blank = np.full((900, 1654), 255, np.uint8)
    title = DetectedRow((740, 200, 914, 242), "NGHỊ ĐỊNH", 0.99)
    centred = DetectedRow((497, 248, 1157, 294), "Quy định chi tiết", 0.9)
    body = DetectedRow((200, 330, 1500, 370), "Căn cứ Luật Tổ chức Chính phủ", 0.9)
    assert clear_of_stamps(blank, [title, centred, body], recogniser) == {}
    assert clear_of_stamps(blank, [centred, body], recogniser) == {}

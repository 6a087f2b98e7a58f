"""The second look: rows found, read at several crops, readings put where they belong."""

from __future__ import annotations

import importlib

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from evidence.ingest.ocr.engines import digits, ppocr, trueocr_rows
from evidence.ingest.ocr.fields import header_rows
from evidence.ingest.ocr.fields.header_reader import read_header, read_zones
from evidence.ingest.ocr.fields.header_rows import (
    DetectedRow,
    RowKind,
    choose_candidates,
    classify_row,
    crop_row,
    find_closing_rows,
    locate_digits,
)
from evidence.ingest.ocr.fields.row_readings import count_strokes
from evidence.ingest.ocr.fields.zones import find_foot_start, find_header_end
from evidence.model.document import Line, Origin, Word
from evidence.model.reading import Alphabet

SCALE = 72 / 250


@pytest.fixture(scope="module")
def page() -> NDArray[np.uint8]:
    """A page at 250 dpi with a number and a date row as a scanner sees them, in letters that every machine can draw."""
    image = Image.new("L", (2067, 2923), 255)
    draw, font = ImageDraw.Draw(image), ImageFont.load_default(46)
    draw.text((330, 240), "UBND TINH LANG SON", 0, font)
    draw.text((380, 340), "So: 615 /QD-UBND", 0, font)
    draw.text((1050, 340), "Lang Son, ngay 15 thang 03 nam 2024", 0, font)
    draw.text((330, 1500), "theo So: 99 /QD-TTg", 0, font)
    return np.asarray(image)


@pytest.fixture(scope="module")
def engines() -> None:
    if trueocr_rows.load() is None or ppocr.load() is None:
        pytest.skip("the further engines (trueocr, rapidocr) are not installed")


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Số: M /CT-UBND", RowKind.NUMBER),
        ("Luật số: 68/2020/QH14", RowKind.NUMBER),
        ("Sổ:525/UBND-KTTH", RowKind.NUMBER),
        ("Số 36-HD/VPTW", RowKind.NUMBER),
        ("Quảng Ngãi, ngàyfỊtháng 01 năm 2025", RowKind.DATE),
        ("Quảng Bình, ngày 2Ệtháng(Onăm 2022", RowKind.DATE),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", RowKind.OTHER),
        ("CÔNG BÁO/Số 271/Ngày 12-05-2026", RowKind.OTHER),
        ("Thời gian ký: 05.04.2024 16:31:37 +07:00", RowKind.OTHER),
        ("Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15 ngày", RowKind.OTHER),
    ],
)
def test_kind_of_row(text: str, kind: RowKind) -> None:
    assert classify_row(text) is kind


def test_only_the_topmost_rows_are_candidates() -> None:
    rows = [DetectedRow((0, 100 * i, 400, 100 * i + 40), f"Số: {i}/QĐ-UBND", 0.9) for i in range(9)]
    chosen = choose_candidates(rows, 2000)
    assert len(chosen) == header_rows.MOST["number"]
    assert max(box[1] for box in chosen) < header_rows.CANDIDATES * 2000


def test_crop_ends_at_the_edge(page: NDArray[np.uint8]) -> None:
    assert crop_row(page, (0, 0, 100, 40), 0.5, 0.5).shape == (60, 120)


def test_digits_of_a_date_row_stand_in_two_places() -> None:
    text = "H N, ngày 15 tháng 03 năm 2024"
    day, month = locate_digits(text, [10.0 * i for i in range(len(text))], RowKind.DATE, 10)
    assert day[0] < 10 * text.index("15") < day[1] < 10 * text.index("03")
    assert month[0] < 10 * text.index("03") < month[1] < 10 * text.index("2024")


def test_no_place_without_anchors() -> None:
    assert locate_digits("615", [0.0, 1.0, 2.0], RowKind.NUMBER, 10) == []
    assert locate_digits("ngày 21 tháng 01 năma026", [10.0 * i for i in range(24)], RowKind.DATE, 10) != []
    assert locate_digits("ngày 15", [10.0 * i for i in range(7)], RowKind.DATE, 10) == []


def line(text: str, left: float, top: float, right: float, bottom: float) -> Line:
    return Line((Word(text, (left, top, right, bottom), 0.5, Origin.OCR),))


def test_the_end_of_a_document_is_where_recipients_or_titles_begin() -> None:
    body = line("Các cơ quan chịu trách nhiệm thi hành.", 90, 400, 500, 412)
    assert find_foot_start((body,)) is None
    assert find_foot_start((body, line("Nơi nhận:", 90, 500, 140, 512))) == 460
    assert find_foot_start((body, line("KT. CHỦ TỊCH", 350, 520, 450, 532))) == 480


def test_which_pages_are_worth_a_look() -> None:
    motto = line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 300, 50, 550, 62)
    assert find_header_end(1, (), 1000) == 400
    assert find_header_end(4, (motto,), 1000) == 400
    assert find_header_end(4, (line("Điều 3. Tổ chức thực hiện", 100, 50, 550, 62),), 842) is None


def test_the_header_ends_where_the_body_begins() -> None:
    motto = line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 300, 50, 550, 62)
    bases = line("Căn cứ Luật Tổ chức chính quyền địa phương;", 120, 200, 550, 212)
    assert find_header_end(1, (motto, bases), 1000) == 199
    assert find_header_end(1, (motto, line("Kính gửi: Sở Nội vụ", 200, 180, 400, 192)), 1000) == 240
    before = line("Căn cứ các quy định trên, thi hành từ ngày ký.", 120, 20, 550, 32)  # of the document that ends here
    assert find_header_end(4, (before, motto), 1000) == 400


def test_without_engines_nothing_is_read(page: NDArray[np.uint8], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trueocr_rows, "load", lambda: None)
    assert read_header(page, SCALE) == ()


def failing(monkeypatch: pytest.MonkeyPatch, error: Exception) -> None:
    """The recogniser's network raises that."""
    engine = trueocr_rows.load()
    assert engine is not None

    class Broken:
        def run(self, *_: object) -> None:
            raise error

    monkeypatch.setattr(engine, "_detector", Broken())


@pytest.mark.usefixtures("engines")
def test_an_engine_that_gives_up_is_named_and_costs_only_its_readings(
    page: NDArray[np.uint8], monkeypatch: pytest.MonkeyPatch
) -> None:
    state = importlib.import_module("onnxruntime.capi.onnxruntime_pybind11_state")
    cv2 = importlib.import_module("cv2")
    for error in (MemoryError("bad allocation"), state.Fail("no kernel"), cv2.error("empty picture")):
        failing(monkeypatch, error)
        zones = read_zones(page, SCALE, 340.0)
        assert zones.rows == () and zones.failure is not None
        assert zones.failure.engine == "trueocr" and str(error) in zones.failure.detail


@pytest.mark.usefixtures("engines")
def test_a_fault_of_ours_is_not_swallowed(page: NDArray[np.uint8], monkeypatch: pytest.MonkeyPatch) -> None:
    failing(monkeypatch, KeyError("a slip"))
    with pytest.raises(KeyError):
        read_zones(page, SCALE, 340.0)


@pytest.mark.usefixtures("engines")
def test_rows_are_read_by_all_engines(page: NDArray[np.uint8]) -> None:
    rows = {row.kind: row for row in read_header(page, SCALE)}
    number = rows[RowKind.NUMBER]
    assert {reading.engine.name for reading in number.readings} >= {"trueocr", "ppocr"}
    assert any("615" in reading.text for reading in number.readings if reading.engine.name == "ppocr")
    assert number.box[0] == pytest.approx(380 * SCALE, abs=6)
    assert RowKind.DATE in rows


@pytest.mark.usefixtures("engines")
def test_the_digit_network_reads_the_gap(page: NDArray[np.uint8]) -> None:
    if digits.load() is None:
        pytest.skip("the digit network is not part of this build")
    number = next(row for row in read_header(page, SCALE) if row.kind is RowKind.NUMBER)
    places = [reading.places for reading in number.readings if reading.engine.alphabet is Alphabet.FIGURES]
    assert ("615", "/") in [(place.serial, place.mark) for place in places if place]


@pytest.mark.slow
@pytest.mark.usefixtures("engines")
@pytest.mark.parametrize(("printed", "clear"), [("So: 615 /QD-UBND", True), ("So: 616 /QD-UBND", False)])
def test_print_that_all_read_alike_is_not_looked_at_again(page: NDArray[np.uint8], printed: str, clear: bool) -> None:
    full = next(row for row in read_header(page, SCALE) if row.kind is RowKind.NUMBER)
    line = Line((Word(printed, full.box, 0.9, Origin.OCR),))
    row = next(row for row in read_header(page, SCALE, None, [line]) if row.kind is RowKind.NUMBER)
    assert set(row.readings) <= set(full.readings)
    assert (len(row.readings) < len(full.readings)) is clear


@pytest.mark.parametrize(
    ("text", "left", "right"),
    [
        ("S: 15 /QD-X", 7, 67),
        ("Só 15 /HD-X", 17, 67),  # the blank behind a label without a colon
        ("Số15-CV/X", 13, 47),
        ("S15-CV/X", 6.5, 37),  # PP-OCR knows no "ố"
        ("SA3-CV/X", 6.5, 37),  # nor is a letter behind the S its vowel
        ("S:MZ8/QD-X", 7, 57),  # two figures taken for capitals are no symbol
        ("S: 0 8 CT-X", 7, 77),  # the slash was lost
    ],
)
def test_the_place_of_a_serial_is_found_behind_any_label(text: str, left: float, right: float) -> None:
    (place,) = locate_digits(text, [10.0 * i for i in range(len(text))], RowKind.NUMBER, 10)
    assert place == pytest.approx((left, right))


def test_strokes_are_counted_whoever_reads_them() -> None:
    """Three figures between the label, which touches the left edge, and the mark; a leader's dots are none."""
    row = np.full((60, 400), 255, np.uint8)
    row[10:50, 90:115] = 0  # what is left of the label
    for left in (140, 170, 200):
        row[8:52, left : left + 12] = 0
    row[46:50, 235:239] = 0
    row[5:55, 260:266] = 0  # the mark
    assert count_strokes(row, (0, 0, 400, 60), (100, 0, 305, 60)) == 3
    assert count_strokes(np.full_like(row, 255), (0, 0, 400, 60), (100, 0, 305, 60)) == 0


def test_place_and_day_above_a_signature_are_read_like_those_of_a_header() -> None:
    own = DetectedRow((900, 300, 1400, 340), "Lâm Đồng,ngày 30 tháng k năm 2025", 0.9)
    left = DetectedRow((100, 300, 600, 340), "Lâm Đồng, ngày 30 tháng 4 năm 2025", 0.9)
    cited = DetectedRow((700, 500, 1500, 540), "theo Quyết định số 7, ngày 30 tháng 4 năm 2025 của Bộ", 0.9)
    assert find_closing_rows([left, own, cited], 1654) == {own.box: RowKind.DATE}

"""The second look: rows found, read at several crops, readings put where they belong."""

from __future__ import annotations

import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from evidence.ingest.ocr.engines import digits, ppocr
from evidence.ingest.ocr.engines import trueocr_rows as trueocr_engine
from evidence.ingest.ocr.fields import header_rows
from evidence.ingest.ocr.fields.header_reader import Row, look, look_at, merge
from evidence.ingest.ocr.fields.header_rows import RowKind, Seen, candidates, crop, digit_places, kind_of
from evidence.ingest.ocr.fields.zones import foot, head
from evidence.model.document import Line, LineReading, Origin, Word

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
    if trueocr_engine.load() is None or ppocr.load() is None:
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
    assert kind_of(text) is kind


def test_only_the_topmost_rows_are_candidates() -> None:
    rows = [Seen((0, 100 * i, 400, 100 * i + 40), f"Số: {i}/QĐ-UBND", 0.9) for i in range(9)]
    chosen = candidates(rows, 2000)
    assert len(chosen) == header_rows.MOST["number"]
    assert max(box[1] for box in chosen) < header_rows.CANDIDATES * 2000


def test_crop_ends_at_the_edge(page: NDArray[np.uint8]) -> None:
    assert crop(page, (0, 0, 100, 40), 0.5, 0.5).shape == (60, 120)


def test_digits_of_a_date_row_stand_in_two_places() -> None:
    text = "H N, ngày 15 tháng 03 năm 2024"
    day, month = digit_places(text, [10.0 * i for i in range(len(text))], RowKind.DATE, 10)
    assert day[0] < 10 * text.index("15") < day[1] < 10 * text.index("03")
    assert month[0] < 10 * text.index("03") < month[1] < 10 * text.index("2024")


def test_no_place_without_anchors() -> None:
    assert digit_places("615", [0.0, 1.0, 2.0], RowKind.NUMBER, 10) == []
    assert digit_places("ngày 15", [10.0 * i for i in range(7)], RowKind.DATE, 10) == []


def line(text: str, left: float, top: float, right: float, bottom: float) -> Line:
    return Line((Word(text, (left, top, right, bottom), 0.5, Origin.OCR),))


READ = (LineReading("trueocr@0", "Số: 615 /QĐ-UBND", 0.8), LineReading("ppocr@0,0.1", "S: 615 /QD-UBND", 0.9))


def test_readings_go_to_the_line_in_their_place() -> None:
    lines = (line("Số: 6I5/QĐ", 100, 100, 230, 112), line("Lạng Sơn, ngày", 300, 100, 500, 112))
    merged = merge(lines, [Row((98, 98, 235, 114), RowKind.NUMBER, READ)])
    assert merged[0].readings == READ
    assert merged[1].readings == ()
    assert [one.text for one in merged] == [one.text for one in lines]


def test_a_row_that_ocr_lost_becomes_a_line() -> None:
    lines = (line("TỈNH", 100, 80, 230, 92), line("QUYẾT ĐỊNH", 200, 200, 400, 212))
    merged = merge(lines, [Row((98, 108, 235, 124), RowKind.NUMBER, READ)])
    assert [one.text for one in merged] == ["TỈNH", "Số: 615 /QĐ-UBND", "QUYẾT ĐỊNH"]
    assert all(word.confidence < 0.9 and word.origin is Origin.OCR for word in merged[1].words)
    assert merged[1].readings == READ[1:]  # the words are the first reading: no witness of itself


def test_a_lost_row_of_another_kind_becomes_a_line_where_its_words_are_clear() -> None:
    assert merge((), [Row((0, 0, 9, 9), RowKind.OTHER, READ)]) == ()
    clear = (LineReading("trueocr@0", "Lê Thị Mẫu", 0.95), LineReading("trueocr@0.1,1.5", "Lê Thị Mẫu", 0.9))
    merged = merge((), [Row((300, 700, 380, 714), RowKind.OTHER, clear)])
    assert [one.text for one in merged] == ["Lê Thị Mẫu"] and merged[0].readings == clear[1:]


def test_the_end_of_a_document_is_where_recipients_or_titles_begin() -> None:
    body = line("Các cơ quan chịu trách nhiệm thi hành.", 90, 400, 500, 412)
    assert foot((body,)) is None
    assert foot((body, line("Nơi nhận:", 90, 500, 140, 512))) == 460
    assert foot((body, line("KT. CHỦ TỊCH", 350, 520, 450, 532))) == 480


def test_which_pages_are_worth_a_look() -> None:
    motto = line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 300, 50, 550, 62)
    assert head(1, (), 1000) == 400
    assert head(4, (motto,), 1000) == 400
    assert head(4, (line("Điều 3. Tổ chức thực hiện", 100, 50, 550, 62),), 842) is None


def test_the_header_ends_where_the_body_begins() -> None:
    motto = line("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 300, 50, 550, 62)
    bases = line("Căn cứ Luật Tổ chức chính quyền địa phương;", 120, 200, 550, 212)
    assert head(1, (motto, bases), 1000) == 199
    assert head(1, (motto, line("Kính gửi: Sở Nội vụ", 200, 180, 400, 192)), 1000) == 240
    before = line("Căn cứ các quy định trên, thi hành từ ngày ký.", 120, 20, 550, 32)  # of the document that ends here
    assert head(4, (before, motto), 1000) == 400


def test_ink_of_a_stamp_hides_no_number() -> None:
    rubbish = Line((Word("VT", (166.0, 108.0, 200.0, 131.0), 0.0, Origin.OCR),))
    row = Row(
        (166, 108, 208, 131),
        RowKind.NUMBER,
        (LineReading("trueocr@0", "TB-VPCP", 0.9), LineReading("ppocr@0", "153", 0.9)),
    )
    assert [one.text for one in merge((rubbish,), (row,))] == ["TB-VPCP"]
    printed = Line((Word("Số:", (140.0, 108.0, 160.0, 131.0), 0.3, Origin.OCR), *rubbish.words))
    assert [one.text for one in merge((printed,), (row,))] == ["Số: VT"]


def test_without_engines_nothing_is_read(page: NDArray[np.uint8], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trueocr_engine, "load", lambda: None)
    assert look(page, SCALE) == ()


def test_a_failing_engine_costs_only_its_readings(page: NDArray[np.uint8], monkeypatch: pytest.MonkeyPatch) -> None:
    class Broken:
        def rows(self, image: NDArray[np.uint8], long_side: int) -> list[tuple[int, int, int, int]]:
            raise MemoryError

    monkeypatch.setattr(trueocr_engine, "load", Broken)
    assert look_at(page, SCALE, 340.0) == ()


@pytest.mark.usefixtures("engines")
def test_rows_are_read_by_all_engines(page: NDArray[np.uint8]) -> None:
    rows = {row.kind: row for row in look(page, SCALE)}
    number = rows[RowKind.NUMBER]
    assert {reading.engine.partition("@")[0] for reading in number.readings} >= {"trueocr", "ppocr"}
    assert any("615" in reading.text for reading in number.readings if reading.engine.startswith("ppocr"))
    assert number.box[0] == pytest.approx(380 * SCALE, abs=6)
    assert RowKind.DATE in rows


@pytest.mark.usefixtures("engines")
def test_the_digit_network_reads_the_gap(page: NDArray[np.uint8]) -> None:
    if digits.load() is None:
        pytest.skip("the digit network is not part of this build")
    number = next(row for row in look(page, SCALE) if row.kind is RowKind.NUMBER)
    assert "Số: 615/~" in [reading.text for reading in number.readings if reading.engine.startswith("digits")]


@pytest.mark.usefixtures("engines")
@pytest.mark.parametrize(("printed", "clear"), [("So: 615 /QD-UBND", True), ("So: 616 /QD-UBND", False)])
def test_print_that_all_read_alike_is_not_looked_at_again(page: NDArray[np.uint8], printed: str, clear: bool) -> None:
    full = next(row for row in look(page, SCALE) if row.kind is RowKind.NUMBER)
    line = Line((Word(printed, full.box, 0.9, Origin.OCR),))
    row = next(row for row in look(page, SCALE, None, [line]) if row.kind is RowKind.NUMBER)
    assert set(row.readings) <= set(full.readings)
    assert (len(row.readings) < len(full.readings)) is clear

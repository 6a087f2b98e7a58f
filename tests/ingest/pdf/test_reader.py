from __future__ import annotations

import gc
import unicodedata
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader

from evidence.config import Limits
from evidence.errors import UnreadableError
from evidence.ingest.pdf import reader as pdf
from evidence.ingest.reader_protocol import STRETCH, ReadRequest, ReadResult
from evidence.model.document import Origin, Page, Word
from tests.support import papers


def read(file: Path, tmp_path: Path, limits: Limits | None = None, first: int = 0, tables: bool = False) -> ReadResult:
    scratch = tmp_path / "scratch"
    scratch.mkdir(exist_ok=True)
    return pdf.read(ReadRequest(file, scratch, limits or Limits(), first, tables))


def page(file: Path, tmp_path: Path) -> Page:
    (found,) = read(file, tmp_path).pages
    return found


def test_header_columns_are_lines_of_their_own(tmp_path: Path) -> None:
    found = page(papers.digital(tmp_path / "a.pdf"), tmp_path)
    texts = [line.text for line in found.lines]
    assert texts[:6] == [
        "UBND TỈNH LẠNG SƠN",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "SỞ NỘI VỤ",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 187/TTr-SNV",
        "Lạng Sơn, ngày 28 tháng 8 năm 2025",
    ]
    assert texts[6:] == papers.BODY


def test_boxes_are_in_points_from_the_top_left(tmp_path: Path) -> None:
    found = page(papers.digital(tmp_path / "a.pdf"), tmp_path)
    assert (found.width, found.height, found.origin) == (595.0, 842.0, Origin.TEXT)
    box = found.lines[0].box
    assert box is not None
    assert box[0] == pytest.approx(165 - (box[2] - 165), abs=2)
    assert 842 - 780 - 14 < box[1] < 842 - 780 < box[3] < 842 - 780 + 6


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_on_its_side_is_read_upright_and_told(tmp_path: Path, turn: int) -> None:
    straight = papers.digital(tmp_path / "a.pdf")
    with pypdfium2.PdfDocument(straight) as file:
        file[0].set_rotation(turn)
        file.save(tmp_path / "turned.pdf")
    reading = read(tmp_path / "turned.pdf", tmp_path)
    (found,) = reading.pages
    upright = page(straight, tmp_path)
    assert found.text == upright.text
    assert (found.width, found.height) == (595.0, 842.0)
    assert found.lines[4].box == pytest.approx(upright.lines[4].box, abs=0.1)
    assert [problem.code.value for problem in reading.problems] == ["rotated"]


@pytest.mark.parametrize("turn", [90, 270])
def test_fonts_that_change_within_a_word_do_not_part_it_on_a_page_on_its_side(tmp_path: Path, turn: int) -> None:
    """Word sets Vietnamese letters in a second font; pdfium ends a line at each change where text runs up the page."""
    canvas = papers.canvas(tmp_path / "a.pdf")
    canvas.translate(*{90: (560, 40), 270: (40, 800)}[turn])
    canvas.rotate(turn)
    for row in range(12):
        left = 0.0
        for text, font in [("Thông t", "Times-Roman"), ("ư", "Serif"), (" s", "Times-Roman"), ("ố 15", "Serif")]:
            plain = text if font == "Serif" else text.replace("ô", "o")
            canvas.setFont(font, 13)
            canvas.drawString(left, 20 * row, plain)
            left += canvas.stringWidth(plain, font, 13)
    canvas.save()
    assert page(tmp_path / "a.pdf", tmp_path).text.split("\n") == ["Thong tư số 15"] * 12


@pytest.mark.parametrize("turn", [90, 270])
def test_a_mark_in_the_margin_does_not_mix_with_the_text(tmp_path: Path, turn: int) -> None:
    canvas = papers.canvas(tmp_path / "m.pdf")
    papers.header(canvas)
    papers.body(canvas)
    canvas.saveState()
    canvas.translate(575, 600)
    canvas.rotate(turn)
    canvas.setFont("Serif", 11)
    canvas.drawString(0, 0, "THƯ VIỆN PHÁP LUẬT www.ThuVienPhapLuat.vn")
    canvas.restoreState()
    canvas.save()
    texts = page(tmp_path / "m.pdf", tmp_path).text.split("\n")
    assert "THƯ VIỆN PHÁP LUẬT www.ThuVienPhapLuat.vn" in texts
    assert set(papers.BODY) < set(texts)


def test_decomposed_text_is_composed(tmp_path: Path) -> None:
    canvas = papers.canvas(tmp_path / "nfd.pdf")
    papers.body(canvas, [unicodedata.normalize("NFD", line) for line in papers.BODY])
    canvas.save()
    text = page(tmp_path / "nfd.pdf", tmp_path).text
    assert text == unicodedata.normalize("NFC", text)
    assert "Kính gửi: Ủy ban nhân dân tỉnh Lạng Sơn" in text


def signed(file: Path, number: str = "187", raised: float = 0) -> Path:
    """A letter whose number and day are form fields, as signing software leaves them."""
    canvas = papers.canvas(file)
    left = [*papers.LEFT[:3], "Số:             /TTr-SNV"]
    right = [*papers.RIGHT[:3], "Lạng Sơn, ngày        tháng 8 năm 2025"]
    papers.header(canvas, left, right)
    papers.body(canvas)
    style = {"fontName": "Times-Roman", "fontSize": 13, "borderWidth": 0, "fieldFlags": "readOnly"}
    canvas.acroForm.textfield(value=number, name="so", x=130, y=724 + raised, width=36, height=18, **style)
    canvas.acroForm.textfield(value="28", name="ngay", x=391, y=724 + raised, width=24, height=18, **style)
    canvas.save()
    return file


@pytest.mark.parametrize("raised", [0, 6, -5])
def test_number_and_day_in_fields_stand_in_their_rows(tmp_path: Path, raised: float) -> None:
    found = page(signed(tmp_path / "signed.pdf", raised=raised), tmp_path)
    assert "Số: 187 /TTr-SNV" in found.text
    assert "Lạng Sơn, ngày 28 tháng 8 năm 2025" in found.text
    widgets = [word.text for line in found.lines for word in line.words if word.origin is Origin.WIDGET]
    assert sorted(widgets) == ["187", "28"]


def test_a_blank_for_number_and_day_does_not_cut_the_row(tmp_path: Path) -> None:
    canvas = papers.canvas(tmp_path / "draft.pdf")
    left = [*papers.LEFT[:3], "Số:             /TTr-SNV"]
    right = [*papers.RIGHT[:3], "Lạng Sơn, ngày        tháng        năm 2025"]
    papers.header(canvas, left, right)
    papers.body(canvas)
    canvas.save()
    texts = page(tmp_path / "draft.pdf", tmp_path).text.split("\n")
    assert "Số: /TTr-SNV" in texts
    assert "Lạng Sơn, ngày tháng năm 2025" in texts


@pytest.mark.parametrize(
    ("layer", "notice"),
    [
        (None, None),
        (None, ["Người ký: CỔNG THÔNG TIN ĐIỆN TỬ CHÍNH PHỦ", "Thời gian ký: 09.04.2024 15:28:33 +07:00"]),
        (["Uy ban nhan dan tinh Lang Son, So Noi vu kinh trinh Uy ban nhan dan tinh xem xet"] * 3, None),
        (papers.BODY, None),
    ],
    ids=["bare", "portal's line only", "foreign OCR", "hidden Vietnamese OCR"],
)
def test_a_scan_goes_to_ocr(tmp_path: Path, layer: list[str] | None, notice: list[str] | None) -> None:
    reading = read(papers.scanned(tmp_path / "scan.pdf", layer, notice), tmp_path)
    assert reading.pages == ()
    (scan,) = reading.page_images
    assert Path(scan.file).exists()
    assert scan.scale == pytest.approx(72 / 200, rel=0.01)


def test_a_layer_without_marks_goes_to_ocr_with_itself_as_second_opinion(tmp_path: Path) -> None:
    canvas = papers.canvas(tmp_path / "broken.pdf")
    papers.body(canvas, ["Uy ban nhn dn tnh Lng Sn v vic ban hnh k hoch ci cch hnh chnh nh nc"] * 4)
    canvas.save()
    (scan,) = read(tmp_path / "broken.pdf", tmp_path).page_images
    assert len(scan.layer) == 4


def test_english_and_figures_are_left_alone(tmp_path: Path) -> None:
    canvas = papers.canvas(tmp_path / "en.pdf")
    papers.body(canvas, ["The results of the survey are shown in the table and in the annex to this report."] * 3)
    canvas.showPage()
    papers.body(canvas, ["1   23,5   88,1   2019", "2   17,0   90,4   2020"] * 4)
    canvas.save()
    reading = read(tmp_path / "en.pdf", tmp_path)
    assert [found.origin for found in reading.pages] == [Origin.TEXT, Origin.TEXT]


def test_an_empty_page_is_blank(tmp_path: Path) -> None:
    canvas = papers.canvas(tmp_path / "blank.pdf")
    canvas.showPage()
    canvas.save()
    assert page(tmp_path / "blank.pdf", tmp_path).origin is Origin.BLANK


def test_ruled_tables_when_asked_for(tmp_path: Path) -> None:
    canvas = papers.canvas(tmp_path / "table.pdf")
    papers.body(canvas)
    canvas.grid([85, 200, 400], [500, 470, 440])
    for x, y, text in [(90, 480, "Tiêu chí"), (205, 480, "Điểm"), (90, 450, "1.2.1"), (205, 450, "1,5")]:
        canvas.drawString(x, y, text)
    canvas.save()
    (found,) = read(tmp_path / "table.pdf", tmp_path, tables=True).pages
    assert [table.rows for table in found.tables] == [(("Tiêu chí", "Điểm"), ("1.2.1", "1,5"))]


@pytest.mark.parametrize("way", ["white", "covered", "twice"])
def test_tables_hold_what_the_page_shows(tmp_path: Path, way: str) -> None:
    canvas = papers.canvas(tmp_path / "table.pdf")
    papers.body(canvas)
    canvas.grid([85, 200, 400], [500, 470, 440])
    for x, y, text in [(90, 480, "Tiêu chí"), (205, 480, "Điểm"), (90, 450, "1.2.1"), (205, 450, "1,5")]:
        canvas.drawString(x, y, text)
        if way == "twice":
            canvas.drawString(x + 0.3, y, text)
    canvas.setFillGray(1 if way == "white" else 0)
    if way != "twice":
        canvas.drawString(300, 450, "9,9")
    canvas.setFillGray(1)
    if way == "covered":
        canvas.rect(290, 445, 60, 18, stroke=0, fill=1)
    canvas.save()
    (found,) = read(tmp_path / "table.pdf", tmp_path, tables=True).pages
    assert [table.rows for table in found.tables] == [(("Tiêu chí", "Điểm"), ("1.2.1", "1,5"))]


@pytest.mark.slow
def test_long_files_come_in_stretches(tmp_path: Path) -> None:
    file = papers.digital(tmp_path / "long.pdf", STRETCH + 3)
    first, second = read(file, tmp_path), read(file, tmp_path, first=STRETCH)
    assert first.total == STRETCH + 3
    assert [found.number for found in (*first.pages, *second.pages)] == list(range(1, STRETCH + 4))


def test_pages_beyond_the_limit_are_not_read(tmp_path: Path) -> None:
    reading = read(papers.digital(tmp_path / "long.pdf", 5), tmp_path, replace(Limits(), pages=2))
    assert (len(reading.pages), reading.total) == (2, 5)


def damage(file: Path, kind: str) -> Path:
    data = papers.digital(file).read_bytes()
    if kind == "cut":
        file.write_bytes(data[: len(data) // 3])
    elif kind == "head only":
        file.write_bytes(b"%PDF-1.7\n")
    elif kind == "no pages":
        file.write_bytes(
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
            b"trailer<</Root 1 0 R/Size 3>>\n%%EOF"
        )
    return file


@pytest.mark.parametrize("kind", ["cut", "head only", "no pages"])
def test_damaged_files_say_so(tmp_path: Path, kind: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(damage(tmp_path / "bad.pdf", kind), tmp_path)
    assert caught.value.problem == "damaged"


def test_user_password_is_told_owner_password_is_no_bar(tmp_path: Path) -> None:
    shut = papers.digital(tmp_path / "shut.pdf", encrypt=StandardEncryption("user", "owner"))
    with pytest.raises(UnreadableError) as caught:
        read(shut, tmp_path)
    assert caught.value.problem == "encrypted"
    owned = papers.digital(tmp_path / "owned.pdf", encrypt=StandardEncryption("", "owner", canCopy=0))
    assert "Số: 187/TTr-SNV" in page(owned, tmp_path).text


def test_words_are_hashable_values(tmp_path: Path) -> None:
    words = {word for line in page(papers.digital(tmp_path / "a.pdf"), tmp_path).lines for word in line.words}
    assert all(isinstance(word, Word) and word.text for word in words)


@pytest.mark.slow
def test_reading_leaves_no_rings_of_objects(tmp_path: Path) -> None:
    """The child that reads looks for no garbage (``steps.read``): a long document must not need it to."""
    straight = papers.digital(tmp_path / "a.pdf")
    with pypdfium2.PdfDocument.new() as long, pypdfium2.PdfDocument(straight) as one:
        for _ in range(30):
            long.import_pages(one)
        long.save(tmp_path / "long.pdf")
    read(straight, tmp_path)  # what is loaded once
    gc.collect()
    gc.disable()
    try:
        assert len(read(tmp_path / "long.pdf", tmp_path).pages) == STRETCH
        assert gc.collect() < 10 * STRETCH
    finally:
        gc.enable()


def test_a_number_that_is_a_picture_goes_to_ocr_with_its_row_alone(tmp_path: Path) -> None:
    canvas = papers.canvas(tmp_path / "a.pdf")
    papers.header(canvas, [*papers.LEFT[:3], "Số:             /TTr-SNV"])
    papers.body(canvas)
    canvas.drawImage(ImageReader(Image.new("L", (60, 30), 0)), 128, 727, 24, 12)
    canvas.save()
    (image,) = read(tmp_path / "a.pdf", tmp_path).page_images
    ((left, top, right, bottom),) = [place.box for place in image.pictures]
    assert bottom - top < 30 and left < 128 and right > 152
    assert [line.text for line in image.layer][4:6] == ["Số: /TTr-SNV", papers.RIGHT[3]]

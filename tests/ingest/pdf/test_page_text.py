from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader

from evidence.ingest.pdf.file_probe import FileProbe
from evidence.ingest.pdf.page_text import PageText, read_page_text
from evidence.ingest.pdf.reader import open_pdf
from evidence.ingest.pdf.words import join_words
from tests.support import papers
from tests.support.files.raw_pdf import RawPdf, form, stream, text

SEEN = text("Seen 615", down=700)
OLD = text("Old 514")
LAYER = b"<</Type/OCG/Name(Draft)>>"
OFF = "/OCProperties<</OCGs[10 0 R]/D<</OFF[10 0 R]>>>>"
MARKED = f"{SEEN}/OC /L BDC {OLD} EMC"
LAYERED = "/Properties<</L 10 0 R>>"
PIXEL = stream(b"\xff\xff\xff", b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceRGB/BitsPerComponent 8")
GLASS = stream(
    b"\x00",
    b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8/SMask 11 0 R",
)
CLEAR = stream(b"\x00", b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8")
SHADE = b"<</ShadingType 2/ColorSpace/DeviceGray/Coords[0 0 500 0]/Extend[true true]/Function 11 0 R>>"
FUNCTION = b"<</FunctionType 2/Domain[0 1]/C0[1]/C1[1]/N 1>>"
EITHER = b"<</Type/OCMD/OCGs[10 0 R]/VE[/Not 11 0 R]>>"

HIDDEN = {
    "layer that is off": RawPdf(MARKED, LAYERED, catalogue=OFF, objects={10: LAYER}),
    "layers off unless said": RawPdf(
        MARKED, LAYERED, catalogue="/OCProperties<</OCGs[10 0 R]/D<</BaseState/OFF>>>>", objects={10: LAYER}
    ),
    "layer by an expression": RawPdf(
        MARKED,
        "/Properties<</L 12 0 R>>",
        catalogue="/OCProperties<</OCGs[10 0 R 11 0 R]/D<<>>>>",
        objects={10: LAYER, 11: LAYER, 12: EITHER},
    ),
    "mark within another": RawPdf(
        f"/P BMC {SEEN} EMC /OC /L BDC /Span BMC {OLD} EMC EMC", LAYERED, catalogue=OFF, objects={10: LAYER}
    ),
    "form in a layer": RawPdf(
        f"{SEEN}/X Do",
        "/XObject<</X 11 0 R>>",
        catalogue=OFF,
        objects={10: LAYER, 11: form(OLD.encode(), b"/OC 10 0 R")},
    ),
    "white box": RawPdf(f"{SEEN}{OLD} 1 g 50 590 200 30 re f"),
    "white box, new text on it": RawPdf(f"{SEEN}{OLD} 1 g 50 590 200 30 re f 0 g {text('New 77', 62)}"),
    "black box": RawPdf(f"{SEEN}{OLD} 50 590 200 30 re f"),
    "black text on a black box": RawPdf(f"{SEEN} 50 590 200 30 re f {OLD}"),
    "thick pen": RawPdf(f"{SEEN}{OLD} 1 G 30 w 40 603 m 300 603 l S"),
    "box in a form": RawPdf(
        f"{SEEN}{OLD}/X Do",
        "/XObject<</X 10 0 R>>",
        objects={10: form(b"1 g 0 0 200 30 re f", b"/Matrix[1 0 0 1 50 590]")},
    ),
    "picture": RawPdf(f"{SEEN}{OLD} q 200 0 0 30 50 590 cm /X Do Q", "/XObject<</X 10 0 R>>", objects={10: PIXEL}),
    "shading": RawPdf(
        f"{SEEN}{OLD} q 50 590 200 30 re W n /S sh Q", "/Shading<</S 10 0 R>>", objects={10: SHADE, 11: FUNCTION}
    ),
    "note with a white ground": RawPdf(
        SEEN + OLD,
        annotations=[b"/Subtype/Square/F 4/Rect[50 590 250 620]/AP<</N 10 0 R>>"],
        objects={10: form(b"1 g 0 0 200 30 re f", box=b"0 0 200 30")},
    ),
    "white": RawPdf(f"{SEEN} 1 g {OLD}"),
    "nearly white": RawPdf(f"{SEEN} 0.96 g {OLD}"),
    "without ink": RawPdf(f"{SEEN} /G gs {OLD}", "/ExtGState<</G<</ca 0>>>>"),
    "render mode 3": RawPdf(SEEN + text("Old 514", before="3 Tr")),
    "render mode 7": RawPdf(SEEN + text("Old 514", before="7 Tr")),
    "clipped away": RawPdf(f"{SEEN} q 300 100 20 20 re W n {OLD} Q"),
    "clipped by two": RawPdf(f"{SEEN} q 0 0 595 842 re W n 300 100 20 20 re W n {OLD} Q"),
    "no size": RawPdf(SEEN + text("Old 514", size=0.1)),
    "beside the page": RawPdf(SEEN + text("Old 514", across=700)),
    "beside the crop box": RawPdf(SEEN + OLD, page="/MediaBox[0 0 595 842]/CropBox[0 650 595 842]"),
    "crop box beyond the media box": RawPdf(SEEN + OLD, page="/MediaBox[0 650 595 842]/CropBox[0 0 900 842]"),
    "beside a turned page": RawPdf(SEEN + text("Old 514", across=700), page="/MediaBox[0 0 595 842]/Rotate 90"),
    "white on a turned page": RawPdf(f"{SEEN} 1 g {OLD}", page="/MediaBox[0 0 595 842]/Rotate 270"),
}

SHOWN = {
    "layer that is on": RawPdf(MARKED, LAYERED, catalogue="/OCProperties<</OCGs[10 0 R]/D<<>>>>", objects={10: LAYER}),
    "grey ground of a table": RawPdf(f"{SEEN} 0.9 g 50 590 200 30 re f 0 g {OLD}"),
    "white on a dark ground": RawPdf(f"{SEEN} 0.1 g 50 590 200 30 re f 1 g {OLD}"),
    "white on pale yellow": RawPdf(f"{SEEN} 1 1 0.4 rg 50 590 200 30 re f 1 g {OLD}"),
    "white on a dark ground in a form": RawPdf(
        f"{SEEN}/X Do 1 g {OLD}",
        "/XObject<</X 10 0 R>>",
        objects={10: form(b"0 0 0.5 rg 0 0 200 30 re f", b"/Matrix[1 0 0 1 50 590]")},
    ),
    "white with black outlines": RawPdf(SEEN + text("Old 514", before="1 g 2 Tr")),
    "white, painted again in black": RawPdf(f"{SEEN} 1 g {OLD} 0 g {OLD}"),
    "clip that takes off a hair": RawPdf(f"{SEEN} q 62.2 595 300 50 re W n {OLD} Q"),
    "frame around it": RawPdf(f"{SEEN}{OLD} 50 590 200 30 re S"),
    "underlined": RawPdf(f"{SEEN}{OLD} 50 598 200 1 re f"),
    "glass over it": RawPdf(
        f"{SEEN}{OLD} q 200 0 0 30 50 590 cm /X Do Q", "/XObject<</X 10 0 R>>", objects={10: GLASS, 11: CLEAR}
    ),
    "half clear box": RawPdf(f"{SEEN}{OLD} /G gs 1 g 50 590 200 30 re f", "/ExtGState<</G<</ca 0.5>>>>"),
    "clip around it": RawPdf(f"{SEEN} q 40 580 300 50 re W n {OLD} Q"),
    "pale but legible": RawPdf(f"{SEEN} 0.75 g {OLD}"),
    "yellow": RawPdf(f"{SEEN} 1 1 0 rg {OLD}"),
    "outlines": RawPdf(SEEN + text("Old 514", before="1 Tr")),
    "turned page": RawPdf(SEEN + OLD, page="/MediaBox[0 0 595 842]/Rotate 180"),
}


def read(file: Path) -> PageText:
    return read_page_text(open_pdf(file), 0, FileProbe(file))


def words(glyphs: object) -> str:
    return " ".join(word.text for word in join_words(glyphs))  # type: ignore[arg-type]


@pytest.mark.parametrize("case", HIDDEN)
def test_what_the_page_does_not_show_is_not_read(case: str, tmp_path: Path) -> None:
    page = read(HIDDEN[case].save(tmp_path / "a.pdf"))
    assert "514" not in words(page.own) and "Old" not in words(page.own)
    assert "Seen 615" in words(page.own)
    assert words(page.hidden) == "Old 514"


@pytest.mark.parametrize("case", SHOWN)
def test_what_the_page_shows_is_read(case: str, tmp_path: Path) -> None:
    page = read(SHOWN[case].save(tmp_path / "a.pdf"))
    assert words(page.own).replace(" ", "") == "Seen615Old514"  # words are joined once the page is turned
    assert words(page.hidden) == ""


def test_a_box_over_a_part_of_a_row_hides_that_part(tmp_path: Path) -> None:
    pdf = RawPdf(SEEN + text("Number: 514 /QD-UBND") + " 1 g 113 598 24 15 re f")
    page = read(pdf.save(tmp_path / "a.pdf"))
    assert words(page.own) == "Seen 615 Number: /QD-UBND"
    assert words(page.hidden) == "514"


def test_white_text_on_bare_paper_is_told_without_a_picture(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr("evidence.ingest.pdf.hidden_text.find_unseen")
    numbers = "".join(text(str(row), across=500, down=780 - 40 * row) for row in range(10, 14))
    page = read(RawPdf(f"{SEEN} 0 700 500 3 re f 0.97 g {numbers}").save(tmp_path / "a.pdf"))
    assert words(page.own) == "Seen 615"
    assert words(page.hidden) == "10 11 12 13"
    assert isinstance(page.own.texts, str)  # as quick to read as a page that hides nothing


def test_hidden_text_among_many_rows_behind_the_first_page_is_found(tmp_path: Path) -> None:
    rows = "".join(text(f"row {place} without", down=780 - 3 * place, size=2.5) for place in range(240))
    page = read(RawPdf(f"{rows} 1 g {text('Old 514', 300)}").save(tmp_path / "a.pdf"))
    assert words(page.hidden) == "Old 514"


@pytest.mark.parametrize("hidden", ["1 g", "/C gs", "q 0 0 1 1 re W n"], ids=["white", "clear", "clipped"])
def test_where_one_text_is_hidden_all_are_looked_at(hidden: str, tmp_path: Path) -> None:
    """A white page number is met first; what is hidden in another way lies among the rows that are not met at once."""
    rows = "".join(text(f"row {chr(97 + place % 26)} without", down=780 - 3 * place, size=2.5) for place in range(240))
    old = f"q {hidden} {text('Old words', 300, down=401)} {'Q' * hidden.count('q ')} Q"
    last = "".join(text("further", down=60, across=60 + 10 * place, size=2.5) for place in range(3))
    number = f"q 1 g {text('7', 300, down=820)} Q"
    pdf = RawPdf(f"{number} {rows} {old} {last}", "/ExtGState<</C<</ca 0>>>>")
    assert words(read(pdf.save(tmp_path / "a.pdf")).hidden) == "7 Old words"


@pytest.mark.parametrize(("aside", "below"), [(0.4, 0.0), (0.0, -0.4), (1.2, 0.8), (0.0, 0.0)])
def test_a_page_that_is_painted_twice_is_read_once(tmp_path: Path, aside: float, below: float) -> None:
    canvas = papers.canvas(tmp_path / "a.pdf")
    for step in (0.0, 1.0):
        canvas.saveState()
        canvas.translate(step * aside, step * below)
        papers.header(canvas)
        papers.body(canvas)
        canvas.restoreState()
    canvas.save()
    straight = read(papers.digital(tmp_path / "b.pdf"))
    assert words(read(tmp_path / "a.pdf").own) == words(straight.own)


def test_a_page_with_a_pale_shadow_under_each_letter_is_read_once(tmp_path: Path) -> None:
    canvas = papers.canvas(tmp_path / "a.pdf")
    for aside, grey in ((1.0, 0.7), (0.0, 0.0)):
        canvas.saveState()
        canvas.translate(aside, -aside)
        canvas.setFillGray(grey)
        papers.header(canvas)
        papers.body(canvas)
        canvas.restoreState()
    canvas.save()
    page, straight = read(tmp_path / "a.pdf"), read(papers.digital(tmp_path / "b.pdf"))
    assert words(page.own) == words(straight.own) and words(page.hidden) == ""


def test_a_number_that_is_painted_twice_is_shown_if_one_copy_is(tmp_path: Path) -> None:
    page = read(RawPdf(f"{SEEN} 1 g {OLD} 0 g {OLD}").save(tmp_path / "a.pdf"))
    assert words(page.own) == "Seen 615 Old 514"


def test_letters_that_stand_close_are_no_copies(tmp_path: Path) -> None:
    page = read(RawPdf(text("iiiill 1111 ....", size=6)).save(tmp_path / "a.pdf"))
    assert words(page.own) == "iiiill 1111 ...."


def test_the_layer_of_a_scan_is_left_as_it_is(tmp_path: Path) -> None:
    page = read(papers.scanned(tmp_path / "a.pdf", papers.BODY))
    assert page.objects.hidden and len(page.own) > 100 and not len(page.hidden)


def test_a_layer_beneath_a_picture_in_strips_is_left_to_ocr(tmp_path: Path) -> None:
    """The text is visible by its mode, but strips of the scan lie upon it."""
    canvas = papers.canvas(tmp_path / "a.pdf")
    papers.header(canvas)
    papers.body(canvas)
    whole = papers.picture()
    high = whole.height // 4
    for place in range(4):
        strip = io.BytesIO()
        whole.crop((0, place * high, whole.width, (place + 1) * high)).save(strip, "PNG")
        top = papers.A4[1] * (1 - (place + 1) / 4)
        canvas.drawImage(ImageReader(Image.open(strip)), 0, top, papers.A4[0], papers.A4[1] / 4)
    canvas.save()
    page = read(tmp_path / "a.pdf")
    assert page.objects.hidden and len(page.own) > 100


@pytest.mark.parametrize(("mark", "doubted"), [("/Span <</ActualText (514)>>", 3), ("/Span <</Lang (vi)>>", 0)])
def test_figures_that_the_file_gives_another_text_for_are_doubted(mark: str, doubted: int, tmp_path: Path) -> None:
    page = read(RawPdf(f"{SEEN} {mark} BDC {text('615')} EMC").save(tmp_path / "a.pdf"))
    assert len(page.replaced) == doubted

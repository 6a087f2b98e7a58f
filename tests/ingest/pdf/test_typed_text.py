from __future__ import annotations

from pathlib import Path

import pytest

from evidence.ingest.pdf.file_probe import FileProbe
from evidence.ingest.pdf.page_text import PageText, read_page_text
from evidence.ingest.pdf.reader import open_pdf
from evidence.ingest.pdf.words import join_words
from tests.support.files.raw_pdf import RawPdf, form, text, utf16

PAGE = text("Seen 615", down=700)
FONTS = "/AcroForm<</Fields[%s]/DA(/Helv 12 Tf 0 g)/DR<</Font<</Helv 5 0 R>>>>%s>>"
NOTE = b"/Subtype/FreeText/Rect[60 500 300 530]/DA(/Helv 12 Tf 0 g)/Contents"
FIELD = b"/Subtype/Widget/Rect[60 500 300 530]/FT/Tx/T(a)/DA(/Helv 12 Tf 0 g)/V"
NAME = "Nguyễn Văn Trường"


def read(pdf: RawPdf, file: Path) -> PageText:
    saved = pdf.save(file)
    return read_page_text(open_pdf(saved), 0, FileProbe(saved))


def fields(page: PageText) -> str:
    return " ".join(word.text for word in join_words(page.fields))


SHOWN = {
    "note": (NOTE + utf16(NAME) + b"/F 4", ""),
    "note where the file has a font": (NOTE + utf16(NAME) + b"/F 4", FONTS % ("", "")),
    "rich text alone": (NOTE + b"()/RC<%s>" % f"<body><p>{NAME}</p></body>".encode("utf-16-be").hex().encode(), ""),
    "field": (FIELD + utf16(NAME) + b"/F 4", FONTS % ("100 0 R", "")),
    "field to be drawn by the viewer": (FIELD + utf16(NAME) + b"/F 4", FONTS % ("100 0 R", "/NeedAppearances true")),
    "choice": (
        FIELD.replace(b"/Tx", b"/Ch/Ff 131072") + utf16(NAME) + b"/Opt[" + utf16(NAME) + b"]",
        FONTS % ("100 0 R", ""),
    ),
}


@pytest.mark.parametrize("case", SHOWN)
def test_text_without_an_appearance_is_read_with_all_its_letters(case: str, tmp_path: Path) -> None:
    body, catalogue = SHOWN[case]
    body = body.replace(b"/RC<", b"/RC<FEFF")
    page = read(RawPdf(PAGE, catalogue=catalogue, annotations=[body]), tmp_path / "a.pdf")
    assert fields(page) == NAME
    (left, top, right, bottom) = page.fields.boxes.T
    assert left.min() >= 60 and right.max() <= 300 and top.min() >= 842 - 530 and bottom.max() <= 842 - 500


def test_an_appearance_goes_before_what_the_file_says_beside_it(tmp_path: Path) -> None:
    drawn = NOTE + b"(other 99)/F 4/AP<</N 10 0 R>>"
    look = form(b"BT /F1 12 Tf 2 5 Td (drawn 615) Tj ET", box=b"0 0 240 30")
    page = read(RawPdf(PAGE, annotations=[drawn], objects={10: look}), tmp_path / "a.pdf")
    assert fields(page) == "drawn 615"


@pytest.mark.parametrize("flags", [2, 32, 36])
@pytest.mark.parametrize("look", [b"", b"/AP<</N 10 0 R>>"])
def test_a_note_that_is_not_shown_is_told_and_not_read(flags: int, look: bytes, tmp_path: Path) -> None:
    note = NOTE + b"(Old 514)/F %d" % flags + look
    objects = {10: form(b"BT /F1 12 Tf 2 5 Td (Old 514) Tj ET", box=b"0 0 240 30")}
    page = read(RawPdf(PAGE, annotations=[note], objects=objects), tmp_path / "a.pdf")
    assert fields(page) == ""
    assert " ".join(word.text for word in join_words(page.hidden)) == "Old 514"


@pytest.mark.parametrize("look", [b"", b"/AP<</N 11 0 R>>"])
@pytest.mark.parametrize("shown", [True, False])
def test_the_layer_of_a_note_counts(shown: bool, look: bytes, tmp_path: Path) -> None:
    note = NOTE + b"(Note 514)/F 4/OC 10 0 R" + look
    listed = "/D<<>>" if shown else "/D<</OFF[10 0 R]>>"
    objects = {10: b"<</Type/OCG/Name(L)>>", 11: form(b"BT /F1 12 Tf 2 5 Td (Note 514) Tj ET", box=b"0 0 240 30")}
    pdf = RawPdf(PAGE, catalogue=f"/OCProperties<</OCGs[10 0 R]{listed}>>", annotations=[note], objects=objects)
    assert fields(read(pdf, tmp_path / "a.pdf")) == ("Note 514" if shown else "")


MEMBERS = {
    "any of one that is on": (b"/OCGs[10 0 R 13 0 R]", True),
    "all of them": (b"/OCGs[10 0 R 13 0 R]/P/AllOn", False),
    "none of them": (b"/OCGs 10 0 R/P/AllOff", True),
    "expression": (b"/VE[/And 13 0 R[/Not 10 0 R]]", True),
    "expression that fails": (b"/VE[/Or 10 0 R[/Not 13 0 R]]", False),
}


@pytest.mark.parametrize("case", MEMBERS)
def test_a_note_may_be_a_member_of_layers(case: str, tmp_path: Path) -> None:
    body, shown = MEMBERS[case]
    objects = dict.fromkeys((10, 13), b"<</Type/OCG/Name(L)>>") | {12: b"<</Type/OCMD%s>>" % body}
    note = NOTE + b"(Note 514)/F 4/OC 12 0 R"
    layers = "/OCProperties<</OCGs[10 0 R 13 0 R]/D<</OFF[10 0 R]>>>>"
    pdf = RawPdf(PAGE, catalogue=layers, annotations=[note], objects=objects)
    assert fields(read(pdf, tmp_path / "a.pdf")) == ("Note 514" if shown else "")


def test_a_hidden_field_is_not_read(tmp_path: Path) -> None:
    pdf = RawPdf(PAGE, catalogue=FONTS % ("100 0 R", ""), annotations=[FIELD + b"(Old 514)/F 2"])
    assert fields(read(pdf, tmp_path / "a.pdf")) == ""


def test_a_figure_set_upon_a_word_stands_in_the_blank_beside_it(tmp_path: Path) -> None:
    """``ngay     thang 3``: the rectangle reaches over ``thang``."""
    row = text("ngay", 60, 600) + text("thang 3", 112, 600)
    note = b"/Subtype/FreeText/F 4/Rect[104 596 124 616]/DA(/Helv 13 Tf 0 g)/Contents(15)"
    page = read(RawPdf(PAGE + row, annotations=[note]), tmp_path / "a.pdf")
    assert page.fields.boxes[0, 0] > 60 and page.fields.boxes[1, 2] <= 112.5


def test_rows_and_long_text_are_laid_out_in_lines(tmp_path: Path) -> None:
    rows = b"(first row\\rsecond row is long enough)"
    note = b"/Subtype/FreeText/F 4/Rect[60 400 160 530]/DA(/Helv 10 Tf 0 g)/Contents" + rows
    page = read(RawPdf(PAGE, annotations=[note]), tmp_path / "a.pdf")
    assert len(set(page.fields.boxes[:, 1].round(1).tolist())) == 3
    assert page.fields.boxes[:, 2].max() <= 160

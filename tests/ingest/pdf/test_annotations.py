from __future__ import annotations

from pathlib import Path

import pypdfium2
import pypdfium2.raw as raw
import pytest

from evidence.config import Limits
from evidence.ingest.pdf import reader as pdf_reader
from evidence.ingest.pdf.annotations import read_annotations
from evidence.ingest.pdf.characters import Glyphs, read_glyphs
from evidence.ingest.pdf.file_probe import FileProbe
from evidence.ingest.reader_protocol import ReadRequest
from evidence.model.problem import Problem, ProblemCode
from tests.support import papers
from tests.support.files.raw_pdf import RawPdf, text, utf16


def letter(file: Path, *, field: bool) -> Path:
    """A page of text and a table's rules, with or without a number in a field."""
    canvas = papers.canvas(file)
    papers.header(canvas)
    papers.body(canvas)
    canvas.rect(80, 300, 200, 100)
    if field:
        canvas.acroForm.textfield(value="4711", name="so", x=130, y=724, width=36, height=18, fontName="Times-Roman")
    canvas.save()
    return file


def read(file: Path) -> tuple[object, Glyphs, Glyphs]:
    pdf = pypdfium2.PdfDocument(file)
    page = pdf[0]
    own = read_glyphs(page)
    read = read_annotations(pdf, page, 0, own, FileProbe(file).about_page(0))
    return read.page, own, read.glyphs


def test_only_what_a_field_prints_is_read(tmp_path: Path) -> None:
    _, own, added = read(letter(tmp_path / "a.pdf", field=True))
    assert "".join(added.texts) == "4711" and "4711" not in "".join(own.texts)


def test_a_page_without_fields_is_not_read_again(tmp_path: Path) -> None:
    _, own, added = read(letter(tmp_path / "a.pdf", field=False))
    assert len(own) > 300 and len(added) == 0


def test_the_page_is_whole_again_when_it_is_drawn(tmp_path: Path) -> None:
    file = letter(tmp_path / "a.pdf", field=True)
    after, own, _ = read(file)
    pdf = pypdfium2.PdfDocument(file)
    page = pdf[0]
    raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY)
    assert (after.render().to_numpy() == pdf[0].render().to_numpy()).all()  # type: ignore[attr-defined]
    assert len(read_glyphs(after)) == len(own) + 4


def test_what_is_new_is_told_by_its_place_where_objects_cannot_tell_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evidence.ingest.pdf.annotations.object_type", lambda item: raw.FPDF_PAGEOBJ_PATH)
    _, _, added = read(letter(tmp_path / "a.pdf", field=True))
    assert "".join(added.texts) == "4711"


def stamped(file: Path, body: bytes) -> list[Problem]:
    """The problems of a page with a rubber stamp of that dictionary."""
    stamp = b"/Subtype/Stamp/Rect[300 650 500 700]" + body
    RawPdf(text("Noi dung van ban") + text("Ha Noi, ngay 5", 300, 500), annotations=[stamp]).save(file)
    (file.parent / "scratch").mkdir()
    return list(pdf_reader.read(ReadRequest(file, file.parent / "scratch", Limits())).problems)


@pytest.mark.parametrize(
    ("body", "said"),
    [
        (b"/Name/Approved/Contents" + utf16("Đã duyệt số 12 ngày 3/4/2019"), "Approved: Đã duyệt số 12 ngày 3/4/2019"),
        (b"/Name/NotApproved", "NotApproved"),
        (b"", "Draft"),
    ],
)
def test_a_stamp_without_an_appearance_is_told(tmp_path: Path, body: bytes, said: str) -> None:
    (problem,) = stamped(tmp_path / "a.pdf", body)
    assert (problem.code, problem.message.code) == (ProblemCode.HIDDEN_TEXT, "bare-stamp")
    assert problem.message.params["text"] == said


@pytest.mark.parametrize("body", [b"/F 2/Name/Final", b"/Name/Final/AP<</N 10 0 R>>"])
def test_a_stamp_that_is_hidden_or_has_one_is_not(tmp_path: Path, body: bytes) -> None:
    assert stamped(tmp_path / "a.pdf", body) == []

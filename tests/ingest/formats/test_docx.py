from __future__ import annotations

import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import docx
import pytest

from evidence.config import Limits
from evidence.errors import MissingProgramError, UnreadableError
from evidence.ingest.formats import doc, libreoffice, zip_limits
from evidence.ingest.formats.docx import read as read_docx
from evidence.ingest.reader_protocol import ReadRequest
from evidence.model.document import Cell, Page
from tests.support import papers


def read(file: Path, limits: Limits | None = None) -> Page:
    (page,) = read_docx(ReadRequest(file, file.parent, limits or Limits())).pages
    return page


def test_paragraphs_and_cells_in_their_order(tmp_path: Path) -> None:
    page = read(papers.word(tmp_path / "a.docx"))
    texts = [line.text for line in page.lines]
    cells = [text for text in [*papers.LEFT, *papers.RIGHT] if text]
    assert texts == [*cells, *papers.BODY]  # and no "2", the page number in the header
    assert page.lines[0].cell == Cell(0, 0, 0)
    assert page.lines[len(cells) - 1].cell == Cell(0, 0, 1)
    assert page.lines[len(cells)].cell is None
    assert len(page.tables) == 1


def test_headers_footers_breaks_and_nested_tables(tmp_path: Path) -> None:
    paper = docx.Document()
    paper.sections[0].header.paragraphs[0].text = "SAO Y"
    paper.sections[0].footer.paragraphs[0].text = "Trang 1"
    paragraph = paper.add_paragraph("Số:")
    paragraph.add_run("\t12/QĐ-SNV")
    paragraph.add_run().add_break()
    paragraph.add_run("dòng hai")
    outer = paper.add_table(rows=2, cols=2)
    outer.cell(0, 0).text = "ngoài"
    inner = outer.cell(1, 1).add_table(rows=1, cols=1)
    inner.cell(0, 0).text = "trong"
    paper.save(str(tmp_path / "n.docx"))
    page = read(tmp_path / "n.docx")
    assert [line.text for line in page.lines] == ["SAO Y", "Số: 12/QĐ-SNV", "dòng hai", "ngoài", "trong", "Trang 1"]
    assert page.lines[4].cell == Cell(0, 1, 1)


def test_deleted_text_is_gone_and_inserted_text_is_there(tmp_path: Path) -> None:
    file = papers.word(tmp_path / "t.docx")
    rewrite(file, "word/document.xml", lambda xml: xml.replace(
        b"<w:r><w:t>T\xe1\xbb\x9c TR\xc3\x8cNH</w:t></w:r>",
        b"<w:del><w:r><w:delText>B\xc3\x81O</w:delText></w:r></w:del><w:ins><w:r><w:t>M\xe1\xbb\x9bi</w:t></w:r></w:ins>",
    ))  # fmt: skip
    texts = [line.text for line in read(file).lines]
    assert "Mới" in texts
    assert not any("BÁO" in text for text in texts)


def rewrite(file: Path, member: str, change: object) -> None:
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[member] = change(parts[member])  # type: ignore[operator]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)


def refused(file: Path, limits: Limits | None = None) -> str:
    with pytest.raises(UnreadableError) as caught:
        read(file, limits)
    return caught.value.problem


def test_broken_packages(tmp_path: Path) -> None:
    file = papers.word(tmp_path / "b.docx")
    data = file.read_bytes()
    file.write_bytes(data[: len(data) // 2])
    assert refused(file) == "damaged"
    file.write_bytes(b"PK\x03\x04 nothing")
    assert refused(file) == "damaged"
    papers.word(file)
    rewrite(file, "word/document.xml", lambda xml: xml[: len(xml) // 2])
    assert refused(file) == "damaged"
    papers.word(file)
    rewrite(file, "[Content_Types].xml", lambda xml: b"<Types/>")
    assert read(file).lines  # the relationships lead to the main part
    rewrite(file, "_rels/.rels", lambda xml: b"<Relationships/>")
    assert read(file).lines  # and its usual name


def test_bombs_are_refused_by_what_they_declare(tmp_path: Path) -> None:
    file = papers.word(tmp_path / "bomb.docx")
    rewrite(file, "word/document.xml", lambda xml: xml + b" " * 3_000_000)
    assert file.stat().st_size < 100_000
    assert refused(file, replace(Limits(), part_bytes=2_000_000)) == "too-large"
    assert refused(file, replace(Limits(), unpacked_bytes=2_000_000)) == "too-large"
    with zipfile.ZipFile(file, "a") as archive:
        for number in range(zip_limits.OFFICE_MEMBERS):
            archive.writestr(f"word/media/{number}", "")
    assert refused(file) == "too-large"


def test_doc_without_antiword(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    monkeypatch.setattr(libreoffice, "FOLDERS", ())
    with pytest.raises(MissingProgramError) as caught:
        doc.read(ReadRequest(tmp_path / "a.doc", tmp_path, Limits()))
    assert "apt-get install antiword" in caught.value.say("vi")


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("antiword") is None, reason="antiword is not installed")
def test_doc_that_is_none(tmp_path: Path) -> None:
    (tmp_path / "a.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000))
    with pytest.raises(UnreadableError) as caught:
        doc.read(ReadRequest(tmp_path / "a.doc", tmp_path, Limits()))
    assert caught.value.problem == "damaged"


def test_doc_tables_become_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    printed = "\n|UBND TỈNH     |CỘNG HÒA      |\n|Số:    /SNV   |ngày    tháng 2|\n\nKính gửi: Sở Tài chính\n|a |b |\n"
    monkeypatch.setattr(libreoffice, "FOLDERS", ())
    monkeypatch.setattr(doc, "_antiword_text", lambda _: printed)
    (page,) = doc.read(ReadRequest(tmp_path / "a.doc", tmp_path, Limits())).pages
    assert [(line.text, line.cell) for line in page.lines] == [
        ("UBND TỈNH", Cell(0, 0, 0)),
        ("CỘNG HÒA", Cell(0, 0, 1)),
        ("Số: /SNV", Cell(0, 1, 0)),
        ("ngày tháng 2", Cell(0, 1, 1)),
        ("Kính gửi: Sở Tài chính", None),
        ("a", Cell(1, 0, 0)),
        ("b", Cell(1, 0, 1)),
    ]


def test_doc_in_an_old_font_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(libreoffice, "FOLDERS", ())
    monkeypatch.setattr(doc, "_antiword_text", lambda _: "Uû ban nh©n d©n tØnh L¹ng S¬n b¸o c¸o tµi chÝnh\n" * 5)
    reading = doc.read(ReadRequest(tmp_path / "a.doc", tmp_path, Limits()))
    assert [problem.code.value for problem in reading.problems] == ["legacy-encoding"]

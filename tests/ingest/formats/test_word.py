"""What a page of Word shows and what it hides: boxes, letterheads in headers, tracked changes, fields, notes."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml import parse_xml

from evidence.config import Limits, Settings
from evidence.ingest.formats import doc, libreoffice
from evidence.ingest.formats.docx import read_docx
from evidence.ingest.reader_protocol import ReadRequest
from evidence.model.document import Cell
from evidence.model.record import Record
from evidence.pipeline import scheduler as pipeline
from evidence.pipeline.requests import request_file
from tests.support import papers

SPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
)
NOTES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes"
LETTER = ["187/TTr-SNV", "2025-08-28", "Sở Nội vụ", "Tờ trình"]


def paragraph(inner: str) -> Any:
    return parse_xml(f"<w:p {SPACES}>{inner}</w:p>")


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def box(lines: list[str]) -> str:
    return "<w:txbxContent>" + "".join(f"<w:p>{run(line)}</w:p>" for line in lines) + "</w:txbxContent>"


def drawn(lines: list[str]) -> str:
    """A text box as Word writes it: once for programs of today, once for those of before."""
    old = f"<w:pict><v:shape><v:textbox>{box(lines)}</v:textbox></v:shape></w:pict>"
    new = f"<w:drawing><wps:wsp><wps:txbx>{box(lines)}</wps:txbx></wps:wsp></w:drawing>"
    both = f'<mc:Choice Requires="wps">{new}</mc:Choice><mc:Fallback>{old}</mc:Fallback>'
    return f"<w:r><mc:AlternateContent>{both}</mc:AlternateContent></w:r>"


def field(code: str, shown: str) -> str:
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return f"{marks[0]}<w:r><w:instrText> {code} </w:instrText></w:r>{marks[1]}{run(shown)}{marks[2]}"


def saved(file: Path, *paragraphs: Any) -> Path:
    paper = docx.Document()
    for at, paragraph in enumerate(paragraphs):
        paper.element.body.insert(at, paragraph)
    paper.save(str(file))
    return file


def texts(file: Path, computed: bool = False) -> list[str]:
    (page,) = read_docx(ReadRequest(file, file.parent, Limits()), computed).pages
    return [line.text for line in page.lines]


def record(file: Path) -> Record:
    settings = Settings(home=file.parent)
    (outcome,) = pipeline.read_files([request_file(file, settings.limits)], settings)
    return outcome.record


def fields(record: Record) -> list[str]:
    return [str(record.number.value), str(record.date.value), str(record.issuer.value), str(record.kind.value)]


def test_a_letterhead_in_text_boxes_is_read_once(tmp_path: Path) -> None:
    head = [paragraph(drawn([line for line in lines if line])) for lines in (papers.LEFT, papers.RIGHT)]
    file = saved(tmp_path / "a.docx", *head, *(paragraph(run(line)) for line in papers.BODY))
    assert texts(file) == [line for line in [*papers.LEFT, *papers.RIGHT, *papers.BODY] if line]
    assert fields(record(file)) == LETTER


def test_a_letterhead_in_the_header_of_the_first_page(tmp_path: Path) -> None:
    paper = docx.Document()
    paper.sections[0].different_first_page_header_footer = True
    table = paper.sections[0].first_page_header.add_table(1, 2, docx.shared.Inches(6))
    table.cell(0, 0).text, table.cell(0, 1).text = "\n".join(papers.LEFT), "\n".join(papers.RIGHT)
    for line in papers.BODY:
        paper.add_paragraph(line)
    paper.save(str(tmp_path / "a.docx"))
    assert fields(record(tmp_path / "a.docx")) == LETTER


def test_a_box_inside_a_box_comes_once(tmp_path: Path) -> None:
    inner = f"<w:p>{run('ngoài')}{drawn(['trong'])}</w:p>"
    old = (
        f"<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{inner}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )
    assert texts(saved(tmp_path / "a.docx", paragraph(old))) == ["ngoài", "trong"]


def test_what_the_page_does_not_show_is_not_read(tmp_path: Path) -> None:
    paragraphs = [
        paragraph(f"<w:del><w:r><w:delText>xóa</w:delText></w:r></w:del><w:ins>{run('chèn')}</w:ins>"),
        paragraph(f"<w:moveFrom>{run('đi')}</w:moveFrom><w:moveTo>{run('đến')}</w:moveTo>"),
        paragraph(run("ẩn", "<w:vanish/>") + run("hiện", '<w:vanish w:val="0"/>')),
        paragraph(run("quyết định", "<w:caps/>") + run(" này", '<w:caps w:val="false"/>')),
    ]
    assert texts(saved(tmp_path / "a.docx", *paragraphs)) == ["chèn", "đến", "hiện", "QUYẾT ĐỊNH này"]


def test_fields_show_their_results(tmp_path: Path) -> None:
    simple = f'<w:fldSimple w:instr=" DOCPROPERTY so ">{run("187")}</w:fldSimple>'
    paragraphs = [paragraph(run("Số: ") + simple + run("/") + field("MERGEFIELD kh", "TTr-SNV"))]
    assert texts(saved(tmp_path / "a.docx", *paragraphs)) == ["Số: 187/TTr-SNV"]


def test_a_day_that_was_computed_just_now_is_none(tmp_path: Path) -> None:
    simple = f'<w:fldSimple w:instr=" TIME ">{run("08:30")}</w:fldSimple>'
    paragraphs = [
        paragraph(run("Hà Nội, ") + field('DATE \\@ "dd/MM/yyyy"', "28/08/2025") + run(" (nháp)")),
        paragraph(run("Lưu ") + field("SAVEDATE", "27/08/2025") + simple),
    ]
    file = saved(tmp_path / "a.docx", *paragraphs)
    assert texts(file) == ["Hà Nội, 28/08/2025 (nháp)", "Lưu 27/08/202508:30"]  # as Word last showed it
    assert texts(file, computed=True) == ["Hà Nội, (nháp)", "Lưu 27/08/2025"]


def test_notes_come_after_the_text(tmp_path: Path) -> None:
    file = saved(tmp_path / "a.docx", paragraph(run("Theo văn bản") + '<w:r><w:footnoteReference w:id="2"/></w:r>'))
    notes = (
        f"<w:footnotes {SPACES}>"
        '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        f'<w:footnote w:id="2"><w:p><w:r><w:footnoteRef/></w:r>{run(" Công văn số 12/BNV-CCHC")}</w:p></w:footnote>'
        "</w:footnotes>"
    )
    with zipfile.ZipFile(file) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    relation = f'<Relationship Id="rNote" Type="{NOTES}" Target="footnotes.xml"/></Relationships>'.encode()
    name = "word/_rels/document.xml.rels"
    parts[name] = parts[name].replace(b"</Relationships>", relation)
    parts["word/footnotes.xml"] = notes.encode()
    with zipfile.ZipFile(file, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    assert texts(file) == ["Theo văn bản", "Công văn số 12/BNV-CCHC"]


# --- LibreOffice ----------------------------------------------------------------------------------------------------

needs_kit = pytest.mark.skipif(libreoffice.find_library() is None, reason="LibreOffice is not installed")


@pytest.mark.slow
@needs_kit
def test_libreoffice_converts_inside_the_walls(tmp_path: Path) -> None:
    """An RTF goes the whole way; nothing of LibreOffice's is left beside it, nor a process."""
    rows = "\\par ".join(
        "".join(c if ord(c) < 128 else f"\\u{ord(c)}?" for c in line)
        for line in [*papers.LEFT, *papers.RIGHT, *papers.BODY]
    )
    table = "\\trowd\\cellx4000\\cellx8000\\intbl mot\\cell hai\\cell\\row\\pard "
    (tmp_path / "a.rtf").write_text("{\\rtf1\\ansi " + rows + "\\par " + table + "}")
    settings = Settings(home=tmp_path)
    (outcome,) = pipeline.read_files([request_file(tmp_path / "a.rtf", settings.limits)], settings)
    assert fields(outcome.record) == LETTER
    assert [line.cell for line in outcome.document.pages[0].lines[-2:]] == [Cell(0, 0, 0), Cell(0, 0, 1)]
    assert [file.name for file in tmp_path.iterdir()] == ["a.rtf"]


@pytest.mark.slow
@needs_kit
def test_xml_of_word_2003_under_the_name_of_a_word_file(tmp_path: Path) -> None:
    space = "http://schemas.microsoft.com/office/word/2003/wordml"
    body = f"<w:body><w:p><w:r><w:t>{papers.LEFT[3]}</w:t></w:r></w:p></w:body>"
    (tmp_path / "a.doc").write_text(f'<?xml version="1.0"?><w:wordDocument xmlns:w="{space}">{body}</w:wordDocument>')
    assert str(record(tmp_path / "a.doc").number.value) == "187/TTr-SNV"


def test_a_word_file_cut_short_is_damaged(tmp_path: Path) -> None:
    (tmp_path / "a.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(9000))
    assert [problem.message.code for problem in record(tmp_path / "a.doc").problems] == ["damaged-doc"]


@pytest.mark.slow
@needs_kit
def test_what_libreoffice_cannot_open_is_given_back(tmp_path: Path) -> None:
    (tmp_path / "a.doc").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(3000))
    assert libreoffice.convert_to_docx(ReadRequest(tmp_path / "a.doc", tmp_path, Limits())) is None


@needs_kit
def test_libreoffice_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    papers.word(tmp_path / "a.docx")
    assert (
        libreoffice.convert_to_docx(
            ReadRequest(tmp_path / "a.docx", tmp_path, Limits(document_seconds=0.1, patience=1.0))
        )
        is None
    )


@pytest.mark.skipif(shutil.which("antiword") is None, reason="antiword is not installed")
def test_antiword_stands_by_where_libreoffice_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doc, "_antiword_text", lambda _: "Số: 187/TTr-SNV\n")
    monkeypatch.setattr(libreoffice, "convert_to_docx", lambda _: None)
    (page,) = doc.read(ReadRequest(tmp_path / "a.doc", tmp_path, Limits())).pages
    assert page.text == "Số: 187/TTr-SNV"

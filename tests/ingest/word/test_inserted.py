"""Files that stand in a Word document in place of text, of every kind that Word takes."""

from __future__ import annotations

import email.message
from pathlib import Path

import pytest

from evidence.config import Limits
from evidence.model.document import Cell
from tests.support.files.office_files import KINDS, paragraph, relationships, table, word, word_parts
from tests.support.format_reading import pack, read, refused

HTML = "<html><body><p>Số: 12/KH-SNV</p><table><tr><td>một<td>hai</table></body></html>"
CHUNK = '<w:altChunk r:id="c1"/>'


def as_mht(page: str, charset: str = "utf-8", encoding: str = "quoted-printable") -> bytes:
    message = email.message.EmailMessage()
    message.set_content(page, subtype="html", charset=charset, cte=encoding)
    message.make_related()
    message.add_related(b"\x89PNG", "image", "png")
    return message.as_bytes()


def with_chunk(file: Path, name: str, data: bytes | str, body: str = "{}") -> Path:
    parts = word_parts(body.format(CHUNK), (("c1", "aFChunk", name),))
    return pack(file, {**parts, f"word/{name}": data})


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.html", HTML), ("a.xhtml", f"<?xml version='1.0'?>{HTML}"), ("a.htm", HTML.encode("utf-16")),
        ("a.mht", as_mht(HTML)), ("b.mht", as_mht(HTML, encoding="base64")), ("c.dat", as_mht(HTML, "utf-16")),
        ("a.txt", "Số: 12/KH-SNV\nmột\nhai"), ("a.rtf", rb"{\rtf1\ansi S\u7889? 12\par}"),
    ],
)  # fmt: skip
def test_each_kind_stands_where_it_was_put(tmp_path: Path, name: str, data: bytes | str) -> None:
    body = paragraph("trước") + "{}" + paragraph("sau")
    texts = read(with_chunk(tmp_path / "a.docx", name, data, body)).pages[0].text.split("\n")
    assert (texts[0], texts[-1]) == ("trước", "sau")
    assert texts[1:-1] == (["Số 12"] if name.endswith("rtf") else ["Số: 12/KH-SNV", "một", "hai"])


def test_tables_go_on_counting_and_a_cell_keeps_all_of_it(tmp_path: Path) -> None:
    body = table((paragraph("ô"),)) + "{}" + table(("{}",))
    (page,) = read(with_chunk(tmp_path / "a.docx", "a.html", HTML, body.replace("{}", CHUNK))).pages
    assert [found.rows for found in page.tables] == [(("ô",),), (("một", "hai"),), (("Số: 12/KH-SNV\nmột\nhai",),)]
    assert [line.cell for line in page.lines[2:4]] == [Cell(1, 0, 0), Cell(1, 0, 1)]
    assert {line.cell for line in page.lines[4:]} == {Cell(2, 0, 0)}


def test_a_word_document_in_another(tmp_path: Path) -> None:
    inner = word(tmp_path / "inner.docx", paragraph("bên trong"))
    file = with_chunk(tmp_path / "a.docx", "x.docx", inner.read_bytes(), paragraph("ngoài") + "{}")
    assert read(file).pages[0].text == "ngoài\nbên trong"


def test_documents_nested_too_deep_are_told(tmp_path: Path) -> None:
    data = word(tmp_path / "0.docx", paragraph("đáy")).read_bytes()
    for number in range(6):
        data = with_chunk(tmp_path / "n.docx", "x.docx", data, paragraph(str(number)) + "{}").read_bytes()
    result = read(tmp_path / "n.docx")
    assert result.pages[0].text == "5\n4\n3\n2"
    assert [problem.message.code for problem in result.problems] == ["office-part-lost"]


@pytest.mark.parametrize(("name", "data"), [("a.bin", b"\x00\x01\x02"), ("a.docx", b"PK\x03\x04")])
def test_what_cannot_be_read_is_told_and_the_rest_is_read(tmp_path: Path, name: str, data: bytes) -> None:
    result = read(with_chunk(tmp_path / "a.docx", name, data, paragraph("còn") + "{}"))
    assert result.pages[0].text == "còn"
    assert [problem.message.code for problem in result.problems] == ["office-part-lost"]


def test_one_that_is_not_there_is_told(tmp_path: Path) -> None:
    result = read(word(tmp_path / "a.docx", paragraph("còn") + CHUNK, (("c1", "aFChunk", "NULL"),)))
    assert [problem.message.code for problem in result.problems] == ["office-part-lost"]


def test_a_part_of_a_master_document_is_told(tmp_path: Path) -> None:
    parts = word_parts(paragraph("còn") + '<w:subDoc r:id="s1"/>')
    link = f'<Relationship Id="s1" Type="{KINDS}/subDocument" Target="phan-1.docx" TargetMode="External"/>'
    parts["word/_rels/document.xml.rels"] = str(relationships()).replace("</Rel", f"{link}</Rel")
    (problem,) = read(pack(tmp_path / "a.docx", parts)).problems
    assert problem.message.params == {"name": "phan-1.docx"}


def test_the_limit_of_a_part_holds(tmp_path: Path) -> None:
    file = with_chunk(tmp_path / "a.docx", "a.html", HTML + " " * 3_000_000)
    assert refused(file, Limits(part_bytes=2_000_000))[0] == "too-large"

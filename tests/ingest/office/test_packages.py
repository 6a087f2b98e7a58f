"""Office packages as all programs write them: names, cases, slashes, targets, content types, the Strict dialect."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from evidence.config import Limits
from evidence.ingest import media_types
from evidence.ingest import problems as file_problems
from evidence.ingest.sources.type_detection import MESSAGE_CLASS
from evidence.model.document import Source
from tests.support.files.mail_files import ole
from tests.support.files.office_files import (
    KINDS,
    NAMES,
    SHEET_TYPE,
    SLIDES_TYPE,
    WORD_TYPE,
    Parts,
    content_types,
    number_formats,
    paragraph,
    relationships,
    sheet_parts,
    word_parts,
)
from tests.support.format_reading import media_type, odt, pack, read, refused, text, write

BODY = paragraph("Số: 615/QĐ-UBND")
ROW = '<row r="1"><c r="A1" t="inlineStr"><is><t>Số: 615/QĐ-UBND</t></is></c></row>'


def renamed(change: Callable[[str], str]) -> Callable[[Parts], Parts]:
    return lambda parts: {change(name): data for name, data in parts.items()}


def strict(parts: Parts) -> Parts:
    def of(data: bytes | str) -> str:
        text = data if isinstance(data, str) else data.decode()
        for space in (NAMES["w"], NAMES["s"], KINDS):
            word, _, rest = space.removeprefix("http://schemas.openxmlformats.org/").partition("/2006/")
            text = text.replace(space, f"http://purl.oclc.org/ooxml/{word}/{rest}")
        return text

    return {name: of(data) for name, data in parts.items()}


def with_links(name: str, *items: str) -> Callable[[Parts], Parts]:
    """Relationships that lead nowhere, among the others of a part."""
    inside = "".join(f'<Relationship Id="x{at}" Type="{KINDS}/image" {item}/>' for at, item in enumerate(items))
    return lambda parts: {**parts, name: str(parts[name]).replace("</Relationships>", f"{inside}</Relationships>")}


def without(*names: str) -> Callable[[Parts], Parts]:
    return lambda parts: {name: data for name, data in parts.items() if name not in names}


def moved(main: str, place: str, target: str) -> Callable[[Parts], Parts]:
    """The main part under another name, with its relationships."""

    def move(parts: Parts) -> Parts:
        folder, _, file = main.rpartition("/")
        other, _, name = place.rpartition("/")
        kind = WORD_TYPE if main.startswith("word") else SHEET_TYPE
        links = str(parts[f"{folder}/_rels/{file}.rels"]).replace('Target="', f'Target="/{folder}/')
        rest = {key: data for key, data in parts.items() if key not in (main, f"{folder}/_rels/{file}.rels")}
        rest["_rels/.rels"] = relationships(("r1", "officeDocument", target))
        rest["[Content_Types].xml"] = content_types(place, kind)
        return {**rest, place: parts[main], f"{other}/_rels/{name}.rels".lstrip("/"): links}

    return move


def backslashed(links: str) -> str:
    return links.replace("word/", "word\\").replace("xl/", "xl\\")


CHANGES: dict[str, Callable[[Parts], Parts]] = {
    "as it is": lambda parts: parts,
    "backslashes": renamed(lambda name: name.replace("/", "\\")),
    "a slash in front": renamed(lambda name: f"/{name}"),
    "capitals": renamed(str.upper),
    "small letters": renamed(str.lower),
    "strict": strict,
    "no content types": without("[Content_Types].xml"),
    "no relationships": without("_rels/.rels"),
    "content types that are none": lambda parts: {**parts, "[Content_Types].xml": "<Types"},
    "relationships that are none": lambda parts: {**parts, "_rels/.rels": "<Relationships"},
    "an absolute target": lambda parts: {**parts, "_rels/.rels": str(parts["_rels/.rels"]).replace('t="', 't="/')},
    "a target with a backslash": lambda parts: {**parts, "_rels/.rels": backslashed(str(parts["_rels/.rels"]))},
    "a thumbnail that is not there": with_links("_rels/.rels", 'Target="docProps/thumbnail.jpeg"', 'Target="NULL"'),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_a_word_document(tmp_path: Path, change: str) -> None:
    file = pack(tmp_path / "a.docx", CHANGES[change](word_parts(BODY)))
    assert media_type(file) == media_types.DOCX
    assert text(file) == "Số: 615/QĐ-UBND"


@pytest.mark.parametrize("change", CHANGES)
def test_a_workbook(tmp_path: Path, change: str) -> None:
    parts = sheet_parts(ROW + '<row><c s="1"><v>27</v></c></row>', number_formats("0000"))
    file = pack(tmp_path / "a.xlsx", CHANGES[change](parts))
    assert media_type(file) == media_types.XLSX
    assert text(file) == "Số: 615/QĐ-UBND\n0027"


@pytest.mark.parametrize(
    ("place", "target"),
    [
        ("word/document2.xml", "word/document2.xml"), ("Word/Văn bản 1.xml", "/Word/V%C4%83n%20b%E1%BA%A3n%201.xml"),
        ("content/main.xml", "./content/main.xml"), ("main.xml", "/main.xml"), ("a/b/c.xml", "a/x/../b/c.xml"),
    ],
)  # fmt: skip
def test_the_main_part_under_any_name(tmp_path: Path, place: str, target: str) -> None:
    assert (
        text(pack(tmp_path / "a.docx", moved("word/document.xml", place, target)(word_parts(BODY))))
        == "Số: 615/QĐ-UBND"
    )
    file = pack(tmp_path / "a.xlsx", moved("xl/workbook.xml", place, target)(sheet_parts(ROW)))
    assert text(file) == "Số: 615/QĐ-UBND"


@pytest.mark.parametrize(
    "item", ['Target="NULL"', 'Target="#_top"', 'Target=""', 'Target="../../../x"', 'Target="?"', ""]
)
def test_relationships_that_lead_nowhere_are_dropped(tmp_path: Path, item: str) -> None:
    file = pack(tmp_path / "a.docx", with_links("word/_rels/document.xml.rels", item)(word_parts(BODY)))
    result = read(file)
    assert (result.pages[0].text, result.problems) == ("Số: 615/QĐ-UBND", ())


@pytest.mark.parametrize(
    ("content_type", "expected"),
    [
        ("application/vnd.ms-word.document.macroEnabled.main+xml", media_types.DOCM),
        ("application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml", media_types.DOTX),
        ("application/vnd.ms-word.template.macroEnabledTemplate.main+xml", media_types.DOTM),
    ],
)
def test_word_files_with_macros_and_templates(tmp_path: Path, content_type: str, expected: str) -> None:
    parts = {**word_parts(BODY), "[Content_Types].xml": content_types("word/document.xml", content_type)}
    file = pack(tmp_path / "a.docm", {**parts, "word/vbaProject.bin": b"\xd0\xcf\x11\xe0"})
    assert (media_type(file), text(file)) == (expected, "Số: 615/QĐ-UBND")


@pytest.mark.parametrize(
    ("content_type", "expected"),
    [
        ("application/vnd.ms-excel.sheet.macroEnabled.main+xml", media_types.XLSM),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.template.main+xml", media_types.XLTX),
        ("application/vnd.ms-excel.template.macroEnabled.main+xml", media_types.XLTM),
    ],
)
def test_workbooks_with_macros_and_templates(tmp_path: Path, content_type: str, expected: str) -> None:
    file = pack(
        tmp_path / "a", {**sheet_parts(ROW), "[Content_Types].xml": content_types("xl/workbook.xml", content_type)}
    )
    assert (media_type(file), text(file)) == (expected, "Số: 615/QĐ-UBND")


def test_an_embedded_document_does_not_change_the_kind(tmp_path: Path) -> None:
    more = '<Default Extension="xlsm" ContentType="application/vnd.ms-excel.sheet.macroEnabled.12"/>'
    more += '<Default Extension="vsdx" ContentType="application/vnd.ms-visio.drawing"/>'
    types = content_types("word/document.xml", WORD_TYPE, more)
    assert media_type(pack(tmp_path / "a", {**word_parts(BODY), "[Content_Types].xml": types})) == media_types.DOCX


def test_words_xml_document_is_a_package_in_one_file(tmp_path: Path) -> None:
    parts = "".join(
        f'<pkg:part pkg:name="/{name}" pkg:contentType="x"><pkg:xmlData>{data}</pkg:xmlData></pkg:part>'
        for name, data in word_parts(BODY).items() if not name.startswith("[")
    )  # fmt: skip
    space = 'xmlns:pkg="http://schemas.microsoft.com/office/2006/xmlPackage"'
    head = '<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
    file = write(tmp_path / "a.xml", f"{head}<pkg:package {space}>{parts}</pkg:package>")
    assert (media_type(file), text(file)) == (media_types.FLAT_OPC, "Số: 615/QĐ-UBND")


def test_what_slipped_in_before_the_package(tmp_path: Path) -> None:
    data = pack(tmp_path / "a.docx", word_parts(BODY)).read_bytes()
    assert text(write(tmp_path / "b.docx", b"\xef\xbb\xbf\r\n" + data)) == "Số: 615/QĐ-UBND"


@pytest.mark.parametrize("kind", ["text-template", "spreadsheet-template", "presentation", "graphics"])
def test_kinds_of_opendocument(tmp_path: Path, kind: str) -> None:
    file = odt(tmp_path / "a", "<text:p>Số: 1</text:p>")
    with zipfile.ZipFile(file) as archive:
        content = archive.read("content.xml")
    again = {
        "content.xml": content,
        "mimetype": f"application/vnd.oasis.opendocument.{kind}",
    }  # packed by another program
    found = media_type(pack(tmp_path / "b", again))
    expected = {
        "text-template": media_types.ODT,
        "spreadsheet-template": media_types.ODS,
        "presentation": media_types.ODP,
    }
    assert found == expected.get(kind, "application/vnd.oasis.opendocument")


@pytest.mark.parametrize(
    ("parts", "name"),
    [
        ({"Index/Document.iwa": b"x", "Metadata/Properties.plist": b"x"}, "a.pages"),
        ({"[Content_Types].xml": content_types("v/d.xml", "application/vnd.ms-visio.drawing.main+xml")}, "a.vsdx"),
        ({"mimetype": "application/vnd.oasis.opendocument.graphics", "content.xml": "<x/>"}, "a.odg"),
    ],
)  # fmt: skip
def test_office_files_that_are_not_read_are_told_by_their_program(tmp_path: Path, parts: Parts, name: str) -> None:
    file = pack(tmp_path / name, parts)
    problem = file_problems.of_type(Source(name, "0" * 64, media_type(file), file.stat().st_size))
    assert problem is not None and problem.message.code == "unread-office"


@pytest.mark.parametrize(
    ("stream", "kind"),
    [("Book", media_types.XLS), ("Workbook", media_types.XLS), ("PowerPoint Document", media_types.PPT)],
)
def test_kinds_of_old_office_files(tmp_path: Path, stream: str, kind: str) -> None:
    data = ole({stream: bytes(5000)}).replace(MESSAGE_CLASS, bytes(16))
    assert media_type(write(tmp_path / "a", data)) == kind


def test_a_zip_of_documents_stays_one(tmp_path: Path) -> None:
    assert media_type(pack(tmp_path / "a.zip", {"1.1/bc.docx": b"x", "index.zip": b"x"})) == media_types.ZIP


def test_limits_hold_for_each_part(tmp_path: Path) -> None:
    parts = word_parts(BODY, (("s", "styles", "styles.dat"),))
    file = pack(tmp_path / "a.docx", {**parts, "word/styles.dat": b" " * 3_000_000})
    assert refused(file, Limits(part_bytes=2_000_000))[0] == "too-large"


def test_entities_are_not_opened(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE d [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'
    parts = word_parts(paragraph("x&b;&f;y"))
    parts["word/document.xml"] = bomb + str(parts["word/document.xml"])
    assert "ha" not in text(pack(tmp_path / "a.docx", parts))
    sheet = sheet_parts('<row><c t="inlineStr"><is><t>x&b;&f;y</t></is></c></row>')
    sheet["xl/worksheets/sheet1.xml"] = bomb + str(sheet["xl/worksheets/sheet1.xml"])
    assert "ha" not in text(pack(tmp_path / "a.xlsx", sheet))


def test_slides_are_pages_and_hidden_ones_are_told(tmp_path: Path) -> None:
    spaces = " ".join(f'xmlns:{name}="{NAMES[name]}"' for name in ("a", "p", "r"))
    shape = "<p:sp><p:txBody><a:p><a:r><a:t>{}</a:t></a:r></a:p></p:txBody></p:sp>"
    table = (
        "<a:tbl><a:tr>" + 2 * "<a:tc><a:txBody><a:p><a:r><a:t>ô</a:t></a:r></a:p></a:txBody></a:tc>" + "</a:tr></a:tbl>"
    )
    slide = "<p:sld {} {}><p:cSld><p:spTree>{}</p:spTree></p:cSld></p:sld>"
    ids = "".join(f'<p:sldId id="{256 + at}" r:id="s{at}"/>' for at in range(4))
    main = (
        f'<p:presentation {spaces}><p:sldIdLst>{ids}</p:sldIdLst><p:sldSz cx="12700000" cy="9525000"/></p:presentation>'
    )
    file = pack(tmp_path / "a.pptx", {
        "[Content_Types].xml": content_types("ppt/presentation.xml", SLIDES_TYPE),
        "_rels/.rels": relationships(("r1", "officeDocument", "ppt/presentation.xml")),
        "ppt/presentation.xml": main,
        "ppt/_rels/presentation.xml.rels": relationships(*((f"s{at}", "slide", f"slides/{at}.xml") for at in range(4))),
        "ppt/slides/0.xml": slide.format(spaces, "", shape.format("Số: 1") + table),
        "ppt/slides/1.xml": slide.format(spaces, 'show="0"', shape.format("ẩn")),
        "ppt/slides/2.xml": slide.format(spaces, "", f"<p:grpSp>{shape.format('hai')}</p:grpSp>"),
    })  # fmt: skip
    result = read(file)
    assert [(page.number, page.text, page.width) for page in result.pages] == [
        (1, "Số: 1\nô\nô", 1000),
        (2, "hai", 1000),
    ]
    assert result.pages[0].tables[0].rows == (("ô", "ô"),)
    assert [problem.message.code for problem in result.problems] == ["slide-lost", "hidden-slides"]

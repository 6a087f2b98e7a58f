"""What charts and diagrams say is read where they stand: in a sheet, a text, a slide."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.files.office_files import (
    SLIDES_TYPE,
    SPACES,
    Parts,
    content_types,
    paragraph,
    relationships,
    sheet_parts,
    word_parts,
)
from tests.support.format_reading import pack, read

MORE = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:dgm="http://schemas.openxmlformats.org/drawingml/2006/diagram"'
)
WORDS = "<a:r><a:t>Kết quả CCHC </a:t></a:r><a:r><a:t>năm 2024</a:t></a:r>"
TITLE = f"<c:title><c:tx><c:rich><a:p>{WORDS}</a:p></c:rich></c:tx>"
CELL = "<c:tx><c:strRef><c:strCache><c:pt><c:v>Số  điểm</c:v></c:pt></c:strCache></c:strRef></c:tx>"
AXIS = f"</c:title><c:plotArea><c:valAx><c:title>{CELL}</c:title></c:valAx></c:plotArea>"
CHART = f"<c:chartSpace {SPACES} {MORE}><c:chart>{TITLE}{AXIS}</c:chart></c:chartSpace>"
POINTS = "".join(
    f'<dgm:pt type="{kind}"><dgm:t><a:p><a:r><a:t>{text}</a:t></a:r></a:p></dgm:t></dgm:pt>'
    for kind, text in (("node", "Sở Nội vụ"), ("pres", "bố cục"), ("node", "Phòng Cải cách hành chính"))
)
DIAGRAM = f"<dgm:dataModel {SPACES} {MORE}><dgm:ptLst>{POINTS}</dgm:ptLst></dgm:dataModel>"
FRAMES = {
    "chart": f'<a:graphic><a:graphicData><c:chart {MORE} r:id="g"/></a:graphicData></a:graphic>',
    "diagram": f'<a:graphic><a:graphicData><dgm:relIds {MORE} r:dm="g" r:lo="l"/></a:graphicData></a:graphic>',
}
GRAPHICS = {"chart": ("chart", CHART), "diagram": ("diagramData", DIAGRAM)}
SAID = {"chart": ["Kết quả CCHC năm 2024", "Số điểm"], "diagram": ["Sở Nội vụ", "Phòng Cải cách hành chính"]}


def sheet(frame: str) -> Parts:
    parts = sheet_parts('<row><c t="inlineStr"><is><t>Bảng điểm</t></is></c></row>')
    parts["xl/worksheets/_rels/sheet1.xml.rels"] = relationships(("d", "drawing", "../drawings/drawing1.xml"))
    place = "<xdr:from><xdr:row>4</xdr:row></xdr:from>"
    anchor = f"<xdr:twoCellAnchor>{place}<xdr:graphicFrame>{frame}</xdr:graphicFrame></xdr:twoCellAnchor>"
    return {**parts, "xl/drawings/drawing1.xml": f"<xdr:wsDr {SPACES}>{anchor}</xdr:wsDr>"}


def slides(frame: str) -> Parts:
    listed = '<p:sldIdLst><p:sldId r:id="r1"/></p:sldIdLst>'
    return {
        "[Content_Types].xml": content_types("ppt/presentation.xml", SLIDES_TYPE),
        "_rels/.rels": relationships(("r1", "officeDocument", "ppt/presentation.xml")),
        "ppt/presentation.xml": f"<p:presentation {SPACES}>{listed}</p:presentation>",
        "ppt/_rels/presentation.xml.rels": relationships(("r1", "slide", "slides/slide1.xml")),
        "ppt/slides/slide1.xml": f"<p:sld {SPACES}><p:graphicFrame>{frame}</p:graphicFrame></p:sld>",
    }


def text(frame: str) -> Parts:
    return word_parts(paragraph("Bảng điểm") + f"<w:p><w:r><w:drawing>{frame}</w:drawing></w:r></w:p>")


@pytest.mark.parametrize("kind", GRAPHICS)
@pytest.mark.parametrize(
    ("make", "name", "owner"),
    [
        (sheet, "a.xlsx", "xl/drawings/_rels/drawing1.xml.rels"),
        (text, "a.docx", "word/_rels/document.xml.rels"),
        (slides, "a.pptx", "ppt/slides/_rels/slide1.xml.rels"),
    ],
)
def test_charts_and_diagrams_are_read(tmp_path: Path, make: object, name: str, owner: str, kind: str) -> None:
    relationship, data = GRAPHICS[kind]
    parts: Parts = make(FRAMES[kind])  # type: ignore[operator]
    parts |= {owner: relationships(("g", relationship, "/graphics/g1.xml")), "graphics/g1.xml": data}
    (page,) = read(pack(tmp_path / name, parts)).pages
    lines = page.text.split("\n")
    assert lines[-2:] == SAID[kind]
    assert "bố cục" not in page.text


@pytest.mark.parametrize("data", ["<c:chartSpace", ""])
def test_a_chart_that_is_damaged_costs_nothing_else(tmp_path: Path, data: str) -> None:
    parts = sheet(FRAMES["chart"])
    owner = "xl/drawings/_rels/drawing1.xml.rels"
    parts |= {owner: relationships(("g", "chart", "/graphics/g1.xml")), "graphics/g1.xml": data}
    assert read(pack(tmp_path / "a.xlsx", parts)).pages[0].text == "Bảng điểm"


def test_a_sheet_that_is_a_chart_gives_what_is_drawn_on_it(tmp_path: Path) -> None:
    parts = sheet_parts('<row><c t="inlineStr"><is><t>Bảng điểm</t></is></c></row>')
    workbook, links = str(parts["xl/workbook.xml"]), str(parts["xl/_rels/workbook.xml.rels"])
    parts["xl/workbook.xml"] = workbook.replace("</sheets>", '<sheet name="B" sheetId="2" r:id="c"/></sheets>')
    chart_link = relationships(("c", "chartsheet", "chartsheets/sheet1.xml")).partition("<Relationship ")[2]
    parts["xl/_rels/workbook.xml.rels"] = links.replace("</Relationships>", f"<Relationship {chart_link}")
    parts["xl/chartsheets/sheet1.xml"] = f"<chartsheet {SPACES}/>"
    parts["xl/chartsheets/_rels/sheet1.xml.rels"] = relationships(("d", "drawing", "../drawings/drawing1.xml"))
    frame = f"<xdr:graphicFrame>{FRAMES['chart']}</xdr:graphicFrame>"
    parts["xl/drawings/drawing1.xml"] = (
        f"<xdr:wsDr {SPACES}><xdr:absoluteAnchor>{frame}</xdr:absoluteAnchor></xdr:wsDr>"
    )
    parts["xl/drawings/_rels/drawing1.xml.rels"] = relationships(("g", "chart", "/graphics/g1.xml"))
    parts["graphics/g1.xml"] = CHART
    assert [page.text for page in read(pack(tmp_path / "a.xlsx", parts)).pages] == [
        "Bảng điểm",
        "Kết quả CCHC năm 2024\nSố điểm",
    ]

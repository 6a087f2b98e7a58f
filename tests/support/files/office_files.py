"""Small Office packages written part by part: for tests of what other programs than ours make of the format."""

from __future__ import annotations

from pathlib import Path

from tests.support.format_reading import pack

RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"
KINDS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
NAMES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "r": KINDS,
    "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "w16se": "http://schemas.microsoft.com/office/word/2015/wordml/symex",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
    "v": "urn:schemas-microsoft-com:vml",
    "o": "urn:schemas-microsoft-com:office:office",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "p": "http://schemas.openxmlformats.org/presentationml/2006/main",
    "xdr": "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing",
    "s": "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
}
SPACES = " ".join(f'xmlns:{name}="{space}"' for name, space in NAMES.items())
WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
SLIDES_TYPE = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"

Parts = dict[str, bytes | str]


def relationships(*items: tuple[str, str, str]) -> str:
    """Id, kind (the last word of its type) and target of each."""
    inside = "".join(f'<Relationship Id="{i}" Type="{KINDS}/{kind}" Target="{target}"/>' for i, kind, target in items)
    return f'<Relationships xmlns="{RELATIONSHIPS}">{inside}</Relationships>'


def content_types(main: str, content_type: str, more: str = "") -> str:
    return (
        f'<Types xmlns="{TYPES}"><Default Extension="xml" ContentType="application/xml"/>{more}'
        f'<Override PartName="/{main}" ContentType="{content_type}"/></Types>'
    )


def word_parts(body: str, links: tuple[tuple[str, str, str], ...] = (), **parts: bytes | str) -> Parts:
    """The parts of a Word document; further ones by their file names below ``word/`` without the ending ``.xml``."""
    known = ("styles", "numbering", "settings", "footnotes")
    links = (*links, *((f"k{name}", name, f"{name}.xml") for name in known if name in parts))
    return {
        "[Content_Types].xml": content_types("word/document.xml", WORD_TYPE),
        "_rels/.rels": relationships(("r1", "officeDocument", "word/document.xml")),
        "word/document.xml": f"<w:document {SPACES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": relationships(*links),
        **{f"word/{name}.xml": data for name, data in parts.items()},
    }


def word(file: Path, body: str, links: tuple[tuple[str, str, str], ...] = (), **parts: bytes | str) -> Path:
    return pack(file, word_parts(body, links, **parts))


def paragraph(text: str, properties: str = "", run: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def numbered(text: str, level: int = 0, number: int = 1) -> str:
    run = f"<w:r><w:t>{text}</w:t></w:r>" if text else ""
    place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return f"<w:p><w:pPr>{place}</w:pPr>{run}</w:p>"


def level(at: int, text: str, form: str = "decimal", start: int = 1, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="{start}"/><w:numFmt w:val="{form}"/>{more}'
        f'<w:lvlText w:val="{text}"/></w:lvl>'
    )


def numbering(levels: str, lists: str = "") -> str:
    """One abstract numbering, and the list 1 on it; ``lists`` are further ones."""
    own = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    abstract = f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>'
    return f"<w:numbering {SPACES}>{abstract}{own}{lists}</w:numbering>"


def table(*rows: tuple[str, ...]) -> str:
    """Rows of cells, each the XML of its paragraphs."""
    cells = ("".join(f"<w:tc>{cell}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def sheet_parts(data: str, styles: str = "", strings: str = "", before: str = "", behind: str = "") -> Parts:
    """The parts of a workbook of one sheet "A": rows, what stands in ``styleSheet``, ``sst`` and around the rows."""
    links = [("r1", "worksheet", "worksheets/sheet1.xml")]
    links += [("r2", "styles", "styles.xml")] if styles else []
    links += [("r3", "sharedStrings", "sharedStrings.xml")] if strings else []
    space = f'xmlns="{NAMES["s"]}" {SPACES}'
    parts: Parts = {
        "[Content_Types].xml": content_types("xl/workbook.xml", SHEET_TYPE),
        "_rels/.rels": relationships(("r1", "officeDocument", "xl/workbook.xml")),
        "xl/workbook.xml": f'<workbook {space}><sheets><sheet name="A" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relationships(*links),
        "xl/worksheets/sheet1.xml": f"<worksheet {space}>{before}<sheetData>{data}</sheetData>{behind}</worksheet>",
    }
    if styles:
        parts["xl/styles.xml"] = f"<styleSheet {space}>{styles}</styleSheet>"
    if strings:
        parts["xl/sharedStrings.xml"] = f"<sst {space}>{strings}</sst>"
    return parts


def number_formats(*codes: str) -> str:
    """Styles 1, 2, … with those formats; 0 has none."""
    listed = "".join(f'<numFmt numFmtId="{164 + at}" formatCode="{code}"/>' for at, code in enumerate(codes))
    styles = "".join(f'<xf numFmtId="{164 + at}"/>' for at in range(len(codes)))
    return f'<numFmts>{listed}</numFmts><fills><fill/></fills><cellXfs><xf numFmtId="0"/>{styles}</cellXfs>'

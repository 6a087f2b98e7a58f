"""Pages, paragraphs and tables of the Word documents of a publication: A4, Times New Roman, margins of Nghị định
30/2020/NĐ-CP; the header of a table is repeated on each page, and no row is cut by the end of one."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import docx
from docx.document import Document as Docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Mm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from evidence.model.geometry import A4_MM

FONT = "Times New Roman"
BODY, CELL = 13, 11
LEFT, CENTRE, RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.RIGHT
BOTH = WD_ALIGN_PARAGRAPH.JUSTIFY
GREY = "E8E8E8"


def start_document() -> Docx:
    """An empty document of upright pages, with page numbers."""
    document = docx.Document()
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(BODY)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(0)
    set_up_section(document.sections[0])
    return document


def set_up_section(section: Section, wide: bool = False) -> None:
    """A4, upright or ``wide``; margins of 20 mm, 30 at the left and 15 at the right of upright pages."""
    across, down = (A4_MM[1], A4_MM[0]) if wide else A4_MM
    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = Mm(across), Mm(down)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = (Mm(20), Mm(20)) if wide else (Mm(30), Mm(15))
    section.footer.is_linked_to_previous = False
    foot = section.footer.paragraphs[0].clear()  # a section may be set up once more, as a wide one
    foot.alignment = CENTRE
    for kind, text in (("begin", None), (None, "PAGE"), ("end", None)):
        run = foot.add_run()
        run.font.size, run.font.name = Pt(CELL), FONT
        mark = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            mark.set(qn("w:fldCharType"), kind)
        mark.text = text
        run._r.append(mark)


def save_document(document: Docx) -> bytes:
    """The bytes of the file."""
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def write_text(
    paragraph: Paragraph, text: str, alignment: WD_ALIGN_PARAGRAPH = LEFT, size: float = BODY, bold: bool = False,
    italic: bool = False,
) -> None:  # fmt: skip
    """Writes the text; what XML cannot hold is replaced."""
    paragraph.alignment = alignment
    run = paragraph.add_run("".join(letter if letter.isprintable() or letter in "\n\t" else "�" for letter in text))
    run.font.size, run.font.name, run.bold, run.italic = Pt(size), FONT, bold, italic


def add_table(document: Docx, heads: Sequence[str], widths: Sequence[float]) -> Table:
    """A table with its header row; ``widths`` in millimetres."""
    table: Table = document.add_table(1, len(widths))
    table.style = "Table Grid"
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    row = table.rows[0]
    write_cells(row, heads, [CENTRE] * len(heads), bold=True, fill=GREY)
    _mark_row(row, "w:tblHeader")
    _mark_row(row, "w:cantSplit")
    return table


def add_row(table: Table, texts: Sequence[str], alignments: Sequence[WD_ALIGN_PARAGRAPH], bold: bool = False) -> None:
    """A row that stays on one page."""
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    write_cells(row, texts, alignments, bold)
    _mark_row(row, "w:cantSplit")


def add_title_row(table: Table, text: str) -> None:
    """A row of one text over all columns, on the page of the row that follows."""
    row: _Row = table.add_row()  # type: ignore[no-untyped-call]
    cells = row.cells
    cell = cells[0].merge(cells[-1])
    write_text(cell.paragraphs[0], text, LEFT, CELL, bold=True)
    cell.paragraphs[0].paragraph_format.keep_with_next = True
    _fill(cell, GREY)
    _mark_row(row, "w:cantSplit")


def write_cells(
    row: _Row, texts: Sequence[str], alignments: Sequence[WD_ALIGN_PARAGRAPH], bold: bool = False,
    fill: str | None = None,
) -> None:  # fmt: skip
    """Writes the cells of a row."""
    for cell, text, alignment in zip(row.cells, texts, alignments, strict=True):
        write_text(cell.paragraphs[0], text, alignment, CELL, bold)
        if fill:
            _fill(cell, fill)


def _mark_row(row: _Row, name: str) -> None:
    mark = OxmlElement(name)
    mark.set(qn("w:val"), "true")
    row._tr.get_or_add_trPr().append(mark)


def _fill(cell: _Cell, colour: str) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", colour)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)

"""A letter (công văn) that asks one unit to explain or supplement: what is missing, late, wrong or unclear, by when.

Laid out as Nghị định 30/2020/NĐ-CP, Phụ lục I, asks of a công văn: issuing agency left, quốc hiệu and tiêu ngữ right,
number and subject below the agency, place and date below the tiêu ngữ, "Kính gửi", body, recipients left and signature
right; A4, margins 20/20/30/15 mm, Times New Roman 14. Number, date, place and signer are dots: people fill them in.
The letter is Vietnamese as all such letters are; in English it is a courtesy translation.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from io import BytesIO

import docx
from docx.document import Document as Docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

from evidence.messages import Language
from evidence.model.assessment import Assessment, Verdict
from evidence.model.criteria import Unit
from evidence.model.geometry import A4_MM
from evidence.report import labels
from evidence.report import remediation as remedy
from evidence.report.labels import label

FOUNT = "Times New Roman"
BODY, SMALL = 14, 12
LEFT, CENTRE, BOTH = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
SECTIONS = (Verdict.MISSING, Verdict.WRONG, Verdict.LATE, Verdict.UNCLEAR)
HEAD_LEFT, HEAD_RIGHT = 72, 96  # millimetres; quốc hiệu must stand on one line
COLUMNS = (("order", 13), ("criterion", 41), ("fault", 64), ("task", 47))


@dataclass(frozen=True, slots=True)
class Order:
    """Who is written to, from whom (blank where None), and by when an answer is asked for (blank where None)."""

    unit: Unit
    sender: str | None = None
    until: datetime.date | None = None


def render(assessment: Assessment, order: Order, language: Language = Language.VI) -> bytes:
    """The letter as the bytes of a .docx file."""
    paper = docx.Document()
    _page(paper)
    _head(paper, assessment, order, language)
    _body(paper, assessment, order, language)
    _foot(paper, language)
    out = BytesIO()
    paper.save(out)
    return out.getvalue()


def _page(paper: Docx) -> None:
    section = paper.sections[0]
    section.page_width, section.page_height = Mm(A4_MM[0]), Mm(A4_MM[1])
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    style = paper.styles["Normal"]
    style.font.name, style.font.size = FOUNT, Pt(BODY)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FOUNT)
    style.paragraph_format.space_after = Pt(0)


def _head(paper: Docx, assessment: Assessment, order: Order, language: Language) -> None:
    table = _grid(paper, (HEAD_LEFT, HEAD_RIGHT))
    left, right = table.rows[0].cells
    _say(left.paragraphs[0], order.sender.upper() if order.sender else "…" * 12, CENTRE, 13, bold=True)
    _rule(left, 22)
    _say(left.add_paragraph(), label("letter-number", language), CENTRE, 13)
    about = label("letter-about", language, title=assessment.criteria.title)
    _say(left.add_paragraph(), about, CENTRE, SMALL)
    _say(right.paragraphs[0], label("letter-country", language), CENTRE, SMALL, bold=True)
    _say(right.add_paragraph(), label("letter-motto", language), CENTRE, 13, bold=True)
    _rule(right, 55)
    _say(right.add_paragraph(), label("letter-date", language), CENTRE, BODY, slanted=True)
    to = paper.add_paragraph()
    to.paragraph_format.space_before = to.paragraph_format.space_after = Pt(14)
    _say(to, label("letter-to", language, unit=order.unit.name), CENTRE)


def _body(paper: Docx, assessment: Assessment, order: Order, language: Language) -> None:
    coverage = assessment.coverage
    day = labels.day(coverage.as_of, language)
    _text(paper, label("letter-opening", language, title=assessment.criteria.title, day=day, unit=order.unit.name))
    rows = remedy.rows(assessment, language, order.unit.code, order.until)
    if not rows:
        _text(paper, label("letter-nothing", language))
    else:
        _text(paper, label("letter-request", language, count=len(rows)))
    number = 0
    for verdict in SECTIONS:
        chosen = [row for row in rows if row.status is verdict]
        if chosen:
            number += 1
            title = label(f"letter-{verdict.value}", language, count=len(chosen))
            _text(paper, f"{number}. {title}", bold=True, kept=True)
            _list(paper, chosen, language)
    if rows:
        until = labels.day(order.until, language) if order.until else "…/…/……"
        _text(paper, label("letter-until", language, day=until))
        _text(paper, label("letter-after", language))
    _text(paper, label("only-read", language), slanted=True)
    _text(paper, label("letter-closing", language, unit=order.unit.name), kept=True)


def _list(paper: Docx, rows: list[remedy.Row], language: Language) -> None:
    """What is asked for, as a table whose header is repeated on each page."""
    table = _grid(paper, tuple(width for _, width in COLUMNS), len(rows) + 1)
    table.style = "Table Grid"
    for cell, (name, _) in zip(table.rows[0].cells, COLUMNS, strict=True):
        _say(cell.paragraphs[0], label(f"remedy-{name}", language), CENTRE, SMALL, bold=True)
    properties = table.rows[0]._tr.get_or_add_trPr()
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    properties.append(repeated)
    for number, (line, row) in enumerate(zip(table.rows[1:], rows, strict=True), start=1):
        for cell, text in zip(line.cells, (str(number), row.criterion, row.fault, row.task), strict=True):
            _say(cell.paragraphs[0], text, LEFT, SMALL)
    paper.add_paragraph().paragraph_format.space_after = Pt(2)


def _foot(paper: Docx, language: Language) -> None:
    table = _grid(paper, (80, 85))
    left, right = table.rows[0].cells
    _say(left.paragraphs[0], label("letter-recipients", language), LEFT, SMALL, bold=True, slanted=True)
    for line in label("letter-recipient-list", language).split("\n"):
        _say(left.add_paragraph(), line, LEFT, 11)
    _say(right.paragraphs[0], label("letter-signer", language), CENTRE, BODY, bold=True)
    for _ in range(4):
        right.add_paragraph()
    _say(right.add_paragraph(), "…" * 12, CENTRE, BODY, bold=True)


def _grid(paper: Docx, widths: tuple[int, ...], rows: int = 1) -> Table:
    table: Table = paper.add_table(rows, len(widths))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for line in table.rows:
        line._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, width in zip(line.cells, widths, strict=True):
            cell.width = Mm(width)
    return table


def _rule(cell: _Cell, millimetres: int) -> None:
    """The short line below the agency and the motto: the lower border of a narrow empty paragraph."""
    line = cell.add_paragraph()
    room = (HEAD_LEFT if millimetres < 40 else HEAD_RIGHT) - millimetres
    line.paragraph_format.left_indent = line.paragraph_format.right_indent = Mm(room / 2 - 2)
    line.paragraph_format.line_spacing = Pt(3)
    line.paragraph_format.space_after = Pt(4)
    borders = OxmlElement("w:pBdr")
    bottom = OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    line._p.get_or_add_pPr().append(borders)


def _text(paper: Docx, text: str, bold: bool = False, slanted: bool = False, kept: bool = False) -> None:
    """A paragraph of the body: justified, first line 10 mm in; with ``kept`` on the same page as what follows."""
    paragraph = paper.add_paragraph()
    paragraph.paragraph_format.keep_with_next = kept
    paragraph.paragraph_format.first_line_indent = Mm(10)
    paragraph.paragraph_format.space_after = Pt(6)
    _say(paragraph, text, BOTH, BODY, bold, slanted)


def _say(
    paragraph: Paragraph,
    text: str,
    across: WD_ALIGN_PARAGRAPH,
    size: float = BODY,
    bold: bool = False,
    slanted: bool = False,
) -> None:
    """Writes the text; what XML cannot hold is replaced."""
    paragraph.alignment = across
    run = paragraph.add_run("".join(one if one.isprintable() or one in "\n\t" else "�" for one in text))
    run.font.size, run.font.name, run.bold, run.italic = Pt(size), FOUNT, bold, slanted

"""A letter (công văn) that asks one unit to explain or supplement: what is surely missing, late or wrong, or what an
appraiser marked; by when. What is in doubt to us is for an appraiser to look at, and asked of no unit unmarked.

Laid out as Nghị định 30/2020/NĐ-CP, Phụ lục I, asks of a công văn: issuing agency left, below the agency above it; quốc
hiệu and tiêu ngữ right, number and subject below the agency, place and date below the tiêu ngữ, "Kính gửi", body,
recipients left and signature right; A4, margins 20/20/30/15 mm, Times New Roman 14. Number, date, place and signer are
dots: people fill them in. The letter is Vietnamese as all such letters are; in English it is a courtesy translation.
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
from evidence.model.appraisal import LetterChoice
from evidence.model.assessment import Assessment, Verdict
from evidence.model.criteria import Unit
from evidence.model.geometry import A4_MM
from evidence.report import labels, remediation
from evidence.report.labels import label
from evidence.values.superior import find_superior, most_common_home
from evidence.vietnamese.text import fold

FONT = "Times New Roman"
BODY, SMALL = 14, 12
LEFT, CENTRE, BOTH = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.JUSTIFY
BLANK = "…" * 12  # to be filled in
SECTIONS = (Verdict.MISSING, Verdict.WRONG, Verdict.LATE, Verdict.UNCLEAR)
HEAD_LEFT, HEAD_RIGHT = 72, 96  # millimetres; quốc hiệu must stand on one line
COLUMNS = (("order", 13), ("criterion", 41), ("fault", 64), ("task", 47))


@dataclass(frozen=True, slots=True)
class LetterDetails:
    """Who is written to, from whom (blank where None), and by when an answer is asked for (blank where None).

    ``superior``: the line above the sender, worked out from the sender's name where None, and left away where empty.
    ``choice``: what appraisers marked; without it the letter holds what is surely not in order.
    """

    unit: Unit
    sender: str | None = None
    until: datetime.date | None = None
    superior: str | None = None
    choice: LetterChoice | None = None


def render(assessment: Assessment, details: LetterDetails, language: Language = Language.VI) -> bytes:
    """The letter as the bytes of a .docx file."""
    document = docx.Document()
    _page(document)
    _head(document, assessment, details, language)
    _body(document, assessment, details, language)
    _foot(document, language)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _page(document: Docx) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(A4_MM[0]), Mm(A4_MM[1])
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    style = document.styles["Normal"]
    style.font.name, style.font.size = FONT, Pt(BODY)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), FONT)
    style.paragraph_format.space_after = Pt(0)


def _head(document: Docx, assessment: Assessment, details: LetterDetails, language: Language) -> None:
    table = _table(document, (HEAD_LEFT, HEAD_RIGHT))
    left, right = table.rows[0].cells
    superior, sender = _letterhead(assessment, details)
    if superior:
        _write(left.paragraphs[0], superior.upper(), CENTRE, 13)
    _write(left.add_paragraph() if superior else left.paragraphs[0], sender.upper(), CENTRE, 13, bold=True)
    _short_line(left, 22)
    _write(left.add_paragraph(), label("letter-number", language), CENTRE, 13)
    about = label("letter-about", language, title=assessment.criteria.title)
    _write(left.add_paragraph(), about, CENTRE, SMALL)
    _write(right.paragraphs[0], label("letter-country", language), CENTRE, SMALL, bold=True)
    _write(right.add_paragraph(), label("letter-motto", language), CENTRE, 13, bold=True)
    _short_line(right, 55)
    _write(right.add_paragraph(), label("letter-date", language), CENTRE, BODY, italic=True)
    to = document.add_paragraph()
    to.paragraph_format.space_before = to.paragraph_format.space_after = Pt(14)
    _write(to, label("letter-to", language, unit=details.unit.name), CENTRE)


def _letterhead(assessment: Assessment, details: LetterDetails) -> tuple[str, str]:
    """The line of the agency above, empty where there is none, and that of the sender; dots where nobody said who."""
    if not details.sender:
        return BLANK if details.superior is None else details.superior, BLANK
    units = assessment.criteria.units
    name = fold(details.sender)
    known = next((unit for unit in units if name in (fold(unit.code), fold(unit.name))), None)
    lines = find_superior(known.issuer if known else details.sender, most_common_home(unit.issuer for unit in units))
    return (lines.superior or "", lines.own) if details.superior is None else (details.superior, details.sender)


def _body(document: Docx, assessment: Assessment, details: LetterDetails, language: Language) -> None:
    coverage = assessment.coverage
    day = labels.format_day(coverage.as_of, language)
    _paragraph(
        document, label("letter-opening", language, title=assessment.criteria.title, day=day, unit=details.unit.name)
    )
    sections = _sections(assessment, details, language)
    count = sum(map(len, sections.values()))
    _paragraph(document, label("letter-request" if count else "letter-nothing", language, count=count))
    for number, (name, items) in enumerate(sections.items(), start=1):
        title = label(f"letter-{name}", language, count=len(items))
        _paragraph(document, f"{number}. {title}", bold=True, keep_with_next=True)
        _items_table(document, items, language)
    if count:
        until = labels.format_day(details.until, language) if details.until else "…/…/……"
        _paragraph(document, label("letter-until", language, day=until))
        _paragraph(document, label("letter-after", language))
    _paragraph(document, label("only-read", language), italic=True)
    _paragraph(document, label("letter-closing", language, unit=details.unit.name), keep_with_next=True)


def _sections(
    assessment: Assessment, details: LetterDetails, language: Language
) -> dict[str, list[remediation.RemediationItem]]:
    """What the letter asks for, by the name of its section; sections with nothing in them are left out."""
    choice, unit = details.choice, details.unit
    items = remediation.list_items(assessment, language, unit.code, details.until)
    chosen = [
        item
        for item in items
        if (item.status in remediation.SURE if choice is None else item.requirement in choice.requirements)
    ]
    sections = {verdict.value: [item for item in chosen if item.status is verdict] for verdict in SECTIONS}
    if choice is not None:
        sections["noted"] = list(remediation.list_noted(assessment, choice, unit, language, details.until))
    return {name: rows for name, rows in sections.items() if rows}


def _items_table(document: Docx, items: list[remediation.RemediationItem], language: Language) -> None:
    """What is asked for, as a table whose header is repeated on each page."""
    table = _table(document, tuple(width for _, width in COLUMNS), len(items) + 1)
    table.style = "Table Grid"
    for cell, (name, _) in zip(table.rows[0].cells, COLUMNS, strict=True):
        _write(cell.paragraphs[0], label(f"remedy-{name}", language), CENTRE, SMALL, bold=True)
    properties = table.rows[0]._tr.get_or_add_trPr()
    repeated = OxmlElement("w:tblHeader")
    repeated.set(qn("w:val"), "true")
    properties.append(repeated)
    for number, (row, item) in enumerate(zip(table.rows[1:], items, strict=True), start=1):
        for cell, text in zip(row.cells, (str(number), item.criterion, item.fault, item.task), strict=True):
            _write(cell.paragraphs[0], text, LEFT, SMALL)
    document.add_paragraph().paragraph_format.space_after = Pt(2)


def _foot(document: Docx, language: Language) -> None:
    table = _table(document, (80, 85))
    left, right = table.rows[0].cells
    _write(left.paragraphs[0], label("letter-recipients", language), LEFT, SMALL, bold=True, italic=True)
    for line in label("letter-recipient-list", language).split("\n"):
        _write(left.add_paragraph(), line, LEFT, 11)
    _write(right.paragraphs[0], label("letter-signer", language), CENTRE, BODY, bold=True)
    for _ in range(4):
        right.add_paragraph()
    _write(right.add_paragraph(), BLANK, CENTRE, BODY, bold=True)


def _table(document: Docx, widths: tuple[int, ...], rows: int = 1) -> Table:
    table: Table = document.add_table(rows, len(widths))
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)
    return table


def _short_line(cell: _Cell, millimetres: int) -> None:
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


def _paragraph(
    document: Docx, text: str, bold: bool = False, italic: bool = False, keep_with_next: bool = False
) -> None:
    """A paragraph of the body: justified, first line 10 mm in; ``keep_with_next``: on the page of what follows."""
    paragraph = document.add_paragraph()
    paragraph.paragraph_format.keep_with_next = keep_with_next
    paragraph.paragraph_format.first_line_indent = Mm(10)
    paragraph.paragraph_format.space_after = Pt(6)
    _write(paragraph, text, BOTH, BODY, bold, italic)


def _write(
    paragraph: Paragraph,
    text: str,
    alignment: WD_ALIGN_PARAGRAPH,
    size: float = BODY,
    bold: bool = False,
    italic: bool = False,
) -> None:
    """Writes the text; what XML cannot hold is replaced."""
    paragraph.alignment = alignment
    run = paragraph.add_run("".join(letter if letter.isprintable() or letter in "\n\t" else "�" for letter in text))
    run.font.size, run.font.name, run.bold, run.italic = Pt(size), FONT, bold, italic

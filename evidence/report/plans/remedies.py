"""The table of what is to be mended, as Word document and workbook: TT, tồn tại, nhiệm vụ, sản phẩm, chủ trì, phối hợp,
thời gian, điểm mất. ``plan import`` reads both back the next year."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

from openpyxl import Workbook

from evidence.messages import Language, say
from evidence.model.scores.remedies import Remedy, RemedyPlan
from evidence.report.labels import format_decimal, label
from evidence.report.publication import docx_page
from evidence.report.publication.annex_text import number_roman
from evidence.report.publication.docx_page import BOTH, CENTRE, LEFT
from evidence.report.scores.losses_terminal import say_numbers
from evidence.report.scores.standings_terminal import show_number
from evidence.report.xlsx_sheet import SheetWriter, use_font

COLUMNS = ("order", "shortcoming", "task", "product", "owner", "partner", "due", "points")
MILLIMETRES = (12, 62, 58, 45, 30, 26, 22, 15)
DIGITS = (6, 44, 40, 32, 24, 22, 14, 9)
ALIGNMENTS = (CENTRE, BOTH, BOTH, LEFT, LEFT, LEFT, CENTRE, CENTRE)


def render_docx(plan: RemedyPlan, language: Language = Language.VI) -> bytes:
    """The bytes of a .docx file."""
    document = docx_page.start_document()
    docx_page.set_up_section(document.sections[0], wide=True)
    for text in _titles(plan, language):
        docx_page.write_text(document.add_paragraph(), text, CENTRE, bold=True)
    document.add_paragraph()
    table = docx_page.add_table(document, _heads(language), MILLIMETRES)
    for cells in _rows(plan, language):
        docx_page.add_row(table, cells, ALIGNMENTS, bold=not any(cells[3:]))
    return docx_page.save_document(document)


def render_xlsx(plan: RemedyPlan, language: Language = Language.VI) -> bytes:
    """The bytes of an .xlsx file."""
    book = Workbook()
    book.remove(book.worksheets[0])
    use_font(book)
    writer = SheetWriter(book, label("remedies-sheet", language), DIGITS, language=language)
    for text in _titles(plan, language):
        writer.write_line(text, bold=True, centre=True)
    writer.write_header(_heads(language))
    for cells in _rows(plan, language):
        is_section = not any(cells[3:])
        writer.write_row(cells, bold=is_section, group=is_section)
    writer.set_up_printing()
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _titles(plan: RemedyPlan, language: Language) -> tuple[str, ...]:
    return label("remedies-plan", language, year=plan.year), label("remedies-of", language, title=plan.title)


def _heads(language: Language) -> list[str]:
    return [label(f"remedies-{column}", language) for column in COLUMNS]


def _rows(plan: RemedyPlan, language: Language) -> Iterator[tuple[str, ...]]:
    """A row with the unit's name, then its remedies. The name stands in the column of tasks: so headings are read."""
    for number, unit in enumerate(plan.units, start=1):
        yield (number_roman(number), "", unit.name, "", "", "", "", "")
        for at, remedy in enumerate(unit.rows, start=1):
            yield _cells(remedy, at, language)


def _cells(remedy: Remedy, number: int, language: Language) -> tuple[str, ...]:
    said = [say_numbers(remedy.shortcoming, language), remedy.reason]
    said += [say(remedy.why, language)] if remedy.why is not None else []
    points = show_number(format_decimal(remedy.points) or "", language)
    return (
        str(number), ": ".join(part.rstrip(" .:") for part in said if part) + ".", say(remedy.task, language),
        remedy.product, remedy.owner, "; ".join(remedy.partners), f"{remedy.due:%d/%m/%Y}", points,
    )  # fmt: skip

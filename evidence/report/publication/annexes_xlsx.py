"""The annexes of the decision as a workbook: a sheet each, numbers as numbers in the digits that are printed, the
header repeated on each printed page."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from io import BytesIO

from openpyxl.cell.cell import Cell
from openpyxl.drawing.image import Image
from openpyxl.styles import Alignment
from openpyxl.workbook import Workbook

from evidence.messages import Language
from evidence.model.scores.publication import AnnexSection, Publication, PublishedAnnex
from evidence.model.scoring import UnitStanding
from evidence.report.labels import label
from evidence.report.publication.annex_text import (
    find_places,
    list_columns,
    name_annex,
    name_field,
    name_section,
    number_roman,
    print_standing,
    round_amount,
    summary_lines,
)
from evidence.report.publication.charts import Chart
from evidence.report.text.width import wrap_text
from evidence.report.xlsx_sheet import LINE, LOCALES, SIZE, SheetWriter, Value, use_font, write_cell

WIDTHS = {"rank": 10, "unit": 46, "max": 14, "points": 14, "index": 14, "grade": 16}  # digits
PIXELS = 96  # of a workbook's picture, an inch


def render_annexes(
    publication: Publication, charts: Sequence[Chart] = (), language: Language = Language.VI
) -> bytes:  # fmt: skip
    """The bytes of an .xlsx file; each chart has a sheet of its own, one printed page."""
    out = BytesIO()
    book = make_workbook(publication, language)
    for number, chart in enumerate(charts, start=1):
        _write_chart(book, chart, label("publish-chart-sheet", language, number=number))
    book.save(out)
    return out.getvalue()


def make_workbook(publication: Publication, language: Language) -> Workbook:
    """The workbook, its first sheet the whole index."""
    book = Workbook()
    book.remove(book.worksheets[0])
    use_font(book)
    for number, annex in enumerate(publication.annexes, start=1):
        _write_annex(book, publication, annex, number, language)
    return book


def _write_chart(book: Workbook, chart: Chart, name: str) -> None:
    sheet = book.create_sheet(name)
    picture = Image(BytesIO(chart.png))
    picture.width, picture.height = round(chart.width * PIXELS), round(chart.height * PIXELS)
    sheet.add_image(picture, "A1")
    setup = sheet.page_setup
    setup.paperSize, setup.orientation, setup.fitToWidth, setup.fitToHeight = 9, "portrait", 1, 1
    if sheet.sheet_properties.pageSetUpPr is not None:
        sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _write_annex(
    book: Workbook, publication: Publication, annex: PublishedAnnex, number: int, language: Language
) -> None:
    columns = list_columns(annex)
    numeral = label("publish-sheet", language, number=number_roman(number))
    name = f"{numeral} {name_field(annex.field, language)}" if annex.field else numeral
    writer = SheetWriter(book, name, [WIDTHS[column] for column in columns], language=language)
    writer.write_line(label("publish-annex", language, number=number_roman(number)), bold=True, centre=True)
    writer.write_line(name_annex(annex, publication.title, language), bold=True, size=13, centre=True)
    writer.write_line(label("publish-attached", language), centre=True)
    if publication.is_provisional:
        writer.write_line(label("publish-provisional", language))
    writer.write_header([label(f"publish-{column}", language) for column in columns])
    for at, section in enumerate(annex.sections, start=1):
        _write_section(writer, section, at, len(columns), language)
    writer.set_up_printing()
    writer.sheet.page_setup.orientation = "portrait"


def _write_section(writer: SheetWriter, section: AnnexSection, number: int, count: int, language: Language) -> None:
    title = name_section(section, number, language)
    if title:
        _write_title(writer, title, count)
    places = find_places(section)
    for standing in section.standings:
        cells = writer.write_row(_values(standing, places, language)[:count])
        _show_digits(cells[2:5], (places, places, standing.places), language)
        _centre(cells[0], *cells[5:])
    if section.summary is not None and section.summary.count > 1:
        for name, index in summary_lines(section.summary, language):
            cells = writer.write_row([None, name, None, None, round_amount(index, 2), None][:count], bold=True)
            _show_digits(cells[4:5], (2,), language)


def _write_title(writer: SheetWriter, title: str, count: int) -> None:
    """The name of a section over all columns."""
    cells = writer.write_row([None] * count, bold=True, group=True)
    write_cell(cells[0], title, bold=True)
    writer.sheet.merge_cells(start_row=writer.row, start_column=1, end_row=writer.row, end_column=count)
    lines = len(wrap_text(title, sum(writer.widths), SIZE, True))
    writer.sheet.row_dimensions[writer.row].height = lines * LINE + 4


def _values(standing: UnitStanding, places: int, language: Language) -> list[Value]:
    """The cells of a unit: numbers where they are sure, else what is printed."""
    texts = print_standing(standing, places, language)
    points = standing.points
    rank: Value = standing.rank if standing.rank is not None and not standing.is_provisional else texts[0]
    if not points.is_complete or standing.low is None:
        return [rank, points.name, round_amount(points.max, places), *texts[3:]]
    numbers = [round_amount(points.max, places), round_amount(points.lowest, places)]
    return [rank, points.name, *numbers, round_amount(standing.low, standing.places), texts[5]]


def _show_digits(cells: list[Cell], places: tuple[int, ...], language: Language) -> None:
    for cell, count in zip(cells, places, strict=True):
        if isinstance(cell.value, Decimal):
            cell.number_format = f"{LOCALES[language]}0.{'0' * count}"
            cell.alignment = Alignment(horizontal="right", vertical="top")


def _centre(*cells: Cell) -> None:
    for cell in cells:
        cell.alignment = Alignment(horizontal="center", vertical="top", wrap_text=True)

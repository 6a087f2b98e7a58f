"""The findings as a workbook: the matrix of units and criteria first, then one form a unit, then what to put right.

A4 landscape, repeated headers, colours with words; nothing in it is a formula, so nothing in it can run.
"""

from __future__ import annotations

from io import BytesIO
from math import ceil

from openpyxl.styles import Alignment
from openpyxl.workbook import Workbook

from evidence.messages import Language
from evidence.model.appraisal import NO_STATEMENTS, Statements
from evidence.model.assessment import Assessment
from evidence.model.criteria import Criterion
from evidence.report import labels, summary
from evidence.report import remediation as remedy
from evidence.report.findings_terminal import coverage_lines
from evidence.report.labels import label
from evidence.report.summary import Group, UnitView
from evidence.report.xlsx_form import Form
from evidence.report.xlsx_sheet import Sheet, Value, fill

ACROSS = 14  # units on one printed page; more go to further pages, each with the criteria again
CODE_WIDTH, TITLE_WIDTH, UNIT_WIDTH = 8, 46, 11
SMALL = 9.5
MIDDLE = Alignment(wrap_text=True, vertical="center", horizontal="center")
SUMS = ("sure", "open", "lost", "max")


def render(assessment: Assessment, language: Language = Language.VI, standing: Statements = NO_STATEMENTS) -> bytes:
    """The whole workbook as the bytes of an .xlsx file."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "evidence"
    views = summary.units(assessment)
    _matrix(book, assessment, views, language)
    for view in views:
        Form(assessment, view, language, standing).write(book)
    _remedies(book, assessment, language)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _matrix(book: Workbook, assessment: Assessment, views: tuple[UnitView, ...], language: Language) -> None:
    widths = (CODE_WIDTH, TITLE_WIDTH, *(UNIT_WIDTH for _ in views))
    pages = max(1, ceil(len(views) / ACROSS))
    sheet = Sheet(book, label("sheet-matrix", language), widths, across=2 + ceil(len(views) / pages))
    sheet.line(label("sheet-matrix-title", language), bold=True, size=14, centre=True)
    day = labels.day(assessment.coverage.as_of, language)
    sheet.line(f"{assessment.criteria.title} · {label('page-as-of', language, day=day)}", centre=True)
    titles = [label("form-order", language), label("form-criterion", language), *(view.unit.code for view in views)]
    sheet.header(titles, freeze=2, size=SMALL)
    groups = {(view.unit.code, group.criterion.code): group for view in views for group in view.groups}
    for one in assessment.criteria.criteria:
        _rows(sheet, one, views, groups, language)
    for name, amounts in zip(SUMS, zip(*map(_amounts, views), strict=True), strict=False):
        sheet.cells(["", label(f"sheet-{name}", language), *amounts], bold=True, size=SMALL, group=True)
    sheet.line("")
    for verdict, count in summary.counts(assessment.findings).items():
        word = f"{labels.SIGNS[verdict]} {labels.status(verdict, language)}: {count}"
        sheet.line(f"{word} – {label(f'means-{verdict.value}', language)}")
    for text in coverage_lines(assessment.coverage, language):
        sheet.line(text, size=10)
    sheet.printed(wide=pages)


def _amounts(view: UnitView) -> tuple[Value, ...]:
    tally = view.tally
    return tally.sure, tally.open, tally.lost, tally.max


def _rows(
    sheet: Sheet,
    one: Criterion,
    views: tuple[UnitView, ...],
    groups: dict[tuple[str, str], Group],
    language: Language,
) -> None:
    row = [groups.get((view.unit.code, one.code)) for view in views]
    heading = bool(one.children) and not any(row)
    values: list[Value] = [one.code, one.title, *(_cell(group, heading, language) for group in row)]
    cells = sheet.cells(values, bold=heading, size=SMALL, group=heading)
    for cell, group in zip(cells[2:], row, strict=True):
        cell.alignment = MIDDLE
        if group is not None:
            fill(cell, group.worst)
    for child in one.children:
        _rows(sheet, child, views, groups, language)


def _cell(group: Group | None, heading: bool, language: Language) -> str:
    if group is None:
        return "" if heading else "·"
    part = f" {group.met}/{len(group.findings)}" if len(group.findings) > 1 else ""
    return f"{labels.SIGNS[group.worst]} {labels.status(group.worst, language)}{part}"


def _remedies(book: Workbook, assessment: Assessment, language: Language) -> None:
    sheet = Sheet(book, label("sheet-remedy", language), (6, 20, 28, 52, 42, 20, 18, 18))
    sheet.line(label("remedy-title", language), bold=True, size=14, centre=True)
    sheet.header(remedy.headings(language))
    for number, row in enumerate(remedy.rows(assessment, language), start=1):
        values: list[Value] = [number, *remedy.cells(number, row)[1:]]
        fill(sheet.cells(values)[3], row.status)
    sheet.line("")
    for text in coverage_lines(assessment.coverage, language):
        sheet.line(text, size=10)
    sheet.printed()

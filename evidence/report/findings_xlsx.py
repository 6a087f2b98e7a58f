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
from evidence.report import labels, remediation, summary
from evidence.report.findings_terminal import coverage_lines
from evidence.report.labels import label
from evidence.report.summary import CriterionFindings, UnitFindings
from evidence.report.unit_form_xlsx import UnitForm
from evidence.report.xlsx_sheet import SheetWriter, Value, fill_by_status

ACROSS = 14  # units on one printed page; more go to further pages, each with the criteria again
CODE_WIDTH, TITLE_WIDTH, UNIT_WIDTH = 8, 46, 11
SMALL = 9.5
MIDDLE = Alignment(wrap_text=True, vertical="center", horizontal="center")
SUMS = ("sure", "open", "lost", "max")


def render(assessment: Assessment, language: Language = Language.VI, statements: Statements = NO_STATEMENTS) -> bytes:
    """The whole workbook as the bytes of an .xlsx file."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.creator = "evidence"
    views = summary.group_by_unit(assessment)
    _matrix(book, assessment, views, language)
    for view in views:
        UnitForm(assessment, view, language, statements).write(book)
    _remediation(book, assessment, language)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _matrix(book: Workbook, assessment: Assessment, views: tuple[UnitFindings, ...], language: Language) -> None:
    widths = (CODE_WIDTH, TITLE_WIDTH, *(UNIT_WIDTH for _ in views))
    pages = max(1, ceil(len(views) / ACROSS))
    sheet = SheetWriter(book, label("sheet-matrix", language), widths, across=2 + ceil(len(views) / pages))
    sheet.write_line(label("sheet-matrix-title", language), bold=True, size=14, centre=True)
    day = labels.format_day(assessment.coverage.as_of, language)
    sheet.write_line(f"{assessment.criteria.title} · {label('page-as-of', language, day=day)}", centre=True)
    titles = [label("form-order", language), label("form-criterion", language), *(view.unit.code for view in views)]
    sheet.write_header(titles, freeze=2, size=SMALL)
    groups = {(view.unit.code, group.criterion.code): group for view in views for group in view.groups}
    for criterion in assessment.criteria.criteria:
        _rows(sheet, criterion, views, groups, language)
    for name, amounts in zip(SUMS, zip(*map(_amounts, views), strict=True), strict=False):
        sheet.write_row(["", label(f"sheet-{name}", language), *amounts], bold=True, size=SMALL, group=True)
    sheet.write_line("")
    for verdict, count in summary.count_by_status(assessment.findings).items():
        word = f"{labels.SIGNS[verdict]} {labels.status_label(verdict, language)}: {count}"
        sheet.write_line(f"{word} – {label(f'means-{verdict.value}', language)}")
    for text in coverage_lines(assessment.coverage, language):
        sheet.write_line(text, size=10)
    sheet.set_up_printing(wide=pages)


def _amounts(view: UnitFindings) -> tuple[Value, ...]:
    total = view.points
    return total.sure, total.open, total.lost, total.max


def _rows(
    sheet: SheetWriter,
    criterion: Criterion,
    views: tuple[UnitFindings, ...],
    groups: dict[tuple[str, str], CriterionFindings],
    language: Language,
) -> None:
    row = [groups.get((view.unit.code, criterion.code)) for view in views]
    heading = bool(criterion.children) and not any(row)
    values: list[Value] = [criterion.code, criterion.title, *(_cell(group, heading, language) for group in row)]
    cells = sheet.write_row(values, bold=heading, size=SMALL, group=heading)
    for cell, group in zip(cells[2:], row, strict=True):
        cell.alignment = MIDDLE
        if group is not None:
            fill_by_status(cell, group.worst)
    for child in criterion.children:
        _rows(sheet, child, views, groups, language)


def _cell(group: CriterionFindings | None, heading: bool, language: Language) -> str:
    if group is None:
        return "" if heading else "·"
    part = f" {group.met}/{len(group.findings)}" if len(group.findings) > 1 else ""
    return f"{labels.SIGNS[group.worst]} {labels.status_label(group.worst, language)}{part}"


def _remediation(book: Workbook, assessment: Assessment, language: Language) -> None:
    sheet = SheetWriter(book, label("sheet-remedy", language), (6, 20, 28, 52, 42, 20, 18, 18))
    sheet.write_line(label("remedy-title", language), bold=True, size=14, centre=True)
    sheet.write_header(remediation.column_titles(language))
    for number, item in enumerate(remediation.list_items(assessment, language), start=1):
        values: list[Value] = [number, *remediation.item_cells(number, item)[1:]]
        fill_by_status(sheet.write_row(values)[3], item.status)
    sheet.write_line("")
    for text in coverage_lines(assessment.coverage, language):
        sheet.write_line(text, size=10)
    sheet.set_up_printing()

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
from evidence.report.unit_form_xlsx import PROPOSED, UnitForm, format_range
from evidence.report.unit_points import FormPoints
from evidence.report.xlsx_sheet import SheetWriter, Value, fill_by_status, use_font

ACROSS = 14  # units on one printed page; more go to further pages, each with the criteria again
CODE_WIDTH, TITLE_WIDTH, UNIT_WIDTH = 8, 46, 11
SMALL = 9.5
MIDDLE = Alignment(wrap_text=True, vertical="center", horizontal="center")
MARK = "x"  # what goes into a letter
SUMS = ("sure", "open", "lost", "max")


def render(assessment: Assessment, language: Language = Language.VI, statements: Statements = NO_STATEMENTS) -> bytes:
    """The whole workbook as the bytes of an .xlsx file."""
    book = Workbook()
    book.remove(book.worksheets[0])
    use_font(book)
    book.properties.creator = "evidence"
    views = summary.list_units(assessment)
    forms = [UnitForm(assessment, view, language, statements) for view in views]
    _matrix(book, assessment, views, [form.total for form in forms], language)
    for form in forms:
        form.write(book)
    _remediation(book, assessment, language)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _matrix(
    book: Workbook, assessment: Assessment, views: tuple[UnitFindings, ...], totals: list[FormPoints],
    language: Language,
) -> None:  # fmt: skip
    widths = (CODE_WIDTH, TITLE_WIDTH, *(UNIT_WIDTH for _ in views))
    pages = max(1, ceil(len(views) / ACROSS))
    across = 2 + ceil(len(views) / pages)
    sheet = SheetWriter(book, label("sheet-matrix", language), widths, across, language, continued=True)
    sheet.write_line(label("sheet-matrix-title", language), bold=True, size=14, centre=True)
    day = labels.format_day(assessment.coverage.as_of, language)
    sheet.write_line(f"{assessment.criteria.title} · {label('page-as-of', language, day=day)}", centre=True)
    titles = [label("form-order", language), label("form-criterion", language), *(view.unit.code for view in views)]
    sheet.write_header(titles, freeze=2, size=SMALL)
    matrix = _Matrix(assessment, views, language)
    for criterion in assessment.criteria.criteria:
        matrix.write_rows(sheet, criterion)
    amounts = {name: list(row) for name, row in zip(SUMS, zip(*map(_amounts, views), strict=True), strict=False)}
    for name, row in {**amounts, **_appraised(totals, language)}.items():
        for cell in sheet.write_row(["", label(f"sheet-{name}", language), *row], True, SMALL, group=True)[2:]:
            cell.alignment = MIDDLE
    sheet.write_line("")
    for verdict, count in summary.count_by_status(assessment.findings).items():
        word = f"{labels.SIGNS[verdict]} {labels.status_label(verdict, language)}: {count}"
        sheet.write_line(f"{word} – {label(f'means-{verdict.value}', language)}")
    if assessment.proposals:
        sheet.write_line(f"{PROPOSED} {label('form-proposed', language)} – {label('means-proposed', language)}")
    for text in coverage_lines(assessment.coverage, language):
        sheet.write_line(text, size=10)
    sheet.set_up_printing(wide=pages)


def _amounts(view: UnitFindings) -> tuple[Value, ...]:
    total = view.points
    return total.sure, total.open, total.lost, total.max


def _appraised(totals: list[FormPoints], language: Language) -> dict[str, list[Value]]:
    """What appraisers decided: points, of how many criteria, of what a unit can reach, and the index."""
    return {
        "applicable": [total.max for total in totals],
        "appraised": [total.decided if total.decided_leaves else None for total in totals],
        "decided": [f"{total.decided_leaves}/{total.leaves}" for total in totals],
        "index": [format_range(*total.index, language) if total.index else None for total in totals],
    }


class _Matrix:
    """The cells of the matrix: the finding on a criterion for a unit that most wants a person's attention."""

    def __init__(self, assessment: Assessment, views: tuple[UnitFindings, ...], language: Language) -> None:
        self._views, self._language = views, language
        self._proposals = assessment.proposals
        self._groups = {(view.unit.code, group.criterion.code): group for view in views for group in view.groups}
        scores = [score for score in assessment.scores if score.max and not score.applicable]
        self._exempt = {(score.unit, score.criterion) for score in scores}

    def write_rows(self, sheet: SheetWriter, criterion: Criterion) -> None:
        """The row of the criterion, then those of all below it."""
        groups = [self._groups.get((view.unit.code, criterion.code)) for view in self._views]
        heading = bool(criterion.children) and not any(groups)
        words = [
            "" if heading else self._word(criterion, view, group)
            for view, group in zip(self._views, groups, strict=True)
        ]
        cells = sheet.write_row([criterion.code, criterion.title, *words], bold=heading, size=SMALL, group=heading)
        for cell, group in zip(cells[2:], groups, strict=True):
            cell.alignment = MIDDLE
            if group is not None:
                fill_by_status(cell, group.worst)
        for child in criterion.children:
            self.write_rows(sheet, child)

    def _word(self, criterion: Criterion, view: UnitFindings, group: CriterionFindings | None) -> str:
        if group is not None:
            part = f" {group.met}/{len(group.findings)}" if len(group.findings) > 1 else ""
            return f"{labels.SIGNS[group.worst]} {labels.status_label(group.worst, self._language)}{part}"
        waiting = self._proposals.get(criterion.code)
        if not waiting or (view.unit.code, criterion.code) in self._exempt:
            return "·"
        return f"{PROPOSED} {label('form-proposed', self._language)} {len(waiting)}"


def _remediation(book: Workbook, assessment: Assessment, language: Language) -> None:
    """What is to be put right, with columns in which an appraiser marks what a letter is to hold: ``letter --findings``
    reads them. What is sure is marked; what is in doubt is for the appraiser."""
    widths = (6, 18, 26, 46, 38, 18, 16, 14, 12, 9, 26)
    sheet = SheetWriter(book, label("sheet-remedy", language), widths, language=language, continued=True)
    sheet.write_line(label("remedy-title", language), bold=True, size=14, centre=True)
    marks = [label(f"remedy-{name}", language) for name in ("code", "letter", "note")]
    sheet.write_header([*remediation.column_titles(language), *marks])
    for number, item in enumerate(remediation.list_items(assessment, language), start=1):
        mark = MARK if item.status in remediation.SURE else ""
        values: list[Value] = [number, *remediation.item_cells(number, item)[1:], item.requirement, mark, ""]
        fill_by_status(sheet.write_row(values)[3], item.status)
    sheet.write_line("")
    sheet.write_line(label("remedy-marks", language), size=10)
    for text in coverage_lines(assessment.coverage, language):
        sheet.write_line(text, size=10)
    sheet.set_up_printing()

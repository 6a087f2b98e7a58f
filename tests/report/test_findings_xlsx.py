"""The workbook: every finding in words, totals as ranges, nothing that runs, ready for the printer."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from evidence.messages import Language, Message
from evidence.model.appraisal import NO_STATEMENTS, Claim, Statements
from evidence.model.assessment import Assessment, Verdict
from evidence.report import BINARY_FORMATS, labels, remediation
from evidence.report.xlsx_sheet import SheetWriter
from tests.support import example_assessment, large_assessment


def opened(assessment: Assessment, standing: Statements = NO_STATEMENTS, language: Language = Language.VI) -> Workbook:
    return openpyxl.load_workbook(io.BytesIO(BINARY_FORMATS["xlsx"](assessment, language, standing)))


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    return example_assessment.assessment()


@pytest.mark.parametrize("language", list(Language))
def test_a_sheet_for_each_unit_between_summary_and_remedies(assessment: Assessment, language: Language) -> None:
    names = opened(assessment, language=language).sheetnames
    words = [labels.label(f"sheet-{name}", language) for name in ("matrix", "remedy")]
    assert names == [words[0], "SNV", "STC", "VPUB", words[1]]


def test_every_status_is_a_word_in_the_matrix_and_a_colour_besides(assessment: Assessment) -> None:
    sheet = opened(assessment).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    for verdict in Verdict:
        word = f"{labels.SIGNS[verdict]} {labels.status_label(verdict, Language.VI)}"
        named = [cell for cell in cells if cell.value.startswith(word) and cell.column > 2]
        assert not named or all(cell.fill.fgColor.rgb != "00000000" for cell in named if cell.row < sheet.max_row - 12)
    assert any("Cần xem" in cell.value for cell in cells)


def test_every_sheet_ends_in_the_coverage_and_prints_on_a4_landscape(assessment: Assessment) -> None:
    for sheet in opened(assessment).worksheets:
        text = [str(cell.value) for row in sheet.iter_rows() for cell in row if cell.value]
        assert text[-1] == labels.label("only-read", Language.VI)
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        assert sheet.print_title_rows and sheet.freeze_panes
        assert (sheet.page_setup.fitToHeight, sheet.sheet_properties.pageSetUpPr.fitToPage) == (0, True)


@pytest.mark.parametrize("attack", ['=HYPERLINK("http://x")', "+1+cmd|' /C calc'!A0", "@SUM(A1)", "-2+3", " =1"])
def test_nothing_from_a_document_runs(assessment: Assessment, attack: str) -> None:
    first = assessment.findings[0]
    reason = replace(first.reasons[0], message=Message("assign-handed", {"path": attack}))
    evil = replace(first, title=attack, reasons=(reason,), status=Verdict.MISSING)
    book = opened(replace(assessment, findings=(evil,), paths=dict.fromkeys(assessment.paths, attack)))
    kinds = {cell.data_type for sheet in book.worksheets for row in sheet.iter_rows() for cell in row}
    assert "f" not in kinds


def test_control_characters_of_a_hostile_name_are_replaced() -> None:
    sheet = SheetWriter(Workbook(), "a[b]:*?/\\c", (10,))
    sheet.write_row(["x\x00\x1by"])
    assert sheet.sheet["A1"].value == "x��y" and sheet.sheet.title == "a-b------c"


def test_names_of_sheets_are_short_and_different() -> None:
    book = Workbook()
    titles = [SheetWriter(book, "Ủy ban nhân dân xã " + "Đ" * 40, (1,)).sheet.title for _ in range(3)]
    assert len({title.casefold() for title in titles}) == 3 and all(len(title) <= 31 for title in titles)


def test_the_form_shows_self_points_beside_the_suggested(assessment: Assessment) -> None:
    claims = (Claim("SNV", "1.1", 1, points=Decimal("1.75")), Claim("Sở Nội vụ", "1.2", 2, points=Decimal(2)))
    sheet = opened(assessment, Statements(claims))["SNV"]
    rows = {str(row[0].value): row for row in sheet.iter_rows()}
    assert rows["1.1"][3].value == 1.75 and rows["1.2"][3].value == 2
    assert rows["1"][3].value is None, "two of four criteria are no sum"
    assert rows["1.2"][4].value == "0 – 2", "what a person must decide is a range, never a silent zero"


def test_the_total_of_the_form_is_the_scale_of_the_set(assessment: Assessment) -> None:
    sheet = opened(assessment)["STC"]
    total = next(row for row in sheet.iter_rows() if row[1].value == "TỔNG ĐIỂM")
    assert total[2].value == sum(criterion.points for criterion in assessment.criteria.criteria)


def test_rows_are_high_enough_for_their_text() -> None:
    sheet = SheetWriter(Workbook(), "x", (10, 10))
    sheet.write_row(["ngắn", "một câu dài hơn nhiều so với chiều rộng của cột này " * 3])
    assert (sheet.sheet.row_dimensions[1].height or 0) > 12 * 15


@pytest.mark.slow
def test_twenty_units_and_ninety_criteria() -> None:
    book = opened(large_assessment.assessment())
    matrix = book.worksheets[0]
    assert matrix.page_setup.fitToWidth == 2 and matrix.print_title_cols
    assert matrix.max_column == 22 and len(book.sheetnames) == 22


def test_remedies_are_what_is_not_in_order(assessment: Assessment) -> None:
    wanted = [finding for finding in assessment.findings if finding.status in remediation.FAULTS]
    rows = remediation.list_items(assessment)
    assert len(rows) == len(wanted) and all(row.lead and not row.support and not row.when for row in rows)


def test_remedies_as_text_keep_the_columns_of_the_administration() -> None:
    text = remediation.render(example_assessment.assessment())
    for word in ("Tồn tại", "Nhiệm vụ", "Đơn vị chủ", "Đơn vị phối", "Thời gian"):
        assert word in text

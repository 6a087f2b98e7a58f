"""The workbook: every finding in words, totals as ranges, nothing that runs, ready for the printer."""

from __future__ import annotations

import datetime
import io
from dataclasses import replace
from decimal import Decimal

import openpyxl
import pytest
from openpyxl.workbook import Workbook

from evidence.appraisal.marks import read_table_marks
from evidence.criteria.confirmation import list_proposals, without_proposals
from evidence.match.check import assess
from evidence.messages import Language, Message
from evidence.model.appraisal import NO_STATEMENTS, Claim, Decision, Round, RoundStage, Statements
from evidence.model.assessment import Assessment, Verdict
from evidence.model.document import Table
from evidence.report import labels, remediation
from evidence.report.formats import BINARY_FORMATS
from evidence.report.xlsx_sheet import SheetWriter
from tests.support import dossier, example_assessment, large_assessment


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


def test_a_long_text_goes_on_in_rows_below_and_none_of_it_is_lost() -> None:
    words = [f"điều-{number}" for number in range(400)]
    sheet = SheetWriter(Workbook(), "x", (10, 30), continued=True)
    first = sheet.write_row(["1.1", " ".join(words)])
    sheet.write_row(["1.2", "ngắn"])
    rows = list(sheet.sheet.iter_rows(values_only=True))
    assert first[0].row == 1 and [row[0] for row in rows if row[0]] == ["1.1", "1.2"] and len(rows) > 5
    assert " ".join(str(row[1]) for row in rows[:-1]).split() == words
    heights = [sheet.sheet.row_dimensions[row].height or 0 for row in range(1, len(rows) + 1)]
    assert max(heights) < 300 and heights[-1] < 25


def test_no_row_of_a_report_is_too_high_to_read(assessment: Assessment) -> None:
    first = assessment.findings[0]
    reason = replace(first.reasons[0], message=Message("assign-handed", {"path": "thư mục rất dài/" * 300}))
    long = replace(first, reasons=(reason,), status=Verdict.MISSING)
    book = opened(replace(assessment, findings=(long, *assessment.findings[1:])))
    heights = [size.height or 0 for sheet in book.worksheets for size in sheet.row_dimensions.values()]
    assert max(heights) < 300


# --- points: one style, each unit's own scale, what appraisers gave -----------------------------------------------

FREE = """\
set: rieng-2025
title: Bộ thử thang riêng
year: 2025
level: so
profiles:
  - {name: nho, title: Đơn vị nhỏ}
units:
  - {code: PA, name: Phòng A, issuer: "Phòng A"}
  - {code: PB, name: Phòng B, issuer: "Phòng B", profile: nho}
criteria:
  - code: "1"
    title: Lĩnh vực một
    points: 84
    children:
      - {code: "1.1", title: Việc thứ nhất, points: 60, score: manual}
      - code: "1.2"
        title: Việc thứ hai
        points: 24
        score: all-or-nothing
        evidence:
          - {id: a, title: Kế hoạch thanh tra, kind: Kế hoạch, due: 2025-03-01, proposed: true}
  - {code: "2", title: Lĩnh vực hai, points: 16, score: survey, not_for: [nho]}
"""
NOW = datetime.datetime(2026, 1, 12, 9, tzinfo=datetime.UTC)
AS_OF = datetime.date(2026, 1, 31)


def unconfirmed() -> Assessment:
    """Two units, nothing confirmed: no findings, but points to give."""
    criteria = dossier.load_set(FREE)
    result = assess(criteria, (), (), AS_OF)
    coverage = replace(example_assessment.assessment().coverage, proposed=1)
    return Assessment(
        without_proposals(criteria), result.findings, coverage, {}, {}, result.scores, list_proposals(criteria)
    )


def decided(unit: str, code: str, points: str, note: str = "", number: int = 1) -> Decision:
    return Decision(number, unit, code, Decimal(points), note, "Lê An", NOW)


def rows_by_title(book: Workbook, name: str) -> dict[str, list[object]]:
    return {str(row[1]): list(row) for row in book[name].iter_rows(values_only=True) if len(row) > 1}


def test_units_have_sheets_before_anything_is_confirmed_and_proposals_show_as_such() -> None:
    assessment = unconfirmed()
    assert not assessment.findings
    book = opened(assessment)
    assert book.sheetnames[1:3] == ["PA", "PB"]
    row = rows_by_title(book, "PA")["Việc thứ hai"]
    assert row[4] == "0 – 24" and row[6] == "☐ Chờ xác nhận"
    assert row[7] == "☐ Đề xuất, chưa kiểm: Kế hoạch thanh tra (hạn 01/03/2025)"
    matrix = rows_by_title(book, book.sheetnames[0])
    assert matrix["Việc thứ hai"][2:4] == ["☐ Chờ xác nhận 1"] * 2 and matrix["Việc thứ nhất"][2] == "·"


def test_a_special_unit_is_summed_on_its_own_scale() -> None:
    book = opened(unconfirmed())
    totals = {name: rows_by_title(book, name)["TỔNG ĐIỂM"][2] for name in ("PA", "PB")}
    assert totals == {"PA": 100, "PB": 84}
    assert rows_by_title(book, "PB")["Lĩnh vực hai"][2:7] == ["–", None, "–", None, "– Không áp dụng"]
    lines = [row[0] for row in book["PB"].iter_rows(values_only=True)]
    assert "Thang điểm của đơn vị: 84 (bộ tiêu chí: 100)" in lines


def test_decisions_stand_beside_the_suggested_points_round_by_round() -> None:
    rounds = tuple(
        Round(number, stage, "rieng-2025", "v", AS_OF, "Lê An", NOW)
        for number, stage in ((1, RoundStage.FIRST), (2, RoundStage.SECOND))
    )
    decisions = (decided("PA", "1.2", "10", "Thiếu quý III"), decided("Phòng A", "1.2", "20.5", "Đã bổ sung", 2))
    row = rows_by_title(opened(unconfirmed(), Statements((), decisions, rounds)), "PA")["Việc thứ hai"]
    assert row[5] == 20.5 and str(row[8]).split("\n") == [
        "Thẩm định lần 1: 10 điểm. Thiếu quý III (Lê An, 12/01/2026)",
        "Thẩm định lần 2: 20,5 điểm. Đã bổ sung (Lê An, 12/01/2026)",
    ]


def test_the_index_is_what_was_appraised_of_what_the_unit_can_reach() -> None:
    said = (decided("PB", "1.1", "51.35"), decided("PB", "1.2", "20"), decided("PA", "1", "70"))
    book = opened(unconfirmed(), Statements((), said))
    matrix = rows_by_title(book, book.sheetnames[0])
    assert matrix["Thang điểm của đơn vị"][2:4] == [100, 84]
    assert matrix["Điểm thẩm định"][2:4] == [70, 71.35]
    assert matrix["Số tiêu chí đã thẩm định"][2:4] == ["2/3", "2/2"]
    assert matrix["Chỉ số thẩm định (%)"][2:4] == ["70 – 86", 84.94], "71,35 of 84, half up; a range while one is open"
    assert rows_by_title(book, "PB")["TỔNG ĐIỂM"][5] == 71.35
    assert rows_by_title(book, "PA")["TỔNG ĐIỂM"][5] is None
    nobody = rows_by_title(opened(unconfirmed()), book.sheetnames[0])
    assert nobody["Chỉ số thẩm định (%)"][2:4] == nobody["Điểm thẩm định"][2:4] == [None, None]


@pytest.mark.parametrize(
    ("language", "formats"),
    [(Language.VI, {"[$-42A]0", "[$-42A]0.0", "[$-42A]0.00"}), (Language.EN, {"0", "0.0", "0.00"})],
)
def test_points_are_numbers_in_one_style(language: Language, formats: set[str]) -> None:
    said = (decided("PB", "1.1", "51.35"), decided("PB", "1.2", "20.50"))
    book = opened(unconfirmed(), Statements((), said), language)
    cells = [cell for row in book["PB"].iter_rows() for cell in row if isinstance(cell.value, int | float)]
    assert cells and {cell.number_format for cell in cells} == formats
    assert {cell.value: cell.number_format[-4:] for cell in cells}[20.5].endswith("0.0")


def test_the_remedies_can_be_marked_for_a_letter(assessment: Assessment) -> None:
    sheet = opened(assessment).worksheets[-1]
    table = Table(tuple(tuple(str(cell or "") for cell in row) for row in sheet.iter_rows(values_only=True)))
    unit = next(unit for unit in assessment.criteria.units if unit.code == "STC")
    marked = read_table_marks([table], unit)
    wanted = [item for item in remediation.list_items(assessment, unit="STC") if item.status in remediation.SURE]
    assert marked is not None and [mark.code for mark in marked] == [item.requirement for item in wanted]


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

"""The letter: laid out as the decree asks, complete for its unit, blank where only people can say."""

from __future__ import annotations

import datetime
import io

import docx
import pytest
from docx.document import Document
from docx.shared import Mm

from evidence.messages import Language
from evidence.model.appraisal import LetterChoice, LetterMark
from evidence.model.assessment import Assessment, Verdict
from evidence.report import letter_docx, remediation
from tests.support import example_assessment

UNTIL = datetime.date(2018, 11, 30)


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    return example_assessment.assessment()


def written(
    assessment: Assessment, code: str, language: Language = Language.VI, choice: LetterChoice | None = None
) -> Document:
    unit = next(unit for unit in assessment.criteria.units if unit.code == code)
    details = letter_docx.LetterDetails(unit, "Sở Nội vụ", UNTIL, choice=choice)
    return docx.Document(io.BytesIO(letter_docx.render(assessment, details, language)))


def words(paper: Document) -> str:
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*cells, *(paragraph.text for paragraph in paper.paragraphs)])


def test_the_page_is_that_of_the_decree(assessment: Assessment) -> None:
    section = written(assessment, "STC").sections[0]
    margins = [round(side / Mm(1)) for side in (section.left_margin, section.right_margin, section.top_margin)]
    assert margins == [30, 15, 20] and round(section.page_width / Mm(1)) == 210


@pytest.mark.parametrize("code", ["SNV", "STC", "VPUB"])
def test_what_is_surely_not_in_order_is_asked_for_and_our_doubts_are_not(assessment: Assessment, code: str) -> None:
    text = words(written(assessment, code))
    rows = remediation.list_items(assessment, unit=code)
    sure = [row for row in rows if row.status is not Verdict.UNCLEAR]
    assert sure and all(row.fault in text and row.task in text for row in sure)
    assert len(sure) < len(rows) and not any(row.fault in text for row in rows if row not in sure)
    others = {unit.name for unit in assessment.criteria.units if unit.code != code} - {"Sở Nội vụ"}
    assert not any(f"Kính gửi: {name}" in text for name in others)


def test_only_what_an_appraiser_marked_is_asked_for_in_doubt_or_not(assessment: Assessment) -> None:
    rows = remediation.list_items(assessment, unit="STC")
    marked = next(row for row in rows if row.status is Verdict.UNCLEAR)
    text = words(written(assessment, "STC", choice=LetterChoice(frozenset({marked.requirement}))))
    assert marked.fault in text and "Có 1 nội dung" in text
    assert not any(row.fault in text for row in rows if row is not marked)


def test_an_appraiser_speaks_in_their_own_words(assessment: Assessment) -> None:
    choice = LetterChoice(
        noted=(LetterMark("2.1", "Kế hoạch chưa nêu kinh phí."), LetterMark("5", "Thiếu số liệu quý II."))
    )
    text = words(written(assessment, "STC", choice=choice))
    assert "Kế hoạch chưa nêu kinh phí." in text and "Thiếu số liệu quý II." in text and "5 Hiện đại hóa" in text
    assert "người thẩm định đề nghị giải trình (2)" in text


@pytest.mark.parametrize(
    ("sender", "superior", "lines"),
    [
        ("Sở Nội vụ", None, ["UBND TỈNH AN PHÚ", "SỞ NỘI VỤ"]),
        ("snv", None, ["UBND TỈNH AN PHÚ", "SỞ NỘI VỤ"]),
        ("Thanh tra tỉnh Quảng Trị", None, ["UBND TỈNH QUẢNG TRỊ", "THANH TRA TỈNH"]),
        ("UBND tỉnh An Phú", None, ["UBND TỈNH AN PHÚ"]),
        ("Tổ giúp việc", "Hội đồng thẩm định", ["HỘI ĐỒNG THẨM ĐỊNH", "TỔ GIÚP VIỆC"]),
        ("Sở Nội vụ", "", ["SỞ NỘI VỤ"]),
        (None, None, ["…" * 12, "…" * 12]),
    ],
)
def test_the_agency_above_stands_over_the_sender(
    assessment: Assessment, sender: str | None, superior: str | None, lines: list[str]
) -> None:
    unit = assessment.criteria.units[1]
    details = letter_docx.LetterDetails(unit, sender, UNTIL, superior)
    cell = docx.Document(io.BytesIO(letter_docx.render(assessment, details))).tables[0].rows[0].cells[0]
    shown = [paragraph for paragraph in cell.paragraphs if paragraph.text]
    assert [paragraph.text for paragraph in shown[: len(lines)]] == lines and shown[len(lines)].text.startswith("Số:")
    assert [paragraph.runs[0].bold for paragraph in shown[: len(lines)]] == [False] * (len(lines) - 1) + [True]


def test_number_date_and_signer_are_blank_and_the_deadline_is_said(assessment: Assessment) -> None:
    text = words(written(assessment, "STC"))
    assert "Số:        /……" in text and "ngày … tháng … năm ……" in text and "30/11/2018" in text
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text and "Độc lập - Tự do - Hạnh phúc" in text


def test_a_unit_in_order_is_not_asked_for_anything(assessment: Assessment) -> None:
    kept = tuple(finding for finding in assessment.findings if finding.status is Verdict.MET)
    held = Assessment(assessment.criteria, kept, assessment.coverage, assessment.records, assessment.paths)
    text = words(written(held, "SNV"))
    assert "Không có nội dung nào" in text and "30/11/2018" not in text


def test_english(assessment: Assessment) -> None:
    assert "SOCIALIST REPUBLIC OF VIET NAM" in words(written(assessment, "SNV", Language.EN))

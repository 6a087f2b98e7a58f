"""The letter: laid out as the decree asks, complete for its unit, blank where only people can say."""

from __future__ import annotations

import datetime
import io

import docx
import pytest
from docx.document import Document
from docx.shared import Mm

from evidence.messages import Language
from evidence.model.assessment import Assessment, Verdict
from evidence.report import letter_docx, remediation
from tests.support import example_assessment

UNTIL = datetime.date(2018, 11, 30)


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    return example_assessment.assessment()


def written(assessment: Assessment, code: str, language: Language = Language.VI) -> Document:
    unit = next(unit for unit in assessment.criteria.units if unit.code == code)
    return docx.Document(
        io.BytesIO(letter_docx.render(assessment, letter_docx.LetterDetails(unit, "Sở Nội vụ", UNTIL), language))
    )


def words(paper: Document) -> str:
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    return "\n".join([*cells, *(paragraph.text for paragraph in paper.paragraphs)])


def test_the_page_is_that_of_the_decree(assessment: Assessment) -> None:
    section = written(assessment, "STC").sections[0]
    margins = [round(side / Mm(1)) for side in (section.left_margin, section.right_margin, section.top_margin)]
    assert margins == [30, 15, 20] and round(section.page_width / Mm(1)) == 210


@pytest.mark.parametrize("code", ["SNV", "STC", "VPUB"])
def test_all_that_is_not_in_order_is_asked_for_and_no_other_unit_named(assessment: Assessment, code: str) -> None:
    text = words(written(assessment, code))
    rows = remediation.list_items(assessment, unit=code)
    assert rows and all(row.fault in text and row.task in text for row in rows)
    others = {unit.name for unit in assessment.criteria.units if unit.code != code} - {"Sở Nội vụ"}
    assert not any(f"Kính gửi: {name}" in text for name in others)


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

"""What an appraiser marks for a letter: as codes, as rows of a table, as notes; and what cannot be meant."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from evidence.appraisal import marks
from evidence.errors import UsageError
from evidence.model.appraisal import Decision, LetterChoice, LetterMark
from evidence.model.assessment import Assessment, Finding, Verdict
from evidence.model.document import Table
from tests.support import example_assessment

NOW = datetime.datetime(2026, 1, 12, 9, tzinfo=datetime.UTC)


@pytest.fixture(scope="module")
def assessment() -> Assessment:
    return example_assessment.assessment()


def of_unit(assessment: Assessment, code: str) -> list[Finding]:
    return [finding for finding in assessment.findings if finding.unit == code]


def chosen(assessment: Assessment, *codes: str, unit: str = "STC") -> LetterChoice:
    wanted = tuple(LetterMark(code) for code in codes)
    return marks.choose_findings(wanted, of_unit(assessment, unit), assessment.criteria)


def test_a_requirement_a_criterion_or_all_below_it(assessment: Assessment) -> None:
    faults = {
        finding.requirement for finding in of_unit(assessment, "STC")
        if finding.criterion.startswith("2.") and finding.status in marks.ASKED
    }  # fmt: skip
    assert chosen(assessment, "2").requirements == faults and "2.1/a" in faults
    assert chosen(assessment, "2.1/A").requirements == chosen(assessment, "2.1").requirements == {"2.1/a"}


@pytest.mark.parametrize(("codes", "sentence"), [(("9.9",), "letter-unknown-codes"), ((), "letter-no-marks")])
def test_what_nothing_bears_is_refused(assessment: Assessment, codes: tuple[str, ...], sentence: str) -> None:
    with pytest.raises(UsageError) as refused:
        chosen(assessment, *codes)
    assert refused.value.message.code == sentence


def test_what_is_in_order_is_no_matter_for_a_letter(assessment: Assessment) -> None:
    met = next(finding for finding in of_unit(assessment, "STC") if finding.status is Verdict.MET)
    with pytest.raises(UsageError) as refused:
        chosen(assessment, "2.1", met.requirement)
    assert refused.value.message.params["codes"] == met.requirement
    noted = marks.choose_findings((LetterMark(met.criterion, "Bổ sung phụ lục."),), (), assessment.criteria)
    assert noted.noted and not noted.requirements, "an appraiser may ask in words of what we find in order"


@pytest.mark.parametrize(
    ("rows", "codes"),
    [
        ((("Mã đơn vị", "Yêu cầu"), ("STC", "1.4/a"), ("SNV", "1.1/a"), ("Sở Tài chính", "2.1/a")), ["1.4/a", "2.1/a"]),
        ((("DANH MỤC", ""), ("Mã yêu cầu", "Đưa vào công văn", "Ý kiến"), ("1.4/a", "x", "Nộp bản rõ"), ("3/b", "")),
         ["1.4/a"]),
        ((("Requirement", "Letter"), ("1.4/a", " "), (None, "x")), []),
        ((("Tiêu chí", "Điểm"), ("1.4", "2")), None),
    ],
    ids=["exported", "ticked", "nothing ticked", "no such column"],
)  # fmt: skip
def test_rows_of_a_table(
    assessment: Assessment, rows: tuple[tuple[str | None, ...], ...], codes: list[str] | None
) -> None:
    unit = next(unit for unit in assessment.criteria.units if unit.code == "STC")
    read = marks.read_table_marks([Table(rows)], unit)
    assert (None if read is None else [mark.code for mark in read]) == codes
    assert not read or "Ý kiến" not in rows[1] or read[0].note == "Nộp bản rõ"


def test_lines_of_a_text(assessment: Assessment) -> None:
    unit = next(unit for unit in assessment.criteria.units if unit.code == "STC")
    text = (
        '\ufeff1.4, 2.1  # hỏi lại\n{"unit": "STC", "requirement": "5.1/a"}\n{"unit": "SNV", "requirement": "4.2/a"}\n{'
    )
    assert [mark.code for mark in marks.read_text_marks(text, unit)] == ["1.4", "2.1", "5.1/a"]


def test_the_last_note_of_a_round_speaks(assessment: Assessment) -> None:
    unit = next(unit for unit in assessment.criteria.units if unit.code == "STC")
    said = [("1.4", "cũ"), ("1.4", "Nộp bản rõ."), ("2.1", "thiếu"), ("2.1", "")]
    decisions = [Decision(1, "STC", code, Decimal(1), note, "An", NOW) for code, note in said]
    other = Decision(1, "SNV", "4.2", None, "khác", "An", NOW)
    assert marks.list_noted([*decisions, other], unit) == (LetterMark("1.4", "Nộp bản rõ."),)

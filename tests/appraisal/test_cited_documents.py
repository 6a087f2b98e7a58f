"""One line a cited document, with every criterion that cites it."""

from __future__ import annotations

from evidence.appraisal import claims
from evidence.appraisal.cited_documents import ClaimLine, group_by_document
from evidence.appraisal.claims import ClaimCitations, ClaimOutcome
from evidence.extract.citations.reader import read_text_citations
from evidence.model.appraisal import Claim
from evidence.model.assessment import SubmittedRecord
from tests.support.dossier import record, submit

REPORT = "Báo cáo số 15/BC-SNV ngày 15/3/2018 của Sở Nội vụ tỉnh An Phú"


def lines(rows: dict[str, str], *handed: SubmittedRecord) -> tuple[ClaimLine, ...]:
    cited = [
        ClaimCitations(Claim("SNV", code, at, evidence=text), read_text_citations(text))
        for at, (code, text) in enumerate(rows.items(), start=1)
    ]
    return group_by_document(claims.check_claims(cited, handed, lambda number: ()))


def test_a_report_that_several_criteria_cite_is_one_line() -> None:
    rows = {"1.2": f"{REPORT}; Kế hoạch số 7/KH-SNV ngày 2/1/2018", "3.1": REPORT, "4.2": "Theo báo cáo 15/BC-SNV"}
    report, plan = lines(rows)
    assert (report.criteria, report.outcome) == (("1.2", "3.1", "4.2"), ClaimOutcome.NOT_HANDED_IN)
    assert report.finding.text == "Báo cáo số 15/BC-SNV ngày 15/3/2018" and plan.criteria == ("1.2",)


def test_a_date_that_differs_is_a_line_of_its_own() -> None:
    both = lines({"1.2": REPORT, "3.1": REPORT.replace("15/3/2018", "15/3/2017"), "3.2": REPORT})
    assert [line.criteria for line in both] == [("1.2", "3.2"), ("3.1",)]


def test_the_most_pressing_answer_speaks_and_the_others_stay() -> None:
    rows = {"1.2": "Kế hoạch số 15/BC-SNV ngày 15/3/2018", "3.1": REPORT, "3.2": REPORT}
    (line,) = lines(rows, submit(record(), "3.1"))
    assert line.outcome is ClaimOutcome.DIFFERS and line.criteria == ("1.2", "3.1", "3.2")
    assert [(message.code, criteria) for message, criteria in line.others] == [("claims-agrees", ("3.1", "3.2"))]


def test_what_is_not_cited_is_one_line_a_file() -> None:
    handed = submit(record("b.pdf", no="16/BC-SNV"), "1.2"), submit(record("b.pdf", no="16/BC-SNV"), "3.1")
    (line,) = lines({"1.2": "", "3.1": ""}, *handed)
    assert (line.outcome, line.criteria) == (ClaimOutcome.NOT_CITED, ("1.2", "3.1"))

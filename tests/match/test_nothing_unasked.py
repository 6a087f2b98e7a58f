"""Nothing earns points unasked: no deadline, no year, a neighbour, alternatives, optional ones, the closing."""

from __future__ import annotations

import datetime
from dataclasses import replace
from decimal import Decimal

import pytest

from evidence.match.check import assess, check
from evidence.model.assessment import Finding, SubmittedRecord, Verdict
from evidence.model.criteria import CriteriaSet, EvidenceAlternative, Requirement, Wording
from evidence.model.problem import ProblemCode
from evidence.values import kind
from tests.support.dossier import AS_OF, load_set, record, submit

TEXT = """\
set: thu-2018
title: Bộ thử
year: 2018
level: so
units:
  - {code: SNV, name: Sở Nội vụ, issuer: "Sở Nội vụ tỉnh An Phú"}
criteria:
  - code: "1.1"
    title: Kế hoạch CCHC
    points: 1
    score: all-or-nothing
    evidence:
      - {id: kh, title: Kế hoạch CCHC, kind: Kế hoạch, issuer: unit, subject: ["cải cách hành chính"], about: 2018}
"""
PLAN = record("kh.pdf", "Kế hoạch", "Kế hoạch CCHC năm 2018", "2018-01-20", no="7/KH-SNV")
REPORT = kind.by_code("BC")
MINUTES = kind.by_code("BB")


def with_requirement(timely: bool = False, **changes: object) -> CriteriaSet:
    criteria = load_set(TEXT)
    (criterion,) = criteria.criteria
    changed = replace(criterion.evidence[0], **changes)  # type: ignore[arg-type]
    return replace(criteria, criteria=(replace(criterion, timely=timely, evidence=(changed,)),))


def find(criteria: CriteriaSet, *rows: SubmittedRecord) -> Finding:
    (finding,) = check(criteria, rows, (), AS_OF)
    return finding


def test_where_the_scoring_speaks_of_time_no_deadline_earns_nothing() -> None:
    finding = find(with_requirement(timely=True, due_unknown=True), submit(PLAN, "1.1"))
    doubts = [reason for reason in finding.reasons if reason.ok is not True]
    assert finding.status is Verdict.UNCLEAR and finding.points.suggested is None
    assert [reason.message.code for reason in doubts] == ["deadline-unknown"]
    assert doubts[0].document and doubts[0].page


def test_without_a_word_of_time_a_document_serves_without_a_deadline() -> None:
    assert find(with_requirement(due_unknown=True), submit(PLAN, "1.1")).status is Verdict.MET
    due = datetime.date(2018, 1, 31)
    assert find(with_requirement(timely=True, due=due), submit(PLAN, "1.1")).status is Verdict.MET


def test_no_deadline_is_the_only_doubt_though_another_document_lies_beside() -> None:
    other = record("kt.pdf", "Kế hoạch", "Kế hoạch kiểm tra CCHC năm 2018", "2018-02-20", no="9/KH-SNV")
    criteria = with_requirement(timely=True, due_unknown=True, not_subject=("kiểm tra",))
    finding = find(criteria, submit(PLAN, "1.1"), submit(other, "1.1"))
    assert [reason.message.code for reason in finding.reasons if reason.ok is not True] == ["deadline-unknown"]
    assert any(reason.rule == "other" for reason in finding.reasons)


@pytest.mark.parametrize(
    ("subject", "answer"),
    [
        ("Kế hoạch kiểm tra CCHC năm 2018", Verdict.WRONG),
        ("Kế hoạch kiểm tra công tác cải cách hành chính năm 2018", Verdict.WRONG),
        ("Kế hoạch CCHC và kiểm tra CCHC năm 2018", Verdict.UNCLEAR),
        ("Kế hoạch CCHC năm 2018", Verdict.MET),
    ],
)
def test_a_neighbour_s_words(subject: str, answer: Verdict) -> None:
    document = record("kh.pdf", "Kế hoạch", subject, "2018-01-20", no="7/KH-SNV")
    assert find(with_requirement(not_subject=("kiểm tra",)), submit(document, "1.1")).status is answer


@pytest.mark.parametrize(
    ("subject", "dated", "answer"),
    [
        ("Kế hoạch CCHC năm 2016", "2016-01-20", Verdict.WRONG),
        ("Kế hoạch CCHC năm 2016", "2018-01-20", Verdict.WRONG),
        ("Kế hoạch CCHC", "2018-01-20", Verdict.UNCLEAR),
        ("Kế hoạch CCHC", "2015-01-20", Verdict.WRONG),
        ("Kế hoạch CCHC năm 2018 Thực hiện Kế hoạch của tỉnh năm 2016, đơn vị triển khai như sau:", "2018-01-20",
         Verdict.MET),
    ],
)  # fmt: skip
def test_the_year(subject: str, dated: str, answer: Verdict) -> None:
    document = record("kh.pdf", "Kế hoạch", subject, dated, no="7/KH-SNV")
    assert find(with_requirement(), submit(document, "1.1")).status is answer


def test_any_of_several_documents_will_do() -> None:
    assert REPORT and MINUTES
    options = (EvidenceAlternative((REPORT,), ("kiểm soát TTHC",)), EvidenceAlternative((MINUTES,), ("CCHC",)))
    criteria = with_requirement(kind=None, subject=(), about=None, any_of=options)
    report = record("a.pdf", "Báo cáo", "Công tác kiểm soát thủ tục hành chính năm 2018")
    minutes = record("b.pdf", "Biên bản", "Họp về cải cách hành chính", no=None)
    crossed = record("c.pdf", "Biên bản", "Họp về kiểm soát thủ tục hành chính", no=None)
    assert find(criteria, submit(report, "1.1")).status is Verdict.MET
    assert find(criteria, submit(minutes, "1.1")).status is Verdict.MET
    assert find(criteria, submit(crossed, "1.1")).status is Verdict.WRONG
    assert find(criteria, submit(report, None)).status is Verdict.MET


def test_what_need_not_be_there_is_never_missing_and_costs_nothing() -> None:
    criteria = with_requirement()
    (criterion,) = criteria.criteria
    spare = Requirement("ct", "Công văn đôn đốc", kind=kind.by_code("CV"), subject=("đôn đốc",), optional=True)
    both = replace(criteria, criteria=(replace(criterion, evidence=(*criterion.evidence, spare)),))
    result = assess(both, [submit(PLAN, "1.1")], (), AS_OF)
    assert [finding.status for finding in result.findings] == [Verdict.MET, Verdict.NOT_APPLICABLE]
    assert result.findings[0].points.suggested == Decimal(1) and result.scores[-1].lowest == Decimal(1)
    alone = replace(criteria, criteria=(replace(criterion, evidence=(spare,)),))
    score = assess(alone, [], (), AS_OF).scores[-1]
    assert (score.lowest, score.highest) == (Decimal(0), Decimal(1))


@pytest.mark.parametrize(
    ("received", "closing", "supplement", "rule", "answer"),
    [
        (datetime.date(2018, 12, 4), datetime.datetime(2018, 12, 5, 17), None, "all-or-nothing", Verdict.MET),
        (datetime.date(2018, 12, 6), datetime.datetime(2018, 12, 5, 17), None, "all-or-nothing", Verdict.LATE),
        (datetime.date(2018, 12, 6), datetime.datetime(2018, 12, 5, 17), None, "timeliness", Verdict.UNCLEAR),
        (datetime.date(2018, 12, 5), datetime.datetime(2018, 12, 5, 17), None, "all-or-nothing", Verdict.UNCLEAR),
        (datetime.date(2018, 12, 5), datetime.datetime(2018, 12, 5, 23, 59), None, "all-or-nothing", Verdict.MET),
        (datetime.date(2018, 12, 6), datetime.datetime(2018, 12, 5, 17), datetime.date(2018, 12, 10), "all-or-nothing",
         Verdict.MET),
        (None, datetime.datetime(2018, 1, 5, 17), None, "all-or-nothing", Verdict.MET),
    ],
)  # fmt: skip
def test_the_closing(
    received: datetime.date | None, closing: datetime.datetime, supplement: datetime.date | None, rule: str,
    answer: Verdict,
) -> None:  # fmt: skip
    first = closing.date() if supplement else None
    criteria = load_set(TEXT.replace("all-or-nothing", rule))
    criteria = replace(criteria, closing=closing, supplement_from=first, supplement_to=supplement)
    submission, document = submit(PLAN, "1.1")
    finding = find(criteria, (replace(submission, received=received), document))
    assert (finding.status, finding.due) == (answer, None)
    assert answer is Verdict.MET or finding.points.suggested != Decimal(1)


def test_a_draft_in_hand_is_named_where_the_document_is_missing() -> None:
    draft = record("du-thao.pdf", "Kế hoạch", "Kế hoạch CCHC năm 2018", None, no=None, problems=(ProblemCode.DRAFT,))
    other = record("khac.pdf", "Kế hoạch", "Kế hoạch đào tạo năm 2018", None, no=None, problems=(ProblemCode.DRAFT,))
    finding = find(with_requirement(), submit(draft, None), submit(other, None))
    named = [reason for reason in finding.reasons if reason.rule == "draft"]
    assert finding.status is Verdict.MISSING
    assert [(reason.document, reason.page) for reason in named] == [(draft.source.sha256, 1)]


def test_every_reason_that_names_a_document_names_its_page() -> None:
    wrong = record("bc.pdf", subject="Báo cáo công tác văn thư năm 2018")
    finding = find(with_requirement(), submit(PLAN, "1.1"), submit(wrong, "1.1"))
    assert all(reason.page for reason in finding.reasons if reason.document)


def test_a_kind_alone_tells_a_document_only_where_it_was_handed_in_for_the_criterion() -> None:
    criteria = with_requirement(subject=(), about=None)
    assert find(criteria, submit(PLAN, "1.1")).status is Verdict.MET
    assert find(criteria, submit(PLAN, None)).status is Verdict.UNCLEAR


@pytest.mark.parametrize("code", ["proposal-subject-thin", "proposal-no-subject"])
def test_words_that_fit_many_documents_earn_nothing_by_themselves(code: str) -> None:
    words = Wording("Kế hoạch", doubts=(code,))
    subject = ("cải cách hành chính",) if code.endswith("thin") else ()
    finding = find(with_requirement(subject=subject, wording=words), submit(PLAN, "1.1"))
    doubts = [reason for reason in finding.reasons if reason.ok is not True]
    assert finding.status is Verdict.UNCLEAR and finding.points.suggested is None
    assert "rule-subject-open" in [reason.message.code for reason in doubts]


def test_what_lacks_even_thin_words_is_wrong() -> None:
    words = Wording("Kế hoạch", doubts=("proposal-subject-thin",))
    finding = find(with_requirement(subject=("ngân sách",), wording=words), submit(PLAN, "1.1"))
    assert finding.status is Verdict.WRONG

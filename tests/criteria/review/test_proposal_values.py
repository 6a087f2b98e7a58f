"""Values of proposals: shown and read back alike in both languages, changed one by one, wrong ones named by field."""

from __future__ import annotations

import pytest

from evidence.criteria import loader, yaml_writer
from evidence.criteria.review.accepted_set import accept_proposals
from evidence.criteria.review.review_rows import list_rows
from evidence.criteria.review.value_words import parse_shown, show_value
from evidence.messages import Language, catalogue
from evidence.model.criteria import CriteriaSet, Requirement
from evidence.model.review import ProposalValue, ReviewAct, ReviewAnswer, ReviewField
from evidence.model.score_rule import ScoreRule

SET = """\
set: xa-2026
title: Bộ chỉ số xã
year: 2026
level: xa
units: []
criteria:
  - code: "1"
    title: Chỉ đạo
    points: 3
    children:
      - code: "1.1"
        title: Kế hoạch
        points: 1
        score: all-or-nothing
        evidence:
          - {id: kh, title: Kế hoạch CCHC, kind: Kế hoạch, issuer: unit, subject: [CCHC], about: 2026, proposed: true,
             due_unknown: true, due_offered: {due: 2026-01-15, source: "12/HD-SNV"}, words: Kế hoạch CCHC năm 2026}
      - code: "1.2"
        title: Báo cáo
        points: 1
        score: all-or-nothing
        evidence:
          - {id: bc, title: Báo cáo CCHC, kind: Báo cáo, issuer: unit, subject: [CCHC], proposed: true,
             series: cchc-quarterly, words: Báo cáo CCHC định kỳ}
      - code: "1.3"
        title: Sáng kiến
        points: 1
        score: manual
"""


def decide(*answers: ReviewAnswer) -> tuple[CriteriaSet, list[tuple[str | None, str]]]:
    reviewed = accept_proposals(loader.parse_criteria(SET), answers)
    faults = [(fault.field.value if fault.field else None, fault.message.code) for fault in reviewed.faults]
    return loader.parse_criteria(yaml_writer.render_yaml(reviewed.criteria)), faults


def change(criterion: str, requirement: str, **values: str) -> ReviewAnswer:
    pairs = tuple(ProposalValue(ReviewField(name.replace("_", "-")), value) for name, value in values.items())
    return ReviewAnswer(criterion, requirement, ReviewAct.EDIT if requirement else ReviewAct.ADD, pairs)


def evidence_of(criteria: CriteriaSet, code: str) -> tuple[Requirement, ...]:
    return next(child.evidence for child in criteria.criteria[0].children if child.code == code)


def test_what_nobody_touched_is_taken_as_proposed_and_an_offer_is_not() -> None:
    criteria, faults = decide()
    plan = evidence_of(criteria, "1.1")[0]
    assert not faults and not plan.proposed
    assert (plan.due, plan.due_unknown, plan.due_offered is not None) == (None, True, True)
    assert [str(slot.due) for slot in evidence_of(criteria, "1.2")] == [
        "2026-03-20", "2026-06-20", "2026-09-20", "2026-12-20",
    ]  # fmt: skip


def test_every_value_is_read_back_as_it_is_shown() -> None:
    for row in list_rows(loader.parse_criteria(SET)):
        for pair in row.proposed:
            for language in Language:
                shown = show_value(pair.field, pair.value, language)
                assert parse_shown(pair.field, shown) == pair.value, (pair, shown)


@pytest.mark.parametrize(
    ("shown", "value"),
    [
        ("15/3/2026", "2026-03-15"),
        ("Ngày 5 tháng đầu sau kỳ", "day 5 of the first month after the period"),
        ("ngày cuối tháng 2", "day last of month 2"),
        ("Ngày 20 tháng 11 năm trước", "day 20 of month 11 of the previous year"),
        ("7 ngày làm việc sau mốc", "trigger + 7 working days"),
        ("30 days after 88/KH-UBND", "trigger + 30 days @ 88/KH-UBND"),
        ("CHƯA BIẾT HẠN", "unknown"),
        ("không có hạn", ""),
    ],
)
def test_deadlines_as_people_write_them(shown: str, value: str) -> None:
    assert parse_shown(ReviewField.DUE, shown) == value


def test_every_score_rule_and_decision_has_its_words() -> None:
    codes = [f"review-rule-{rule.value}" for rule in ScoreRule] + [f"review-act-{act.value}" for act in ReviewAct]
    assert not [code for code in codes if code not in catalogue()]


def test_changed_values() -> None:
    criteria, faults = decide(
        change(
            "1.1",
            "kh",
            kind="Quyết định; KH",
            issuer="tinh",
            subject="cải cách; chuyển đổi số",
            year="",
            due="2026-01-15",
            optional="true",
            count="2",
        )
    )
    plan = evidence_of(criteria, "1.1")[0]
    assert not faults
    assert [kind.name for kind in plan.kinds] == ["Quyết định", "Kế hoạch"]
    assert (plan.issuer, plan.subject, plan.about) == ("tinh", ("cải cách", "chuyển đổi số"), None)
    assert (str(plan.due), plan.due_unknown, plan.due_source) == ("2026-01-15", False, "12/HD-SNV")
    assert (plan.optional, plan.count) == (True, 2)


def test_a_series_gets_other_periods_and_one_document_becomes_a_series() -> None:
    criteria, faults = decide(
        change("1.2", "bc", period="6 tháng; năm", due="day 10 of the last month of the period"),
        change("1.1", "kh", period="quý I; quý II", due="day 5 of the first month after the period"),
    )
    assert not faults
    assert [(slot.id, str(slot.due)) for slot in evidence_of(criteria, "1.2")] == [
        ("bc-6t", "2026-06-10"), ("bc-nam", "2026-12-10"),
    ]  # fmt: skip
    slots = evidence_of(criteria, "1.1")
    assert [(slot.id, slot.series, str(slot.due)) for slot in slots] == [
        ("kh-q1", "kh", "2026-04-05"), ("kh-q2", "kh", "2026-07-05"),
    ]  # fmt: skip
    assert slots[0].subject == ("CCHC", "quý I")


def test_a_deadline_counts_from_another_requirement_and_brings_the_calendar() -> None:
    criteria, faults = decide(change("1.2", "bc", period="năm", due="trigger + 5 working days @ 1.1/kh"))
    trigger = evidence_of(criteria, "1.2")[0].trigger
    assert not faults and trigger is not None
    assert (trigger.requirement, trigger.days, trigger.working) == ("1.1/kh", 5, True)
    assert criteria.calendar is not None and criteria.calendar.name == "vn-2026"


def test_alternatives_are_added_to_a_criterion_without_proposals() -> None:
    criteria, faults = decide(
        change("1.3", "", title="Công nhận", any_of="Quyết định: công nhận sáng kiến | Giấy chứng nhận [năm]")
    )
    added = evidence_of(criteria, "1.3")[0]
    assert not faults and added.id == "yc"
    assert [(option.kinds[0].name, option.period) for option in added.any_of] == [
        ("Quyết định", None), ("Giấy chứng nhận", "năm"),
    ]  # fmt: skip


def test_what_is_dropped_is_not_asked_and_a_rule_without_documents_goes_to_a_person() -> None:
    criteria, _ = decide(ReviewAnswer("1.1", "kh", ReviewAct.DROP))
    plan = criteria.criteria[0].children[0]
    assert (plan.evidence, plan.score) == ((), ScoreRule.MANUAL)


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (change("1.1", "kh", kind="Báo cao"), ("kind", "review-unknown-kind-near")),
        (change("1.1", "kh", issuer="tỉnh; tin"), ("issuer", "review-unknown-issuer")),
        (change("1.1", "kh", year="hai nghìn"), ("year", "review-want-year")),
        (change("1.1", "kh", period="tuần 3"), ("period", "review-bad-period")),
        (change("1.1", "kh", count="0"), ("count", "review-want-count")),
        (change("1.1", "kh", due="cuối năm"), ("due", "review-bad-due")),
        (change("1.1", "kh", due="2026-02-30"), ("due", "review-bad-due")),
        (change("1.1", "kh", due="day 20 of the last month of the period"), ("due", "review-due-period")),
        (change("1.1", "kh", due="trigger + 5 days @ 9.9/xx"), ("due", "review-bad-trigger")),
        (change("1.1", "kh", any_of="Báo cáo: kiểm tra"), ("any-of", "review-one-alternative")),
        (change("1.1", "kh", optional="tùy"), ("optional", "review-want-optional")),
        (change("1.1", "kh", title=""), ("title", "review-want-title")),
        (change("1.1", "kh", rule="stepped"), ("rule", "review-bad-rule")),
        (change("1.3", "", title="Sáng kiến"), ("kind", "review-want-kind")),
        (change("1.3", "", kind="Báo cáo"), ("title", "review-want-title")),
    ],
)
def test_what_is_wrong_is_named_by_its_field(answer: ReviewAnswer, fault: tuple[str, str]) -> None:
    assert decide(answer)[1] == [fault]


def test_who_says_what_the_document_is_about_takes_the_doubt_away() -> None:
    thin = SET.replace("words: Kế hoạch CCHC năm 2026", "words: Kế hoạch, doubts: [proposal-subject-thin]")
    criteria = loader.parse_criteria(thin)
    for values, is_open in ({"subject": "CCHC; hằng năm"}, False), ({"issuer": "tinh"}, True):
        reviewed = accept_proposals(criteria, [change("1.1", "kh", **values)])
        assert evidence_of(reviewed.criteria, "1.1")[0].is_open is is_open

"""A set written out and read back is the same set: every key of a requirement, series, alternatives, deadlines."""

from __future__ import annotations

from evidence.criteria import loader, yaml_writer
from evidence.report import criteria_json

HEAD = """\
set: thu-2025
title: Bộ thử
year: 2025
level: xa
holidays: vn-2025
units: []
criteria:
  - code: "1"
    title: Chỉ đạo
    points: 2
    score: manual
    evidence:
"""

EVERY_KEY = """\
      - id: kh
        title: Kế hoạch CCHC
        kind: [Kế hoạch, Quyết định]
        issuer: [unit, "Ủy ban nhân dân xã An Phú"]
        subject: ["cải cách hành chính"]
        not_subject: ["kiểm tra", "tuyên truyền"]
        about: 2025
        issued: 2024-12-01..
        due: 2025-03-15
        due_source: Phụ lục I, trang 3
        shift: next-working-day
        number: "*/KH-UBND"
        signature: digital
        accept: [{level: tinh or above, kind: Quyết định, subject: [công nhận]}]
      - id: hoac
        title: Biên bản hoặc báo cáo năm
        proposed: true
        optional: true
        any_of: [{kind: Biên bản, subject: [kiểm tra]}, {kind: [Báo cáo, Thông báo], subject: [CCHC], period: năm}]
        due: trigger + 7 working days
        due_unknown: true
        due_text: trong 07 ngày làm việc kể từ ngày được cập nhật
        due_offered: {due: day 20 of the last month of the period, source: "581/BNV-CCHC"}
        words: Biên bản hoặc báo cáo năm (nếu có)
        page: 3
        guide_page: 5
        sure: doubtful
        doubts: [proposal-subject-from-title]
      - id: bc
        title: Báo cáo CCHC
        kind: Báo cáo
        series: cchc-quarterly
        due_unknown: true
      - id: kq
        title: Báo cáo kết quả
        kind: Báo cáo
        cites: [{of: 1/kh, relation: implements}, 4361/QĐ-BNV]
        series: [{id: 6t, period: 6 tháng, due: 2025-06-15}, {id: nam, period: năm, annexes: ["Phụ lục 3"]}]
      - id: sau
        title: Thông báo sau kế hoạch
        due: trigger + 5 working days
        trigger: 1/kh
        clock: received
        count: 2
"""


def test_what_is_written_reads_back_as_the_same_set() -> None:
    criteria = loader.parse_criteria(HEAD + EVERY_KEY)
    written = yaml_writer.render_yaml(criteria)
    again = loader.parse_criteria(written)
    for asked, read in zip(criteria.criteria[0].evidence, again.criteria[0].evidence, strict=True):
        assert read == asked
    assert again == criteria


def test_a_series_whose_deadline_nobody_knows_has_none() -> None:
    (criterion,) = loader.parse_criteria(HEAD + EVERY_KEY).criteria
    slots = [requirement for requirement in criterion.evidence if requirement.series == "bc"]
    assert [(slot.period, slot.due, slot.due_unknown) for slot in slots] == [
        ("quý I", None, True), ("6 tháng", None, True), ("quý III", None, True), ("năm", None, True),
    ]  # fmt: skip
    assert {slot.series_name for slot in slots} == {"cchc-quarterly"}


def test_unknown_and_a_day_contradict_each_other() -> None:
    text = HEAD + "      - {id: a, title: A, due: 2025-03-15, due_unknown: true}\n"
    assert [message.code for _, message in loader.find_faults(text)] == ["criteria-due-known"]


def test_an_alternative_must_say_something_and_nothing_unknown() -> None:
    text = HEAD + "      - {id: a, title: A, any_of: [{period: năm}, {kind: Báo cáoo}, {kind: Báo cáo, about: 2025}]}\n"
    codes = {message.code for _, message in loader.find_faults(text)}
    assert codes == {"criteria-want-one-of", "criteria-unknown-kind-near", "criteria-unknown-key"}


def test_json_says_the_deadline_in_words() -> None:
    evidence = criteria_json.render(loader.parse_criteria(HEAD + EVERY_KEY))["criteria"][0]["evidence"]  # type: ignore[index]
    told = {entry["id"]: (entry["due"], entry["due_unknown"], entry["due_words"]) for entry in evidence}
    assert told["kh"] == ("2025-03-17", False, "2025-03-17")
    assert told["hoac"] == ("trigger + 7 working days", True, "trigger + 7 working days")
    assert told["bc-q1"] == (None, True, "chưa biết")
    alternatives = next(entry["any_of"] for entry in evidence if entry["id"] == "hoac")
    assert [option["kinds"] for option in alternatives] == [["Biên bản"], ["Báo cáo", "Thông báo"]]

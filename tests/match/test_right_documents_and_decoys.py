"""Right documents and decoys beside them: other years, offices, provinces, kinds, subjects, made up for every kind of
requirement that annexes word. No decoy earns a point; no right one is called missing or wrong."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest

from evidence.match.check import check
from evidence.model.assessment import Finding
from evidence.model.record import FieldValue, Record
from evidence.values import agency
from tests.support.dossier import SPAN, load_set, record, submit

UNIT = "Sở Y tế tỉnh Nghệ An"
AS_OF = datetime.date(2026, 1, 31)
TEXT = """\
set: nghe-an-2025
title: Bộ thử
year: 2025
level: so
units:
  - {code: SYT, name: Sở Y tế, issuer: "Sở Y tế tỉnh Nghệ An"}
criteria:
"""
ASKED = {
    "kế hoạch năm": 'kind: Kế hoạch, issuer: unit, subject: [CCHC], not_subject: [kiểm tra, tuyên truyền], about: 2025',
    "ba việc": 'kind: Kế hoạch, issuer: unit, subject: ["rà soát", "hệ thống hóa văn bản quy phạm pháp luật"],'
               ' about: 2025',
    "hoặc": 'issuer: unit, about: 2025, any_of: [{kind: Báo cáo, subject: ["kiểm soát TTHC"]},'
            ' {kind: Báo cáo, subject: [CCHC], period: năm}]',
    "của tỉnh": 'kind: Quyết định, issuer: "Chủ tịch UBND tỉnh", subject: ["quy trình nội bộ"],'
                ' issued: 2025-01-01..2025-12-31',
    "chung chung": 'kind: Báo cáo, issuer: unit, subject: ["tình hình thực hiện"], about: 2025',
}  # fmt: skip
OWN = ("Sở Y tế", "UBND tỉnh Nghệ An")
PROVINCE = ("Ủy ban nhân dân tỉnh Nghệ An", None)
RIGHT = [
    ("kế hoạch năm", "Kế hoạch", "Cải cách hành chính năm 2025 của Sở Y tế", "2025-01-06", OWN),
    ("kế hoạch năm", "Kế hoạch", "Thực hiện công tác CCHC năm 2025", "2024-12-28", OWN),
    ("kế hoạch năm", "Kế hoạch", "CCHC năm 2025 Thực hiện Kế hoạch của tỉnh về kiểm tra, Sở triển khai như sau:",
     "2025-01-06", OWN),
    ("ba việc", "Kế hoạch", "Kiểm tra, rà soát, hệ thống hóa VBQPPL năm 2025", "2025-01-10", OWN),
    ("hoặc", "Báo cáo", "Kết quả công tác kiểm soát thủ tục hành chính năm 2025", "2025-12-10", OWN),
    ("hoặc", "Báo cáo", "Công tác cải cách hành chính năm 2025", "2025-12-10", OWN),
    ("của tỉnh", "Quyết định", "Phê duyệt quy trình nội bộ giải quyết TTHC lĩnh vực y tế", "2025-10-01", PROVINCE),
]  # fmt: skip
DECOYS = [
    ("kế hoạch năm", "Kế hoạch", "Kiểm tra công tác cải cách hành chính năm 2025", "2025-02-20", OWN),
    ("kế hoạch năm", "Kế hoạch", "Tuyên truyền CCHC năm 2025", "2025-02-20", OWN),
    ("kế hoạch năm", "Kế hoạch", "Cải cách hành chính năm 2023", "2023-01-05", OWN),
    ("kế hoạch năm", "Kế hoạch", "Cải cách hành chính", "2025-01-05", OWN),
    ("kế hoạch năm", "Kế hoạch", "Cải cách hành chính năm 2025", "2025-01-05", ("Sở Y tế", "UBND tỉnh Hà Tĩnh")),
    ("kế hoạch năm", "Kế hoạch", "Cải cách hành chính năm 2025", "2025-01-05", ("Sở Tư pháp", "UBND tỉnh Nghệ An")),
    ("kế hoạch năm", "Công văn", "Cải cách hành chính năm 2025", "2025-01-05", OWN),
    ("kế hoạch năm", "Kế hoạch", "Đào tạo năm 2025 Sở Y tế triển khai cải cách hành chính như sau:", "2025-01-05", OWN),
    ("ba việc", "Kế hoạch", "Rà soát, đối chiếu công nợ năm 2025", "2025-02-20", OWN),
    ("ba việc", "Kế hoạch", "Rà soát quy trình nội bộ năm 2025", "2025-02-20", OWN),
    ("hoặc", "Báo cáo", "Công tác cải cách hành chính quý I năm 2025", "2025-03-15", OWN),
    ("hoặc", "Báo cáo", "Kết quả công tác văn thư, lưu trữ năm 2025", "2025-11-20", OWN),
    ("của tỉnh", "Quyết định", "Phê duyệt quy trình nội bộ giải quyết TTHC", "2023-10-01", PROVINCE),
    ("của tỉnh", "Quyết định", "Phê duyệt quy trình nội bộ", "2025-10-01", ("Ủy ban nhân dân tỉnh Hà Tĩnh", None)),
    ("của tỉnh", "Quyết định", "Phê duyệt quy trình nội bộ", "2025-10-01", OWN),
    ("chung chung", "Báo cáo", "Tình hình thực hiện quy chế dân chủ cơ sở năm 2025", "2025-11-20", OWN),
]


def document(what: str, subject: str, dated: str, letterhead: tuple[str, str | None]) -> Record:
    issuer, parent = letterhead
    made = record("a.docx", what, subject, dated, issuer, "12/KH-SYT")
    return replace(made, parent=FieldValue(agency.parse(parent), parent, SPAN, 0.97)) if parent else made


def judge(asked: str, made: Record) -> Finding:
    entry = f"{{id: a, title: A, {ASKED[asked]}}}"
    row = f'  - {{code: "1", title: Thử, points: 1, score: all-or-nothing, evidence: [{entry}]}}'
    (finding,) = check(load_set(TEXT + row), [submit(made, "1", "SYT")], (), AS_OF)
    return finding


@pytest.mark.parametrize(("asked", "what", "subject", "dated", "letterhead"), RIGHT)
def test_right_ones_are_met(
    asked: str, what: str, subject: str, dated: str, letterhead: tuple[str, str | None]
) -> None:
    finding = judge(asked, document(what, subject, dated, letterhead))
    assert finding.status.value == "met", [reason.message.code for reason in finding.reasons if not reason.ok]


@pytest.mark.parametrize(("asked", "what", "subject", "dated", "letterhead"), DECOYS)
def test_decoys_earn_nothing(
    asked: str, what: str, subject: str, dated: str, letterhead: tuple[str, str | None]
) -> None:
    finding = judge(asked, document(what, subject, dated, letterhead))
    assert finding.status.value in ("wrong", "unclear") and not finding.points.suggested

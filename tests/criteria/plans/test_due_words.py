"""Deadlines of plans, as offices write them."""

from __future__ import annotations

import pytest

from evidence.criteria.plans.due_words import read_dues


@pytest.mark.parametrize(
    ("text", "dues"),
    [
        ("Trước ngày 20/3/2026", ["day 2026-03-20"]),
        ("30/6", ["day 2026-06-30"]),
        ("Trước 15 tháng 11 năm 2026", ["day 2026-11-15"]),
        ("Trước ngày 31/01 năm liền kề", ["day 2027-01-31"]),
        ("Hoàn thành trong tháng 3", ["month-end 2026-03-31"]),
        ("Tháng 02/2026", ["month-end 2026-02-28"]),
        ("06/2026", ["month-end 2026-06-30"]),
        ("Quý III/2026", ["month-end 2026-09-30"]),
        ("Quý I năm 2026", ["month-end 2026-03-31"]),
        ("6 tháng đầu năm 2026", ["month-end 2026-06-30"]),
        ("Trong năm 2026", ["within-year 2026-12-31"]),
        ("Năm 2026", ["within-year 2026-12-31"]),
        ("2026", ["within-year 2026-12-31"]),
        ("Đến hết năm 2030", ["within-year 2030-12-31"]),
        ("Cả năm", ["within-year 2026-12-31"]),
        ("Thường xuyên", ["continuous"]),
        ("Thường xuyên trong năm 2026", ["continuous"]),
        ("Định kỳ hằng quý", ["continuous"]),
        ("Hàng tháng", ["continuous"]),
        ("Trước ngày 05 của tháng liền kề", ["continuous"]),
        ("Trước ngày 20 hằng tháng", ["continuous"]),
        ("Theo Nghị định số 52/2015/NĐ-CP ngày 28/5/2015 của Chính phủ", ["reference"]),
        ("Theo tiến độ của Bộ Nội vụ", ["reference"]),
        ("Theo Kế hoạch ngày 2/3/2026", ["reference"]),
        ("Sau 03 tháng kể từ khi có văn bản của Trung ương", ["reference"]),
        ("10 ngày làm việc kể từ ngày công bố", ["reference"]),
        ("", ["unknown"]),
        ("x", ["unknown"]),
        ("31/02/2026", ["unknown"]),
        ("Ban hành kế hoạch chậm nhất là ngày 15/01/2026 và tổ chức thực hiện", ["day 2026-01-15"]),
        (
            "Ban hành trong tháng 01/2026, kiểm tra chậm nhất trong tháng 6/2026 và báo cáo trước ngày 15/8/2026",
            ["month-end 2026-01-31", "month-end 2026-06-30", "day 2026-08-15"],
        ),
        ("Quý II/2026; thường xuyên", ["month-end 2026-06-30", "continuous"]),
    ],
)
def test_every_deadline_is_read_and_none_is_made_up(text: str, dues: list[str]) -> None:
    assert [f"{due.kind} {due.date or ''}".strip() for due in read_dues(text, 2026)] == dues


def test_a_day_without_its_year_stays_unknown_where_nobody_knows_the_year() -> None:
    assert [due.date for text in ("30/6", "tháng 3", "quý II", "trong năm") for due in read_dues(text, 0)] == [None] * 4

"""Tables of plans in several layouts: every task, its owners and deadlines as printed."""

from __future__ import annotations

from collections.abc import Sequence

from evidence.criteria.plans.plan_table import PlanTable, read_plan_table
from evidence.model.document import Origin, Page, Table

Cells = Sequence[str | None]


def read(*tables: Sequence[Cells]) -> PlanTable:
    pages = [
        Page(number, 595.0, 842.0, Origin.TEXT, (), tables=(Table(tuple(map(tuple, rows))),))
        for number, rows in enumerate(tables, start=1)
    ]
    return read_plan_table(pages, 2026)


def codes(table: PlanTable) -> list[str]:
    return [task.code for task in table.tasks]


def test_fields_head_their_tasks_and_merged_cells_belong_to_every_row() -> None:
    table = read(
        [
            ("STT", "Nhiệm vụ", "Sản phẩm", "Thời gian hoàn thành", "Chủ trì", "Phối hợp", "Theo dõi"),
            ("(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)"),
            ("I", "Cải cách thể chế", "", "", "", "", ""),
            ("1", "Rà soát văn bản", "Báo cáo rà soát", "Quý II/2026", "Sở Tư pháp", "Sở Nội vụ", "Sở Tư pháp"),
            ("II", "Cải cách thủ tục", "", "", "", "", ""),
            ("1", "Kiểm tra", "Kế hoạch của tỉnh", "Tháng 1/2026", "Sở Nội vụ", "Các sở", "Sở Nội vụ"),
            (None, None, "Kế hoạch của đơn vị", "15/02/2026", "Các sở, ban, ngành", "", None),
        ]
    )
    assert codes(table) == ["I.1", "II.1.1", "II.1.2"]
    assert [task.field for task in table.tasks] == ["Cải cách thể chế", "Cải cách thủ tục", "Cải cách thủ tục"]
    own = table.tasks[2]
    assert (own.text, own.products, own.watchers) == ("Kiểm tra", ("Kế hoạch của đơn vị",), ("Sở Nội vụ",))
    assert [owner.name for owner in own.owners] == ["Các sở, ban, ngành"] and str(own.due.date) == "2026-02-15"


def test_a_table_goes_on_over_pages_and_a_row_that_a_page_cut_is_joined() -> None:
    table = read(
        [
            ("TT", "Nội dung công việc", "Đơn vị thực hiện", "Tiến độ"),
            ("1", "Xây dựng kế hoạch tuyên truyền", "Văn phòng", "Trước 31/01"),
            ("2", "Tổ chức hội nghị đối thoại với", "Phòng Một cửa", "Quý III"),
        ],
        [
            ("", "doanh nghiệp", "", ""),
            ("3", "Sơ kết", "Văn phòng", "30/6/2026"),
        ],
    )
    assert [task.text for task in table.tasks] == [
        "Xây dựng kế hoạch tuyên truyền", "Tổ chức hội nghị đối thoại với doanh nghiệp", "Sơ kết",
    ]  # fmt: skip
    assert [(str(task.due.date), task.place) for task in table.tasks] == [
        ("2026-01-31", 1), ("2026-09-30", 1), ("2026-06-30", 2),
    ]  # fmt: skip


def test_numbers_of_three_parts_and_a_header_of_two_rows() -> None:
    table = read(
        [
            ("STT", "Nhiệm vụ, giải pháp", "Cơ quan thực hiện", "", "Thời hạn"),
            (None, None, "Chủ trì", "Phối hợp", None),
            ("1", "Công tác chỉ đạo", "", "", ""),
            ("1.1", "Ban hành kế hoạch", "Sở Nội vụ", "Các sở", "20/12/2025"),
            ("1.2", "Kiểm tra", "Thanh tra tỉnh", "", "Thường xuyên"),
        ]
    )
    assert codes(table) == ["1.1", "1.2"]
    assert [task.partners for task in table.tasks] == [("Các sở",), ()]


def test_a_table_of_shortcomings_is_a_plan_too() -> None:
    table = read(
        [
            ("TT", "Tồn tại, hạn chế", "Nhiệm vụ khắc phục", "Chủ trì", "Phối hợp", "Thời gian"),
            ("1", "Báo cáo quý III gửi muộn", "Gửi báo cáo đúng hạn", "Văn phòng", "Các phòng", "Thường xuyên"),
        ]
    )
    assert [(task.shortcoming, task.text) for task in table.tasks] == [
        ("Báo cáo quý III gửi muộn", "Gửi báo cáo đúng hạn")
    ]


def test_tables_of_other_kinds_are_left_alone_and_doubts_are_told() -> None:
    assert read([("STT", "Tiêu chí", "Điểm tối đa"), ("1", "Kế hoạch", "2")]).tasks == ()
    table = read([("STT", "Nhiệm vụ", "Chủ trì", "Thời hạn"), ("1", "Làm việc", "", "x")])
    assert {remark.code for remark in table.remarks} == set() and codes(table) == ["1"]

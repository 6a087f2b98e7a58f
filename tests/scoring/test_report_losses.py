"""What reports say of their own points, in prose of several shapes, held against itself."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from evidence.model.losses import LossKind, LossReport
from evidence.scoring.losses.field_titles import match_title
from evidence.scoring.losses.report_prose import read_report
from evidence.scoring.losses.stated_losses import judge_report

SEEDS = Path(__file__).parents[3] / "shared" / "data" / "seeds"

LIST = """BÁO CÁO
Kết quả chấm điểm CCHC năm 2022 của Sở Y tế
I. Kết quả: Tổng điểm 76,25/80 điểm, xếp thứ 9/20.
1) Công tác chỉ đạo, điều hành CCHC đạt 18/20 điểm;
2) Cải cách thể chế: 9,5/10 điểm (95%);
3) Cải cách TTHC đạt 30/30 điểm.
4) Xây dựng chính quyền điện tử, chính quyền số đạt 18,5 trên 20 điểm
II. Tồn tại
Còn 03 lĩnh vực bị trừ điểm: Chỉ đạo điều hành; Cải cách thể chế; Chính quyền số.
1. Công tác chỉ đạo, điều hành CCHC
- Hạn chế: Báo cáo quý II gửi muộn, bị trừ 1 điểm; chưa có kế hoạch tuyên truyền (mất 0,5 điểm).
- Theo hướng dẫn, mỗi lần báo cáo chậm trừ 0,5 điểm.
2. Cải cách thể chế
Tỷ lệ văn bản xử lý sau rà soát chưa đạt (trừ 0,75 điểm).
3. Xây dựng chính quyền số
Kết quả khảo sát người dân thấp, đạt 3,5/5.
"""
INLINE = (
    "Kết quả cụ thể: Chỉ đạo điều hành: 9/10 điểm; Cải cách thể chế: 8/10 điểm; Tài chính công: 7,5/10 điểm; "
    "Cải cách công vụ: 10/10 điểm. Tổng số điểm đạt 34,5 điểm.\n"
    "- Chỉ đạo điều hành: thiếu 01 báo cáo, trừ 1 điểm.\n"
)


def judged(text: str) -> LossReport:
    return judge_report("SYT", "bc.docx", read_report(text))


def checks(report: LossReport) -> list[str]:
    return [check.code for check in report.checks]


def test_a_numbered_list_with_sections_below() -> None:
    report = judged(LIST)
    assert [(loss.lost, loss.explained, loss.is_named) for loss in report.losses] == [
        (2, Decimal("1.5"), True), (Decimal("0.5"), Decimal("0.75"), True), (0, 0, False),
        (Decimal("1.5"), Decimal("1.5"), True),
    ]  # fmt: skip
    assert (report.points, report.max, report.total, report.total_max) == (76, 80, Decimal("76.25"), 80)
    assert checks(report) == ["sum-differs", "partly-explained", "too-much-explained"]
    kinds = [loss.reasons[0].kind for loss in report.losses if loss.reasons]
    assert kinds == [LossKind.LATE, LossKind.FIGURE, LossKind.SURVEY]


def test_fields_in_one_sentence() -> None:
    report = judged(INLINE)
    assert [loss.title for loss in report.losses][1:] == ["Cải cách thể chế", "Tài chính công", "Cải cách công vụ"]
    assert (report.points, report.total) == (Decimal("34.5"), Decimal("34.5"))
    assert [loss.unexplained for loss in report.losses] == [0, 2, Decimal("2.5"), 0]
    assert checks(report) == ["unexplained", "unexplained"]


def test_lines_that_were_broken_are_put_together() -> None:
    broken = LIST.replace("(trừ 0,75 điểm)", "(trừ\n0,75 điểm)").replace("bị trừ 1 điểm", "bị trừ\n1 điểm")
    assert [loss.explained for loss in judged(broken).losses] == [loss.explained for loss in judged(LIST).losses]


@pytest.mark.parametrize("text", ["", "Báo cáo 40/QĐ-UBND đạt 9/10 điểm.", "Ngày 15/3, 20/4 và 3/5 họp."])
def test_no_fields_no_report(text: str) -> None:
    assert not read_report(text).fields


def test_points_above_their_maximum() -> None:
    report = judged(
        "- Lĩnh vực thứ nhất A: 11/10 điểm\n- Lĩnh vực thứ hai B: 5/5 điểm\n- Lĩnh vực thứ ba C: 5/5 điểm\n"
    )
    assert checks(report) == ["above-max"]


def test_titles_are_matched_by_the_words_that_tell() -> None:
    fields = (
        "Công tác chỉ đạo điều hành", "Trong công tác xây dựng văn bản QPPL", "Cải cách TTHC",
        "Cải cách tổ chức bộ máy", "Nâng cao đội ngũ cán bộ", "Hiện đại hóa hành chính",
    )  # fmt: skip
    named = (
        "Công tác chỉ đạo điều hành cải cách hành chính", "Xây dựng hệ thống văn bản quy phạm pháp luật",
        "Kiểm soát thủ tục, cải cách thủ tục hành chính", "Tổ chức bộ máy, cải cách bộ máy nhà nước",
        "Xây dựng và nâng cao chất lượng đội ngũ cán bộ, công chức", "Hiện đại hoá nền hành chính",
    )  # fmt: skip
    assert [match_title(name, fields) for name in named] == [0, 1, 2, 3, 4, 5]
    assert match_title("Nhiệm vụ, giải pháp khắc phục", fields) is None


def test_the_first_seed() -> None:
    files = list(SEEDS.glob("000_*.txt"))
    if not files:
        pytest.skip(f"no seeds at {SEEDS}")
    report = judged(files[0].read_text("utf-8"))
    assert (report.points, report.total, report.max) == (Decimal("93.13"), Decimal("93.43"), 100)
    lost = {loss.code: loss.unexplained for loss in report.losses if loss.lost}
    assert lost == {"1": 0, "2": 0, "3": Decimal("0.03"), "4": Decimal("0.5"), "5": 0, "7": Decimal("4.31")}
    wanted = {"sum-differs", "fields-differ", "not-named", "unexplained", "partly-explained", "share-differs"}
    assert set(checks(report)) == wanted

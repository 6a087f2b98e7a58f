"""Annexes of other shapes: bonus and penalty, weights, owners, a round's window and closing."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from evidence.archive.criteria_import import ImportedCriteria, ImportRequest, import_criteria
from evidence.config import Settings
from evidence.criteria.figures import parse_figures
from evidence.errors import UsageError
from evidence.model.criteria import Criterion, walk_criteria
from evidence.model.score_rule import ScoreRule

BLOCKS = """\
STT,Nội dung,Điểm chuẩn,Cách chấm,Đơn vị thẩm định
A,Chỉ đạo điều hành,60,,
1,Lịch tiếp dân,60,"Đủ 12 kỳ: 60
Thiếu: 0","Thanh tra xã; Văn phòng HĐND và UBND"
B,Dịch vụ công,40,,
1,Hồ sơ trực tuyến,40,"Từ 70% trở lên: 40
Dưới 70%: 0",Trung tâm Phục vụ hành chính công
C,Điểm cộng,6,,
1,"Mỗi mô hình hay được cộng 02 điểm",4,,
2,Được khen,2,,
D,Điểm phạt,-4,,
1,Chậm báo cáo (mỗi lần trừ 0.5 điểm),-3,,
2,Để xảy ra vi phạm,-1,,
,Tổng điểm,100,,
"""
WEIGHTS = """\
STT,Chỉ tiêu,Điểm tối đa,Trọng số,Cách tính
1,Trụ cột hạ tầng,200,"30%",
1.1,Phủ sóng,200,,"a = Số thôn có sóng;
b = Tổng số thôn;
- Tỷ lệ = a/b;
- Điểm = Tỷ lệ*Điểm tối đa"
2,Trụ cột nhân lực,50,"70%",
2.1,Tập huấn,50,,"Có tổ chức: 50
Không: 0"
"""


def read(text: str, tmp_path: Path, settings: Settings, **asked: str) -> ImportedCriteria:
    file = tmp_path / "bo.csv"
    file.write_text(text, "utf-8")
    return import_criteria(file, ImportRequest(name="bo", year=2025, level="xa", **asked), settings)


def by_code(imported: ImportedCriteria) -> dict[str, Criterion]:
    return {criterion.code: criterion for criterion in walk_criteria(imported.criteria.criteria)}


def test_bonus_and_penalty_count_in_no_sum(tmp_path: Path, settings: Settings) -> None:
    imported = read(BLOCKS, tmp_path, settings)
    criteria = by_code(imported)
    assert imported.criteria.points == 100
    assert [code for code, criterion in criteria.items() if criterion.block == "bonus"] == ["C", "C.1", "C.2"]
    assert [code for code, criterion in criteria.items() if criterion.block == "penalty"] == ["D", "D.1", "D.2"]
    assert criteria["D"].points == 4
    assert criteria["C.1"].scoring.formula == "min(so_luong * 2, points)"
    assert criteria["D.1"].scoring.formula == "min(so_lan * 0.5, points)"
    assert criteria["D.2"].score is ScoreRule.MANUAL
    assert criteria["A.1"].owners == ("Thanh tra xã", "Văn phòng HĐND và UBND")


def test_weights_are_told_and_counted(tmp_path: Path, settings: Settings) -> None:
    imported = read(WEIGHTS, tmp_path, settings)
    criteria = by_code(imported)
    assert [(code, criteria[code].weight) for code in "12"] == [("1", Decimal(30)), ("2", Decimal(70))]
    assert imported.criteria.points == 100
    assert "annex-weights" in [message.code for _, message in imported.remarks]
    assert criteria["1.1"].scoring.formula == "(a/b)*points"


def test_the_round_of_an_annex_and_of_a_file(tmp_path: Path, settings: Settings) -> None:
    asked = {"window": "2025-07-01..2025-11-30", "closing": "2025-12-05T17:00"}
    imported = read(BLOCKS, tmp_path, settings, **asked)
    kept = tmp_path / "bo.yaml"
    kept.write_text(imported.text, "utf-8")
    again = import_criteria(kept, ImportRequest(closing="2025-12-10"), settings).criteria
    for criteria in (imported.criteria, again):
        assert (criteria.window_from, criteria.window_to) == (datetime.date(2025, 7, 1), datetime.date(2025, 11, 30))
    assert imported.criteria.closing == datetime.datetime(2025, 12, 5, 17, 0)
    assert again.closing == datetime.datetime(2025, 12, 10, 23, 59)
    assert not any(requirement.due for criterion in by_code(imported).values() for requirement in criterion.evidence)


@pytest.mark.parametrize(
    "asked", [{"window": "2025-07-01"}, {"window": "2025-12-01..2025-07-01"}, {"window": ".."}, {"closing": "17:00"}]
)
def test_a_round_that_is_none(asked: dict[str, str], tmp_path: Path, settings: Settings) -> None:
    with pytest.raises(UsageError):
        read(BLOCKS, tmp_path, settings, **asked)


def test_a_figure_of_another_window_is_refused(tmp_path: Path, settings: Settings) -> None:
    criteria = read(BLOCKS, tmp_path, settings, window="2025-07-01..2025-11-30").criteria
    head = "unit,criterion,name,value,window\n"
    _, faults = parse_figures(f"{head}X,B.1,ty_le,80,2025-01-01..2025-12-31\n", criteria)
    assert "figures-other-window" in [message.code for _, message in faults]
    _, faults = parse_figures(f"{head}X,B.1,ty_le,80,2025-07-01..2025-11-30\n", criteria)
    assert [message.code for _, message in faults] == ["figures-unknown-unit"]

"""Self-assessment tables as provinces lay them out, and as they go wrong."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence.appraisal import claim_table
from evidence.appraisal.claim_table import PlacedTable, find_columns, parse_amount, read_claims
from evidence.config import load_settings
from evidence.messages import Language, say
from evidence.model.document import Table
from evidence.pipeline.requests import request_file
from evidence.pipeline.scheduler import read_files

REAL = Path(__file__).parents[3] / "shared" / "data" / "criteria"
HEAD = ("TT", "Lĩnh vực/Tiêu chí/Tiêu chí thành phần", "Điểm chuẩn", "Điểm tự đánh giá", "Tài liệu kiểm chứng")
ROWS = (
    ("1", "CHỈ ĐẠO", "8,00", "7,75", ""),
    ("1.1", "Kế hoạch", "1.50", "1.50", "Kế hoạch số 213/KH-UBND ngày 15/7/2025"),
    ("1.2.", "Báo cáo", "6,5 điểm", "6,25", "Báo cáo số 42/BC-UBND"),
)


def sheet(*tables: tuple[tuple[str | None, ...], ...], unit: str = "SNV") -> claim_table.ClaimTable:
    return read_claims((PlacedTable(at, Table(rows)) for at, rows in enumerate(tables, start=1)), unit)


def told(found: claim_table.ClaimTable) -> list[tuple[int, str]]:
    return [(row, message.code) for row, message in found.faults]


@pytest.mark.parametrize(
    ("header", "wanted"),
    [
        (HEAD, {"code": 0, "title": 1, "max": 2, "points": 3, "evidence": 4}),
        (
            ("STT", "Nội dung tiêu chí", "Điểm tối đa", "Tự chấm", "TLKC", "Giải trình"),
            {"code": 0, "title": 1, "max": 2, "points": 3, "evidence": 4, "explanation": 5},
        ),
        (
            ("Mã tiêu chí", "Điểm đơn vị tự chấm", "Thang điểm", "Minh chứng", "Ghi chú"),
            {"code": 0, "points": 1, "max": 2, "evidence": 3, "explanation": 4},
        ),
        (("code", "title", "max", "self points"), {"code": 0, "title": 1, "max": 2, "points": 3}),
        (
            ("TT", "Tiêu chí", "Điểm chuẩn", "Điểm tự đánh giá", "Tài liệu kiểm chứng\n(Phụ lục giải trình)"),
            {"code": 0, "title": 1, "max": 2, "points": 3, "evidence": 4},
        ),
        (("Họ và tên", "Chức vụ"), {}),
    ],
)
def test_columns_are_found_by_the_words_of_their_headers(header: tuple[str, ...], wanted: dict[str, int]) -> None:
    assert find_columns(header) == wanted


def test_rows_become_claims() -> None:
    found = sheet((HEAD, *ROWS))
    assert found.faults == () and found.total is None
    assert [(one.criterion, str(one.max), str(one.points), one.row) for one in found.claims] == [
        ("1", "8.00", "7.75", 1), ("1.1", "1.50", "1.50", 2), ("1.2", "6.5", "6.25", 3),
    ]  # fmt: skip
    assert found.claims[1].evidence.startswith("Kế hoạch số 213") and found.claims[1].unit == "SNV"


@pytest.mark.parametrize(
    "tables",
    [
        ((HEAD, ROWS[0]), ROWS[1:]),
        ((HEAD, ROWS[0]), (HEAD, *ROWS[1:])),
        ((("Đơn vị:", "", "", "", ""), HEAD, *ROWS),),
        ((("Họ tên", "Chức vụ"), ("An", "Chánh văn phòng")), (HEAD, *ROWS)),
        ((HEAD, *ROWS), (("Nơi nhận", "KT. CHỦ TỊCH"),)),
        ((HEAD, ROWS[0], ("", "", "", "", ""), *ROWS[1:]),),
    ],
    ids=["next page without header", "header again", "row above", "other table before", "signature after", "empty row"],
)
def test_tables_as_they_stand_on_pages(tables: tuple[tuple[tuple[str, ...], ...], ...]) -> None:
    found = sheet(*tables)
    assert found.faults == () and [one.criterion for one in found.claims] == ["1", "1.1", "1.2"]


def test_a_header_of_two_rows() -> None:
    over = ("TT", "Tiêu chí", "Điểm", "", "Tài liệu kiểm chứng")
    under = ("", "", "tối đa", "tự đánh giá", None)
    found = sheet((over, under, *ROWS))
    assert found.faults == () and str(found.claims[0].points) == "7.75"


def test_a_row_cut_by_the_end_of_a_page_goes_on() -> None:
    found = sheet((HEAD, *ROWS), (("", "", "", "", "và Báo cáo số 97/BC-UBND"),))
    assert found.claims[-1].evidence == "Báo cáo số 42/BC-UBND\nvà Báo cáo số 97/BC-UBND"


@pytest.mark.parametrize("label", ["Tổng điểm", "TỔNG CỘNG", "Cộng", "Tổng số điểm tự chấm"])
def test_the_total_is_no_claim(label: str) -> None:
    found = sheet((HEAD, *ROWS, ("", label, "8", "7,75", "")))
    assert found.total is not None and found.total.points == Decimal("7.75") and len(found.claims) == 3


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        (("Báo cáo", "2.1", "1", "1", ""), "claims-bad-code"),
        (("2", "Thể chế", "Kế hoạch số 5/KH", "1", ""), "claims-bad-max"),
        (("2", "Thể chế", "5", "đạt yêu cầu", ""), "claims-bad-points"),
        (("2", "5,00", "Thể chế", "4,50", "x"), "claims-bad-max"),
        (("1.1", "Kế hoạch", "1", "1", ""), "claims-twice"),
        (("", "Kế hoạch", "1", "1", ""), "claims-no-code"),
        (("2", "Thể chế", "5", "1.2.3", ""), "claims-bad-points"),
    ],
    ids=["code in words", "text as maximum", "words as points", "shifted", "twice", "no code", "a code as points"],
)
def test_a_fault_is_told_with_its_row_and_page(row: tuple[str, ...], fault: str) -> None:
    found = sheet((HEAD, *ROWS, row))
    assert told(found) == [(4, fault)]
    for language in Language:
        assert "1" in say(found.faults[0][1], language)


def test_every_fault_is_told_at_once() -> None:
    assert len(sheet((HEAD, ("x y", "", "", "", ""), ("1", "a", "b", "1", ""), ("", "c", "1", "", ""))).faults) == 3


@pytest.mark.parametrize(
    ("tables", "fault"),
    [((), "claims-no-table"), (((("Nơi nhận", "Ký"),),), "claims-no-table"), (((HEAD,),), "claims-no-rows")],
)
def test_no_table_and_no_rows(tables: tuple[tuple[tuple[str, ...], ...], ...], fault: str) -> None:
    assert told(sheet(*tables)) == [(0, fault)]


@pytest.mark.parametrize(
    ("text", "value"),
    [("1,50", "1.50"), ("2.0", "2.0"), ("0,5 điểm", "0.5"), ("-1", "-1"), ("– 0,5", "-0.5"), ("100", "100")],
)
def test_amounts(text: str, value: str) -> None:
    assert str(parse_amount(text)) == value


@pytest.mark.parametrize("text", ["", "đạt", "1.2.3", "1/2", "95%", "12345", "1,2,3"])
def test_what_is_no_amount(text: str) -> None:
    assert parse_amount(text) is None


@given(st.lists(st.tuples(*[st.text(max_size=12)] * 5), max_size=6))
def test_any_table_gives_claims_or_faults(rows: list[tuple[str, ...]]) -> None:
    found = sheet((HEAD, *rows))
    assert found.claims or found.faults or found.total
    assert len({one.criterion for one in found.claims}) == len(found.claims)


@pytest.mark.real
def test_a_real_self_assessment_loses_no_row() -> None:
    file = REAL / "Bao-cao-cham-diem-PAR-Index-Lam-Dong-2025.docx"
    settings = load_settings(jobs=1)
    (outcome,) = read_files([request_file(file, settings.limits)], settings, tables=True)
    found = read_claims(
        (PlacedTable(page.number, table) for page in outcome.document.pages for table in page.tables), "LĐ"
    )
    assert found.faults == () and len(found.claims) == 99
    top = [one for one in found.claims if re.fullmatch(r"\d", one.criterion)]
    assert sum(one.points or 0 for one in top) == Decimal("60.50")
    assert sum(one.max or 0 for one in top) == Decimal("61.50")
    assert {one.criterion: str(one.points) for one in found.claims}["6.1.1"] == "0.72"
    assert sum(1 for one in found.claims if one.evidence) > 60

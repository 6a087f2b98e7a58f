"""Codes, columns and trees by themselves: any outline that is written down must come back as it was."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from evidence.criteria.annex import codes, columns, importer
from evidence.criteria.annex.columns import Role
from evidence.criteria.annex.table_rows import AnnexForm
from evidence.model.criteria import Criterion
from evidence.model.document import Origin, Page, Table

HEAD = ("STT", "Tiêu chí", "Điểm tối đa")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1.", "1"), ("1.3.1.", "1.3.1"), ("I", "I"), ("IV.", "IV"), ("a)", "a"), ("(b)", "b"), ("A", "A"),
        ("1.1.\n10", "1.1.10"), ("01", "1"), ("II.2.1", "II.2.1"), ("1,2", "1.2"), ("TC 1.2", "1.2"), ("Mục 3", "3"),
    ],
)  # fmt: skip
def test_codes_as_annexes_print_them(text: str, code: str) -> None:
    assert str(codes.parse_code(text)) == code


@pytest.mark.parametrize("text", ["", "-", "Ghi chú", "1.a.2", "100%", "0", "2025", "1/2", "Tổng cộng", "1.I", "ab"])
def test_what_is_no_code(text: str) -> None:
    assert codes.parse_code(text) is None


@pytest.mark.parametrize(
    ("header", "roles"),
    [
        (("TT", "Nội dung", "Điểm", "Ghi chú"), {Role.CODE, Role.TITLE, Role.POINTS, Role.NOTE}),
        (("STT", "Tên TC/TCTP", "Cách chấm điểm", "TLKC"), {Role.CODE, Role.TITLE, Role.RULE, Role.EVIDENCE}),
        (("Mã số", "Chỉ tiêu", "Thang điểm", "Minh chứng"), {Role.CODE, Role.TITLE, Role.POINTS, Role.EVIDENCE}),
    ],
)
def test_headers(header: tuple[str, ...], roles: set[Role]) -> None:
    found = columns.find_header((header, ("1", "Kế hoạch của năm", "2", "")))
    assert found and set(found.columns) == roles


def test_a_letterhead_is_no_header() -> None:
    assert columns.find_header((("UBND TỈNH", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"), ("Số: 1/BC", "Độc lập"))) is None


def outline(depths: list[int]) -> list[str]:
    """Codes of a decimal outline with those depths."""
    found: list[str] = []
    now: list[int] = []
    for depth in depths:
        depth = min(depth, len(now) + 1)
        now = [*now[: depth - 1], (now[depth - 1] if len(now) >= depth else 0) + 1]
        found.append(".".join(map(str, now)))
    return found


@settings(max_examples=60, deadline=None)
@given(some.lists(some.integers(1, 4), min_size=2, max_size=40), some.integers(1, 15), some.booleans())
def test_any_outline_over_any_pages_comes_back(depths: list[int], length: int, repeated: bool) -> None:
    written = outline(depths)
    leaves = {code: not any(other.startswith(f"{code}.") for other in written) for code in written}
    rows = [(code, f"Tiêu chí số {code}", "0,5" if leaves[code] else "") for code in written]
    cuts = [rows[at : at + length] for at in range(0, len(rows), length)]
    headed = [(HEAD, *cut) if repeated or not number else tuple(cut) for number, cut in enumerate(cuts)]
    pages = [
        Page(number, 800, 600, Origin.TEXT, tables=(Table(table, (0, 0, 9, 9)),))
        for number, table in enumerate(headed, start=1)
    ]
    found = importer.build_annex(pages, importer.find_sets(pages, AnnexForm.PAGE)[0])
    assert not found.faults
    every: list[Criterion] = []

    def walk(criteria: tuple[Criterion, ...]) -> None:
        for one in criteria:
            every.append(one)
            assert not one.children or sum(child.points for child in one.children) == one.points
            walk(one.children)

    walk(found.criteria)
    assert [one.code for one in every] == written
    assert [one.title for one in every] == [title for _, title, _ in rows]

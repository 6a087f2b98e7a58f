"""A published table taken in again: it differs in nothing from its points, and what real papers get wrong is found."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .conftest import Run

PARTS = """\
unit,group,ranked,part,max,points
Sở A,so,yes,thamdinh,70,63.001
Sở B,so,yes,thamdinh,70,63
Sở C,so,yes,thamdinh,60,40.5
Sở D,so,yes,thamdinh,60,40.5
Thanh tra,so,no,thamdinh,50,39.9
UBND xã X,xa,yes,thamdinh,80,30
UBND xã Y,xa,yes,thamdinh,80,75.25
"""
GRADES = "TỐT:80,KHÁ:65,TRUNG BÌNH:50"
HEAD = "Thứ hạng;Đơn vị;Điểm chuẩn tối đa;Điểm đạt được;Chỉ số chung;Xếp loại\n"


def check(evidence: Run, file: Path, *more: str | Path) -> list[dict[str, object]]:
    result = evidence("score", "check", file, "--grades", GRADES, "--json", *more)
    assert result.code == 0, result.err
    return [json.loads(line) for line in result.out.splitlines()]


def codes(evidence: Run, tmp_path: Path, rows: str, head: str = HEAD) -> list[tuple[object, object]]:
    (tmp_path / "t.csv").write_text(head + rows, "utf-8")
    return [(row["row"], row["code"]) for row in check(evidence, tmp_path / "t.csv")]


@pytest.mark.parametrize("name", ["phu-luc.xlsx", "phu-luc.docx"])
def test_what_publish_wrote_comes_back_and_differs_in_nothing(evidence: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / "parts.csv").write_text(PARTS, "utf-8")
    published = evidence("publish", "--parts", tmp_path / "parts.csv", "--grades", GRADES, "-o", tmp_path / "o")
    assert published.code == 0
    assert check(evidence, tmp_path / "o" / name, "--parts", tmp_path / "parts.csv") == []
    changed = PARTS.replace("75.25", "75.5").replace("UBND xã X", "UBND xã Z")
    (tmp_path / "parts.csv").write_text(changed, "utf-8")
    told = [row["code"] for row in check(evidence, tmp_path / "o" / name, "--parts", tmp_path / "parts.csv")]
    assert set(told) == {"points-against-own", "index-against-own", "unknown-unit", "missing-unit"}
    strict = ("score", "check", tmp_path / "o" / name, "--parts", tmp_path / "parts.csv", "--strict")
    assert evidence(*strict).code == 10
    compared = evidence("score", "compare", tmp_path / "o" / name, tmp_path / "o" / name, "--json")
    assert compared.code == 0 and '"UBND xã Y"' in compared.out


@pytest.mark.parametrize(
    ("rows", "wanted"),
    [
        ("1;Sở A;80;72;90,00%;TỐT\n2;Sở B;80;60;75,00;KHÁ\n", []),
        ("1;Sở A;80;72;91;TỐT\n", [(2, "index-differs")]),
        ("1;Sở A;80;52,4;65,50;TRUNG BÌNH\n", [(2, "grade-differs")]),
        ("1;Sở A;80;81;101,25;TỐT\n", [(2, "above-max")]),
        ("1;Sở A;80;72;90;TỐT\n2;Sở B;80;72;90;TỐT\n", [(3, "equal-unequal-rank")]),
        ("1;Sở A;80;72;90;TỐT\n1;Sở B;80;60;75;KHÁ\n", [(3, "unequal-equal-rank")]),
        ("1;Sở B;80;60;75;KHÁ\n2;Sở A;80;72;90;TỐT\n", [(3, "order")]),
        ("1;Sở A;89,00;75,81;85,18;TỐT\n2;Sở B;87,00;74,11;85,18;TỐT\n", [(3, "printed-alike")]),
        ("1;Sở A;80;72;90;TỐT\n1;Sở B;80;72;90;TỐT\n3;Sở C;80;60;75;KHÁ\n", []),
        ("1;Sở A;80;72;90;TỐT\n4;Sở C;80;60;75;KHÁ\n", [(3, "rank-gap")]),
        ("1;Sở A;80;72;90,0;TỐT\n2;Sở B;80;60;75,0;KHÁ\nChỉ số trung bình;;;;82,60;\n", [(4, "mean-differs")]),
        ("1;Sở A;80;72;90;TỐT\n2;Sở B;80;60;75;KHÁ\n1;Xã X;80;60;75;KHÁ\n2;Xã Y;80;56;70;KHÁ\n", []),
    ],
)
def test_what_papers_get_wrong(evidence: Run, tmp_path: Path, rows: str, wanted: list[tuple[int, str]]) -> None:
    assert codes(evidence, tmp_path, rows) == wanted


def test_self_scores_above_their_maximum_and_sums_of_columns(evidence: Run, tmp_path: Path) -> None:
    head = "Hạng;Đơn vị;Điểm tối đa tự chấm;Điểm tự chấm;Thẩm định;Điều tra XHH;Tối đa;Tổng điểm;Chỉ số;Xếp loại\n"
    rows = (
        "1;Sở A;70;69;60;20;100;80;80;TỐT\n"
        "2;Sở B;70;70,5;58;20;100;78;78;KHÁ\n"
        "3;Sở C;70;66;50;18;100;69;69;KHÁ\n"
        "4;Sở D;70;66;50;18;100;68;68;KHÁ\n"
    )  # fmt: skip
    assert codes(evidence, tmp_path, rows, head) == [(3, "self-above-max"), (4, "parts-differ")]


def test_what_is_no_published_table_is_refused(evidence: Run, tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("a;b\n1;2\n", "utf-8")
    assert evidence("score", "check", tmp_path / "t.csv").code == 5
    (tmp_path / "t.csv").write_text(HEAD + "1;Sở A;80;72;chín;TỐT\n1;Sở A;80;72;;TỐT\n", "utf-8")
    refused = evidence("score", "check", tmp_path / "t.csv")
    assert refused.code == 5 and "chín" in refused.err and "3:" in refused.err

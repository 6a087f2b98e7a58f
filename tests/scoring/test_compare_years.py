"""Year against year: what may be compared in points, in percent, or not at all."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from evidence.messages import Language
from evidence.model.comparison import Comparison, YearResults
from evidence.model.scoring import OfficeRow
from evidence.report.scores.comparison_json import render_comparisons, round_cents
from evidence.scoring.comparison.compare_years import compare_years
from evidence.scoring.comparison.result_table import read_crosswalk, read_results

OLD = """unit;criterion;title;max;points
Sở Công Thương;1;Chỉ đạo điều hành;14;11,2
Sở Công Thương;2;Thể chế;15;14
Sở Công Thương;2.1;Rà soát;5;4
Sở Công Thương;2.2;Kiểm tra;5;5
Sở Công Thương;2.9;Bỏ đi;5;5
Sở KH&ĐT;1;Chỉ đạo điều hành;14;12
Sở Tài chính;1;Chỉ đạo điều hành;14;10
Sở Du lịch;1;Chỉ đạo điều hành;14;10"""
NEW = """unit;criterion;title;max;points
Sở Công Thương;1;Chỉ đạo điều hành;14;12
Sở Công Thương;2.1;Rà soát;5;4,5
Sở Công Thương;2.2;Kiểm tra;6;5
Sở Công Thương;2.3;Chính quyền số;1;1
Sở Tài chính;1;Chỉ đạo điều hành;14;11"""
MERGED = "kind;old;new\nunit;Sở KH&ĐT;Sở Tài chính\nđơn vị;Sở Tài chính;Sở Tài chính"


def rows(text: str) -> list[OfficeRow]:
    return [OfficeRow(at, tuple(line.split(";"))) for at, line in enumerate(text.splitlines(), start=1)]


def year(text: str) -> YearResults:
    read = read_results(rows(text))
    assert not read.faults
    return YearResults("-", read.results)


def compared(old: str, new: str, crosswalk: str = "kind;old;new") -> dict[tuple[str, str, str], Comparison]:
    pairs, faults = read_crosswalk(rows(crosswalk))
    assert not faults
    return {(each.unit, each.level, each.criterion): each for each in compare_years(year(old), year(new), pairs)}


def change(comparison: Comparison) -> tuple[str, Decimal | None, Decimal | None]:
    return comparison.mark.value, comparison.points, round_cents(comparison.percent)


def test_points_only_where_code_maximum_and_rule_are_the_same() -> None:
    table = compared(OLD, NEW)
    of = {code: change(table["Sở Công Thương", "criterion", code]) for code in ("1", "2.1", "2.2", "2.3", "2.9")}
    assert of == {
        "1": ("same", Decimal("0.8"), Decimal("5.71")),
        "2.1": ("same", Decimal("0.5"), Decimal("10.00")),
        "2.2": ("other-set", None, Decimal("-16.67")),
        "2.3": ("new", None, None),
        "2.9": ("dropped", None, None),
    }
    assert change(table["Sở Công Thương", "field", "2"]) == ("other-set", None, Decimal("-5.83"))
    assert change(table["Sở Công Thương", "total", ""])[:2] == ("other-set", None)


def test_rows_that_sum_up_others_are_not_counted_twice() -> None:
    assert compared(OLD, NEW)["Sở Công Thương", "total", ""].old[0].max == 29


def test_other_rules_or_titles_make_another_criterion() -> None:
    head = "unit;criterion;title;max;points;rule\n"
    one, two = head + "A;1;T;5;4;tỷ lệ", head + "A;1;T;5;3;từng việc"
    assert change(compared(one, two)["A", "criterion", "1"]) == ("other-set", None, Decimal("-20.00"))
    assert change(compared(one, one)["A", "total", ""]) == ("same", 0, 0)
    renumbered = OLD.replace("2.2;Kiểm tra;5", "2.2;Tuyên truyền;5")
    assert compared(OLD, renumbered)["Sở Công Thương", "criterion", "2.2"].mark.value == "other-set"


@pytest.mark.parametrize("known", ["", "Sở KH&ĐT;1;Chỉ đạo điều hành;14;12\n"])
def test_merged_units_stand_side_by_side(known: str) -> None:
    old = OLD.replace("Sở KH&ĐT;1;Chỉ đạo điều hành;14;12\n", known)
    table = compared(old, NEW, MERGED)
    for level, code in (("criterion", "1"), ("total", "")):
        merged = table["Sở Tài chính", level, code]
        assert change(merged) == ("merged", None, None)
        units = [unit for reached in merged.old for unit in reached.units]
        assert units == (["Sở KH&ĐT", "Sở Tài chính"] if known else ["Sở Tài chính"])
    assert table["Sở Du lịch", "total", ""].mark.value == "dropped"


def test_a_unit_that_was_split_and_one_that_is_new() -> None:
    new = "unit;criterion;max;points\nSở A;1;10;8\nSở B;1;10;6\nSở C;1;10;6"
    table = compared("unit;criterion;max;points\nSở Cũ;1;10;7", new, "kind;old;new\nunit;Sở Cũ;Sở A\nunit;Sở Cũ;Sở B")
    assert [table[unit, "total", ""].mark.value for unit in ("Sở A", "Sở B", "Sở C")] == ["split", "split", "new"]
    assert table["Sở A", "criterion", "1"].percent == 10


def test_criteria_that_were_renamed_or_merged() -> None:
    crosswalk = "kind;old;new\ntiêu chí;2.1;2.3\ntiêu chí;2.2;2.3\ncriterion;1;9"
    new = "unit;criterion;max;points\nSở Công Thương;2.3;10;8\nSở Công Thương;9;14;7"
    table = compared(OLD, new, crosswalk)
    merged = table["Sở Công Thương", "criterion", "2.3"]
    assert change(merged) == ("merged", None, Decimal("-10.00")) and merged.old[0].criteria == ("2.1", "2.2")
    assert change(table["Sở Công Thương", "criterion", "9"]) == ("other-set", None, Decimal("-30.00"))


def test_indexes_alone() -> None:
    table = compared("Đơn vị;Chỉ số\nSở A;84,94", "Đơn vị;Chỉ số (%)\nSở A;91,5")
    assert change(table["Sở A", "total", ""]) == ("same", Decimal("6.56"), Decimal("6.56"))


def test_what_is_not_assessed_goes_with_its_maximum() -> None:
    table = compared("unit;part;max;points\nA;p;70;63\nA;q;30;", "unit;part;max;points\nA;p;70;63\nA;q;30;15")
    total = table["A", "total", ""]
    assert (total.old[0].percent, total.new and total.new.percent) == (90, 78)


def test_json_says_what_rose_and_fell() -> None:
    pairs, _ = read_crosswalk(rows(MERGED))
    lines = [json.loads(line) for line in
             render_comparisons(compare_years(year(OLD), year(NEW), pairs), Language.VI).splitlines()]  # fmt: skip
    first = lines[0]
    assert (first["points"], first["percent"], first["old"]["percent"]) == ("+0.8", "+5.71", "80.00")
    assert [line["note"] for line in lines if line.get("criterion") == "2.2"] == ["khác bộ tiêu chí"]
    summary = next(line for line in lines if line["level"] == "summary" and line["unit"] == "Sở Công Thương")
    assert (summary["highest"], summary["lowest"]) == ("2", "1")
    assert (summary["rises"], summary["falls"], summary["new"], summary["dropped"]) == (
        ["1", "2.1"], ["2.2"], ["2.3"], ["2.9"],
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a;b\n1;2", "results-columns"),
        ("unit;max;points", "results-none"),
        ("unit;criterion;max;points\nA;1;5;4\nA;1;5;4", "results-twice"),
        ("unit;criterion;max;points\nA;1;5;6", "results-above-max"),
        ("unit;criterion;max;points\nA;1;5;đạt", "results-bad-number"),
        ("unit;criterion;max;points\n;1;5;4", "results-no-unit"),
    ],
)
def test_faults_of_results(text: str, code: str) -> None:
    assert [message.code for _, message in read_results(rows(text)).faults] == [code]


def test_faults_of_a_crosswalk() -> None:
    text = "kind;old;new\nunit;A;\nkhác;A;B\nunit;A;B\nunit;a;b"
    assert [(row, message.code) for row, message in read_crosswalk(rows(text))[1]] == [
        (2, "crosswalk-empty"), (3, "crosswalk-kind"), (5, "crosswalk-twice"),
    ]  # fmt: skip
    assert read_crosswalk(rows("a;b"))[1][0][1].code == "crosswalk-columns"

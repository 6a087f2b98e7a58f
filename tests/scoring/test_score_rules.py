"""Score rules by figures, clauses, weights, bonus and penalty: points of one unit, as a range while something lacks."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from evidence.criteria.applicability import exempt_by_answers, unit_reachable_points
from evidence.criteria.figures import figures_of_rule
from evidence.criteria.loader import find_faults, parse_criteria
from evidence.criteria.yaml_writer import render_yaml
from evidence.model.assessment import Score
from evidence.model.criteria import walk_criteria
from evidence.scoring.totals import TOTAL, score_criteria

HEAD = "set: thu\ntitle: Bộ thử\nyear: 2025\nlevel: xa\nunits:\n  - {code: XA1, name: Xã Một}\ncriteria:\n"
LEAF = '  - code: "1"\n    title: Nội dung\n    points: 2\n'
PARTS = """\
    score:
      rule: sum-of-parts
      parts:
        - {name: p1, points: 0.5, words: "Có trang riêng"}
        - {name: so_tin, points: 1, each: 0.1}
        - {name: p3, points: 0.5, formula: "(p3_b/p3_a)*points", figures: [p3_a, p3_b]}
"""
YEARS = """\
    score: {rule: year-on-year, of: tang_ty_le, bands: [{from: 5, points: 2}, {from: 0, below: 5, points: 1},
            {below: 0, points: 0}]}
"""
DEDUCT = """\
    score: {rule: stepped, of: ty_le, bands: [{from: 100, points: 2}, {below: 100, points: 0}], deduct: 25,
            deduct_if: "báo cáo gửi chậm"}
"""
FULL = """\
    full_points_if: "Không phát sinh thì đạt điểm tối đa"
    score: {rule: stepped, of: ty_le, bands: [{from: 50, points: 2}, {below: 50, points: 0.5}]}
"""
EXEMPT = """\
    not_applicable_if: "Không được giao thì không đánh giá, tính điểm nội dung này"
    score: {rule: stepped, of: share, bands: [{from: 100, points: 2}, {below: 100, points: 0}]}
    evidence:
      - {id: bc, title: Báo cáo, kind: Báo cáo}
"""


def scores(body: str, **figures: str) -> dict[str, Score]:
    """The scores of the only unit of a set with those criteria; figures are those of criterion 1."""
    criteria = parse_criteria(HEAD + body)
    known = {"1": {name: Decimal(value) for name, value in figures.items()}}
    unit = exempt_by_answers(criteria.units[0], known)
    return {score.criterion: score for score in score_criteria(criteria, unit, {}, known, datetime.date(2026, 1, 31))}


CASES = [
    (PARTS, {"p1": "1", "so_tin": "7", "p3_a": "4", "p3_b": "3"}, ("1.58", "1.58")),  # 0.5 + 0.7 + 0.375
    (PARTS, {"p1": "0", "so_tin": "40", "p3_a": "4", "p3_b": "9"}, ("1.5", "1.5")),  # each part up to its own points
    (PARTS, {"p1": "1", "so_tin": "7"}, ("1.2", "1.7")),
    (PARTS, {}, ("0", "2")),
    (YEARS, {"nam_nay": "105", "nam_truoc": "100"}, ("2", "2")),
    (YEARS, {"nam_nay": "104.99", "nam_truoc": "100"}, ("1", "1")),
    (YEARS, {"nam_nay": "99", "nam_truoc": "100"}, ("0", "0")),
    (YEARS, {"nam_nay": "99", "nam_truoc": "0"}, ("0", "2")),  # a percentage of nothing
    (YEARS, {"nam_nay": "99"}, ("0", "2")),
    (YEARS.replace("tang_ty_le", "giam"), {"nam_nay": "90", "nam_truoc": "97"}, ("2", "2")),
    (DEDUCT, {"ty_le": "100"}, ("1.5", "2")),
    (DEDUCT, {"ty_le": "100", "bi_tru": "1"}, ("1.5", "1.5")),
    (DEDUCT, {"ty_le": "100", "bi_tru": "0"}, ("2", "2")),
    (DEDUCT, {"ty_le": "99"}, ("0", "0")),
    (FULL, {"diem_toi_da": "1"}, ("2", "2")),
    (FULL, {"diem_toi_da": "0", "ty_le": "49"}, ("0.5", "0.5")),
    (FULL, {"ty_le": "49"}, ("0.5", "0.5")),  # a figure says that there was something to count
    (FULL, {}, ("0.5", "2")),
]


@pytest.mark.parametrize(("rule", "figures", "expected"), CASES)
def test_points_by_figures(rule: str, figures: dict[str, str], expected: tuple[str, str]) -> None:
    score = scores(LEAF + rule, **figures)["1"]
    assert (score.lowest, score.highest) == tuple(map(Decimal, expected))


def test_whoever_is_exempt_by_an_answer_has_no_points_to_reach() -> None:
    criteria = parse_criteria(HEAD + LEAF + EXEMPT)
    assert figures_of_rule(criteria.criteria[0]) == ("khong_ap_dung",)
    unit = exempt_by_answers(criteria.units[0], {"1": {"khong_ap_dung": Decimal(1)}})
    assert unit.not_applicable == ("1",)
    assert unit_reachable_points(criteria, unit) == 0
    assert scores(LEAF + EXEMPT, khong_ap_dung="1")["1"].applicable == 0
    assert exempt_by_answers(criteria.units[0], {"1": {"khong_ap_dung": Decimal(0)}}).not_applicable == ()


def test_weights_count_each_field_on_the_same_scale() -> None:
    body = "".join(
        f'  - {{code: "{code}", title: Trụ cột, points: {points}, weight: {weight}, score: {{rule: formula, '
        f"formula: {reached}}}}}\n"
        for code, points, weight, reached in (("1", 200, 30, "50"), ("2", 50, 70, "50"))
    ).replace("formula: 50", "formula: a, figures: [a]")
    criteria = parse_criteria(HEAD + body)
    assert criteria.points == 100
    figures = {"1": {"a": Decimal(50)}, "2": {"a": Decimal(50)}}
    unit = criteria.units[0]
    total = next(
        score
        for score in score_criteria(criteria, unit, {}, figures, datetime.date(2026, 1, 31))
        if score.criterion == TOTAL
    )
    assert (total.lowest, total.applicable) == (Decimal("77.5"), Decimal(100))  # 30 * 50/200 + 70 * 50/50
    assert unit_reachable_points(criteria, unit) == 100


BLOCKS = """\
  - {code: "1", title: Thang điểm, points: 100, score: {rule: formula, formula: a, figures: [a]}}
  - code: "2"
    title: Điểm thưởng
    points: 5
    block: bonus
    children: [{code: "2.1", title: Bằng khen, points: 5}]
  - code: "3"
    title: Điểm trừ
    points: 4
    block: penalty
    children:
      - code: "3.1"
        title: Mỗi lần trễ hạn trừ 01 điểm
        points: 4
        score: {rule: formula, formula: so_lan, figures: [so_lan]}
"""


def test_bonus_and_penalty_stand_beside_the_scale() -> None:
    assert parse_criteria(HEAD + BLOCKS).points == 100
    assert [criterion.block for criterion in walk_criteria(parse_criteria(HEAD + BLOCKS).criteria)] == [
        None, "bonus", "bonus", "penalty", "penalty",
    ]  # fmt: skip
    told = scores(BLOCKS, a="90")
    assert (told["2"].lowest, told["2"].highest, told["2"].applicable) == (0, 5, 0)
    assert (told["3"].lowest, told["3"].highest, told["3"].lost) == (-4, 0, 0)
    assert (told[TOTAL].lowest, told[TOTAL].highest, told[TOTAL].applicable) == (86, 95, 100)


ROUND = "window: 2025-07-01..2025-11-30\nclosing: 2025-12-05T17:00\n"
ALL = (
    HEAD.replace("units:", f"{ROUND}units:")
    + '  - {code: "0", title: Chung, points: 1, owners: ["Sở Tư pháp", "Sở Nội vụ"], timely: true,\n'
    + "     self_assessed: false}\n"
    + "".join(
        LEAF.replace('"1"', f'"{number}"') + rule
        for number, rule in enumerate((PARTS, YEARS, DEDUCT, FULL, EXEMPT), start=1)
    )
    + BLOCKS.replace('code: "', 'code: "9')
)


def test_what_is_written_reads_back_the_same() -> None:
    criteria = parse_criteria(ALL)
    assert criteria.closing == datetime.datetime(2025, 12, 5, 17, 0)
    assert parse_criteria(render_yaml(criteria)) == criteria


FAULTY = [
    ("closing: 5/12/2025\n", "criteria-want-moment"),
    ("closing: 2025-12-05T25:00\n", "criteria-want-moment"),
]


@pytest.mark.parametrize(("line", "fault"), FAULTY)
def test_faults_of_the_round(line: str, fault: str) -> None:
    found = find_faults(HEAD.replace("units:", f"{line}units:") + LEAF)
    assert [message.code for _, message in found] == [fault]


RULE_FAULTS = [
    (PARTS.replace("so_tin", "p1"), "criteria-part-twice"),
    (PARTS.replace("each: 0.1", 'each: 0.1, formula: "a", figures: [a]'), "criteria-part-ways"),
    (PARTS.replace("points: 1,", "points: 3,"), "criteria-too-high"),
    (PARTS.replace("figures: [p3_a, p3_b]", "figures: [p3_a]"), "criteria-formula-name"),
    (YEARS.replace("tang_ty_le", "ty_le"), "criteria-unknown-value-near"),
    (DEDUCT.replace("25", "125"), "criteria-too-high"),
]


@pytest.mark.parametrize(("rule", "fault"), RULE_FAULTS)
def test_faults_of_rules(rule: str, fault: str) -> None:
    assert fault in [message.code for _, message in find_faults(HEAD + LEAF + rule)]

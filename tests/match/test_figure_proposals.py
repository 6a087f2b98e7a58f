"""Stated numbers proposed for the figures that score rules ask for; what only waits is never proposed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest

from evidence.appraisal.statistics.prose_figures import read_prose
from evidence.match.figure_proposals.candidates import StatisticPaper
from evidence.match.figure_proposals.propose_figures import FigureProposer
from evidence.model.criteria import CriteriaSet, Criterion, Unit
from evidence.model.document import Line, Origin, Page, Word
from evidence.model.score_rule import Band, ScoreRule, Scoring
from evidence.model.scores.figures import FigureProposal

RULE = (
    "Công thức (b/a)*điểm tối đa. Trong đó:\na là tổng số nhiệm vụ đề ra theo kế hoạch\nb là số nhiệm vụ đã hoàn thành"
)
UNIT = Unit("SYT", "Sở Y tế", "Sở Y tế tỉnh Sơn Hà")


def leaf(code: str, title: str, score: ScoreRule, scoring: Scoring, rule: str = "") -> Criterion:
    return Criterion(code, title, Decimal(1), score=score, scoring=scoring, rule_text=rule)


FORMULA = Scoring(formula="b/a*points", figures=("a", "b"))
BANDS = (Band(Decimal(0), high=Decimal(90)), Band(Decimal(1), low=Decimal(90)))
SET = CriteriaSet("x", "x", 2025, "so", (UNIT,), (
    leaf("1.1", "Thực hiện kế hoạch cải cách hành chính", ScoreRule.FORMULA, FORMULA, RULE),
    leaf("7.1", "Thực hiện kế hoạch chuyển đổi số", ScoreRule.FORMULA, FORMULA, RULE),
    leaf("1.5", "Sáng kiến trong cải cách hành chính", ScoreRule.STEPPED, Scoring(of="so_luong", bands=BANDS)),
    leaf("2.2", "Tỷ lệ kiến nghị của cử tri được trả lời", ScoreRule.STEPPED, Scoring(of="ty_le", bands=BANDS)),
))  # fmt: skip


def paper(*sentences: str, codes: tuple[str, ...] = (), sha256: str = "h", sure: float = 1.0) -> StatisticPaper:
    lines = tuple(Line(tuple(Word(word, None, sure) for word in text.split())) for text in sentences)
    page = Page(1, 1.0, 1.0, Origin.TEXT, lines)
    return StatisticPaper(sha256, "", None, frozenset(codes), tuple(read_prose([page], sha256)))


def propose(*papers: StatisticPaper) -> dict[tuple[str, str], FigureProposal]:
    proposals = FigureProposer(SET).propose(UNIT, papers, {("1.1", "a"): Decimal(44)})
    return {(each.figure.criterion, each.figure.name): each for each in proposals}


def values(proposals: dict[tuple[str, str], FigureProposal]) -> dict[tuple[str, str], str]:
    return {key: str(each.figure.value) for key, each in proposals.items()}


def test_each_plan_gets_its_own_numbers() -> None:
    proposals = propose(paper(
        "Kế hoạch cải cách hành chính năm 2025: nhiệm vụ đề ra 45, đã hoàn thành 43.",
        "Kế hoạch chuyển đổi số: tổng số nhiệm vụ đề ra 20, đã hoàn thành 18 nhiệm vụ.",
    ))  # fmt: skip
    assert values(proposals) == {("1.1", "a"): "45", ("1.1", "b"): "43", ("7.1", "a"): "20", ("7.1", "b"): "18"}
    assert proposals["1.1", "a"].kept == 44 and not proposals["1.1", "b"].doubts
    assert proposals["1.1", "b"].meaning == "số nhiệm vụ đã hoàn thành"


def test_a_rate_is_computed_from_what_was_done_of_all() -> None:
    exact = propose(paper("Đã trả lời 2/3 kiến nghị của cử tri (đạt 66,7%)."))
    assert values(exact) == {("2.2", "ty_le"): "66.666666666"} and not exact["2.2", "ty_le"].doubts
    wrong = propose(paper("Đã trả lời 2/3 kiến nghị của cử tri (đạt 76,7%)."))["2.2", "ty_le"]
    assert "figure-rate-differs" in wrong.doubts


def test_what_waits_is_told_and_not_proposed() -> None:
    told = propose(paper("Về sáng kiến cải cách hành chính: 12 sáng kiến được công nhận, 2 đang trình."))[
        "1.5", "so_luong"
    ]
    assert told.figure.value == 12 and [value for value, _ in told.pending] == [2]
    assert not propose(paper("Về sáng kiến cải cách hành chính: 2 sáng kiến đang trình công nhận."))


def test_doubt_is_shown() -> None:
    text: Callable[[int], str] = lambda done: f"Kế hoạch cải cách hành chính: nhiệm vụ đề ra 45, đã hoàn thành {done}."  # noqa: E731
    several = propose(paper(text(43)), paper(text(40), sha256="g"))["1.1", "b"]
    assert "figure-several-values" in several.doubts and [str(value) for value, _ in several.others] in (["40"], ["43"])
    assert "figure-doubtful-reading" in propose(paper(text(43), sure=0.7))["1.1", "b"].doubts


def test_numbers_of_another_matter_are_not_taken() -> None:
    assert not propose(paper("Kế hoạch đào tạo nghề: tổng số lớp học đề ra 45, đã hoàn thành 43 lớp."))


PLAN = "Kế hoạch cải cách hành chính năm 2025: "


@pytest.mark.parametrize(
    ("text", "doubt"),
    [
        (PLAN + "nhiệm vụ đề ra 45, đã hoàn thành 43.", ""),
        (PLAN + "lũy kế đã hoàn thành 43 nhiệm vụ.", "figure-other-period"),
        (PLAN + "năm 2024 đã hoàn thành 43 nhiệm vụ.", "figure-other-period"),
        (PLAN + "trong đó cấp huyện đã hoàn thành 43 nhiệm vụ.", "figure-part-only"),
        (PLAN + "phấn đấu hoàn thành 43 nhiệm vụ.", "figure-other-deed"),
        (PLAN + "đã hoàn thành 43 nhiệm vụ tuyên truyền lưu động vùng sâu biên giới hải đảo.", "figure-words-differ"),
    ],
)
def test_what_may_be_another_number_is_told(text: str, doubt: str) -> None:
    doubts = propose(paper(text))["1.1", "b"].doubts
    assert doubts == () if not doubt else doubt in doubts


def test_a_place_that_names_little_of_the_matter_is_doubtful_unless_it_was_handed_in_for_it() -> None:
    text = "Theo kế hoạch đã hoàn thành 43 nhiệm vụ."
    far, near = propose(paper(text)), propose(paper(text, codes=("1.1",)))
    assert ("1.1", "b") not in far or "figure-topic-unsaid" in far["1.1", "b"].doubts
    assert "figure-topic-unsaid" not in near["1.1", "b"].doubts


def test_the_values_of_two_years_are_those_whose_words_name_the_year() -> None:
    scoring = Scoring(figures=("nam_nay", "nam_truoc"))
    criteria = CriteriaSet("x", "x", 2025, "so", (UNIT,), (
        leaf("6.1", "Tiết kiệm chi thường xuyên", ScoreRule.YEAR_ON_YEAR, scoring),
    ))  # fmt: skip
    shapes = (
        "Tiết kiệm chi thường xuyên năm 2025 là 1.250 triệu đồng, năm 2024 là 1.100 triệu đồng.",
        "Tiết kiệm chi thường xuyên: năm 2024 đạt 1.100 triệu đồng; năm 2025 đạt 1.250 triệu đồng.",
        "Số tiết kiệm chi thường xuyên năm 2025: 1.250 triệu đồng (năm 2024: 1.100 triệu đồng).",
    )
    for text in shapes:
        told = {
            each.figure.name: str(each.figure.value)
            for each in FigureProposer(criteria).propose(UNIT, [paper(text)], {})
        }
        assert told == {"nam_nay": "1250", "nam_truoc": "1100"}, text

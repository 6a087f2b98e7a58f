"""The requirement language in small: calendars, deadlines, acceptance, profiles, figures, scores."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from evidence.criteria import calendars, figures, loader
from evidence.match import upcoming
from evidence.match.check import assess, check
from evidence.messages import say
from evidence.model.assessment import Figure, Finding, Score, Verdict
from evidence.model.criteria import Criterion, Requirement
from evidence.model.score_rule import Band, Rounding, ScoreRule, Scoring
from evidence.scoring import totals
from evidence.scoring.score_rules import ScoredRequirement, apply_rule, is_within_band
from tests.support.dossier import AS_OF, SET, load_set, record, submit

D = datetime.date
KH = "due: 2018-01-31}"


def changed(*pairs: tuple[str, str]) -> str:
    text = SET
    for old, new in pairs:
        assert old in text
        text = text.replace(old, new, 1)
    return text


def plan(dated: str = "2018-01-20", **how: object) -> object:
    return submit(record("k.pdf", "Kế hoạch", "Kế hoạch CCHC năm 2018", dated, no="90/KH-SNV", **how), "1.1")  # type: ignore[arg-type]


def of(text: str, *rows: object, as_of: datetime.date = AS_OF, unit: str = "SNV") -> dict[str, Finding]:
    found = check(load_set(text), rows, (unit,), as_of)  # type: ignore[arg-type]
    return {one.requirement: one for one in found}


DAYS = [
    ("vn-2018", D(2018, 2, 14), D(2018, 2, 21)),  # Tết Mậu Tuất
    ("vn-2018", D(2018, 12, 31), D(2019, 1, 2)),  # off, worked on 5 January instead
    ("vn-2019", D(2019, 1, 5), D(2019, 1, 5)),  # a Saturday that is worked
    ("vn-2025", D(2025, 5, 1), D(2025, 5, 5)),
    ("vn-2025", D(2025, 9, 20), D(2025, 9, 22)),
    ("vn-2018", D(2018, 3, 20), D(2018, 3, 20)),
    ("vn-2026", D(2026, 12, 31), D(2026, 12, 31)),
    ("vn-2015", D(2015, 12, 31), D(2015, 12, 31)),
]


@pytest.mark.parametrize(("name", "day", "moved"), DAYS)
def test_a_day_off_moves_on(name: str, day: datetime.date, moved: datetime.date) -> None:
    found = calendars.load_calendar(name)
    assert found is not None and calendars.next_working_day(found, day) == moved


def test_a_year_that_is_not_known_is_never_guessed() -> None:
    assert calendars.load_calendar("vn-2016") is None
    found = calendars.load_calendar("vn-2015")
    assert found is not None and calendars.add_working_days(found, D(2015, 12, 30), 5) is None


def test_a_deadline_on_a_day_off_says_that_it_moved() -> None:
    text = changed(("level: so", "level: so\nholidays: vn-2018"), (KH, "due: 2018-02-17, shift: next-working-day}"))
    found = of(text, plan("2018-02-21"))["1.1/kh"]
    assert (found.status, found.due) == (Verdict.MET, D(2018, 2, 21))
    assert any("17/02/2018" in say(one.message, "vi") for one in found.reasons if one.rule == "due")


def test_a_year_of_ones_own() -> None:
    own = 'holidays: {name: nam-2017, years: [2017], days_off: [2017-06-01], days_worked: [], source: "Thông báo"}'
    text = changed(("level: so", f"level: so\n{own}"), (KH, "due: 2017-06-01, shift: next-working-day}"))
    assert of(text, plan("2017-06-02"))["1.1/kh"].due == D(2017, 6, 2)
    line, message = loader.find_faults(text.replace("due: 2017-06-01", "due: 2018-06-03"))[0]
    assert message.code == "criteria-calendar-year" and line > 1


def test_a_deadline_counts_from_another_requirement() -> None:
    text = changed(("due: 2018-03-20}", "due: trigger + 30 days, trigger: 1.1/kh}"))
    report = submit(record(dated="2018-02-20"))
    found = of(text, plan(), report)["1.2/q1"]
    assert (found.due, found.status, found.days_late) == (D(2018, 2, 19), Verdict.LATE, 1)
    assert of(text, report)["1.2/q1"].status is Verdict.UNCLEAR
    early = of(text, as_of=D(2018, 1, 1))["1.2/q1"]
    assert early.status is Verdict.NOT_DUE and early.due is None
    assert of(text, as_of=D(2018, 3, 1))["1.2/q1"].status is Verdict.UNCLEAR


def test_a_deadline_counts_from_a_number() -> None:
    text = changed(("due: 2018-03-20}", "due: trigger + 5 days, trigger: 88/KH-UBND}"))
    province = record("t.pdf", "Kế hoạch", "Kế hoạch của tỉnh", "2018-03-10", "UBND tỉnh Lạng Sơn", "88/KH-UBND")
    found = of(text, submit(province, None, "STC"), submit(record()))["1.2/q1"]
    assert (found.due, found.status) == (D(2018, 3, 15), Verdict.MET)
    assert of(text, submit(record()))["1.2/q1"].status is Verdict.UNCLEAR


def test_a_unit_is_freed_by_profile_or_by_name() -> None:
    text = changed(("{code: STC, name: Sở Tài chính,", "{code: STC, name: Sở Tài chính, not_applicable: ['1.2'],"))
    assert of(text, unit="STC")["1.2/q1"].status is Verdict.NOT_APPLICABLE
    score = next(one for one in assess(load_set(text), (), ("STC",), AS_OF).scores if one.criterion == "")
    assert (score.max, score.applicable) == (Decimal(3), Decimal(1))
    assert totals.percent_of_applicable(score, Rounding()) == (Decimal(0), Decimal(0))


def test_a_profile_has_points_and_a_scale_of_its_own() -> None:
    scale = "level: so\nprofiles:\n  - {name: special, title: Đặc thù, scale: 0.5}\n"
    text = changed(("level: so\n", scale), ("title: Kế hoạch CCHC\n        points: 1\n",
                   "title: Kế hoạch CCHC\n        points: 1\n        points_for: {special: 0.5}\n"))  # fmt: skip
    row = submit(record("k.pdf", "Kế hoạch", "Kế hoạch CCHC năm 2018", "2018-01-20",
                      "Văn phòng Ủy ban nhân dân tỉnh An Phú", "9/KH-VP"), "1.1", "VPUB")  # fmt: skip
    found = of(text, row, unit="VPUB")["1.1/kh"]
    assert (found.points.max, found.points.suggested) == (Decimal("0.5"), Decimal("0.5"))
    score = assess(load_set(text), [row], ("VPUB",), AS_OF).scores[-1]
    assert totals.percent_of_applicable(score, Rounding()) == (Decimal(100), Decimal(100))


BANDS = "[{above: 90, points: 1}, {from: 70, to: 90, points: 0.5}, {below: 70, points: 0}]"
RATE = f"score: {{rule: stepped, of: ty_le, bands: {BANDS}}}"


@pytest.mark.parametrize(
    ("value", "points"),
    [("90", "0.5"), ("90.01", "1"), ("70", "0.5"), ("69.99", "0"), (None, None)],
)
def test_bands_know_the_side_of_each_boundary(value: str | None, points: str | None) -> None:
    text = changed(("score: timeliness", RATE))
    known = (Figure("SNV", "1.1", "ty_le", Decimal(value)),) if value else ()
    checked = assess(load_set(text), (), ("SNV",), AS_OF, known)
    score = next(one for one in checked.scores if one.criterion == "1.1")
    assert score.suggested == (None if points is None else Decimal(points))
    assert value is not None or (score.lowest, score.highest, score.lacking) == (0, 1, ("ty_le",))


def worth(rule: ScoreRule, scoring: Scoring, points: str, *rows: ScoredRequirement, **known: str) -> tuple[str, str]:
    one = Criterion(
        "1", "t", Decimal(points), score=rule, scoring=scoring, evidence=tuple(row.requirement for row in rows)
    )
    named = {name: Decimal(value) for name, value in known.items()}
    found = apply_rule(one, Decimal(points), rows, named, Rounding())
    return f"{found.low.normalize():f}", f"{found.high.normalize():f}"


ASKED = Requirement("r", "t", count=4)
MET, LATE, MISSING = (
    ScoredRequirement(ASKED, Verdict.MET, 4),
    ScoredRequirement(ASKED, Verdict.LATE, 3, 1, 6),
    ScoredRequirement(ASKED, Verdict.MISSING, 1),
)
N = Decimal
EXACT = [
    (ScoreRule.PROPORTIONAL, Scoring(of="ty_le", full=N(85), none_below=N(60)), {"ty_le": "85"}, ("2", "2")),
    (ScoreRule.PROPORTIONAL, Scoring(of="ty_le", full=N(85), none_below=N(60)), {"ty_le": "80"}, ("1.88", "1.88")),
    (ScoreRule.PROPORTIONAL, Scoring(of="ty_le", full=N(85), none_below=N(60)), {"ty_le": "59.9"}, ("0", "0")),
    (ScoreRule.PROPORTIONAL, Scoring(of="ty_le", full=N(85)), {}, ("0", "2")),
    (ScoreRule.FORMULA, Scoring(formula="a / b * points", figures=("a", "b")), {"a": "1", "b": "3"}, ("0.67", "0.67")),
    (ScoreRule.FORMULA, Scoring(formula="a / b * points", figures=("a", "b")), {"a": "1", "b": "0"}, ("0", "2")),
    (ScoreRule.FORMULA, Scoring(formula="a / b * points", figures=("a", "b")), {"a": "9", "b": "3"}, ("2", "2")),
    (ScoreRule.FORMULA, Scoring(formula="a - 5", figures=("a",)), {"a": "1"}, ("0", "0")),
    (ScoreRule.FORMULA, Scoring(formula="share / 100 * points"), {}, ("2", "2")),
]


@pytest.mark.parametrize(("rule", "scoring", "known", "points"), EXACT)
def test_rates(rule: ScoreRule, scoring: Scoring, known: dict[str, str], points: tuple[str, str]) -> None:
    assert worth(rule, scoring, "2", MET, **known) == points


@pytest.mark.parametrize(
    ("rule", "scoring", "row", "points"),
    [
        (ScoreRule.DEDUCTION, Scoring(missing=N("0.5")), MET, ("2", "2")),
        (ScoreRule.DEDUCTION, Scoring(missing=N("0.5")), MISSING, ("0.5", "0.5")),
        (ScoreRule.DEDUCTION, Scoring(missing=N("0.5")), LATE, ("1.5", "2")),
        (ScoreRule.DEDUCTION, Scoring(missing=N(1), late=N("0.5"), per_day=N("0.1")), LATE, ("0.9", "0.9")),
        (ScoreRule.DEDUCTION, Scoring(missing=N(1)), ScoredRequirement(ASKED, Verdict.MISSING), ("0", "0")),
        (ScoreRule.PER_ITEM, Scoring(each=N("0.5")), MISSING, ("0.5", "0.5")),
        (ScoreRule.PER_ITEM, Scoring(each=N(1)), MET, ("2", "2")),
        (ScoreRule.PER_ITEM, Scoring(each=N("0.5")), LATE, ("1.5", "2")),
        (ScoreRule.PER_ITEM, Scoring(late=N("0.5")), LATE, ("1.75", "1.75")),
        (ScoreRule.TIMELINESS, Scoring(late=N("0.25")), LATE, ("0.5", "0.5")),
        (ScoreRule.STEPPED, Scoring(of="days_late", bands=(Band(N(2), None, True, N(5), True),)), LATE, ("2", "2")),
    ],
)
def test_counted_points(rule: ScoreRule, scoring: Scoring, row: ScoredRequirement, points: tuple[str, str]) -> None:
    assert worth(rule, scoring, "2", row) == points


def test_a_value_outside_all_bands_is_left_open() -> None:
    band = Band(N(1), N(0), True, N(50), False)
    assert is_within_band(band, N(0)) and not is_within_band(band, N(50))
    bands = (band, Band(N(0), N(50), True, N(60), True))
    assert worth(ScoreRule.STEPPED, Scoring(of="x", bands=bands), "2", MET, x="70") == ("0", "1")


def scores(text: str, *rows: object, as_of: datetime.date = AS_OF) -> dict[str, Score]:
    return {one.criterion: one for one in assess(load_set(text), rows, ("SNV",), as_of).scores}  # type: ignore[arg-type]


def test_lost_and_recoverable() -> None:
    before = scores(SET, as_of=D(2018, 1, 15))["1.1"]
    assert (before.lowest, before.highest, before.lost, before.recoverable) == (0, 1, 0, 1)
    after = scores(SET)["1.1"]
    assert (after.highest, after.lost, after.recoverable) == (0, 1, 0)
    window = changed(("level: so", "level: so\nsupplement: 2019-01-05..2019-01-12"))
    assert scores(window)["1.1"].recoverable == 1
    assert scores(window, as_of=D(2019, 1, 13))["1.1"].recoverable == 0
    late = scores(window, plan("2018-02-10"))["1.1"]
    assert (late.suggested, late.lost, late.recoverable) == (N("0.5"), N("0.5"), 0)


def test_groups_and_the_whole_are_sums_of_their_parts() -> None:
    found = scores(SET, plan())
    assert list(found) == ["1", "1.1", "1.2", ""]
    assert (found["1"].lowest, found[""].highest, found[""].lost) == (1, 1, 2)
    assert totals.unexplained_loss(found["1"], N("0.75")) == N("0.25") and totals.unearned_points(found["1"], N(2)) == 1


def test_what_falls_due() -> None:
    found = check(load_set(), [], ("SNV",), D(2018, 3, 1))
    assert [one.requirement for one in upcoming.find_due_within(found, D(2018, 3, 1), 30)] == ["1.2/q1"]
    assert [one.requirement for one in upcoming.find_due_within(found, D(2018, 3, 1), 200)] == ["1.2/q1", "1.2/q2"]
    assert upcoming.find_due_within(found, D(2018, 3, 1), 5) == ()


def test_figures_from_a_table() -> None:
    of_set = load_set(changed(("score: timeliness", RATE)))
    found, faults = figures.parse_figures(
        "\ufeffUnit;Criterion;Name;Value\nSNV;1.1;ty_le;92,5\n".lstrip("\ufeff"), of_set
    )
    assert found == (Figure("SNV", "1.1", "ty_le", N("92.5")),) and faults == ()
    bad = "unit,criterion,name,value\nX,1.1,ty_le,1\nSNV,9,ty_le,1\nSNV,1.1,khac,1\nSNV,1.1,ty_le,hai\n"
    assert [(line, message.code) for line, message in figures.parse_figures(bad, of_set)[1]] == [
        (2, "figures-unknown-unit"), (3, "figures-unknown-criterion"), (4, "figures-unknown-name"),
        (5, "figures-bad-value"),
    ]  # fmt: skip
    assert figures.parse_figures("a;b\n1;2\n", of_set)[1][0][1].code == "figures-columns"
    twice = "unit,criterion,name,value\nSNV,1.1,ty_le,1\nSở Nội vụ,1.1,ty_le,2\n"
    assert figures.parse_figures(twice, of_set)[1] == figures.parse_figures(twice, of_set)[1] != ()


def test_why_each_of_the_others_does_not_count() -> None:
    rows = (submit(record()), submit(record("b.pdf", what="Kế hoạch", no="4/KH-SNV")))
    said = [say(one.message, "vi") for one in of(SET, *rows)["1.2/q1"].reasons]
    assert any("b.pdf" in one and "Không tính" in one for one in said)
    assert any("không phải Báo cáo" in one for one in said)

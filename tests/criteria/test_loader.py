from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from evidence.criteria import loader
from evidence.errors import CriteriaError
from evidence.messages import say
from evidence.model.criteria import Clock
from evidence.model.score_rule import ScoreRule
from tests.support import dossier

TEN = """\
set: thu-2018
title: Bộ thử
yeer: 2018
year: 2018
level: so
units:
  - {code: SNV, name: Sở Nội vụ, issuer: "Sở Nội vụ"}
criteria:
  - code: "1"
    title: Chỉ đạo
    points: 5
    children:
      - code: "1.1"
        points: 1
      - code: "1.1"
        title: Báo cáo
        points: -1
        score: all-or-nothin
        not_for: [special]
        evidence:
          - id: q1
            title: Quý I
            kind: Báo cáp
            due: 2018-02-31
            issued: 2018-06-30..2018-01-01
            count: 0
            shift: next-working-day
          - id: q1
            title: Quý II
            clock: sent
"""


def codes(text: str) -> list[tuple[int, str]]:
    return [(line, message.code) for line, message in loader.find_faults(text)]


def test_every_fault_at_once_with_its_line() -> None:
    assert codes(TEN) == [
        (3, "criteria-unknown-key-near"),
        (13, "criteria-missing-key"),
        (15, "criteria-code-twice"),
        (17, "criteria-negative"),
        (18, "criteria-unknown-value-near"),
        (19, "criteria-unknown-profile"),
        (23, "criteria-unknown-kind-near"),
        (24, "criteria-no-such-day"),
        (25, "criteria-window-reversed"),
        (26, "criteria-want-whole"),
        (27, "criteria-no-calendar"),
        (28, "criteria-id-twice"),
        (30, "criteria-unknown-value"),
    ]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_every_fault_is_a_sentence(language: str) -> None:
    with pytest.raises(CriteriaError) as caught:
        loader.parse_criteria(TEN, "bo.yaml")
    said = caught.value.say(language)
    assert "bo.yaml" in said and "13" in said.splitlines()[0]
    assert "  24: " in said and "2018-02-31" in said
    assert caught.value.exit_code == 5


BROKEN = [
    ("", 1, "criteria-empty"),
    ("# chỉ có chú thích\n", 1, "criteria-empty"),
    ("- a\n- b\n", 1, "criteria-not-a-set"),
    ("set: a\n\ttitle: b\n", 2, "criteria-tab"),
    ("set: a\nunits:\n\t- code: b\n", 3, "criteria-tab"),
    ('set: "a\ntitle: b\n', 3, "criteria-broken-yaml"),
    ("set: [a, b\ntitle: c\n", 2, "criteria-broken-yaml"),
    ("a: &x [1]\nb: *x\n", 1, "criteria-alias"),
    ("a: !!python/object/apply:os.system [ls]\n", 1, "criteria-tag"),
    ("set: a\n---\nset: b\n", 2, "criteria-two-documents"),
    ("set: a\ntitle: \x00b\n", 2, "criteria-bad-character"),
    ("[" * 3000, 1, "criteria-too-deep"),
]


@pytest.mark.parametrize(("text", "line", "code"), BROKEN, ids=[f"{row[2]}-{at}" for at, row in enumerate(BROKEN)])
def test_what_cannot_be_read_says_where(text: str, line: int, code: str) -> None:
    assert (line, code) in codes(text)


def test_an_alias_bomb_is_refused_before_it_unfolds() -> None:
    rows = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    rows += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 12)]
    assert {code for _, code in codes("\n".join(rows))} == {"criteria-alias"}


def replaced(old: str, new: str) -> str:
    assert dossier.SET.count(old) >= 1
    return dossier.SET.replace(old, new, 1)


FAULTS = [
    ("points: 3\n", "points: 3.5\n", "criteria-sum"),
    ("points: 3\n", "points: 3,5\n", "criteria-decimal-comma"),
    ("points: 3\n", "points: .inf\n", "criteria-want-decimal"),
    ("points: 3\n", "points: 3e0\n", "criteria-want-decimal"),
    ("points: 3\n", "points:\n", "criteria-empty-value"),
    ("year: 2018\n", "year: hai nghìn\n", "criteria-want-whole"),
    ("level: so\n", "level: sở\n", "criteria-unknown-value-near"),
    ("{code: STC,", "{code: SNV,", "criteria-unit-twice"),
    ("score: timeliness", "score: stepped", "criteria-score-needs"),
    ("due: 2018-01-31", "due: 31/01/2018", "criteria-want-day"),
    ("due: 2018-01-31", "due: day 20 of the last month of the period", "criteria-due-period"),
    ("due: 2018-01-31", "due: day 31 of month 2", "criteria-no-such-day"),
    ("due: 2018-01-31", "due: trigger + 30 days", "criteria-trigger-missing"),
    ("due: 2018-01-31", "due: trigger + 30 days, trigger: 1.9/x", "criteria-unknown-target"),
    ("due: 2018-01-31", "due: trigger + 30 days, trigger: gì đó", "criteria-bad-target"),
    ("due: 2018-01-31", "due: trigger + 30 days, trigger: 1.1/kh", "criteria-target-ring"),
    ("due: 2018-01-31", "due: trigger + 5 working days, trigger: 1.2/q1", "criteria-no-calendar"),
    ("due: 2018-01-31", "due: 2018-01-31, trigger: 1.2/q1", "criteria-trigger-idle"),
    ("due: 2018-01-31", "due: cuối tháng", "criteria-due-form"),
    ("due: 2018-01-31", "period: mùa xuân", "criteria-bad-period"),
    ("due: 2018-01-31", "series: cchc-weekly", "criteria-unknown-series"),
    ("due: 2018-01-31", "signature: maybe", "criteria-unknown-value"),
    ("due: 2018-01-31", "cites: [1.9/x]", "criteria-unknown-target"),
    ("due: 2018-01-31", "cites: [{of: 4361/QĐ-BNV, relation: zzz}]", "criteria-unknown-value"),
    ("due: 2018-01-31", "accept: [{level: province}]", "criteria-bad-level"),
    ("due: 2018-01-31", "accept: [{years: 2018}]", "criteria-want-one-of"),
    ("due: 2018-01-31", "accept: [{level: tinh, years: 2017}]", "criteria-accept-none"),
    ("due: 2018-01-31", "accept: [{level: tinh, years: nay}]", "criteria-bad-years"),
    ("level: so\n", "level: so\nholidays: vn-1945\n", "criteria-unknown-calendar"),
    ("level: so\n", "level: so\nrounding: {places: 2, mode: up}\n", "criteria-unknown-value"),
    ("level: so\n", "level: so\nprofiles:\n  - {name: special, scale: 84}\n", "criteria-profile-scale"),
    ("level: so\n", "level: so\nprofiles:\n  - {name: a}\n  - {name: a}\n", "criteria-profile-twice"),
    ("profile: special}", "profile: special, not_applicable: ['9']}", "criteria-unknown-criterion"),
    ("    points: 3\n", "    points: 3\n    points_for: {special: 2}\n", "criteria-profile-sum"),
    ("    points: 3\n", "    points: 3\n    points_for: {specal: 1}\n", "criteria-unknown-profile-near"),
    ("score: timeliness", "score: {rule: timeliness, late: 2}", "criteria-too-high"),
    ("score: timeliness", "score: {rule: timeliness, each: 2}", "criteria-score-key"),
    ("score: timeliness", "score: {rule: formula, formula: 'open(points)'}", "criteria-formula"),
    ("score: timeliness", "score: {rule: formula, formula: 'a / b', figures: [a]}", "criteria-formula-name"),
    ("score: timeliness", "score: {rule: formula, formula: 'a', figures: [a, 'b c']}", "criteria-figure-name"),
    ("score: timeliness", "score: {rule: stepped, of: r, bands: [{points: 1}]}", "criteria-band-sides"),
    ("score: timeliness", "score: {rule: stepped, of: r, bands: [{points: 2, from: 1}]}", "criteria-too-high"),
    ("score: timeliness", "score: {rule: stepped, of: r, bands: [{points: 1, from: 2, below: 1}]}",
     "criteria-band-sides"),
    ("score: timeliness", "score: {rule: stepped, of: r, bands: [{points: 1, from: 90}, {points: 0, to: 90}]}",
     "criteria-bands-overlap"),
    ("score: timeliness", "score: {rule: stepped, of: r, bands: [{points: 1, above: 90}, {points: 0, below: 90}]}",
     "criteria-bands-gap"),
    ("issuer: unit", "issuer: units", "criteria-unknown-issuer"),
    ("kind: Kế hoạch", "kind: Bài vè", "criteria-unknown-kind"),
    ("kind: Kế hoạch", "kind: {a: Kế hoạch}", "criteria-want-texts"),
    ('subject: ["cải cách hành chính"]', "subject: {a: b}", "criteria-want-texts"),
    ("about: 2018", "about: 18", "criteria-want-whole"),
    ("id: kh", "idd: kh", "criteria-unknown-key-near"),
    ("title: Bộ thử\n", "", "criteria-missing-key"),
    ("    score: timeliness\n", "    score: timeliness\n        score: manual\n", "criteria-key-twice"),
    ("    points: 3\n", "    points: 3\n    score: per-item\n", "criteria-score-on-group"),
    ("not_for: [special]", "not_for: [specal]", "criteria-unknown-profile-near"),
    ("issued: 2017-10-01..2018-06-30", "issued: 2017-10-01", "criteria-want-window"),
    ("set: thu-2018\n", "set: thu-2018\nbased_on: {number: abc}\n", "criteria-bad-number"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "code"), FAULTS, ids=[f"{row[2]}-{at}" for at, row in enumerate(FAULTS)])
def test_each_fault_alone(old: str, new: str, code: str) -> None:
    found = codes(replaced(old, new))
    assert code in [name for _, name in found]
    for line, message in loader.find_faults(replaced(old, new)):
        assert line >= 1 and say(message, "vi") and say(message, "en")


def test_a_whole_set() -> None:
    found = loader.parse_criteria(dossier.SET)
    assert (found.set, found.year, found.level, len(found.units)) == ("thu-2018", 2018, "so", 3)
    plan, report = found.criteria[0].children
    assert (plan.points, plan.score, report.not_for) == (Decimal(1), ScoreRule.TIMELINESS, ("special",))
    wanted = report.evidence[0]
    assert wanted.kind is not None and wanted.kind.code == "BC"
    assert (wanted.due, wanted.clock, wanted.count) == (datetime.date(2018, 3, 20), Clock.ISSUED, 1)
    assert wanted.issued_from == datetime.date(2018, 1, 1)


def test_neutral_values_of_later_keys_are_accepted() -> None:
    more = "due: 2018-01-31, shift: none, cites: [], signature: any, accept: [], count: 2, clock: received"
    text = replaced("due: 2018-01-31", more).replace("level: so", "level: so\nholidays: vn-2018")
    wanted = loader.parse_criteria(text).criteria[0].children[0].evidence[0]
    assert (wanted.count, wanted.clock) == (2, Clock.RECEIVED)


def test_points_never_pass_through_a_binary_float() -> None:
    text = dossier.SET
    for whole in (3, 1, 2):
        text = text.replace(f"points: {whole}\n", f"points: 0.{whole}\n")
    assert str(loader.parse_criteria(text).criteria[0].points) == "0.3"


def test_codes_stay_as_written() -> None:
    text = replaced('code: "1.1"', "code: 1.10")
    assert loader.parse_criteria(text).criteria[0].children[0].code == "1.10"


def test_the_basis_with_its_date() -> None:
    text = replaced("level: so\n", "level: so\nbased_on: {number: 4361/QĐ-BNV, date: 2016-12-28}\n")
    found = loader.parse_criteria(text)
    assert str(found.based_on) == "4361/QĐ-BNV" and found.based_on_date == datetime.date(2016, 12, 28)


def test_files_that_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(CriteriaError, match="cannot be opened"):
        loader.load_criteria(tmp_path / "không-có.yaml")
    with pytest.raises(CriteriaError):
        loader.load_criteria(tmp_path)
    file = tmp_path / "latin.yaml"
    file.write_bytes("set: a\ntitle: Bộ tiêu chí\n".encode("utf-16"))
    with pytest.raises(CriteriaError, match="UTF-8"):
        loader.load_criteria(file)
    file.write_text("\ufeff" + dossier.SET, encoding="utf-8")
    assert loader.load_criteria(file).set == "thu-2018"

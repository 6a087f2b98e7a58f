"""What people work through: counted and walked by filter, decided once, told where it changed; nothing out of scope."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from evidence.archive.stored_findings.kept_findings import FindingVerdict, KeptFindings
from evidence.errors import UsageError
from evidence.model.appraisal import DecisionAct
from evidence.model.assessment import Verdict
from evidence.model.kept_finding import TO_BE_DONE, FindingFilter, FindingKey
from evidence.model.record import Citation, Relation, Span
from evidence.search.scope import EVERYTHING, Scope, units_only
from evidence.store.findings.finding_decisions import SeenFinding
from evidence.store.store import Store
from evidence.values import date, number
from tests.archive.stored_findings.test_refresh import Workplace
from tests.support import text_pipeline

PLAN = "Số: 3/KH-{0}\nLoại: Kế hoạch\nCơ quan: Sở {1} tỉnh An Phú\nNgày: 20/01/2025\nVề: cải cách hành chính năm 2025"
OF_A, OF_B = units_only(["SA"]), units_only(["SB"])
KEY = FindingKey("SA", "1.1/kh")
NAME = "bo-0"


def put_plan(store: Store, unit: str) -> str:
    document = text_pipeline.document(PLAN.format(unit, unit[1]), f"{unit}/1.1/kh.txt")
    store.put(document, text_pipeline.record(document), None, [text_pipeline.submission(document, unit, "1.1")])
    return document.source.sha256


def put_repeal(store: Store) -> str:
    """A decision of unit B that ends unit A's plan."""
    document = text_pipeline.document("Số: 9/QĐ-SB\nLoại: Quyết định\nNgày: 20/03/2025\nBãi bỏ 3/KH-SA", "SB/qd.txt")
    named = number.parse("3/KH-SA")
    day = date.parse("20/01/2025")
    cited = Citation("3/KH-SA", Span(1, 0, 1), Relation.REPEALS, number=named, date=day, confidence=0.95)
    record = replace(text_pipeline.record(document), citations=(cited,))
    store.put(document, record, None, [text_pipeline.submission(document, "SB", None)])
    return document.source.sha256


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Workplace]:
    with Store.open(tmp_path / "home", create=True, resident=True) as store:
        workplace = Workplace(store, random.Random(0))
        workplace.import_set()
        put_plan(store, "SA")
        yield workplace


@pytest.fixture
def findings(place: Workplace) -> KeptFindings:
    kept = KeptFindings(place.store, lambda: place.day)
    kept.refresh()
    return kept


def verdict(findings: KeptFindings, act: DecisionAct, by: str = "Hoa", **changes: object) -> FindingVerdict:
    kept = findings.show(NAME, KEY, EVERYTHING).kept
    seen = SeenFinding(kept.facts, kept.decision)
    return replace(FindingVerdict(KEY, act, Decimal(1), "", by, seen), **changes)  # type: ignore[arg-type]


def list_keys(findings: KeptFindings, chosen: FindingFilter, scope: Scope) -> tuple[FindingKey, ...]:
    """The findings of that filter in order of unit and criterion, as the queue has them."""
    units = [total.unit for total in findings.total_units(NAME, scope)]
    return tuple(line.key for unit in units for line in findings.list_lines(NAME, unit, scope) if chosen.holds(line))


def test_lines_say_what_the_findings_say(place: Workplace, findings: KeptFindings) -> None:
    place.open_round()
    findings.decide(NAME, verdict(findings, DecisionAct.ACCEPT), EVERYTHING)
    for scope in (EVERYTHING, OF_A):
        whole, listed = findings.show_unit(NAME, "SA", scope), findings.summarise_unit(NAME, "SA", scope)
        assert listed and (listed.total, listed.scores) == (whole.total, whole.scores)
        for line, kept in zip(listed.lines, whole.findings, strict=True):
            finding = kept.finding
            assert (line.key, line.is_open, line.field) == (kept.key, kept.is_open, kept.field)
            assert (line.title, line.criterion, line.status) == (finding.title, finding.criterion, finding.status)
            assert (line.due, line.documents) == (finding.due, finding.documents)
            assert (line.judged, line.decision) == (kept.judged, kept.decision)
        assert any(line.documents and line.judged == "accept" for line in listed.lines)
    assert findings.summarise_unit(NAME, "SA", OF_B) is None and findings.list_lines(NAME, "SA", OF_B) == ()


@pytest.mark.parametrize(
    "chosen",
    [
        FindingFilter(),
        FindingFilter(fields=frozenset({"1"}), statuses=frozenset({Verdict.MISSING, Verdict.MET})),
        FindingFilter(judged=frozenset({"accept"})),
        FindingFilter(units=frozenset({"SA", "SC"})),
    ],
)
def test_what_is_left_is_counted_by_unit(place: Workplace, findings: KeptFindings, chosen: FindingFilter) -> None:
    place.open_round()
    findings.decide(NAME, verdict(findings, DecisionAct.ACCEPT), EVERYTHING)
    for scope in (EVERYTHING, OF_A, OF_B):
        left = chosen if chosen.judged is not None else replace(chosen, judged=TO_BE_DONE)
        every, rest = (list_keys(findings, each, scope) for each in (chosen, left))
        counted = {(each.unit, each.every, each.left) for each in findings.count_left(NAME, chosen, scope)}
        assert counted == {
            (unit, sum(key.unit == unit for key in every), sum(key.unit == unit for key in rest))
            for unit in {key.unit for key in every}
        }


def test_counts_add_up_and_follow_the_set(findings: KeptFindings) -> None:
    counts = findings.count(NAME, EVERYTHING)
    assert sum(each.count for each in counts) == 12 and {each.field for each in counts} == {"1", "2"}
    assert [unit.unit for unit in findings.total_units(NAME, EVERYTHING)] == ["SA", "SB", "SC"]
    met = [(each.unit, each.field, each.count) for each in counts if each.status is Verdict.MET]
    assert met == [("SA", "1", 1)]
    own = findings.show_unit(NAME, "SA", OF_A)
    assert own.total == findings.total_units(NAME, EVERYTHING)[0]
    assert [each.key.requirement for each in own.findings] == ["1.1/kh", "1.2/tinh", "1.2/bc", "2/qd"]
    assert Decimal(1) <= own.total.lowest <= own.total.highest <= own.total.applicable


def test_counts_are_right_after_every_change_though_they_are_kept(place: Workplace, findings: KeptFindings) -> None:
    changes = (
        place.open_round,
        lambda: findings.decide(NAME, verdict(findings, DecisionAct.ACCEPT), EVERYTHING),
        lambda: put_repeal(place.store),
        lambda: findings.decide(NAME, verdict(findings, DecisionAct.UNDO), EVERYTHING),
        lambda: put_plan(place.store, "SB"),
        lambda: findings.decide(NAME, verdict(findings, DecisionAct.ASK), EVERYTHING),
        place.open_round,
    )
    seen = []
    for change in changes:
        change()
        for _ in ("before it is found anew", "after it"):
            seen.append([findings.count(NAME, scope) for scope in (EVERYTHING, OF_A, OF_B)])
            assert seen[-1] == [KeptFindings(place.store).count(NAME, scope) for scope in (EVERYTHING, OF_A, OF_B)]
            findings.refresh()
    assert len({str(counts) for counts in seen}) > 5


def test_next_and_previous_in_a_filter(findings: KeptFindings) -> None:
    chosen = FindingFilter(fields=frozenset({"1"}), statuses=frozenset({Verdict.MISSING, Verdict.UNCLEAR}))
    keys = list_keys(findings, chosen, EVERYTHING)
    walked, at = [], findings.find_next(NAME, chosen, None, EVERYTHING)
    while at is not None:
        walked.append(at)
        at = findings.find_next(NAME, chosen, at, EVERYTHING)
    assert tuple(walked) == keys and len(keys) > 4
    assert findings.find_next(NAME, chosen, KEY, EVERYTHING) == keys[0]  # from one that is not of the filter
    assert findings.find_next(NAME, chosen, keys[1], EVERYTHING, back=True) == keys[0]
    assert findings.find_next(NAME, chosen, None, EVERYTHING, back=True) == keys[-1]
    assert findings.find_next(NAME, chosen, keys[-1], EVERYTHING) is None


def test_a_decision_keeps_what_it_judged_and_tells_that_it_changed(place: Workplace, findings: KeptFindings) -> None:
    place.open_round()
    assert findings.decide(NAME, verdict(findings, DecisionAct.ACCEPT), EVERYTHING) is None
    shown = findings.show(NAME, KEY, EVERYTHING)
    assert (shown.kept.judged, shown.decision and shown.decision.judged) == ("accept", shown.kept.finding)
    todo = FindingFilter(units=frozenset({"SA"}), judged=TO_BE_DONE)
    assert KEY not in list_keys(findings, todo, EVERYTHING)
    put_repeal(place.store)
    findings.refresh()
    later = findings.show(NAME, KEY, EVERYTHING)
    assert later.kept.judged == "changed" and later.kept.finding.status is not Verdict.MET
    assert later.decision and later.decision.judged == shown.kept.finding
    assert KEY in list_keys(findings, todo, EVERYTHING)
    assert findings.show(NAME, KEY, OF_A).kept.judged == "accept"  # of what SA itself handed in nothing changed


def test_the_words_of_a_decision_made_meanwhile_are_not_lost(place: Workplace, findings: KeptFindings) -> None:
    place.open_round()
    late = verdict(findings, DecisionAct.ACCEPT, "Lan")
    assert findings.decide(NAME, verdict(findings, DecisionAct.RETURN, "Bình"), EVERYTHING) is None
    other = findings.decide(NAME, late, EVERYTHING)
    assert other is not None and (other.by, other.act) == ("Bình", DecisionAct.RETURN)
    assert findings.show(NAME, KEY, EVERYTHING).kept.judged == "return"
    assert findings.decide(NAME, verdict(findings, DecisionAct.ACCEPT, "Lan"), EVERYTHING) is None
    assert findings.decide(NAME, verdict(findings, DecisionAct.UNDO, "Lan"), EVERYTHING) is None
    assert findings.show(NAME, KEY, EVERYTHING).kept.judged == ""


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"points": Decimal(2)}, "round-bad-points"),
        ({"by": " "}, "correct-author"),
        ({"seen": SeenFinding("0" * 32, None)}, "finding-changed"),
        ({"key": FindingKey("SA", "9/x")}, "finding-none"),
    ],
)
def test_what_cannot_be_decided(
    place: Workplace, findings: KeptFindings, changes: dict[str, object], code: str
) -> None:
    place.open_round()
    with pytest.raises(UsageError) as caught:
        findings.decide(NAME, verdict(findings, DecisionAct.ACCEPT, **changes), EVERYTHING)  # type: ignore[arg-type]
    assert caught.value.message.code == code


def test_a_new_round_begins_with_nothing_decided(place: Workplace, findings: KeptFindings) -> None:
    with pytest.raises(UsageError, match="round"):
        findings.decide(NAME, verdict(findings, DecisionAct.ACCEPT), EVERYTHING)
    place.open_round()
    findings.decide(NAME, verdict(findings, DecisionAct.ACCEPT), EVERYTHING)
    findings.refresh()
    assert findings.show(NAME, KEY, EVERYTHING).kept.judged == "accept"
    place.open_round()
    findings.refresh()
    assert findings.show(NAME, KEY, EVERYTHING).kept.judged == ""


def everything_of(findings: KeptFindings, scope: Scope) -> list[object]:
    """All that a unit can read of its findings."""
    keys = list_keys(findings, FindingFilter(), scope)
    since = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    return [
        keys, findings.count(NAME, scope), findings.total_units(NAME, scope), findings.tell_state(NAME, scope),
        [replace(findings.show(NAME, key, scope).kept, at=since) for key in keys],
        findings.list_changes(NAME, since, scope),
    ]  # fmt: skip


def test_what_another_unit_hands_in_changes_nothing_a_unit_can_read(place: Workplace, findings: KeptFindings) -> None:
    before = everything_of(findings, OF_A)
    ending = put_repeal(place.store)
    put_plan(place.store, "SB")
    findings.refresh()
    assert everything_of(findings, OF_A) == before
    told = findings.list_changes(NAME, datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC), EVERYTHING)
    assert {(each.key, each.before) for each in told} >= {(KEY, Verdict.MET)}
    view = findings.show(NAME, KEY, EVERYTHING)
    assert view.kept.finding.status is not Verdict.MET and ending not in str(before)


def test_a_unit_out_of_scope_is_as_one_that_is_not_there(findings: KeptFindings) -> None:
    codes = set()
    for key, scope in ((KEY, OF_B), (FindingKey("SX", "1.1/kh"), OF_B)):
        with pytest.raises(UsageError) as caught:
            findings.show(NAME, key, scope)
        codes.add(caught.value.message.code)
        with pytest.raises(UsageError):
            findings.show_unit(NAME, key.unit, scope)
        assert findings.find_next(NAME, FindingFilter(), key, scope) is None
    assert codes == {"finding-none"}
    assert {key.unit for key in list_keys(findings, FindingFilter(units=frozenset({"SA", "SB"})), OF_B)} == {"SB"}


def test_a_killed_refresh_goes_on_where_it_stopped(place: Workplace) -> None:
    kept = KeptFindings(place.store, lambda: place.day)
    run = kept._refresh.run()
    assert next(run) == (NAME, "SA")
    run.close()
    assert kept.tell_state(NAME, EVERYTHING).pending and not kept.tell_state(NAME, OF_A).pending
    assert kept.refresh() == 2 and not kept.tell_state(NAME, EVERYTHING).pending

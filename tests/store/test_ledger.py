"""What people wrote down stays as it was written."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from evidence.messages import Message
from evidence.model.appraisal import Claim, Decision, Round, RoundStage
from evidence.model.assessment import Finding, Points, Reason, Verdict
from evidence.store.ledger import Ledger
from evidence.store.store import Store
from tests.support.past_the_program import REFUSED, open_past

NOW = datetime.datetime(2025, 1, 2, tzinfo=datetime.UTC)
ROUND = Round(0, RoundStage.FIRST, "cchc", "abc", datetime.date(2025, 1, 31), "An", NOW)
FINDING = Finding(
    "SNV", "1.1", "1.1/kh", "Kế hoạch", Verdict.MET, (Reason("x", True, Message("verdict-tie", {"n": "2"})),),
    Points(Decimal("1.50"), Decimal("0.25"), Decimal(0)),
)  # fmt: skip


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.open(tmp_path / "home", create=True) as opened:
        yield opened


def claim(criterion: str, points: str, unit: str = "SNV") -> Claim:
    return Claim(unit, criterion, 1, points=Decimal(points))


def test_the_last_sheet_of_each_unit_counts_and_the_first_is_kept(store: Store) -> None:
    ledger = Ledger(store)
    ledger.put_sheet("SNV", "a.docx", "0" * 64, (claim("1", "1.50"), claim("2", "1")), "An")
    ledger.put_sheet("STC", "b.docx", "1" * 64, (claim("1", "2", "STC"),), "An")
    ledger.put_sheet("SNV", "c.docx", "2" * 64, (claim("1", "0.75"),), "Bình")
    assert [(one.unit, str(one.points)) for one in ledger.claims()] == [("SNV", "0.75"), ("STC", "2")]
    with open_past(store.folder) as connection:
        assert connection.execute("SELECT count(*) FROM sheets").fetchone() == (3,)


def test_a_round_keeps_the_findings_it_began_with(store: Store) -> None:
    ledger = Ledger(store)
    opened = ledger.open_round(ROUND, (FINDING,))
    assert ledger.rounds() == (opened,) and ledger.findings(opened.id) == (FINDING,)
    assert ledger.findings(99) == () and str(ledger.findings(opened.id)[0].points.max) == "1.50"


def test_decisions_stand_beside_each_other(store: Store) -> None:
    ledger = Ledger(store)
    number = ledger.open_round(ROUND, ()).id
    for points in ("1", "0.5"):
        ledger.decide(Decision(number, "SNV", "1.1", Decimal(points), "xem lại", "An", NOW))
    assert [str(one.points) for one in ledger.decisions([number])] == ["1", "0.5"]
    assert ledger.decisions([]) == ()


@pytest.mark.parametrize("table", ["sheets", "rounds", "decisions"])
def test_the_database_refuses_to_change_or_remove(store: Store, table: str) -> None:
    ledger = Ledger(store)
    ledger.put_sheet("SNV", "a.docx", "0" * 64, (), "An")
    number = ledger.open_round(ROUND, ()).id
    ledger.decide(Decision(number, "SNV", "1.1", None, "ghi chú", "An", NOW))
    with open_past(store.folder, guarded=True) as connection:
        for query in (f"UPDATE {table} SET author = 'x'", f"DELETE FROM {table}"):
            with pytest.raises(REFUSED, match="append-only"):
                connection.execute(query)

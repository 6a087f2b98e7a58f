"""Xếp hạng: for heads alone, by the findings that are kept, spans while points are open."""

from __future__ import annotations

import datetime
from decimal import Decimal

from fastapi.testclient import TestClient

from evidence.archive.facade import Archive
from evidence.archive.scores.kept_ranking import RankSpan, rank_kept, span_rank
from evidence.archive.scores.scoring_year import RankingRules, YearRequest
from evidence.archive.search.archive_search import EVERYTHING, Scope
from evidence.config import Settings
from evidence.model.scoring import PartPoints, UnitPoints
from evidence.scoring.ranking import rank_units

Clients = dict[str, TestClient]
SET = "cchc-so-son-ha-2025"


def test_only_heads_see_it(clients: Clients) -> None:
    assert clients["head"].get("/xep-hang").status_code == 200
    for role in ("unit", "appraiser", "admin", "reader"):
        assert clients[role].get("/xep-hang").status_code == 404


def test_it_says_where_nothing_is_kept_yet(clients: Clients) -> None:
    assert "chưa được tính" in clients["head"].get("/xep-hang").text
    assert clients["head"].get("/xep-hang?bo=khong-co").status_code == 404


def test_kept_and_fresh_rankings_are_one(clients: Clients, settings: Settings) -> None:
    with Archive.open(settings) as archive:
        archive.findings.refresh()
        criteria = archive.criteria(SET)
        kept = rank_kept(archive.scores, archive.findings, criteria, EVERYTHING)
        day = kept.state.as_of or datetime.date.min
        fresh = archive.scores.rank(YearRequest(criteria, day), RankingRules(criteria.grades, provisional=True))
        assert tuple(row.standing for row in kept.rows) == fresh
        own = rank_kept(archive.scores, archive.findings, criteria, Scope(frozenset({"SXD"})))
        assert [row.standing.points.unit for row in own.rows] == ["SXD"]
        assert own.unknown == ()
    page = clients["head"].get("/xep-hang").text
    for row in kept.rows:
        assert row.standing.points.name in page
    assert f"{kept.open}/{len(kept.rows)} đơn vị chưa xong" in page


def test_ranks_are_spans_while_points_are_open() -> None:
    def unit(name: str, low: str, high: str, group: str = "Sở", ranked: bool = True) -> UnitPoints:
        return UnitPoints(
            name, name, group, ranked, (PartPoints("thamdinh", Decimal(100), Decimal(low), Decimal(high)),)
        )

    units = [unit("A", "90", "95"), unit("B", "80", "92"), unit("C", "79", "79"), unit("D", "79", "85"),
             unit("E", "99", "99", ranked=False), unit("F", "10", "20", "Xã")]  # fmt: skip
    standings = rank_units(units, RankingRules((), provisional=True))
    spans = {each.points.unit: span_rank(each, standings) for each in standings}
    assert spans == {
        "A": RankSpan(1, 2), "B": RankSpan(1, 3), "D": RankSpan(2, 3), "C": RankSpan(3, 4), "E": None,
        "F": RankSpan(1, 1),
    }  # fmt: skip

"""Xếp hạng: the units of a set by what is known of them now, each group by itself; ranks are spans while points are
open."""

from __future__ import annotations

import datetime
from itertools import groupby

from fastapi.responses import Response

from evidence.archive.scores.frozen_ranking import FrozenRound, stand_frozen
from evidence.archive.scores.kept_ranking import KeptRanking, RankedUnit, RankSpan, rank_kept
from evidence.model.account import Capability
from evidence.model.criteria import CriteriaSet
from evidence.model.kept_finding import FindingsState
from evidence.report.scores.standings_terminal import short, show_index, show_number, show_span
from evidence.web.error_pages import page_not_found
from evidence.web.routing import PageRouter
from evidence.web.visit import CurrentVisit, Visit, at_one_moment

router = PageRouter()
PAGE = "/xep-hang"
APPRAISE_PAGE = "/tham-dinh"


@router.get(PAGE, Capability.SEE_RANKING)
@at_one_moment
def show_ranking(visit: CurrentVisit, bo: str = "", chot: str = "") -> Response:
    """The ranking by that set, or by the one kept last; ``chot``: as it was frozen under that name."""
    criteria = find_ranked_set(visit, bo)
    if criteria is None:
        return visit.render("criteria/ranking_none.html")
    if chot:
        return _render_frozen(visit, criteria, find_frozen_round(visit, criteria, chot))
    return _render(visit, criteria, rank_kept(visit.archive.scores, visit.archive.findings, criteria, visit.scope))


def find_frozen_round(visit: Visit, criteria: CriteriaSet, name: str) -> FrozenRound:
    """The points of that set that were frozen under that name; the 404 for a name of none."""
    frozen = visit.archive.year.find_frozen(criteria, name)
    if frozen is None:
        raise page_not_found()
    return frozen


def _render_frozen(visit: Visit, criteria: CriteriaSet, frozen: FrozenRound) -> Response:
    """The ranking as it was frozen: nothing that came later is in it."""
    standings = stand_frozen(frozen.scores)
    spans = [RankSpan(each.rank, each.rank) if each.rank is not None else None for each in standings]
    rows = tuple(RankedUnit(each, span, None) for each, span in zip(standings, spans, strict=True))
    state = FindingsState(datetime.date.fromisoformat(frozen.scores.as_of), 0, False)
    return _render(visit, criteria, KeptRanking(rows, state, ()), frozen)


def _render(visit: Visit, criteria: CriteriaSet, ranking: KeptRanking, frozen: FrozenRound | None = None) -> Response:
    return visit.render(
        "criteria/ranking.html",
        criteria=criteria,
        sets=[each.set for each in list_ranked_sets(visit)],
        ranking=ranking,
        frozen=frozen,
        rounds=visit.archive.year.list_frozen(criteria),
        groups=group_rows(ranking, visit),
        appraises=frozen is None and any(route.path == APPRAISE_PAGE for route in visit.routes),
        printed=datetime.datetime.now(datetime.UTC),
    )


def list_ranked_sets(visit: Visit) -> tuple[CriteriaSet, ...]:
    """The sets with units, by name."""
    return tuple(kept.criteria for kept in visit.archive.criteria_sets() if kept.criteria.units)


def find_ranked_set(visit: Visit, name: str) -> CriteriaSet | None:
    """The set of that name, or the last one with units; None where no set has any. The 404 for a name of none."""
    sets = list_ranked_sets(visit)
    if not name:
        return sets[-1] if sets else None
    chosen = next((each for each in sets if each.set == name), None)
    if chosen is None:
        raise page_not_found()
    return chosen


def group_rows(ranking: KeptRanking, visit: Visit) -> list[tuple[str, list[dict[str, str]]]]:
    """The rows in words, by the name of their group."""
    rows = groupby(ranking.rows, key=lambda row: row.standing.points.group or "")
    return [(group, [show_row(row, visit) for row in members]) for group, members in rows]


def show_row(row: RankedUnit, visit: Visit) -> dict[str, str]:
    """A row in the words of the reader."""
    standing, language = row.standing, visit.language
    points = standing.points
    loss = row.loss
    return {
        "unit": points.unit,
        "name": points.name,
        "rank": show_rank(row.span),
        "points": show_span(short(points.lowest), short(points.highest), language).replace(" – ", "–"),
        "max": show_number(short(points.max), language),
        "index": show_index(standing, language).replace(" – ", "–"),
        "grade": standing.grade or "…",
        "loss": f"{loss.criterion} −{show_number(short(loss.points), language)}" if loss else "",
        "loss_title": loss.title if loss else "",
        "open": "" if points.is_complete else visit.say("web-ranking-open-row"),
    }


def show_rank(span: RankSpan | None) -> str:
    """``2–4``; a dash for a unit that is not ranked.

    >>> show_rank(RankSpan(2, 4)), show_rank(RankSpan(1, 1)), show_rank(None)
    ('2–4', '1', '–')
    """
    if span is None:
        return "–"
    return str(span.best) if span.best == span.worst else f"{span.best}–{span.worst}"

"""Biểu đồ và XLSX của xếp hạng: what a decision would publish, drawn for the page or written as its annexes.

A chart is drawn once for the same points and kept in this process under a hash of them, which its address holds.
"""

from __future__ import annotations

import datetime
import hashlib
from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock
from typing import Annotated

from fastapi import Query
from fastapi.responses import Response

from evidence.errors import UsageError
from evidence.messages import Language
from evidence.model.account import Capability
from evidence.model.criteria import CriteriaSet
from evidence.model.scores.publication import Publication
from evidence.report.publication.annexes_xlsx import render_annexes
from evidence.report.publication.charts import Chart, draw_svg_charts
from evidence.web.error_pages import page_not_found
from evidence.web.pages.ranking import PAGE, find_frozen_round, find_ranked_set
from evidence.web.routing import PageRouter
from evidence.web.visit import CurrentVisit, Visit

router = PageRouter()
CHARTS = f"{PAGE}/bieu-do"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_KEPT = 8  # sets of charts; some 1.3 MB each with 105 units


class DrawnCharts:
    """The charts that were drawn last, by a hash of what they show."""

    def __init__(self) -> None:
        self._drawn: OrderedDict[str, tuple[Chart, ...]] = OrderedDict()
        self._lock = Lock()

    def draw(self, publication: Publication, language: Language) -> tuple[str, tuple[Chart, ...]]:
        """The hash and the charts."""
        name = hashlib.sha256(repr((publication, language)).encode()).hexdigest()[:32]
        with self._lock:
            charts = self._drawn.pop(name, None) or draw_svg_charts(publication, publication.drawn, language)
            self._drawn[name] = charts
            while len(self._drawn) > MOST_KEPT:
                self._drawn.popitem(last=False)
        return name, charts

    def find(self, name: str) -> Sequence[Chart]:
        """The charts of that hash; none where they are kept no more."""
        return self._drawn.get(name, ())


DRAWN = DrawnCharts()


@router.get(CHARTS, Capability.SEE_RANKING)
def show_charts(
    visit: CurrentVisit, bo: str = "", unit: Annotated[str, Query(alias="don-vi")] = "", chot: str = ""
) -> Response:
    """All charts, one under another, each on a printed page; ``don-vi``: the unit held against the mean, ``chot``: of
    the points that were frozen under that name."""
    criteria = find_ranked_set(visit, bo)
    if criteria is None:
        return visit.render("criteria/ranking_none.html")
    publication = _publish(visit, criteria, unit, chot)
    name, charts = DRAWN.draw(publication, visit.language) if publication.shares else ("", ())
    return visit.render(
        "year/charts.html",
        criteria=criteria,
        publication=publication,
        charts=[(chart, f"{CHARTS}/{name}/{chart.name}.svg") for chart in charts],
        units=[each for each in criteria.units if visit.scope.sees(each.code)],
        chosen=unit,
        frozen=find_frozen_round(visit, criteria, chot) if chot else None,
        printed=datetime.datetime.now(datetime.UTC),
    )


@router.get(f"{CHARTS}/{{key}}/{{name}}.svg", Capability.SEE_RANKING)
def show_chart(visit: CurrentVisit, key: str, name: str) -> Response:
    """One chart of a page that was shown before."""
    chart = next((chart for chart in DRAWN.find(key) if chart.name == name), None)
    if chart is None:
        raise page_not_found()
    return Response(chart.svg, media_type="image/svg+xml", headers={"Cache-Control": "private, no-cache"})


@router.get(f"{PAGE}/xuat", Capability.SEE_RANKING)
def export_ranking(visit: CurrentVisit, bo: str = "", chot: str = "") -> Response:
    """The annexes of the decision as a workbook: the ranking, then a sheet for each field."""
    criteria = find_ranked_set(visit, bo)
    if criteria is None:
        raise page_not_found()
    workbook = render_annexes(_publish(visit, criteria, chot=chot), (), visit.language)
    headers = {"Content-Disposition": 'attachment; filename="xep-hang.xlsx"'}
    return Response(workbook, media_type=WORKBOOK, headers=headers)


def _publish(visit: Visit, criteria: CriteriaSet, unit: str = "", chot: str = "") -> Publication:
    try:
        if chot:
            return visit.archive.year.publish_frozen(find_frozen_round(visit, criteria, chot), criteria, unit)
        return visit.archive.year.publish(criteria, visit.scope, unit)
    except UsageError as error:
        raise page_not_found() from error

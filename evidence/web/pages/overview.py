"""Tổng quan: where every unit stands in every field, what changed since the last visit, what falls due."""

from __future__ import annotations

from typing import Annotated
from urllib.parse import urlencode

from fastapi import Query
from fastapi.responses import Response
from markupsafe import Markup

from evidence.model.account import Account, AccountRole, Capability
from evidence.model.appraisal import Round
from evidence.model.criteria import CriteriaSet, Unit
from evidence.model.kept_finding import OPEN, TO_BE_DONE, FindingCount
from evidence.report.labels import SIGNS
from evidence.web.error_pages import page_not_found
from evidence.web.rendering.overview_matrix import (
    MatrixFrame,
    count_changed,
    count_statuses,
    draw_rows,
    list_columns,
    make_rows,
)
from evidence.web.routing import PageRouter
from evidence.web.visit import CurrentVisit, Visit, at_one_moment
from evidence.web.work.address import PAGE as WORK

router = PageRouter()
MOST_CHANGES, MOST_DAYS = 50, 3  # listed on the page


@router.get("/", Capability.SEE_OVERVIEW)
@at_one_moment
def show_overview(
    visit: CurrentVisit,
    bo: str = "",
    xem: str = "",
    linh_vuc: Annotated[str, Query(alias="linh-vuc")] = "",
    doi: str = "",
) -> Response:
    """``bo``: the set; ``xem``: ``tieu-chi`` for the criteria of the field ``linh-vuc``; ``doi``: whether what changed
    is listed."""
    names = visit.archive.worklist.names()
    if not names:
        return visit.render("work_none.html")
    name = bo or names[0]
    if name not in names:
        raise page_not_found()
    criteria = visit.archive.worklist.criteria(name)
    return _render(visit, criteria, name, names, _field(criteria, xem, linh_vuc), bool(doi))


def _field(criteria: CriteriaSet, view: str, field: str) -> str:
    """The field whose criteria are shown; empty for the fields themselves."""
    codes = [each.code for each in criteria.criteria]
    if view != "tieu-chi":
        return ""
    return field if field in codes else codes[0]


def _render(
    visit: Visit, criteria: CriteriaSet, name: str, names: tuple[str, ...], field: str, listed: bool
) -> Response:
    archive, scope, person = visit.archive, visit.scope, visit.person
    counts = archive.findings.count(name, scope)
    shown = archive.findings.count_by_criterion(name, field, scope) if field else counts
    set_query = f"&{urlencode({'bo': name})}" if name != names[0] else ""
    frame = MatrixFrame(list_columns(criteria.criteria, field), field, set_query)
    seen_at = archive.worklist.note_visit(person.id, name)
    changes = archive.findings.list_changes(name, seen_at, scope) if seen_at else ()
    opened = archive.worklist.last_round(name)
    return visit.render(
        "overview.html",
        name=name,
        names=names,
        criteria=criteria,
        field=field,
        frame=frame,
        rows=_draw_matrix(visit, criteria, name, frame, shown),
        chips=count_statuses(counts),
        signs=SIGNS,
        left=_left(counts, person),
        changed=count_changed(counts),
        seen_at=seen_at,
        changes=changes[:MOST_CHANGES],
        changing=len(changes),
        listed=listed,
        due=archive.worklist.list_due(name, scope)[:MOST_DAYS],
        read=archive.worklist.measure_read(scope),
        opened=opened,
        closed=_is_closed(visit, opened),
        state=archive.findings.tell_state(name, scope),
        set_query=set_query,
        work=WORK,
    )


def _draw_matrix(
    visit: Visit, criteria: CriteriaSet, name: str, frame: MatrixFrame, shown: tuple[FindingCount, ...]
) -> list[Markup]:
    totals = visit.archive.findings.total_units(name, visit.scope)
    return draw_rows(make_rows(_units(visit, criteria), frame.columns, shown, totals), frame, visit.language)


def _is_closed(visit: Visit, opened: Round | None) -> bool:
    return opened is not None and visit.archive.worklist.is_closed(opened)


def _units(visit: Visit, criteria: CriteriaSet) -> list[Unit]:
    return [unit for unit in criteria.units if visit.scope.sees(unit.code)]


def _left(counts: tuple[FindingCount, ...], person: Account) -> int:
    """How many findings this person has to look at: of the fields assigned, where some are."""
    fields = set(person.fields) if person.role is AccountRole.APPRAISER else set()
    return sum(
        count.count
        for count in counts
        if count.status in OPEN and count.judged in TO_BE_DONE and (not fields or count.field in fields)
    )

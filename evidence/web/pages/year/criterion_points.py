"""Điểm của tiêu chí không có tài liệu để xem: an appraiser gives them on the unit's year, with a note.

A criterion that asks for documents is decided finding by finding on the work page; one that asks for none ("thẩm định
viên chấm") has no finding, and would stay open for ever.
"""

from __future__ import annotations

import datetime
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Form
from fastapi.responses import Response

from evidence.archive.appraisal import parse_points
from evidence.archive.scores.kept_year import UnitYear
from evidence.errors import UsageError
from evidence.model.account import Capability
from evidence.model.appraisal import Decision
from evidence.model.criteria import CriteriaSet
from evidence.model.losses import LossKind, PointLoss
from evidence.web.error_pages import page_not_found
from evidence.web.rendering.menu import unit_path
from evidence.web.routing import PageRouter
from evidence.web.visit import CurrentVisit, Visit

router = PageRouter()
LONGEST_NOTE = 2000


@router.post("/don-vi/{code}/nam/diem", Capability.APPRAISE)
def decide_criterion(
    visit: CurrentVisit,
    code: str,
    bo: Annotated[str, Form()] = "",
    criterion: Annotated[str, Form()] = "",
    points: Annotated[str, Form()] = "",
    note: Annotated[str, Form()] = "",
) -> Response:
    """Writes the points into the set's last round. UsageError: no round is open, no points, beyond the maximum."""
    names = visit.archive.worklist.names()
    if bo not in names or not visit.scope.sees(code) or not visit.person.may_judge(code, criterion):
        raise page_not_found()
    criteria = visit.archive.worklist.criteria(bo)
    if all(unit.code != code for unit in criteria.units):
        raise page_not_found()
    amount = parse_points(points)
    if amount is None:
        raise UsageError("web-work-bad-points", points=points)
    now, by = datetime.datetime.now(datetime.UTC), visit.person.full_name
    decision = Decision(0, code, criterion, amount, note.strip()[:LONGEST_NOTE], by, now)
    visit.archive.appraisal.decide(decision, criteria)
    return visit.redirect(f"{unit_path(code)}/nam?{urlencode({'bo': criteria.set, 'xong': criterion})}#mat-diem")


def list_decidable(visit: Visit, criteria: CriteriaSet, code: str, year: UnitYear) -> frozenset[str]:
    """The criteria whose points this person may give: open or lost, without a finding, while a round is open."""
    opened = visit.archive.worklist.last_round(criteria.set)
    if opened is None or visit.archive.worklist.is_closed(opened) or not visit.can(Capability.APPRAISE):
        return frozenset()
    return frozenset(
        loss.code
        for loss in year.losses.losses
        if (loss.open > 0 or loss.lost > 0) and _asks_no_document(loss) and visit.person.may_judge(code, loss.code)
    )


def _asks_no_document(loss: PointLoss) -> bool:
    return not any(reason.requirement or reason.kind is LossKind.SURVEY for reason in loss.reasons)

"""Đơn vị: what a unit has to do still, how it stands, what it handed in. The unit itself and who appraises it read the
same; the unit may answer, an appraiser may send what was returned or asked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated
from urllib.parse import quote

from fastapi import Form
from fastapi.responses import Response

from evidence.archive.unit_work.unit_work import CaseStanding, UnitCase
from evidence.errors import UsageError
from evidence.model.account import Capability
from evidence.model.assessment import Reason, Score, Verdict
from evidence.model.kept_finding import FindingKey, FindingLine
from evidence.model.slip import SlipItem
from evidence.report.labels import URGENCY
from evidence.web.error_pages import page_not_found
from evidence.web.pages.hand_in import list_unit_receipts
from evidence.web.rendering.menu import unit_path
from evidence.web.routing import PageRouter
from evidence.web.visit import CurrentVisit, Visit, at_one_moment

router = PageRouter()
PAGE = "/don-vi"
ONE = f"{PAGE}/{{code}}"
RECEIPTS = 20  # shown


@dataclass(frozen=True, slots=True)
class UnitTask:
    """Something that the unit has to do: a finding it was sent, or one that is missing. ``reason``: with its place."""

    line: FindingLine
    item: SlipItem | None
    reason: Reason | None


@dataclass(frozen=True, slots=True)
class FieldStanding:
    """A field of the set: how many findings of each status, the most urgent first, and its points."""

    code: str
    title: str
    counts: tuple[tuple[Verdict, int], ...]
    score: Score | None
    lines: tuple[FindingLine, ...]


@router.get(PAGE, Capability.SEE_UNIT)
@at_one_moment
def list_units(visit: CurrentVisit) -> Response:
    """The units that this person sees; whoever sees one alone is led to it."""
    units = visit.archive.unit_work.list_units(visit.scope)
    if len(units) == 1:
        return visit.redirect(unit_path(units[0].code))
    return visit.render("units.html", rows=visit.archive.unit_work.list_standings(visit.scope))


@router.get(ONE, Capability.SEE_UNIT)
@at_one_moment
def show_unit(visit: CurrentVisit, code: str, xong: str = "", muc: str = "") -> Response:
    """``xong``: what was done just now; ``muc``: the requirement that is being explained."""
    return _render(visit, _find_case(visit, code), done=xong, explaining=muc)


@router.post(f"{ONE}/giai-trinh", Capability.HAND_IN)
def explain_finding(
    visit: CurrentVisit, code: str, requirement: Annotated[str, Form()] = "", text: Annotated[str, Form()] = ""
) -> Response:
    """The unit's word on a finding that it was sent."""
    case = _find_case(visit, code)
    key = FindingKey(case.code, requirement)
    try:
        visit.archive.slips.answer(case.criteria_set, key, text, visit.person.full_name, visit.scope)
    except UsageError as error:
        return _render(visit, case, 400, failure=error.say(visit.language), explaining=requirement, typed=text)
    return visit.redirect(f"{unit_path(case.code)}?xong=answered")


@router.post(f"{ONE}/gui", Capability.APPRAISE)
def send_slip(visit: CurrentVisit, code: str) -> Response:
    """Sends the unit all that was returned or asked and waits; from then on it cannot be taken back."""
    case = _find_case(visit, code)
    visit.archive.slips.send(case.criteria_set, case.code, visit.person.full_name, visit.scope)
    return visit.redirect(f"{unit_path(case.code)}?xong=sent")


def _find_case(visit: Visit, code: str) -> UnitCase:
    """The same 404 for a unit that is not there and one that is not seen."""
    try:
        return visit.archive.unit_work.open_case(code, visit.scope)
    except UsageError as error:
        raise page_not_found() from error


def _render(
    visit: Visit,
    case: UnitCase,
    status: int = 200,
    done: str = "",
    failure: str = "",
    explaining: str = "",
    typed: str = "",
) -> Response:
    standing = visit.archive.unit_work.tell_standing(case, visit.scope)
    sent = visit.archive.slips.list_sent(case.criteria_set, case.code, visit.scope)
    appraises = visit.can(Capability.APPRAISE)
    waiting = visit.archive.slips.list_waiting(case.criteria_set, case.code, visit.scope) if appraises else ()
    receipts = list(list_unit_receipts(visit, case).items())
    return visit.render(
        "unit.html",
        status,
        case=case,
        standing=standing,
        tasks=_list_tasks(visit, standing, sent),
        fields=_list_fields(standing),
        waiting=waiting,
        receipts=receipts[:RECEIPTS],
        count=len(receipts),
        work=_work_address(visit, case),
        done=visit.say(f"web-unit-done-{done}") if done in ("answered", "sent") else "",
        failure=failure,
        explaining=explaining if visit.can(Capability.HAND_IN) else "",
        typed=typed,
    )


def _list_tasks(visit: Visit, standing: CaseStanding, sent: tuple[SlipItem, ...]) -> list[UnitTask]:
    """What was sent first, then what is missing, each in order of the set."""
    lines = standing.kept.lines if standing.kept else ()
    items = {item.key.requirement: item for item in sent}
    returned = [
        UnitTask(line, items[line.requirement], _find_reason(visit, standing.case, line))
        for line in lines
        if line.requirement in items
    ]
    missing = [
        UnitTask(line, None, None)
        for line in lines
        if line.status is Verdict.MISSING and line.requirement not in items
    ]  # fmt: skip
    return [*returned, *missing]


def _find_reason(visit: Visit, case: UnitCase, line: FindingLine) -> Reason | None:
    """The first reason that speaks against the finding and has a place, else the first that speaks against it."""
    finding = visit.archive.findings.show_finding(case.criteria_set, line.key, visit.scope).finding
    against = [reason for reason in finding.reasons if reason.ok is not True]
    return next((reason for reason in against if reason.page), against[0] if against else None)


def _list_fields(standing: CaseStanding) -> list[FieldStanding]:
    if standing.kept is None:
        return []
    scores = {score.criterion: score for score in standing.kept.scores}
    fields = []
    for code, title in standing.case.fields:
        lines = tuple(line for line in standing.kept.lines if line.field == code)
        statuses = [line.status for line in lines]
        counts = tuple((status, statuses.count(status)) for status in URGENCY if status in statuses)
        fields.append(FieldStanding(code, title, counts, scores.get(code), lines))
    return fields


def _work_address(visit: Visit, case: UnitCase) -> str:
    """The work page of that unit, for who may work there and where there is one."""
    served = any(route.path == "/tham-dinh" for route in visit.routes)
    return f"/tham-dinh?don-vi={quote(case.code)}" if served and visit.can(Capability.APPRAISE) else ""

"""Thẩm định: one finding after the other, with its reasons, the values, the page that proves it, and what to do."""

from __future__ import annotations

import urllib.parse
from decimal import Decimal
from typing import Annotated

from fastapi import Form
from fastapi.responses import JSONResponse, Response

from evidence.archive.appraisal import parse_points
from evidence.archive.stored_findings.kept_findings import FindingVerdict, SeenFinding
from evidence.errors import UsageError
from evidence.model.account import Capability
from evidence.model.appraisal import DecisionAct
from evidence.model.kept_finding import FindingKey
from evidence.web.error_pages import page_not_found
from evidence.web.rendering.formats import show_time
from evidence.web.routing import PageRouter
from evidence.web.visit import CurrentVisit, Visit, at_one_moment
from evidence.web.work.address import END, PAGE, AskedWork, WorkAddress, left_of
from evidence.web.work.desk import WorkDesk, open_desk, show_desk

router = PageRouter()


@router.get(PAGE, Capability.APPRAISE)
@at_one_moment
def show_work(visit: CurrentVisit, address: AskedWork) -> Response:
    """The item of the address; without one the first that is left in the filter."""
    desk = open_desk(visit, address)
    if desk is None:
        return visit.render("work_none.html")
    if desk.key is None and address.muc not in ("", END):
        raise page_not_found()
    if not address.muc:
        first = visit.archive.findings.find_next(desk.name, left_of(desk.chosen), None, visit.scope)
        desk = desk.at(first)
    return show_desk(visit, desk)


@router.post(f"{PAGE}/quyet-dinh", Capability.APPRAISE)
def decide_finding(
    visit: CurrentVisit,
    address: AskedWork,
    act: Annotated[str, Form()] = "",
    points: Annotated[str, Form()] = "",
    note: Annotated[str, Form()] = "",
    facts: Annotated[str, Form()] = "",
    seen: Annotated[str, Form()] = "",
) -> Response:
    """Accepts, returns, asks or takes back, and goes on to what is next; where somebody else decided meanwhile, says
    who and when, and writes nothing. ``seen``: the number of the decision that stood on the page."""
    desk, key = _require(visit, address)
    try:
        if act not in list(DecisionAct):
            raise UsageError("web-work-no-act")
        decided = DecisionAct(act)
        if decided in (DecisionAct.RETURN, DecisionAct.ASK) and not note.strip():
            raise UsageError("web-work-note-needed")
        amount = _read_points(points) if decided is DecisionAct.ACCEPT else None
        seen_finding = SeenFinding(facts, int(seen) if seen.isdecimal() else None)
        verdict = FindingVerdict(key, decided, amount, note.strip(), visit.person.full_name, seen_finding)
        other = visit.archive.findings.decide(desk.name, verdict, visit.scope)
    except UsageError as error:
        return show_desk(visit, desk, 400, failure=error.say(visit.language), typed={"note": note, "points": points})
    if other is not None:
        typed = {"note": note, "points": points, "act": act}
        return show_desk(visit, desk, 409, conflict=other, typed=typed)
    if decided is DecisionAct.UNDO:
        return visit.redirect(address.item(key))
    visit.archive.worklist.keep_draft(visit.person.id, desk.name, key, "")
    following = visit.archive.findings.find_next(desk.name, left_of(desk.chosen), key, visit.scope)
    return visit.redirect(address.item(following, key))


@router.post(f"{PAGE}/sua", Capability.CORRECT)
def correct_value(
    visit: CurrentVisit, address: AskedWork, field: Annotated[str, Form()] = "", value: Annotated[str, Form()] = ""
) -> Response:
    """A person's value in the place of the machine's; the unit's findings are found anew before the page comes back."""
    desk, key = _require(visit, address)
    view = visit.archive.findings.show(desk.name, key, visit.scope)
    if address.tep not in view.records:
        raise page_not_found()
    try:
        visit.archive.correct(address.tep, field, value.strip() or None, visit.person.full_name, visit.scope)
    except UsageError as error:
        typed = {"value": value}
        return show_desk(visit, desk, 400, failure=error.say(visit.language), typed=typed)
    visit.archive.findings.refresh({key.unit})
    return visit.redirect(address.link(sua=""))


@router.post(f"{PAGE}/nhap", Capability.APPRAISE)
def keep_draft(visit: CurrentVisit, address: AskedWork, note: Annotated[str, Form()] = "") -> Response:
    """Keeps the note that is being written; said with the time once it is kept."""
    desk, key = _require(visit, address)
    visit.archive.worklist.keep_draft(visit.person.id, desk.name, key, note.strip())
    sentence = visit.say("web-work-saved", at=show_time())
    return JSONResponse({"status": sentence}, headers={"X-Status": urllib.parse.quote(sentence)})


def _require(visit: Visit, address: WorkAddress) -> tuple[WorkDesk, FindingKey]:
    """The desk with its item; the same 404 for what is not there, not seen, and not this person's to judge."""
    desk = open_desk(visit, address)
    if desk is None or desk.key is None:
        raise page_not_found()
    try:
        finding = visit.archive.findings.show(desk.name, desk.key, visit.scope).kept.finding
    except UsageError as error:
        raise page_not_found() from error
    if not visit.person.may_judge(finding.unit, finding.criterion):
        raise page_not_found()
    return desk, desk.key


def _read_points(text: str) -> Decimal | None:
    """Points as they are typed, none for nothing. UsageError: it is no amount."""
    if not text.strip():
        return None
    amount = parse_points(text)
    if amount is None:
        raise UsageError("web-work-bad-points", points=text)
    return amount

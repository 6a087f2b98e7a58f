"""Mã truy cập: tokens with which programs ask the HTTP interface in a person's name; each is shown once."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form
from fastapi.responses import Response

from evidence.model.account import Capability
from evidence.web.routing import PageRouter
from evidence.web.visit import CurrentVisit, Visit

router = PageRouter()
PAGE = "/tai-khoan/ma-truy-cap"
DAYS = (30, 90, 365)
LONGEST = 60  # letters of a title


@router.get(PAGE, Capability.SIGNED_IN)
def show_access_tokens(visit: CurrentVisit) -> Response:
    """The person's tokens, and the form that makes one."""
    return _render(visit)


@router.post(PAGE, Capability.SIGNED_IN)
def make_access_token(
    visit: CurrentVisit, title: Annotated[str, Form()] = "", days: Annotated[int, Form()] = DAYS[0]
) -> Response:
    """Makes a token; the answer alone shows it, and is kept nowhere."""
    if not title.strip() or len(title) > LONGEST or days not in DAYS:
        return _render(visit, 400, failure=visit.say("web-token-failure"))
    response = _render(visit, token=visit.archive.accounts.make_access_token(visit.person, title, days))
    response.headers["Cache-Control"] = "no-store"
    return response


def _render(visit: Visit, status: int = 200, token: str = "", failure: str = "") -> Response:
    tokens = [each for each in visit.archive.accounts.list_sessions(visit.person) if each.title]
    return visit.render("access_tokens.html", status, tokens=tokens, token=token, failure=failure, days=DAYS)

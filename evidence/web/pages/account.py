"""Tài khoản: who one is, one's password, keys, sessions."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from fastapi import Form
from fastapi.responses import Response

from evidence.errors import UsageError
from evidence.model.account import Capability
from evidence.web.routing import PageRouter
from evidence.web.security.cookies import put_session
from evidence.web.visit import CurrentVisit, Visit

router = PageRouter()
PAGE = "/tai-khoan"


@router.get(PAGE, Capability.SIGNED_IN)
def show_account(visit: CurrentVisit, xong: str = "") -> Response:
    """``xong``: what was done just now."""
    return _render(visit, done=xong)


@router.post(PAGE, Capability.SIGNED_IN)
def change_keys(visit: CurrentVisit, single_keys: Annotated[str, Form()] = "") -> Response:
    """Single letters as short cuts, or not (WCAG 2.1.4)."""
    visit.archive.accounts.change(replace(visit.person, single_keys=bool(single_keys)))
    return visit.redirect(f"{PAGE}?xong=keys")


@router.post(f"{PAGE}/mat-khau", Capability.SIGNED_IN)
def change_password(
    visit: CurrentVisit, old: Annotated[str, Form()] = "", new: Annotated[str, Form()] = ""
) -> Response:
    """A new password ends every session but this one, which goes on under a new token."""
    try:
        visit.archive.accounts.change_password(visit.person, old, new)
        signed_in = visit.archive.accounts.sign_in(visit.person.name, new, visit.address)
    except UsageError as error:
        return _render(visit, status=400, failure=error.say(visit.language))
    response = visit.redirect(f"{PAGE}?xong=password")
    put_session(visit.request, response, signed_in.token)
    return response


@router.post(f"{PAGE}/phien", Capability.SIGNED_IN)
def close_session(visit: CurrentVisit, token: Annotated[str, Form()] = "") -> Response:
    """Ends one of the person's own sessions elsewhere."""
    visit.archive.accounts.close_session(visit.person, token)
    return visit.redirect(f"{PAGE}?xong=session")


def _render(visit: Visit, status: int = 200, done: str = "", failure: str = "") -> Response:
    sentence = visit.say(f"web-account-done-{done}") if done in ("keys", "password", "session") else ""
    sessions = visit.archive.accounts.list_sessions(visit.person)
    return visit.render("account.html", status=status, sessions=sessions, done=sentence, failure=failure)

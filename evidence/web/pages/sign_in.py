"""Signing in and out."""

from __future__ import annotations

from typing import Annotated

from fastapi import Form
from fastapi.responses import JSONResponse, RedirectResponse, Response

from evidence.errors import UsageError
from evidence.model.account import Capability
from evidence.web.rendering.menu import find_home
from evidence.web.routing import PageRouter
from evidence.web.security.cookies import put_session, remove_session
from evidence.web.visit import CurrentVisit, Visit, make_csrf_token

router = PageRouter()
SMALL = 10_000  # bytes of the form
STATUSES = {"sign-in-locked": 429, "sign-in-busy": 503}


@router.get("/dang-nhap", Capability.PUBLIC)
def show_sign_in(visit: CurrentVisit, tiep: str = "", ra: str = "") -> Response:
    """The form; who is signed in goes on. ``tiep``: the page that was asked for; ``ra``: one has just signed out."""
    if visit.account is not None:
        return visit.redirect(local_path(tiep) or visit.home())
    return render_sign_in(visit, 200, local_path(tiep), left=bool(ra))


@router.post("/dang-nhap", Capability.PUBLIC, SMALL)
def sign_in(
    visit: CurrentVisit,
    name: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
    tiep: Annotated[str, Form()] = "",
) -> Response:
    """Opens a session under a new token. Asked for JSON (the dialog over a page whose session ended), it says how forms
    of that page are guarded from now on, and moves nowhere."""
    stays = "application/json" in visit.request.headers.get("accept", "")
    try:
        signed_in = visit.archive.accounts.sign_in(name, password, visit.address)
    except UsageError as error:
        status, sentence = STATUSES.get(error.message.code, 400), error.say(visit.language)
        if stays:
            return JSONResponse({"error": sentence}, status)
        return render_sign_in(visit, status, local_path(tiep), name, sentence)
    onward = local_path(tiep) or find_home(signed_in.account, visit.routes)
    response: Response = RedirectResponse(onward, 303)
    if stays:
        same = {"csrf": make_csrf_token(signed_in.token), "account": signed_in.account.name}
        response = JSONResponse(same)
    put_session(visit.request, response, signed_in.token)
    return response


@router.post("/dang-xuat", Capability.SIGNED_IN, SMALL)
def sign_out(visit: CurrentVisit) -> Response:
    """Ends the session here and in the archive."""
    visit.archive.accounts.sign_out(visit.token)
    response = visit.redirect("/dang-nhap?ra=1" if visit.provider else "/dang-nhap")
    remove_session(visit.request, response)
    return response


def render_sign_in(
    visit: Visit, status: int, onward: str, name: str = "", sentence: str = "", left: bool = False
) -> Response:
    """The form with what was typed and what was wrong; ``left``: one has just signed out."""
    values = {"onward": onward, "name": name, "sentence": sentence, "left": left}
    return visit.render("sign_in.html", status=status, **values)


def local_path(path: str) -> str:
    """The path if it leads to a page of ours; else nothing.

    >>> local_path("/tra-cuu?q=1"), local_path("//evil.example/"), local_path("https://evil.example")
    ('/tra-cuu?q=1', '', '')
    """
    ours = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable() and "\\" not in path
    return path if ours and not path.startswith("/dang-nhap") else ""

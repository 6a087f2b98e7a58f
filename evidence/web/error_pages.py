"""What is answered when a page cannot be: a sentence with a way out, as a page, as a part of one, or as JSON.

Unseen and absent are one answer. For nobody at all every address leads to the sign-in page.
"""

from __future__ import annotations

import logging
import secrets
from urllib.parse import quote

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.exceptions import HTTPException

from evidence.errors import ArchiveError, EvidenceError, UsageError
from evidence.web.routing import SAFE_METHODS
from evidence.web.security.guard import nameless_visit, recognise_visit
from evidence.web.security.headers import add_headers
from evidence.web.visit import Visit

API = "/api/"
SENTENCES = {
    400: "web-error-request",
    401: "web-error-signed-out",
    403: "web-error-forged",
    404: "web-error-404",
    411: "web-error-request",
    413: "web-error-too-large",
    429: "web-error-busy",
}
AWAY = {
    "database-unreachable": "web-error-database-away",
    "archive-bucket": "web-error-originals-away",
    "archive-busy": "web-error-busy",
}  # of the archive's errors; all others are "web-error-archive"
AGAIN = "10"  # seconds until it is worth while to ask again
LOG = logging.getLogger("evidence.web")


def page_not_found() -> HTTPException:
    """To be raised where what was asked for does not exist or is not in the visit's scope: which, is not said."""
    return HTTPException(404)


def answer_http_error(request: Request, error: Exception) -> Response:
    """An HTTPException of ours or of the router."""
    status = error.status_code if isinstance(error, HTTPException) else 500
    try:
        visit = _visit(request)
    except ArchiveError as away:  # whether there is something at that address for them cannot be told now
        return answer_evidence_error(request, away)
    status = 404 if status == 405 else status
    if visit.account is None and status in (401, 404):
        return _ask_to_sign_in(visit)
    if status == 404 and request.url.path == "/" and visit.home() != "/":
        return visit.redirect(visit.home())  # the address of the service leads everybody to where they begin
    return show_error(visit, status, visit.say(SENTENCES.get(status, "web-error-request")))


def answer_bad_request(request: Request, error: Exception) -> Response:
    """A form or a query that is not understood (400), or a path that can be none of ours (404); what was sent is not
    repeated."""
    visit = _visit_or_nobodys(request)
    if isinstance(error, RequestValidationError) and any(fault["loc"][0] == "path" for fault in error.errors()):
        return show_error(visit, 404, visit.say(SENTENCES[404]))
    return show_error(visit, 400, visit.say("web-error-request"))


def answer_evidence_error(request: Request, error: Exception) -> Response:
    """An error with a sentence of its own: of use (400), or of the archive (503). The archive's own sentences are for
    who keeps the machine, name its folders and addresses, and go into the log."""
    if not isinstance(error, EvidenceError):
        raise error
    if isinstance(error, ArchiveError):
        visit = getattr(request.state, "visit", None) or nameless_visit(request)  # asking again would wait again
        LOG.error("%s", error)
        response = show_error(visit, 503, visit.say(AWAY.get(error.message.code, "web-error-archive")))
        response.headers["Retry-After"] = AGAIN
        return response
    visit = _visit_or_nobodys(request)
    return show_error(visit, 400 if isinstance(error, UsageError) else 503, error.say(visit.language))


def answer_fault(request: Request, error: Exception) -> Response:
    """A fault of ours: a code for the person, the trace under that code in the log."""
    code = secrets.token_hex(2).upper()
    LOG.error("fault %s at %s %s", code, request.method, request.url.path, exc_info=error)
    visit = _visit_or_nobodys(request)
    response = show_error(visit, 500, visit.say("web-error-500", code=code))
    add_headers(response.headers)  # the middleware that does so lies further in
    return response


def show_error(visit: Visit, status: int, sentence: str) -> Response:
    """The sentence, in the form in which the answer was asked for."""
    if visit.request.url.path.startswith(API) or "application/json" in visit.request.headers.get("accept", ""):
        return JSONResponse({"status": status, "error": sentence}, status)
    if visit.partial:
        return HTMLResponse(visit.render("parts/alert.html", sentence=sentence).body, status)
    return visit.render("error.html", status=status, sentence=sentence)


def _ask_to_sign_in(visit: Visit) -> Response:
    request = visit.request
    plain = request.method in SAFE_METHODS and not visit.partial and not request.url.path.startswith(API)
    if not plain or "application/json" in request.headers.get("accept", ""):
        return show_error(visit, 401, visit.say("web-error-signed-out"))
    query = f"?{request.url.query}" if request.url.query else ""
    return RedirectResponse(f"/dang-nhap?tiep={quote(request.url.path + query, safe='')}", 303)


def _visit_or_nobodys(request: Request) -> Visit:
    """Who asked, or nobody, where the archive cannot be asked: an error is told all the same."""
    try:
        return _visit(request)
    except ArchiveError:
        return nameless_visit(request)


def _visit(request: Request) -> Visit:
    """Who asked; known already where the guard was passed. ArchiveError: the archive cannot be asked."""
    visit: Visit | None = getattr(request.state, "visit", None)
    return visit or recognise_visit(request)


HANDLERS = {
    HTTPException: answer_http_error,
    RequestValidationError: answer_bad_request,
    EvidenceError: answer_evidence_error,
    Exception: answer_fault,
}

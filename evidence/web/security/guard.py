"""The guard before every route: who is it, may they, and did they mean it. Runs before any body is read into a form.

Default deny: a route without a capability cannot be built. What one may not see answers as what does not exist: the
same 404 for a person who lacks the capability; for nobody at all the way to the sign-in page, whatever the address.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from fastapi import HTTPException, Request
from fastapi.responses import Response
from fastapi.routing import APIRoute
from starlette.concurrency import run_in_threadpool

from evidence.archive.audit.acting import acting_as
from evidence.archive.facade import Archive
from evidence.messages import Language
from evidence.model.account import Account, Actor, Capability
from evidence.web.routing import SAFE_METHODS, PageRoute
from evidence.web.security.cookies import LANGUAGE, SESSION, VISITOR, put_visitor
from evidence.web.visit import Visit, make_csrf_token

FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")
CAPABILITY = "x-capability"  # where a route carries it; OpenAPI shows it
BODY_BYTES = "x-body-bytes"


class GuardedRoute(APIRoute):
    """A route that the guard stands before."""

    def get_route_handler(self) -> Callable[[Request], Awaitable[Response]]:  # type: ignore[override]
        handler = super().get_route_handler()
        extra = self.openapi_extra or {}
        capability, body_bytes = Capability(extra[CAPABILITY]), int(extra[BODY_BYTES])

        async def guarded(request: Request) -> Response:
            visit = await run_in_threadpool(recognise_visit, request)
            request.state.visit = visit
            admit(visit, capability)
            if request.method not in SAFE_METHODS:
                check_length(request, body_bytes)
                await check_intent(visit)
            with acting_as(name_actor(visit)):
                response = await handler(request)
            if visit.unknown and request.method in SAFE_METHODS:
                put_visitor(request, response, visit.token)
            return response

        return guarded


def name_actor(visit: Visit) -> Actor:
    """Who acts in this request, as the audit names them."""
    if visit.account is None:
        return Actor("", "", visit.address)
    return Actor(visit.account.name, visit.account.role.value, visit.address)


def recognise_visit(request: Request) -> Visit:
    """Who asks, by the session's cookie or an access token; the language is the account's, then the browser's choice,
    then the server's. ArchiveError: the archive does not answer."""
    archive: Archive = request.app.state.archive
    token = _bearer(request) or request.cookies.get(SESSION, "")
    return _make_visit(request, archive.accounts.recognise(token), token)


def nameless_visit(request: Request) -> Visit:
    """The visit where the archive cannot be asked who it is: nobody's."""
    return _make_visit(request, None, "")


def _make_visit(request: Request, account: Account | None, token: str) -> Visit:
    archive: Archive = request.app.state.archive
    routes: tuple[PageRoute, ...] = request.app.state.routes
    visitor = request.cookies.get(VISITOR, "")
    return Visit(
        request=request,
        archive=archive,
        account=account,
        token=token if account else visitor or secrets.token_urlsafe(32),
        unknown=account is None and not visitor,
        language=_choose_language(request, account),
        routes=routes,
    )


def admit(visit: Visit, capability: Capability) -> None:
    """HTTPException 401 where nobody is signed in, 404 where the person may not."""
    if capability is Capability.PUBLIC:
        return
    if visit.account is None:
        raise HTTPException(401)
    if not visit.account.can(capability):
        raise HTTPException(404)


def check_length(request: Request, most: int) -> None:
    """HTTPException 413 for a body beyond what the route takes, 411 where its length is not said, or said beside chunks
    that do not keep to it (RFC 9112, 6.3). No body is longer than its length: the server cuts it there."""
    length = request.headers.get("content-length")
    if "transfer-encoding" in request.headers:
        raise HTTPException(411)
    if length is not None and (not length.isdecimal() or int(length) > most):
        raise HTTPException(413)


async def check_intent(visit: Visit) -> None:
    """HTTPException 403 unless the change comes from a page of ours: by the token in the header ``X-CSRF-Token``, or in
    the field ``csrf`` of a plain form; a call with an access token needs none, for no browser sends one by itself."""
    request = visit.request
    if visit.account is not None and _bearer(request):
        return
    if not _same_origin(request):
        raise HTTPException(403)
    given = request.headers.get("x-csrf-token", "")
    if not given and request.headers.get("content-type", "").partition(";")[0].strip() in FORMS:
        field = (await request.form()).get("csrf")
        given = field if isinstance(field, str) else ""
    expected = make_csrf_token(visit.token)
    if visit.unknown or not secrets.compare_digest(given.encode(), expected.encode()):
        raise HTTPException(403)


def _bearer(request: Request) -> str:
    """The access token, which no browser sends by itself; nothing for any other kind of authorization."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    return token.strip() if kind.casefold() == "bearer" else ""


def _same_origin(request: Request) -> bool:
    """Browsers say where a change comes from; who says nothing is held to the token alone."""
    if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("origin")
    return origin is None or urlsplit(origin).netloc == request.headers.get("host")


def _choose_language(request: Request, account: Account | None) -> Language:
    if account is not None:
        return account.language
    chosen = request.cookies.get(LANGUAGE, "")
    default: Language = request.app.state.language
    return Language(chosen) if chosen in list(Language) else default

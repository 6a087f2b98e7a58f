"""One request as a page sees it: who asks, what they may see, in which language, and how to answer."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Annotated, ParamSpec

from fastapi import Depends, Path, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from evidence.archive.accounts.scopes import find_scope
from evidence.archive.facade import Archive
from evidence.archive.search.archive_search import Scope
from evidence.messages import Language, Message, say
from evidence.model.account import Account, Capability
from evidence.web.oidc.provider import OpenIdProvider
from evidence.web.rendering.menu import draw_menu, find_home
from evidence.web.rendering.templates import render_template
from evidence.web.routing import PageRoute

Asked = ParamSpec("Asked")


@dataclass(frozen=True, slots=True)
class Visit:
    """``account``: who is signed in, if anybody. ``token``: the value of the session's cookie, or of the visitor's
    cookie before anybody signs in, which ``csrf`` is made of; ``unknown``: it was drawn for this request. ``routes``:
    all that is served, for the menu."""

    request: Request
    archive: Archive
    account: Account | None
    token: str
    unknown: bool
    language: Language
    routes: tuple[PageRoute, ...]

    @property
    def person(self) -> Account:
        """Who is signed in; only for routes that ask for a capability other than ``PUBLIC``."""
        if self.account is None:
            raise LookupError("nobody is signed in: the route is public")
        return self.account

    @property
    def scope(self) -> Scope:
        """What of the archive this person sees: handed to every call that reads. Nobody sees nothing."""
        return find_scope(self.account) if self.account else Scope(frozenset())

    @property
    def csrf(self) -> str:
        """What every change must bring along (field ``csrf`` or header ``X-CSRF-Token``)."""
        return make_csrf_token(self.token)

    @property
    def address(self) -> str:
        """Where the request comes from, as the server knows it."""
        return self.request.client.host if self.request.client else ""

    @property
    def provider(self) -> OpenIdProvider | None:
        """Who else vouches for people, if anybody does."""
        provider: OpenIdProvider | None = self.request.app.state.provider
        return provider

    @property
    def here(self) -> str:
        """The address of this page below our own, with its query."""
        query = self.request.url.query
        return f"{self.request.url.path}?{query}" if query else self.request.url.path

    @property
    def partial(self) -> bool:
        """Whether htmx asks for a part of the page. A restored history entry always gets the whole one."""
        headers = self.request.headers
        return "hx-request" in headers and "hx-history-restore-request" not in headers

    def can(self, capability: Capability) -> bool:
        return self.account is not None and self.account.can(capability)

    def say(self, code: str, /, **params: object) -> str:
        """The sentence of that code in the reader's language."""
        return say(Message(code, {name: str(value) for name, value in params.items()}), self.language)

    def render(self, template: str, /, status: int = 200, **values: object) -> Response:
        """The page of that template (``templates/``) with those values, and ``visit``."""
        frame = {"visit": self, "menu": draw_menu(self.account, self.routes, self.request.url.path)}
        text = render_template(template, self.language, {**frame, **values})
        return HTMLResponse(text, status)

    def redirect(self, path: str) -> Response:
        """To that page of ours after a change (303): a reload does not repeat it."""
        if self.partial:
            return Response(status_code=204, headers={"HX-Redirect": path})
        return RedirectResponse(path, 303)

    def home(self) -> str:
        """Where this person begins."""
        return find_home(self.account, self.routes)


def make_csrf_token(token: str) -> str:
    """Nobody who does not know the cookie can make it; the cookie cannot be told from it."""
    return hashlib.sha256(f"csrf {token}".encode()).hexdigest()


def current_visit(request: Request) -> Visit:
    """What the guard found out about the request."""
    visit: Visit = request.state.visit
    return visit


def at_one_moment(endpoint: Callable[Asked, Response]) -> Callable[Asked, Response]:
    """A page that reads all it shows through one connection, as it stands at one moment, nothing twice; what it writes
    itself it must not read again. The endpoint has the parameter ``visit``."""

    @wraps(endpoint)
    def read_at_once(*args: Asked.args, **kwargs: Asked.kwargs) -> Response:
        visit = kwargs["visit"]
        assert isinstance(visit, Visit)
        with visit.archive.reading():
            return endpoint(*args, **kwargs)

    return read_at_once


RowNumber = Annotated[int, Path(ge=0, lt=2**63)]
"""The number of a row in an address: no more than the database can hold."""

CurrentVisit = Annotated[Visit, Depends(current_visit)]
"""How an endpoint asks for it: ``def show_page(visit: CurrentVisit) -> Response``."""

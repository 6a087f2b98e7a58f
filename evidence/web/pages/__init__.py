"""The pages, one module each: a ``PageRouter`` called ``router`` with its routes. A new page is listed here."""

from __future__ import annotations

from evidence.web.pages import (
    account,
    audit,
    document,
    language,
    overview,
    rounds,
    search,
    sign_in,
    static,
    users,
    work,
)

ROUTERS = (
    static.router,
    sign_in.router,
    language.router,
    account.router,
    users.router,
    audit.router,
    rounds.router,
    search.router,
    document.router,
    overview.router,
    work.router,
)

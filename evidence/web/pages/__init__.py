"""The pages, one module each: a ``PageRouter`` called ``router`` with its routes. A new page is listed here."""

from __future__ import annotations

from evidence.web.pages import (
    access_tokens,
    account,
    api,
    audit,
    criteria_review,
    criteria_sets,
    document,
    events,
    hand_in,
    language,
    overview,
    ranking,
    receipts,
    rounds,
    search,
    sign_in,
    static,
    unit,
    users,
    work,
)
from evidence.web.pages.year import charts, plans, surveys, unit_year

ROUTERS = (
    static.router,
    sign_in.router,
    language.router,
    account.router,
    access_tokens.router,
    users.router,
    audit.router,
    rounds.router,
    search.router,
    document.router,
    overview.router,
    work.router,
    hand_in.router,
    receipts.router,
    unit.router,
    events.router,
    api.router,
    ranking.router,
    criteria_sets.router,
    criteria_review.router,
    charts.router,
    unit_year.router,
    plans.router,
    surveys.router,
)

"""Nothing that can be put into an address or a form brings a fault of ours: every parameter of every route is tried, in
a role that may ask, with what has broken web programs before."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast
from urllib.parse import quote

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from evidence.model.account import GRANTS, AccountRole, Capability
from evidence.web.security.guard import CAPABILITY, GuardedRoute
from tests.support.violations import refuse

NASTY = (
    "", " ", "0", "-1", "99999999999999999999999", "1e309", "NaN", "null", "true", "\x00", "a\x00b", "\ufffe", "..",
    "😀" * 50, "../../etc/passwd", "%", "%%", "'", '"', "';--", "\\", "<script>alert(1)</script>", "{{7*7}}", "{}",
    "{0.__class__}", "%s%n", "\r\nX-Evil: 1", "\u202e", "a" * 5000, "(" * 300, '"' * 301, "so:", "ngay:9999..0000",
    "2026-02-31", "31/02/2026", "0001-01-01", "10000-01-01", "1..", "AND OR NOT", "*", "?" * 50, "ấ" * 300, "-", "1/0",
    "1,5", "[", "[[]]", "9223372036854775808",
)  # fmt: skip
RAW = ("%ff", "%ed%a0%80", "%00", "%c0%af")  # bytes that are no text
EACH = 6  # every sixth value for a parameter, other ones for the next: all come up


def find_role(route: GuardedRoute) -> AccountRole:
    """A role that may ask."""
    capability = Capability((route.openapi_extra or {})[CAPABILITY])
    return next(role for role in (AccountRole.HEAD, *AccountRole) if capability in GRANTS[role])


def cases(route: GuardedRoute) -> Iterator[tuple[str, dict[str, str]]]:
    """Addresses and forms: one nasty value in one parameter, plain ones in all others."""
    queries = [field.alias for field in route.dependant.query_params]
    forms = [field.alias for field in route.dependant.body_params]
    plain = put(route.path, "1")
    for at, name in enumerate([*re.findall(r"\{\w", route.path)[:1], *queries, *forms]):
        for nasty in NASTY[at % EACH :: EACH]:
            if name in queries:
                yield f"{plain}?{name}={quote(nasty, safe='')}", {}
            elif name in forms:
                yield plain, {name: nasty}
            else:
                yield put(route.path, quote(nasty or " ", safe="")), {}
        for raw in RAW if name not in forms else ():
            yield (f"{plain}?{name}={raw}" if name in queries else put(route.path, raw)), {}


def put(path: str, value: str) -> str:
    """The path with that value in all its places."""
    return re.sub(r"\{[^}]+\}", lambda _: value, path)


@pytest.mark.slow
def test_no_value_brings_a_fault_of_ours(clients: dict[str, TestClient]) -> None:
    app = cast(FastAPI, clients["admin"].app)
    faults, tried = [], 0
    for route in app.routes:
        assert isinstance(route, GuardedRoute)
        if route.path in ("/dang-xuat", "/dang-nhap"):
            continue  # the session would end; passwords cost their time
        client = clients[find_role(route).value]
        method = next(iter(route.methods or {"GET"}))
        for address, form in cases(route):
            answer = client.request(method, address, data=form or None, follow_redirects=False)
            tried += 1
            if answer.status_code >= 500 or "x-evil" in answer.headers:
                faults.append(f"{method} {address[:120]} {str(form)[:80]}: {answer.status_code}")
    refuse(faults, f"of {tried} these were answered by a fault of ours:")
    assert tried > 300

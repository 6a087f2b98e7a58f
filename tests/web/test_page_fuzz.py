"""Every route of the service, pages and forms too, asked by chance from a description of all of them: never a fault of
ours. ``EVIDENCE_API_CASES`` says how often (``make journeys``: 2,000).

Chance alone finds no unit and no document, so half of the values are those that the archive knows.
"""

from __future__ import annotations

import copy
import os
from collections import Counter
from collections.abc import Mapping

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence.archive.facade import Archive
from evidence.web.security.guard import GuardedRoute
from tests.support.service import recorded_documents
from tests.web.test_hostile_input import find_role

CASES = int(os.environ.get("EVIDENCE_API_CASES", "40"))
LEFT_OUT = {
    "/su-kien": "a stream; its own tests end it",
    "/dang-nhap": "passwords cost their time, and ten wrong ones shut the door",
    "/dang-xuat": "would end what is asked with",
    "/tai-khoan/mat-khau": "the same",
    "/tai-khoan/phien": "the same",
    "/nguoi-dung/{number}": "the same",
    "/nguoi-dung/{number}/mat-khau": "the same",
}
SET = "cchc-so-son-ha-2025"


@pytest.fixture
def known(app: FastAPI) -> Mapping[str, list[str]]:
    """What the archive knows, by the name of the parameter that asks for it."""
    hashes = [document.source.sha256 for _, document in recorded_documents()[:4]]
    items = ["SXD/1.1/kh", "SXD/1.2/q1", "VPUBND/1.2/q1", "het"]
    units = ["SXD", "VPUBND", "KHONG"]
    return {
        "sha256": hashes, "tep": hashes, "code": units, "don-vi": units, "muc": items, "bo": [SET, "khong"],
        "number": ["1", "2", "0"], "trang": ["1", "2", "999"], "q": ["615", "cải cách", "donvi:SXD", '"', "so:"],
        "requirement": ["1.2/q1", "1.1/kh"], "criterion": ["1.1", "1.2"], "act": ["accept", "return", "ask", "link"],
        "field": ["place", "date", "number"], "ket-luan": ["met", "tat-ca", "unclear"], "criteria_set": [SET],
    }  # fmt: skip


@pytest.mark.slow
def test_no_request_to_any_route_ends_in_a_fault_of_ours(
    clients: dict[str, TestClient], app: FastAPI, known: Mapping[str, list[str]]
) -> None:
    archive: Archive = app.state.archive
    archive.findings.refresh()
    roles, described = {}, []
    for route in app.routes:
        assert isinstance(route, GuardedRoute)
        described.append(copy.copy(route))
        described[-1].include_in_schema = True
        for method in route.methods or ():
            roles[method, route.path.replace(":path}", "}")] = find_role(route).value
    schema = schemathesis.openapi.from_dict(get_openapi(title="evidence", version="1", routes=described))
    schema.app = app
    calls = [call for call in (result.ok() for result in schema.get_all_operations()) if call.path not in LEFT_OUT]
    assert len(calls) > 60
    statuses = Counter[int]()

    @settings(
        max_examples=CASES, deadline=None, database=None, derandomize=CASES < 1000,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=st.one_of(*(call.as_strategy() for call in calls)), data=st.data())
    def ask(case: schemathesis.Case, data: st.DataObject) -> None:
        body = case.body if isinstance(case.body, dict) else {}
        for values in (case.path_parameters, case.query, body):
            for name in set(values or ()) & set(known):
                if data.draw(st.booleans()):
                    values[name] = data.draw(st.sampled_from(known[name]))
        client = clients[roles[case.method, case.path]]
        answer = case.call(session=client, base_url="https://testserver", allow_redirects=False)
        statuses[answer.status_code] += 1
        assert answer.status_code < 500, (case.method, case.path, answer.text[-600:])

    ask()
    print(sorted(statuses.items()))
    assert statuses[200] > CASES / 10  # else nothing but refusals was tried

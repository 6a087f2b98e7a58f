"""The HTTP interface: the shapes of the contract, by an access token, within its holder's scope; never a fault of ours.

``EVIDENCE_API_CASES`` says how many requests are made by chance (``make journeys``: 2,000).
"""

from __future__ import annotations

import hashlib
import json
import os
import re

import pytest
import schemathesis
from fastapi import FastAPI
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from evidence.archive.facade import Archive
from tests.support.service import DOSSIER, recorded_documents
from tests.web.test_hand_in_page import make_pdf

CASES = int(os.environ.get("EVIDENCE_API_CASES", "40"))


@pytest.fixture
def program(clients: dict[str, TestClient], app: FastAPI) -> TestClient:
    """A program with a token of the unit's."""
    page = clients["unit"].post("/tai-khoan/ma-truy-cap", data={"title": "Phần mềm", "days": "30"})
    match = re.search(r"<code[^>]*>([^<]{20,})</code>", page.text)
    assert match and match[1] not in clients["unit"].get("/tai-khoan/ma-truy-cap").text
    return TestClient(
        app, "https://testserver", raise_server_exceptions=False, headers={"Authorization": f"Bearer {match[1]}"}
    )


def test_a_program_hands_in_and_reads(program: TestClient, app: FastAPI) -> None:
    archive: Archive = app.state.archive
    archive.findings.refresh()
    content = make_pdf("a")
    answer = program.post("/api/tai-lieu", params={"ten": "1.2/BC.pdf"}, content=content)
    assert answer.status_code == 201 and answer.json()["receipt"] == "SXD-0001"
    (file,) = answer.json()["files"]
    assert file == {
        "name": "1.2/BC.pdf", "criterion": "1.2", "size": len(content), "sha256": hashlib.sha256(content).hexdigest(),
    }  # fmt: skip
    lines = [json.loads(line) for line in program.get("/api/don-vi/SXD/ket-luan").text.splitlines()]
    assert lines and {"unit", "criterion", "status", "reasons", "points"} <= set(lines[0])
    hits = [json.loads(line) for line in program.get("/api/tra-cuu?q=báo cáo&facets=true").text.splitlines()]
    assert hits[-1]["total"] and all("SXD" in hit["units"] for hit in hits[:-1])
    record = program.get(f"/api/van-ban/{hits[0]['sha256']}").json()
    assert record["source"]["sha256"] == hits[0]["sha256"] and "number" in record


def test_others_things_are_as_absent(program: TestClient) -> None:
    sha256 = next(
        document.source.sha256
        for file, document in recorded_documents()
        if file.relative_to(DOSSIER).parts[0] == "VPUBND"
    )
    for path in (f"/api/van-ban/{sha256}", f"/api/van-ban/{'0' * 64}", "/api/don-vi/VPUBND/ket-luan", "/api/khong"):
        answer = program.get(path)
        assert answer.status_code == 404 and set(answer.json()) == {"status", "error"}, path
    assert program.post("/api/tai-lieu?ten=a.pdf&don-vi=VPUBND", content=b"x").status_code == 404


def test_what_cannot_be_read_is_refused_and_not_kept(program: TestClient, app: FastAPI) -> None:
    answer = program.post("/api/tai-lieu", params={"ten": "1.2/BC.pdf"}, content=make_pdf("x", "mật"))
    assert answer.status_code == 400 and "mật khẩu" in answer.json()["error"]
    archive: Archive = app.state.archive
    assert "BC.pdf" not in TestClient(app).get("/nop").text and archive.verify() == ()


def test_nobody_is_answered_without_a_token(anonymous: TestClient) -> None:
    for path in ("/api/openapi.json", "/api/tra-cuu?q=a", "/api/don-vi/SXD/ket-luan"):
        assert anonymous.get(path).status_code == 401, path


def test_the_description_fits_the_routes(program: TestClient, app: FastAPI) -> None:
    described = program.get("/api/openapi.json").json()
    assert set(described["paths"]) == {route.path for route in app.state.routes if route.in_api}
    assert described["components"]["securitySchemes"]["token"]["scheme"] == "bearer"


@pytest.mark.slow
def test_no_request_ends_in_a_fault_of_ours(program: TestClient, app: FastAPI) -> None:
    schema = schemathesis.openapi.from_dict(program.get("/api/openapi.json").json())
    schema.app = app
    calls = [result.ok() for result in schema.get_all_operations()]
    strategy = st.one_of(*(call.as_strategy() for call in calls))

    @settings(
        max_examples=CASES, deadline=None, database=None, derandomize=CASES < 1000,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=strategy)
    def ask(case: schemathesis.Case) -> None:
        answer = case.call(session=program, base_url="https://testserver")
        assert answer.status_code < 500, (case.method, case.path, answer.text)

    ask()

"""What every page shares: who gets in, what browsers are told, how errors look."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from evidence.config import Settings
from evidence.model.account import Capability
from evidence.web.app import create_app
from evidence.web.pages import ROUTERS
from evidence.web.rendering.assets import list_assets
from evidence.web.routing import PageRouter
from evidence.web.security.guard import CAPABILITY, GuardedRoute
from evidence.web.visit import CurrentVisit
from tests.support.service import PASSWORD, read_csrf, sign_in
from tests.support.violations import refuse

broken = PageRouter()
STATIC = Path(str(files("evidence.web"))) / "static"


@broken.get("/hong", Capability.SIGNED_IN)
def break_down(visit: CurrentVisit) -> None:
    raise ZeroDivisionError("secret detail")


@pytest.fixture
def breaking(settings: Settings) -> FastAPI:
    return create_app(settings, (*ROUTERS, broken))


def test_every_route_declares_its_capability(app: FastAPI) -> None:
    """Default deny: what has none is not served."""
    bare = [
        str(route)
        for route in app.routes
        if not isinstance(route, GuardedRoute) or CAPABILITY not in (route.openapi_extra or {})
    ]
    refuse(bare, "register it with a PageRouter and a capability:")


def test_public_routes_are_few(app: FastAPI) -> None:
    public = {
        route.path
        for route in app.routes
        if isinstance(route, GuardedRoute) and (route.openapi_extra or {})[CAPABILITY] == Capability.PUBLIC
    }
    single_sign_on = {f"/dang-nhap/mot-lan{path}" for path in ("", "/ve", "/ra")}
    assert public == {"/static/{name:path}", "/dang-nhap", "/ngon-ngu", *single_sign_on}


def test_nobody_is_led_to_the_sign_in_page_whatever_the_address(anonymous: TestClient) -> None:
    for path in ("/", "/tai-khoan", "/khong-co", "/nguoi-dung?x=1"):
        answer = anonymous.get(path, follow_redirects=False)
        assert (answer.status_code, answer.headers["location"].split("?")[0]) == (303, "/dang-nhap"), path
    assert anonymous.post("/tai-khoan").status_code == 401
    assert anonymous.post("/khong-co").status_code == 401


def test_signing_in_leads_on_and_only_to_our_pages(anonymous: TestClient) -> None:
    for onward, place in (("/tai-khoan?xong=keys", "/tai-khoan?xong=keys"), ("//evil.example/", "/"), ("/\\evil", "/")):
        anonymous.cookies.clear()
        page = anonymous.get("/dang-nhap", params={"tiep": onward})
        data = {"name": "hoa", "password": PASSWORD, "tiep": onward, "csrf": read_csrf(page.text)}
        answer = anonymous.post("/dang-nhap", data=data, follow_redirects=False)
        assert answer.status_code == 303
        assert answer.headers["location"].startswith(place) and "evil" not in answer.headers["location"]


def test_cookies_are_kept_from_scripts_and_other_sites(anonymous: TestClient) -> None:
    page = anonymous.get("/dang-nhap")
    data = {"name": "hoa", "password": PASSWORD, "csrf": read_csrf(page.text)}
    answer = anonymous.post("/dang-nhap", data=data, follow_redirects=False)
    for cookie in (page.headers["set-cookie"], answer.headers["set-cookie"]):
        assert all(word in cookie for word in ("HttpOnly", "Secure", "SameSite=lax", "Path=/"))


def test_a_wrong_password_says_no_more_than_that(anonymous: TestClient) -> None:
    token = read_csrf(anonymous.get("/dang-nhap").text)
    answers = [
        anonymous.post("/dang-nhap", data={"name": name, "password": "sai rồi nhé", "csrf": token}).text
        for name in ("hoa", "khongco")
    ]
    assert answers[0].replace('value="hoa"', "") == answers[1].replace('value="khongco"', "")
    assert "không đúng" in answers[0]


def test_changes_need_the_token(clients: dict[str, TestClient]) -> None:
    client = clients["appraiser"]
    good = client.headers.pop("X-CSRF-Token")
    assert client.post("/tai-khoan", data={}).status_code == 403
    assert client.post("/tai-khoan", data={"csrf": "0" * 64}).status_code == 403
    assert client.post("/tai-khoan", data={"csrf": good}, headers={"Origin": "https://evil.example"}).status_code == 403
    assert client.post("/tai-khoan", data={"csrf": good}, headers={"Sec-Fetch-Site": "cross-site"}).status_code == 403
    for authorization in ("Basic aG9hOng=", "Bearer ", "Bearer không", "x"):
        assert client.post("/tai-khoan", headers={"Authorization": authorization.encode()}).status_code in (401, 403)
    assert client.post("/tai-khoan", headers={"X-CSRF-Token": good}, follow_redirects=False).status_code == 303
    assert client.post("/tai-khoan", data={"csrf": good}, follow_redirects=False).status_code == 303


def test_signing_out_ends_the_session_in_the_archive_too(clients: dict[str, TestClient]) -> None:
    client = clients["appraiser"]
    token = client.cookies["evidence_session"]
    assert client.post("/dang-xuat", follow_redirects=False).headers["location"] == "/dang-nhap"
    client.cookies.set("evidence_session", token)
    assert client.get("/tai-khoan", follow_redirects=False).status_code == 303


def test_every_answer_carries_the_headers(clients: dict[str, TestClient], breaking: FastAPI) -> None:
    answers = [clients["anonymous"].get(path) for path in ("/dang-nhap", "/static/frame.css", "/static/../app.py")]
    answers += [clients["admin"].get("/khong-co"), clients["admin"].post("/tai-khoan", content=b"x" * 2_000_000)]
    with TestClient(breaking, base_url="https://testserver", raise_server_exceptions=False) as client:
        sign_in(client, "hoa")
        answers.append(client.get("/hong"))
    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert "script-src 'self'" in policy and "unsafe" not in policy, answer.url
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert "cache-control" in answer.headers
    assert [answer.status_code for answer in answers[3:]] == [404, 413, 500]


def test_a_body_that_is_too_large_is_refused_in_words(clients: dict[str, TestClient]) -> None:
    refused = clients["admin"].post("/tai-khoan", content=b"x" * 2_000_000)
    assert refused.status_code == 413
    assert "Dữ liệu gửi lên quá lớn" in refused.text


def test_a_length_beside_chunks_is_not_believed(clients: dict[str, TestClient]) -> None:
    chunked = {"Transfer-Encoding": "chunked", "Content-Length": "5"}
    assert clients["admin"].post("/tai-khoan", content=b"x" * 2_000_000, headers=chunked).status_code == 411


def test_a_fault_shows_a_code_and_no_detail(breaking: FastAPI, caplog: pytest.LogCaptureFixture) -> None:
    with TestClient(breaking, base_url="https://testserver", raise_server_exceptions=False) as client:
        sign_in(client, "hoa")
        page = client.get("/hong").text
    code = re.search(r"mã ([0-9A-F]{4})", page)
    assert code and "secret detail" not in page
    assert code[1] in caplog.text


def test_unseen_and_absent_are_one_answer(breaking: FastAPI) -> None:
    """A route for others answers, letter for letter, as a path that does not exist; so does a wrong method."""
    with TestClient(breaking, base_url="https://testserver", raise_server_exceptions=False) as client:
        sign_in(client, "docgia")
        absent = {prefix: client.get(f"{prefix}/khong-co").text for prefix in ("", "/api")}
        for route in breaking.routes:
            assert isinstance(route, GuardedRoute)
            capability = Capability((route.openapi_extra or {})[CAPABILITY])
            if capability in (Capability.SIGNED_IN, Capability.PUBLIC, Capability.SEARCH, Capability.SEE_DOCUMENT):
                continue
            if route.path == "/":
                continue  # leads everybody to where they begin
            method = next(iter(route.methods or {"GET"}))
            answer = client.request(method, re.sub(r"\{[^}]*\}", "x", route.path))
            assert answer.status_code == 404, route.path
            prefix = "/api" if route.path.startswith("/api/") else ""
            assert strip(answer.text) == strip(absent[prefix])
        assert client.put("/tai-khoan").status_code == 404


def strip(page: str) -> str:
    return re.sub(r'name="tiep" value="[^"]*"', "", page)


def test_the_language_switch(clients: dict[str, TestClient]) -> None:
    for role in ("anonymous", "appraiser"):
        client = clients[role]
        token = read_csrf(client.get("/dang-nhap").text if role == "anonymous" else client.get("/tai-khoan").text)
        page = client.post("/ngon-ngu", data={"language": "en", "csrf": token, "tiep": "/tai-khoan"})
        assert '<html lang="en">' in page.text and 'lang="vi" aria-current' not in page.text


def test_a_static_file_may_be_kept_and_no_other_file_is_one(anonymous: TestClient) -> None:
    page = anonymous.get("/dang-nhap").text
    addresses = re.findall(r'(?:href|src)="(/static/[^"]+)"', page)
    assert len(addresses) == 3  # style, script, sign: with the page and a picture no more than six requests
    for address in addresses:
        answer = anonymous.get(address)
        assert answer.status_code == 200 and "immutable" in answer.headers["cache-control"]
        assert anonymous.get(re.sub(r"[0-9a-f]{12}", "0" * 12, address)).headers["cache-control"] == "no-cache"
    for name in (
        "base.css",
        "frame.000000000000.py",
        "../app.py",
        "%2e%2e/app.py",
        "vendor/assets.yaml",
        "vendor/",
        "",
    ):
        assert anonymous.get(f"/static/{name}", follow_redirects=False).status_code in (303, 404)


def test_styles_and_scripts_keep_their_budget() -> None:
    """Of any page; and the blanks before a line may be left out: no text of a script goes on on the next line."""
    sizes = {name: len(asset.content) for name, asset in list_assets().items()}
    vendored = next((STATIC / "vendor").glob("htmx-2*.js")).stat().st_size
    assert {"frame.css", "work.css", "frame.js", "work.js", "icon.svg"} <= sizes.keys()
    assert {name: size for name, size in sizes.items() if name.endswith(".js") and size - vendored > 20_000} == {}
    assert {name: size for name, size in sizes.items() if name.endswith(".css") and size > 20_000} == {}
    lines = [line for script in STATIC.glob("*.js") for line in script.read_text("utf-8").splitlines()]
    assert [line for line in lines if line.count("`") % 2 or line.endswith("\\")] == []


def test_every_template_names_its_style_and_script_as_the_frame_asks() -> None:
    templates = [path.read_text("utf-8") for path in (STATIC.parent / "templates").rglob("*.html")]
    named = [name for text in templates for name in re.findall(r'set (style|script) = "(\w+)"', text)]
    assert len(named) >= 15
    assert {f"{name}.{'css' if kind == 'style' else 'js'}" for kind, name in named} <= list_assets().keys()
    assert [text for text in templates if re.search(r"block (style|script)|asset\('(?!icon)", text)] == []


def test_an_access_token_needs_no_token_of_a_page(clients: dict[str, TestClient], app: FastAPI) -> None:
    archive = app.state.archive
    hoa = next(account for account in archive.accounts.list_accounts() if account.name == "hoa")
    bearer = {"Authorization": f"Bearer {archive.accounts.make_access_token(hoa, 'đồng bộ', 1)}"}
    client = TestClient(app, base_url="https://testserver")
    assert "Trần Thị Hoa" in client.get("/tai-khoan", headers=bearer).text
    assert client.post("/tai-khoan", headers=bearer, follow_redirects=False).status_code == 303
    assert client.get("/nhat-ky", headers=bearer).status_code == 404


@pytest.mark.parametrize(("role", "begins"), [("head", "/"), ("unit", "/don-vi/SXD"), ("reader", "/tra-cuu")])
def test_the_address_of_the_service_leads_everybody_to_where_they_begin(
    clients: dict[str, TestClient], role: str, begins: str
) -> None:
    answer = clients[role].get("/")
    assert answer.status_code == 200 and answer.url.path == begins

"""Signing in by OpenID Connect against a provider of our own: who gets in, and everybody else who does not."""

from __future__ import annotations

import base64
import json
import re
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from fastapi.testclient import TestClient
from joserfc import jwt
from joserfc.jwk import OctKey, RSAKey

from evidence.archive.audit.trail import AuditQuery
from evidence.archive.facade import Archive
from evidence.config import OidcSettings, Settings
from evidence.model.account import AccountRole, ProviderIdentity
from evidence.web.app import create_app
from tests.support.servers.oidc_provider import CLIENT, SECRET, Claims, ProviderState, run_provider, sign
from tests.support.service import sign_in

DOOR = "/dang-nhap/mot-lan"


@pytest.fixture(scope="module")
def running() -> Iterator[ProviderState]:
    with run_provider() as state:
        yield state


@pytest.fixture
def provider(running: ProviderState) -> Iterator[ProviderState]:
    """The provider as it honestly is."""
    fresh = ProviderState(issuer=running.issuer, key=running.key)
    for name in ("person", "redirect", "secret", "forge", "broken", "delay", "asked", "codes"):
        setattr(running, name, getattr(fresh, name))
    yield running


@pytest.fixture
def oidc(provider: ProviderState) -> OidcSettings:
    return OidcSettings(provider.issuer, CLIENT, secret=SECRET, label="SSO tỉnh")


@pytest.fixture
def office(settings: Settings, oidc: OidcSettings) -> Iterator[TestClient]:
    """The service with that provider."""
    app = create_app(replace(settings, oidc=oidc))
    with TestClient(app, base_url="https://testserver", raise_server_exceptions=False) as client:
        yield client


def archive_of(client: TestClient) -> Archive:
    return client.app.state.archive  # type: ignore[attr-defined,no-any-return]


def link(client: TestClient, provider: ProviderState, name: str = "hoa") -> None:
    """Links whoever signs in there to the account of that name."""
    archive = archive_of(client)
    account = next(each for each in archive.accounts.list_accounts() if each.name == name)
    archive.identities.link(account, ProviderIdentity(provider.issuer, provider.person["sub"]))


def go_there(client: TestClient, onward: str = "") -> str:
    """Presses the button, signs in with the provider: the address that leads back."""
    answer = client.get(DOOR, params={"tiep": onward} if onward else {}, follow_redirects=False)
    assert answer.status_code == 303, answer.text
    there = requests.get(answer.headers["location"], allow_redirects=False, timeout=5)
    assert there.status_code == 302, there.text
    parts = urlsplit(there.headers["location"])
    return f"{parts.path}?{parts.query}"


def come_back(client: TestClient, address: str) -> tuple[int, str]:
    answer = client.get(address, follow_redirects=False)
    failure = re.search(r'id="sign-in-failure">([^<]*)<', answer.text)
    return answer.status_code, failure[1] if failure else answer.headers.get("location", "")


def become(client: TestClient, name: str) -> None:
    """Somebody signs in by password, in a browser that was nobody's."""
    client.cookies.clear()
    client.headers.pop("X-CSRF-Token", None)
    sign_in(client, name)


def audit_of(client: TestClient) -> list[tuple[str, str, str, str]]:
    return [(e.action, e.actor, e.subject, e.detail) for e in archive_of(client).audit.entries(AuditQuery())]


def test_a_linked_account_signs_in_and_out(office: TestClient, provider: ProviderState) -> None:
    link(office, provider)
    page = office.get("/dang-nhap?tiep=/tra-cuu").text
    assert "Đăng nhập bằng SSO tỉnh" in page and f'href="{DOOR}?tiep=/tra-cuu"' in page
    assert come_back(office, go_there(office, "/tra-cuu?q=615")) == (303, "/tra-cuu?q=615")
    assert "Trần Thị Hoa" in office.get("/tai-khoan").text
    action, actor, subject, detail = audit_of(office)[-1]
    assert (action, actor, subject) == ("signed in", "hoa", "hoa") and "f:615" in detail and provider.issuer in detail
    csrf = re.search(r'name="csrf" content="([0-9a-f]{64})"', office.get("/tai-khoan").text)
    assert csrf
    answer = office.post("/dang-xuat", data={"csrf": csrf[1]}, follow_redirects=False)
    assert answer.headers["location"] == "/dang-nhap?ra=1" and DOOR + "/ra" in office.get("/dang-nhap?ra=1").text
    assert office.get("/tai-khoan", follow_redirects=False).status_code == 303
    out = office.get(DOOR + "/ra", follow_redirects=False).headers["location"]
    assert out.startswith(f"{provider.issuer}/logout?") and parse_qs(urlsplit(out).query)["client_id"] == [CLIENT]


def test_the_way_there_is_guarded(office: TestClient, provider: ProviderState) -> None:
    answer = office.get(DOOR, follow_redirects=False)
    sent = parse_qs(urlsplit(answer.headers["location"]).query)
    assert sent["code_challenge_method"] == ["S256"] and sent["response_type"] == ["code"]
    assert sent["scope"] == ["openid profile email"] and sent["redirect_uri"] == [provider.redirect]
    assert len({sent[name][0] for name in ("state", "nonce", "code_challenge")}) == 3
    cookie = answer.headers["set-cookie"]
    assert all(word in cookie for word in ("HttpOnly", "Secure", "SameSite=lax", "Max-Age=600"))
    assert not any(sent[name][0] in cookie for name in ("state", "nonce"))


def test_default_deny(office: TestClient, provider: ProviderState) -> None:
    """No account is made, none is joined by its name, and the sentence says what to send whom."""
    provider.person = {"sub": "f:999", "preferred_username": "hoa", "email": "hoa@sonha.vn", "groups": ["/admin"]}
    before = len(archive_of(office).accounts.list_accounts())
    status, sentence = come_back(office, go_there(office))
    assert status == 403 and "f:999" in sentence and "quản trị viên" in sentence
    assert len(archive_of(office).accounts.list_accounts()) == before
    action, _, subject, detail = audit_of(office)[-1]
    assert action == "sign-in failed" and subject == "hoa" and "sign-in-unlinked" in detail and "f:999" in detail
    assert office.get("/tai-khoan", follow_redirects=False).status_code == 303


def test_an_inactive_account_stays_out(office: TestClient, provider: ProviderState) -> None:
    link(office, provider)
    archive = archive_of(office)
    account = next(each for each in archive.accounts.list_accounts() if each.name == "hoa")
    archive.accounts.change(replace(account, active=False))
    status, sentence = come_back(office, go_there(office))
    assert status == 403 and "khóa" in sentence


def test_the_lock_of_wrong_passwords_holds_here_too(office: TestClient, provider: ProviderState) -> None:
    link(office, provider)
    for _ in range(10):
        archive_of(office).accounts.note_failure("hoa", "10.0.0.1", by_name=True)
    status, sentence = come_back(office, go_there(office))
    assert status == 429 and "Quá nhiều lần" in sentence


def test_a_hundred_failures_shut_the_door_before_the_provider_is_asked(
    office: TestClient, provider: ProviderState
) -> None:
    link(office, provider)
    back = go_there(office)
    for _ in range(100):
        archive_of(office).accounts.note_failure("x", "testclient")
    provider.asked.clear()
    assert come_back(office, back)[0] == 429 and provider.asked == []


# --- what must not be believed ----------------------------------------------------------------------------------------


def wrong_nonce(state: ProviderState, header: dict[str, Any], claims: Claims) -> str:
    return sign(state, header, {**claims, "nonce": "0" * 64})


def no_nonce(state: ProviderState, header: dict[str, Any], claims: Claims) -> str:
    return sign(state, header, {name: value for name, value in claims.items() if name != "nonce"})


def wrong_audience(state: ProviderState, header: dict[str, Any], claims: Claims) -> str:
    return sign(state, header, {**claims, "aud": ["app-khac"]})


def two_audiences(state: ProviderState, header: dict[str, Any], claims: Claims) -> str:
    return sign(state, header, {**claims, "aud": [CLIENT, "app-khac"], "azp": "app-khac"})


def wrong_issuer(state: ProviderState, header: dict[str, Any], claims: Claims) -> str:
    return sign(state, header, {**claims, "iss": "https://sso.evil.example"})


def no_algorithm(state: ProviderState, header: dict[str, Any], claims: Claims) -> str:
    parts = (json.dumps(each).encode() for each in ({"alg": "none", "kid": header["kid"]}, claims))
    return ".".join([*(base64.urlsafe_b64encode(part).rstrip(b"=").decode() for part in parts), ""])


def public_key_as_secret(state: ProviderState, header: dict[str, Any], claims: Claims) -> str:
    """RFC 8725, 2.1: the verifier takes the public key for a secret of HMAC."""
    secret = OctKey.import_key(state.key.as_pem(private=False).replace(b"-----", b"=====").ljust(64), {"kid": "một"})
    return jwt.encode({"alg": "HS256", "kid": header["kid"]}, claims, secret)


def other_key(state: ProviderState, header: dict[str, Any], claims: Claims) -> str:
    return jwt.encode(header, claims, RSAKey.generate_key(2048, {"kid": header["kid"]}))


def unknown_key(state: ProviderState, header: dict[str, Any], claims: Claims) -> str:
    return jwt.encode({**header, "kid": "hai"}, claims, RSAKey.generate_key(2048, {"kid": "hai"}))


def changed_claims(state: ProviderState, header: dict[str, Any], claims: Claims) -> str:
    head, _, signature = sign(state, header, claims).split(".")
    payload = base64.urlsafe_b64encode(json.dumps({**claims, "sub": "f:1"}).encode()).rstrip(b"=").decode()
    return f"{head}.{payload}.{signature}"


def wrong_access_token(state: ProviderState, header: dict[str, Any], claims: Claims) -> str:
    return sign(state, header, {**claims, "at_hash": "0" * 22})


def no_subject(state: ProviderState, header: dict[str, Any], claims: Claims) -> str:
    return sign(state, header, {**claims, "sub": ""})


def no_token(state: ProviderState, header: dict[str, Any], claims: Claims) -> str:
    return ""


FORGERIES = (
    wrong_nonce, no_nonce, wrong_audience, two_audiences, wrong_issuer, no_algorithm, public_key_as_secret, other_key,
    unknown_key, changed_claims, wrong_access_token, no_subject, no_token,
)  # fmt: skip


def test_no_forged_token_is_believed(office: TestClient, provider: ProviderState) -> None:
    link(office, provider)
    believed = []
    for forge in FORGERIES:
        provider.forge = forge
        status, sentence = come_back(office, go_there(office))
        if status != 400 or "không tin được" not in sentence:
            believed.append((forge.__name__, status, sentence))
        assert office.get("/tai-khoan", follow_redirects=False).status_code == 303, forge.__name__
    assert believed == []
    failures = [entry for entry in audit_of(office) if entry[0] == "sign-in failed"]
    assert len(failures) == len(FORGERIES) and {entry[3] for entry in failures} == {"oidc-token"}


@pytest.mark.parametrize("times", [{"exp": -61}, {"iat": 90, "exp": 300}, {"nbf": 90}])
def test_clocks_that_differ_are_named(office: TestClient, provider: ProviderState, times: dict[str, int]) -> None:
    link(office, provider)
    now = int(time.time())
    provider.forge = lambda state, header, claims: sign(
        state, header, {**claims, **{name: now + seconds for name, seconds in times.items()}}
    )
    status, sentence = come_back(office, go_there(office))
    assert status == 400 and "đồng hồ" in sentence


def test_clocks_may_differ_by_a_minute(office: TestClient, provider: ProviderState) -> None:
    link(office, provider)
    now = int(time.time())
    provider.forge = lambda state, header, claims: sign(state, header, {**claims, "iat": now + 50, "exp": now - 50})
    assert come_back(office, go_there(office))[0] == 303


def test_a_changed_key_is_fetched_again(office: TestClient, provider: ProviderState) -> None:
    link(office, provider)
    assert come_back(office, go_there(office))[0] == 303
    old, provider.key = provider.key, RSAKey.generate_key(2048, {"kid": "mới"})
    try:
        office.cookies.clear()
        office.app.state.provider._keys = (0.0, office.app.state.provider._keys[1])  # type: ignore[attr-defined]
        assert come_back(office, go_there(office))[0] == 303
    finally:
        provider.key = old


def test_each_answer_counts_once_and_in_its_own_browser(office: TestClient, provider: ProviderState) -> None:
    link(office, provider)
    back = go_there(office)
    jar = dict(office.cookies)
    assert come_back(office, back)[0] == 303
    office.cookies.clear()
    assert come_back(office, back) == (400, come_back(office, "/dang-nhap/mot-lan/ve?code=x&state=y")[1])
    office.cookies.update(jar)  # the cookie was kept: the provider does not take the code a second time
    status, sentence = come_back(office, back)
    assert status == 400 and "đã dùng" in sentence
    office.cookies.clear()
    go_there(office)  # somebody else's answer in a browser that is on its own way
    assert "không bắt đầu từ trang này" in come_back(office, back)[1]


def test_the_verifier_belongs_to_the_browser(office: TestClient, provider: ProviderState) -> None:
    """A code caught on its way is of no use where the attempt did not begin (RFC 7636)."""
    link(office, provider)
    code = parse_qs(urlsplit(go_there(office)).query)["code"][0]
    office.cookies.clear()
    answer = office.get(DOOR, follow_redirects=False)
    state = parse_qs(urlsplit(answer.headers["location"]).query)["state"][0]
    status, sentence = come_back(office, f"{DOOR}/ve?code={code}&state={state}")
    assert status == 400 and "invalid_grant" in sentence


def test_a_refusal_is_said_in_a_word_of_the_standard(office: TestClient, provider: ProviderState) -> None:
    for word, shown in (("access_denied", "access_denied"), ("Hãy gọi 0123 để được giúp", "(?)")):
        state = parse_qs(urlsplit(go_there(office)).query)["state"][0]
        status, sentence = come_back(office, f"{DOOR}/ve?error={word}&state={state}")
        assert status == 400 and shown in sentence and "0123" not in sentence
    state = parse_qs(urlsplit(go_there(office)).query)["state"][0]
    assert come_back(office, f"{DOOR}/ve?code=x&state={state}&iss=https://other.vn")[0] == 400


def test_a_provider_that_is_away_is_named(office: TestClient, provider: ProviderState) -> None:
    provider.broken = "openid-configuration"
    status, sentence = come_back(office, DOOR)
    assert status == 503 and "Không kết nối được với SSO tỉnh" in sentence and "mật khẩu" in sentence
    provider.broken = ""
    back = go_there(office)
    provider.broken = "token"
    status, sentence = come_back(office, back)
    assert status == 503 and "Không kết nối được" in sentence
    provider.broken, provider.secret = "", "another"
    status, sentence = come_back(office, go_there(office))
    assert status == 400 and "invalid_client" in sentence
    assert not any(entry[0] == "sign-in failed" for entry in audit_of(office))


def test_a_slow_provider_does_not_hold_the_pages(
    office: TestClient, provider: ProviderState, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("evidence.web.oidc.wire.TIMEOUT", (0.2, 0.2))
    provider.delay = 1.0
    begun = time.monotonic()
    assert come_back(office, DOOR)[0] == 503 and time.monotonic() - begun < 1.0


# --- accounts that groups make ----------------------------------------------------------------------------------------


@pytest.fixture
def grouped(settings: Settings, oidc: OidcSettings) -> Iterator[TestClient]:
    roles = {"tham-dinh": AccountRole.APPRAISER, "don-vi": AccountRole.UNIT}
    units = {"so-xay-dung": ("SXD",), "tham-dinh": ("SXD", "VPUBND")}
    chosen = replace(oidc, roles=roles, units=units, groups_claim="realm_access.roles")
    app = create_app(replace(settings, oidc=chosen))
    with TestClient(app, base_url="https://testserver", raise_server_exceptions=False) as client:
        yield client


def account_named(client: TestClient, name: str) -> tuple[AccountRole, tuple[str, ...]]:
    account = next(each for each in archive_of(client).accounts.list_accounts() if each.name == name)
    return account.role, account.units


def put_in_groups(provider: ProviderState, *groups: str, **more: object) -> None:
    provider.person = {"sub": "f:7", "preferred_username": "Lan.SSO", "name": "Hoàng  Thị Lan",
                       "realm_access": {"roles": list(groups)}, **more}  # fmt: skip


def test_groups_make_an_account_and_keep_it_in_step(grouped: TestClient, provider: ProviderState) -> None:
    put_in_groups(provider, "tham-dinh", "khac")
    assert come_back(grouped, go_there(grouped))[0] == 303
    assert "Hoàng Thị Lan" in grouped.get("/tai-khoan").text
    assert account_named(grouped, "lan.sso") == (AccountRole.APPRAISER, ("SXD", "VPUBND"))
    put_in_groups(provider, "don-vi", "so-xay-dung", preferred_username="other.name")
    assert come_back(grouped, go_there(grouped))[0] == 303
    assert account_named(grouped, "lan.sso") == (AccountRole.UNIT, ("SXD",))
    put_in_groups(provider, "khac")
    status, sentence = come_back(grouped, go_there(grouped))
    assert status == 403 and "nhóm" in sentence
    put_in_groups(provider, "tham-dinh", "don-vi")
    assert "nhiều vai trò" in come_back(grouped, go_there(grouped))[1]
    changes = [entry for entry in audit_of(grouped) if entry[2] == "lan.sso" and entry[0].startswith("account")]
    assert [entry[:2] for entry in changes] == [
        ("account added", provider.issuer), ("account changed", provider.issuer),
    ]  # fmt: skip


def test_groups_never_take_over_a_name(grouped: TestClient, provider: ProviderState) -> None:
    for name in ("quantri", "có dấu", ""):
        put_in_groups(provider, "tham-dinh", preferred_username=name)
        status, sentence = come_back(grouped, go_there(grouped))
        assert status == 403 and "f:7" in sentence
    assert account_named(grouped, "quantri")[0] is AccountRole.ADMIN


def test_a_unit_without_a_unit_stays_out(grouped: TestClient, provider: ProviderState) -> None:
    put_in_groups(provider, "don-vi")
    status, sentence = come_back(grouped, go_there(grouped))
    assert status == 400 and "đơn vị" in sentence


def test_what_an_admin_linked_keeps_the_role_that_the_admin_gave(grouped: TestClient, provider: ProviderState) -> None:
    put_in_groups(provider, "don-vi", "so-xay-dung")
    link(grouped, provider, "docgia")
    assert come_back(grouped, go_there(grouped))[0] == 303
    assert account_named(grouped, "docgia") == (AccountRole.READER, ("SXD",))


# --- the admin's page -------------------------------------------------------------------------------------------------


def test_an_admin_links_and_parts(office: TestClient, provider: ProviderState) -> None:
    sign_in(office, "quantri")
    number = next(each.id for each in archive_of(office).accounts.list_accounts() if each.name == "hoa")
    page, act = f"/nguoi-dung/{number}", f"/nguoi-dung/{number}/lien-ket"
    assert "chỉ đăng nhập bằng mật khẩu" in office.get(page).text
    assert office.post(act, data={"act": "link", "subject": " "}).status_code == 400
    answer = office.post(act, data={"act": "link", "subject": " f:615 "})
    assert "Đã lưu liên kết" in answer.text and "<code>f:615</code>" in answer.text
    assert "đã liên kết với một tài khoản" in office.post(act, data={"act": "link", "subject": "f:615"}).text
    office.cookies.clear()
    assert come_back(office, go_there(office))[0] == 303
    become(office, "quantri")
    office.post(act, data={"act": "unlink", "subject": "f:615", "issuer": provider.issuer})
    office.cookies.clear()
    assert come_back(office, go_there(office))[0] == 403
    acts = [entry[:3] for entry in audit_of(office) if entry[0].startswith("identity")]
    assert acts == [("identity linked", "quantri", "hoa"), ("identity unlinked", "quantri", "hoa")]


def test_nobody_but_an_admin_links(office: TestClient, provider: ProviderState) -> None:
    for name in ("hoa", "lanh", "sxd"):
        become(office, name)
        assert office.post("/nguoi-dung/1/lien-ket", data={"act": "link", "subject": "f:1"}).status_code == 404


def test_without_a_provider_nothing_of_it_is_there(anonymous: TestClient) -> None:
    assert "mot-lan" not in anonymous.get("/dang-nhap").text
    for path in ("", "/ve?code=x&state=y", "/ra"):
        answer = anonymous.get(DOOR + path, follow_redirects=False)
        absent = anonymous.get("/dang-nhap/khong-co", follow_redirects=False)
        assert (answer.status_code, answer.headers["location"].split("?")[0]) == (303, "/dang-nhap")
        assert absent.headers["location"].split("?")[0] == "/dang-nhap"


def test_plain_http_is_refused(office: TestClient, provider: ProviderState) -> None:
    plain = TestClient(office.app, base_url="http://testserver")
    assert "https" in come_back(plain, DOOR)[1]
    own = TestClient(office.app, base_url="http://localhost:8615")
    assert own.get(DOOR, follow_redirects=False).status_code == 303

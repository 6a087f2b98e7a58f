"""The provider as it is configured: what the service will not start with, and what it says of answers that are none."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from evidence import config
from evidence.config import OidcSettings
from evidence.errors import UsageError
from evidence.messages import Language
from evidence.model.account import AccountRole
from evidence.web.oidc import provider as provider_module
from evidence.web.oidc.attempt import begin_attempt
from evidence.web.oidc.provider import OpenIdProvider
from evidence.web.oidc.wire import ProviderWire

ISSUER = "https://sso.sonha.vn/realms/tinh"
OIDC = OidcSettings(ISSUER, "kho")


def refuse(oidc: OidcSettings) -> str:
    with pytest.raises(UsageError) as refused:
        OpenIdProvider(oidc)
    return refused.value.message.code


def test_without_the_extra_the_service_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(provider_module.importlib.util, "find_spec", lambda name: None if name == "authlib" else name)
    with pytest.raises(UsageError) as refused:
        OpenIdProvider(OIDC)
    assert "pip install 'evidence[oidc]'" in refused.value.say(Language.VI)


def test_nothing_imports_the_extra_before_it_is_configured() -> None:
    script = "import sys, evidence.web.app; print([name for name in ('authlib', 'joserfc') if name in sys.modules])"
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "[]"


@pytest.mark.parametrize("name", ["issuer", "address"])
def test_plain_addresses_are_refused_but_on_this_machine(name: str) -> None:
    for address in ("http://sso.sonha.vn", "sso.sonha.vn", "https://"):
        assert refuse(OidcSettings(**{"issuer": ISSUER, "client_id": "kho", name: address})) == "oidc-plain-address"
    OpenIdProvider(OidcSettings(**{"issuer": ISSUER, "client_id": "kho", name: "http://127.0.0.1:8080/x"}))


def test_the_secret_is_its_owners_alone(tmp_path: Path) -> None:
    file = tmp_path / "oidc.secret"
    oidc = OidcSettings(ISSUER, "kho", secret_file=file)
    assert refuse(oidc) == "oidc-no-secret"
    file.write_text("bí mật\n", "utf-8")
    for mode in (0o640, 0o604, 0o660):
        file.chmod(mode)
        assert refuse(oidc) == "oidc-open-secret"
    file.chmod(0o600)
    assert OpenIdProvider(oidc)._wire._secret == "bí mật"
    file.write_text(" ")
    assert refuse(oidc) == "oidc-no-secret"
    assert "tuyệt mật" not in repr(OidcSettings(ISSUER, "kho", secret="tuyệt mật"))


DOCUMENT = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/auth",
    "token_endpoint": f"{ISSUER}/token",
    "jwks_uri": f"{ISSUER}/keys",
}


@pytest.mark.parametrize(
    "change",
    [{"issuer": "https://evil.example"}, {"issuer": None}, {"token_endpoint": "http://sso.sonha.vn/token"},
     {"jwks_uri": ""}, {"authorization_endpoint": 7}],
)  # fmt: skip
def test_a_discovery_document_of_another_is_refused(
    change: Mapping[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ProviderWire, "fetch_json", lambda wire, address: {**DOCUMENT, **change})
    with pytest.raises(UsageError) as refused:
        OpenIdProvider(OIDC).find_authorization(begin_attempt(""), "https://kho.vn/ve")
    assert refused.value.message.code == "oidc-discovery"


def test_a_slash_at_the_end_of_the_issuer_is_forgiven(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ProviderWire, "fetch_json", lambda wire, address: {**DOCUMENT, "issuer": f"{ISSUER}/"})
    address = OpenIdProvider(OIDC).find_authorization(begin_attempt(""), "https://kho.vn/ve")
    assert address.startswith(f"{ISSUER}/auth?")


def test_many_at_the_door_wait_for_no_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    provider = OpenIdProvider(OIDC)
    for _ in range(provider_module.MOST_AT_ONCE):
        provider._places.acquire()
    with pytest.raises(UsageError) as refused:
        provider.find_authorization(begin_attempt(""), "https://kho.vn/ve")
    assert refused.value.message.code == "sign-in-busy"


def write_settings(place: Path, text: str) -> None:
    (place / "evidence").mkdir(exist_ok=True)
    (place / "evidence" / "evidence.toml").write_text(text, "utf-8")


GOOD = f"""
[oidc]
issuer = "{ISSUER}"
client_id = "kho"
label = "SSO tỉnh"
secret_file = "/etc/kho.secret"
[oidc.roles]
"/tham-dinh" = "appraiser"
[oidc.units]
"/so-xay-dung" = "SXD"
"/tham-dinh" = ["SXD", "SNV"]
"""


def test_the_table_of_the_settings_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setenv("EVIDENCE_OIDC_SECRET", "từ môi trường")
    write_settings(tmp_path, GOOD)
    oidc = config.load_settings().oidc
    assert oidc is not None and oidc.label == "SSO tỉnh" and oidc.secret == "từ môi trường"
    assert oidc.roles == {"/tham-dinh": AccountRole.APPRAISER} and oidc.units["/tham-dinh"] == ("SXD", "SNV")
    assert oidc.scopes == ("openid", "profile", "email") and oidc.secret_file == Path("/etc/kho.secret")


@pytest.mark.parametrize(
    "text",
    [
        'issuer = "https://a.vn"',
        'issuer = 7\nclient_id = "x"',
        'issuer = "https://a.vn"\nclient_id = "x"\nsecret = "x"',
        'issuer = "https://a.vn"\nclient_id = "x"\nscopes = ["profile"]',
        'issuer = "https://a.vn"\nclient_id = "x"\nroles = {a = "boss"}',
        'issuer = "https://a.vn"\nclient_id = "x"\nunits = {a = 1}',
    ],
)
def test_a_wrong_table_is_refused(text: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    write_settings(tmp_path, f"[oidc]\n{text}\n")
    with pytest.raises(UsageError) as refused:
        config.load_settings()
    assert refused.value.message.code == "bad-oidc"


def test_answers_that_are_no_object_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    import requests

    for content in (b"[]", b"<html>", b"\xff", b"[" * 100_000, b"x" * 1_200_000):

        def answer(session: object, address: str, *, _content: bytes = content, **kwargs: object) -> requests.Response:
            response = requests.Response()
            response.status_code, response.raw = 200, io.BytesIO(_content)
            return response

        monkeypatch.setattr(requests.Session, "get", answer)
        with pytest.raises(UsageError) as refused:
            ProviderWire(OIDC, "").fetch_json(ISSUER)
        assert refused.value.message.code == "oidc-discovery", content[:10]

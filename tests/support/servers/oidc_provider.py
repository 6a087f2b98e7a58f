"""A provider of OpenID Connect on loopback, by Authlib's server side: real discovery, PKCE, codes used once, signed
tokens. ``forge`` lets a test hand out what an honest provider would not."""

from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from authlib.oauth2.rfc6749 import AuthorizationServer, OAuth2Request
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc6749.requests import BasicOAuth2Payload
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import OpenIDCode
from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "kho-minh-chung", "bí mật của kho"
Claims = dict[str, Any]
Forge = Callable[["ProviderState", dict[str, Any], Claims], str]


@dataclass
class ProviderState:
    """What the provider says of whoever signs in there, and how it behaves. ``codes``: those not redeemed yet."""

    issuer: str = ""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "một", "use": "sig"}))
    person: Claims = field(default_factory=lambda: {"sub": "f:615", "preferred_username": "hoa.sso"})
    redirect: str = "https://testserver/dang-nhap/mot-lan/ve"
    secret: str = SECRET
    forge: Forge | None = None
    broken: str = ""  # the path that answers 503
    delay: float = 0.0  # seconds before the discovery document is answered
    asked: list[str] = field(default_factory=list)
    codes: dict[str, IssuedCode] = field(default_factory=dict)


@dataclass
class IssuedCode:
    """A code, as Authlib asks for it."""

    code: str
    redirect: str
    scope: str
    nonce: str
    code_challenge: str
    code_challenge_method: str

    def get_redirect_uri(self) -> str:
        return self.redirect

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str:
        return self.nonce

    def get_auth_time(self) -> int:
        return int(time.time())

    def get_acr(self) -> None:
        return None

    def get_amr(self) -> None:
        return None


class RegisteredClient:
    """The one client that the provider knows."""

    def __init__(self, state: ProviderState) -> None:
        self._state = state
        self.id_token_signed_response_alg = "RS256"

    def get_client_id(self) -> str:
        return CLIENT

    def get_default_redirect_uri(self) -> str:
        return self._state.redirect

    def get_allowed_scope(self, scope: str) -> str:
        return scope

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri == self._state.redirect

    def check_client_secret(self, client_secret: str) -> bool:
        return client_secret == self._state.secret

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method in (("client_secret_basic", "client_secret_post") if self._state.secret else ("none",))

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


class SentRequest(OAuth2Request):
    """A request whose fields are read already."""

    @property
    def form(self) -> dict[str, str]:
        return self.payload.data  # type: ignore[no-any-return]

    args = form


class Server(AuthorizationServer):
    """Authlib's server without a framework."""

    def __init__(self, state: ProviderState) -> None:
        super().__init__()
        self.state = state

    def query_client(self, client_id: str) -> RegisteredClient | None:
        return RegisteredClient(self.state) if client_id == CLIENT else None

    def save_token(self, token: object, request: object) -> None:
        """Nobody asks for it again."""

    def create_oauth2_request(self, request: OAuth2Request) -> OAuth2Request:
        return request

    def handle_response(self, status: int, body: object, headers: object) -> tuple[int, object, list[tuple[str, str]]]:
        return status, body, [(str(name), str(value)) for name, value in headers]  # type: ignore[attr-defined]

    def send_signal(self, name: str, *args: object, **kwargs: object) -> None:
        """Nobody listens."""


class CodeGrant(AuthorizationCodeGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic", "client_secret_post", "none")

    def save_authorization_code(self, code: str, request: Any) -> None:
        sent = request.payload.data
        self.server.state.codes[code] = IssuedCode(
            code, sent["redirect_uri"], sent["scope"], sent.get("nonce", ""), sent.get("code_challenge", ""),
            sent.get("code_challenge_method", ""),
        )  # fmt: skip

    def query_authorization_code(self, code: str, client: object) -> IssuedCode | None:
        return self.server.state.codes.get(code)  # type: ignore[no-any-return]

    def delete_authorization_code(self, authorization_code: IssuedCode) -> None:
        del self.server.state.codes[authorization_code.code]

    def authenticate_user(self, authorization_code: IssuedCode) -> Claims:
        return self.server.state.person  # type: ignore[no-any-return]


class IdTokens(OpenIDCode):
    def __init__(self, state: ProviderState) -> None:
        super().__init__(require_nonce=True)
        self._state = state

    def exists_nonce(self, nonce: str, request: object) -> bool:
        return False

    def get_client_claims(self, client: object) -> Claims:
        return {"iss": self._state.issuer, "aud": [CLIENT], "exp": int(time.time()) + 300}

    def generate_user_info(self, user: Claims, scope: str) -> Claims:
        return user

    def resolve_client_private_key(self, client: object) -> RSAKey:
        return self._state.key

    def get_encode_header(self, client: object) -> dict[str, Any]:
        return {"alg": "RS256", "kid": self._state.key.kid}

    def encode_id_token(self, token: Claims, request: Any) -> str:
        honest = str(super().encode_id_token(token, request))
        if self._state.forge is None:
            return honest
        header, payload = (json.loads(base64.urlsafe_b64decode(part + "==")) for part in honest.split(".")[:2])
        return self._state.forge(self._state, header, payload)


def sign(state: ProviderState, header: dict[str, Any], claims: Claims) -> str:
    """A token of the provider's own making."""
    return jwt.encode(header, claims, state.key)


@contextmanager
def run_provider() -> Iterator[ProviderState]:
    """The provider in a thread of its own, on a free port of loopback."""
    state = ProviderState()
    server = Server(state)
    bearer = {"access_token": "a" * 40, "token_type": "Bearer", "expires_in": 60}
    server.register_token_generator("default", lambda **kwargs: {**bearer, "scope": kwargs["scope"]})
    server.register_grant(CodeGrant, [CodeChallenge(required=True), IdTokens(state)])
    web = ThreadingHTTPServer(("127.0.0.1", 0), type("Pages", (_Pages,), {"provider": server}))
    state.issuer = f"http://127.0.0.1:{web.server_port}/realms/tinh"
    thread = threading.Thread(target=web.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield state
    finally:
        web.shutdown()
        web.server_close()


class _Pages(BaseHTTPRequestHandler):
    provider: Server

    def do_GET(self) -> None:
        state, path = self.provider.state, urlsplit(self.path).path
        state.asked.append(path)
        if state.broken and path.endswith(state.broken):
            return self._answer(503, "maintenance", [])
        if path.endswith("/openid-configuration"):
            time.sleep(state.delay)
            return self._answer(200, self._describe(), [])
        if path.endswith("/keys"):
            return self._answer(200, {"keys": [state.key.as_dict(private=False)]}, [])
        request = self._read(dict(parse_qsl(urlsplit(self.path).query)))
        grant = self.provider.get_consent_grant(request, state.person)
        return self._answer(*self.provider.create_authorization_response(request, state.person, grant))

    def do_POST(self) -> None:
        self.provider.state.asked.append(self.path)
        if self.provider.state.broken == "token":
            return self._answer(503, "maintenance", [])
        body = self.rfile.read(int(self.headers["content-length"])).decode()
        return self._answer(*self.provider.create_token_response(self._read(dict(parse_qsl(body)))))

    def _describe(self) -> dict[str, Any]:
        issuer = self.provider.state.issuer
        return {
            "issuer": issuer,
            "authorization_endpoint": f"{issuer}/auth",
            "token_endpoint": f"{issuer}/token",
            "jwks_uri": f"{issuer}/keys",
            "end_session_endpoint": f"{issuer}/logout",
            "id_token_signing_alg_values_supported": ["RS256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic", "client_secret_post"],
        }

    def _read(self, sent: dict[str, str]) -> OAuth2Request:
        request = SentRequest(self.command, f"http://localhost:1{self.path}", headers=dict(self.headers))
        request.payload = BasicOAuth2Payload(sent)
        return request

    def _answer(self, status: int, body: object, headers: list[tuple[str, str]]) -> None:
        content = (body if isinstance(body, str) else json.dumps(body)).encode()
        self.send_response(status)
        for name, value in headers:
            if name.lower() != "content-type":
                self.send_header(name, value)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""

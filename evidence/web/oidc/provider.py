"""The provider as we talk to it: discovery, the way there, the code redeemed for an ID token.

Three addresses of it are asked, each with a time limit, without following redirects, and a few at a time: a provider
that hangs must not take the threads that answer pages. The discovery document and the keys are kept for an hour; a
token signed by a key that we do not know has the keys fetched again, once a minute at most.
"""

from __future__ import annotations

import importlib.util
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import urlencode, urlsplit

from evidence.config import OidcSettings
from evidence.errors import UsageError
from evidence.model.account import VouchedPerson
from evidence.web.oidc.attempt import SignInAttempt
from evidence.web.oidc.client_secret import read_client_secret
from evidence.web.oidc.id_token import IdTokenDemand, check_id_token, read_person
from evidence.web.oidc.wire import ProviderWire, is_safe_address

DISCOVERY = "/.well-known/openid-configuration"
ENDPOINTS = ("authorization_endpoint", "token_endpoint", "jwks_uri")
KEPT = 3600.0  # seconds
KEYS_AGAIN = 60.0  # seconds
MOST_AT_ONCE = 8  # of the 40 threads that answer requests


class OpenIdProvider:
    """One provider, for all requests."""

    def __init__(self, settings: OidcSettings) -> None:
        """UsageError: the extra is not installed, an address is plain HTTP, the secret cannot be had."""
        if any(importlib.util.find_spec(name) is None for name in ("authlib", "joserfc", "requests")):
            raise UsageError("oidc-needs-extra")
        for name in ("issuer", "address"):
            if getattr(settings, name) and not is_safe_address(getattr(settings, name)):
                raise UsageError("oidc-plain-address", name=name, address=getattr(settings, name))
        if settings.certificates is not None and not settings.certificates.is_file():
            raise UsageError("serve-no-file", path=settings.certificates)
        self.settings = settings
        self._wire = ProviderWire(settings, read_client_secret(settings))
        self._lock = threading.Lock()
        self._places = threading.BoundedSemaphore(MOST_AT_ONCE)
        self._document: tuple[float, Mapping[str, object]] | None = None
        self._keys: tuple[float, Mapping[str, object]] | None = None

    @property
    def label(self) -> str:
        """What people call it."""
        return self.settings.label

    def find_authorization(self, attempt: SignInAttempt, back: str) -> str:
        """Where the browser goes to sign in; the provider leads it ``back``. UsageError: it cannot be asked, or its
        discovery document is none."""
        with self._take_place():
            document = self._discover()
        return self._wire.write_authorization(str(document["authorization_endpoint"]), attempt, back)

    def redeem(self, code: str, attempt: SignInAttempt, back: str) -> VouchedPerson:
        """For whom that code vouches. UsageError: as ``find_authorization``; the provider does not take the code or us;
        its token is not believed."""
        with self._take_place():
            document = self._discover()
            answer = self._wire.fetch_token(document, code, attempt, back)
            issuer = str(document["issuer"])
            demand = IdTokenDemand(
                issuer, self.settings.client_id, attempt.nonce, str(answer.get("access_token") or "")
            )
            claims = self._check(str(answer.get("id_token") or ""), demand, document)
        return read_person(claims, self.settings)

    def find_sign_out(self, back: str) -> str:
        """Where the browser ends its session with the provider too (OpenID Connect RP-Initiated Logout 1.0); nothing
        where the provider has no such place or cannot be asked."""
        try:
            with self._take_place():
                end = self._discover().get("end_session_endpoint")
        except UsageError:
            return ""
        if not isinstance(end, str) or not is_safe_address(end):
            return ""
        query = urlencode({"client_id": self.settings.client_id, "post_logout_redirect_uri": back})
        return f"{end}{'&' if urlsplit(end).query else '?'}{query}"

    def _check(self, token: str, demand: IdTokenDemand, document: Mapping[str, object]) -> Mapping[str, object]:
        try:
            return check_id_token(token, self._fetch_keys(document, KEPT), demand)
        except KeyError:  # keys are changed from time to time
            try:
                return check_id_token(token, self._fetch_keys(document, KEYS_AGAIN), demand)
            except KeyError as error:
                raise UsageError("oidc-token", detail="unknown key") from error

    def _discover(self) -> Mapping[str, object]:
        """The discovery document (OpenID Connect Discovery 1.0, 4). UsageError: none, of another issuer, or one that
        sends us to a plain address."""
        with self._lock:
            if self._document is None or time.monotonic() - self._document[0] > KEPT:
                document = self._wire.fetch_json(self.settings.issuer.rstrip("/") + DISCOVERY)
                if str(document.get("issuer")).rstrip("/") != self.settings.issuer.rstrip("/"):
                    raise UsageError("oidc-discovery", detail=f"issuer {document.get('issuer')!s:.200}")
                for name in ENDPOINTS:
                    if not is_safe_address(str(document.get(name) or "")):
                        raise UsageError("oidc-discovery", detail=name)
                self._document = (time.monotonic(), document)
            return self._document[1]

    def _fetch_keys(self, document: Mapping[str, object], kept: float) -> Mapping[str, object]:
        with self._lock:
            if self._keys is None or time.monotonic() - self._keys[0] > kept:
                self._keys = (time.monotonic(), self._wire.fetch_json(str(document["jwks_uri"])))
            return self._keys[1]

    @contextmanager
    def _take_place(self) -> Iterator[None]:
        """UsageError: so many are at the door already."""
        if not self._places.acquire(blocking=False):
            raise UsageError("sign-in-busy")
        try:
            yield
        finally:
            self._places.release()

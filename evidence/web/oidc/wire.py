"""What goes over the wire to the provider: Authlib's session over requests, with limits of time and size."""

from __future__ import annotations

import ipaddress
import json
import logging
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from urllib.parse import urlsplit

from evidence.config import OidcSettings
from evidence.errors import UsageError
from evidence.web.oidc.attempt import SignInAttempt

TIMEOUT = (5.0, 10.0)  # seconds to be connected, and between two pieces of an answer
LONGEST_ANSWER = 1_000_000  # bytes
CLIENT_FAULTS = ("invalid_client", "unauthorized_client")  # RFC 6749, 5.2: it does not know us
PLAIN = re.compile(r"[A-Za-z0-9._~-]+")
LOG = logging.getLogger("evidence.web")


class ProviderWire:
    """The requests to one provider."""

    def __init__(self, settings: OidcSettings, secret: str) -> None:
        self._settings, self._secret = settings, secret

    def write_authorization(self, endpoint: str, attempt: SignInAttempt, back: str) -> str:
        """The address of the provider's sign-in page for that attempt (RFC 6749, 4.1.1; RFC 7636, 4.3)."""
        from authlib.integrations.requests_client import OAuth2Session

        session = OAuth2Session(
            self._settings.client_id,
            scope=" ".join(self._settings.scopes),
            redirect_uri=back,
            code_challenge_method="S256",
        )
        address, _ = session.create_authorization_url(
            endpoint, state=attempt.state, code_verifier=attempt.verifier, nonce=attempt.nonce
        )
        return str(address)

    def fetch_token(
        self, document: Mapping[str, object], code: str, attempt: SignInAttempt, back: str
    ) -> Mapping[str, object]:
        """What the token endpoint gives for that code. UsageError: it cannot be asked, does not take the code, does not
        know us."""
        from authlib.integrations.base_client import OAuthError
        from authlib.integrations.requests_client import OAuth2Session

        session = OAuth2Session(
            self._settings.client_id,
            self._secret or None,
            token_endpoint_auth_method=self._choose_method(document),
            redirect_uri=back,
            code_challenge_method="S256",
        )
        session.trust_env = _needs_proxy(self._settings.issuer)
        with self._say_failures(str(document["token_endpoint"])), session:
            try:
                token = session.fetch_token(
                    str(document["token_endpoint"]),
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=attempt.verifier,
                    timeout=TIMEOUT,
                    allow_redirects=False,
                    verify=self._verify(),
                )
            except OAuthError as error:
                LOG.warning("oidc: the token endpoint says %s: %s", error.error, error.description)
                fault = "oidc-client" if error.error in CLIENT_FAULTS else "oidc-code"
                raise UsageError(fault, detail=str(error.error)[:100]) from error
        return dict(token)

    def fetch_json(self, address: str) -> Mapping[str, object]:
        """The object at that address. UsageError: it cannot be asked, or answers something else."""
        import requests

        with self._say_failures(address), requests.Session() as session:
            session.trust_env = _needs_proxy(self._settings.issuer)
            answer = session.get(
                address, timeout=TIMEOUT, allow_redirects=False, stream=True, verify=self._verify(),
                headers={"Accept": "application/json"},
            )  # fmt: skip
            if answer.status_code >= 500:
                answer.raise_for_status()
            content = b""
            for piece in answer.iter_content(65_536):
                content += piece
                if len(content) > LONGEST_ANSWER:
                    raise ValueError("the answer is too long")
            value = json.loads(content) if answer.status_code == 200 else None
        if not isinstance(value, dict):
            raise UsageError("oidc-discovery", detail=f"{answer.status_code} {address}")
        return value

    def _choose_method(self, document: Mapping[str, object]) -> str:
        """How we show who we are (RFC 8414, 2): by HTTP Basic, which every provider takes unless it says otherwise; in
        the form where it takes that and Basic not, or where the secret has signs that Basic would have to escape: RFC
        6749, 2.3.1 asks for it, not all do it, and Authlib does not."""
        if not self._secret:
            return "none"
        known = document.get("token_endpoint_auth_methods_supported")
        taken = known if isinstance(known, list) else ["client_secret_basic"]
        plain = PLAIN.fullmatch(self._secret) is not None and "client_secret_basic" in taken
        return "client_secret_post" if "client_secret_post" in taken and not plain else "client_secret_basic"

    def _verify(self) -> bool | str:
        return str(self._settings.certificates) if self._settings.certificates else True

    @contextmanager
    def _say_failures(self, address: str) -> Iterator[None]:
        import requests

        try:
            yield
        except requests.exceptions.SSLError as error:
            LOG.warning("oidc: %s: %s", address, error)
            raise UsageError("oidc-certificate", label=self._settings.label) from error
        except requests.RequestException as error:
            LOG.warning("oidc: %s: %s", address, error)
            raise UsageError("oidc-unreachable", label=self._settings.label) from error
        except (ValueError, RecursionError) as error:
            LOG.warning("oidc: %s: %s", address, error)
            raise UsageError("oidc-discovery", detail=address) from error


def is_safe_address(address: str) -> bool:
    """Whether nobody between reads along: TLS, or this machine alone.

    >>> [is_safe_address(each) for each in ("https://a.vn/x", "http://127.0.0.1:8/x", "http://a.vn", "ftp://a", "")]
    [True, True, False, False, False]
    """
    try:
        parts = urlsplit(address)
        host = parts.hostname or ""
    except ValueError:
        return False
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and _is_loopback(host)))


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _needs_proxy(issuer: str) -> bool:
    """Whether proxies of the environment count: not on this machine."""
    return not _is_loopback(urlsplit(issuer).hostname or "")

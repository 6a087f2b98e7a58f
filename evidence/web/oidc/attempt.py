"""One way to the provider and back again.

All that is secret of it is made of one token of 256 random bits, which stands in a cookie of ten minutes: the state
that the provider hands back (nobody else's answer is taken), the nonce that it signs (no token of another way), and the
verifier of PKCE (nobody else redeems the code). Each is a hash of its own: who sees one knows none of the others. The
server keeps nothing, so that a crowd at the door costs it nothing.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
import secrets
from dataclasses import dataclass

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")
LONGEST_ADDRESS = 1_500  # characters of a page's address that is led back to; a cookie holds 4,096 bytes


@dataclass(frozen=True, slots=True)
class SignInAttempt:
    """``token``: what the cookie holds; ``onward``: the page of ours that was asked for."""

    token: str
    onward: str = ""

    @property
    def state(self) -> str:
        return self._derive("state")

    @property
    def nonce(self) -> str:
        return self._derive("nonce")

    @property
    def verifier(self) -> str:
        """64 characters: RFC 7636 asks for 43 to 128."""
        return self._derive("verifier")

    def _derive(self, purpose: str) -> str:
        return hashlib.sha256(f"{purpose} {self.token}".encode()).hexdigest()


def begin_attempt(onward: str) -> SignInAttempt:
    """A new one."""
    return SignInAttempt(secrets.token_urlsafe(32), onward if len(onward) <= LONGEST_ADDRESS else "")


def write_attempt(attempt: SignInAttempt) -> str:
    """The cookie's value.

    >>> read_attempt(write_attempt(SignInAttempt("a" * 43, "/tra-cuu?q=số"))).onward
    '/tra-cuu?q=số'
    """
    return f"{attempt.token}.{base64.urlsafe_b64encode(attempt.onward.encode()).decode()}"


def read_attempt(value: str) -> SignInAttempt | None:
    """The attempt of that cookie; None where it is none.

    >>> read_attempt(""), read_attempt("x.y"), read_attempt("a" * 43 + ".%%")
    (None, None, None)
    """
    token, _, onward = value.partition(".")
    if not _TOKEN.fullmatch(token):
        return None
    try:
        return SignInAttempt(token, base64.b64decode(onward, altchars=b"-_", validate=True).decode())
    except (binascii.Error, UnicodeDecodeError):
        return None

"""The cookies: the session, a visitor's before signing in, the language chosen before signing in, the way to a provider
and back.

Scripts see none of them, other sites' requests bring none along (``SameSite=Lax``: a link in a mail still finds one
signed in; changes are guarded besides, ``guard``), and over TLS they travel on TLS alone. Plain HTTP is served to the
own machine only, unless ``serve --insecure`` says otherwise.
"""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import Response

SESSION = "evidence_session"
VISITOR = "evidence_visitor"
LANGUAGE = "evidence_language"
ATTEMPT = "evidence_attempt"
YEAR = 365 * 24 * 3600  # seconds
ATTEMPT_SECONDS = 600  # to sign in with the provider


def put_session(request: Request, response: Response, token: str) -> None:
    """From now on this browser is signed in. No age: closing the browser ends it."""
    _put(request, response, SESSION, token, None)


def put_visitor(request: Request, response: Response, token: str) -> None:
    """Makes a visitor known, so that the form to sign in is guarded too."""
    _put(request, response, VISITOR, token, None)


def put_language(request: Request, response: Response, language: str) -> None:
    """Remembers the language for who is not signed in."""
    _put(request, response, LANGUAGE, language, YEAR)


def put_attempt(request: Request, response: Response, value: str) -> None:
    """Remembers a way to the provider until the browser is back."""
    _put(request, response, ATTEMPT, value, ATTEMPT_SECONDS)


def remove_attempt(request: Request, response: Response) -> None:
    response.delete_cookie(ATTEMPT, path="/", secure=is_secure(request), httponly=True, samesite="lax")


def remove_session(request: Request, response: Response) -> None:
    response.delete_cookie(SESSION, path="/", secure=is_secure(request), httponly=True, samesite="lax")


def is_secure(request: Request) -> bool:
    """Whether the browser reached us by TLS, of ours or of the proxy that stands before us."""
    return request.url.scheme == "https"


def _put(request: Request, response: Response, name: str, value: str, age: int | None) -> None:
    response.set_cookie(name, value, max_age=age, path="/", secure=is_secure(request), httponly=True, samesite="lax")

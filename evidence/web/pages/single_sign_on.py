"""Signing in by a provider of OpenID Connect: the way there and back, and out there too.

A link leads there, no form: browsers hold ``form-action 'self'`` against what a form is led on to. Without a provider
in the configuration none of these addresses exists.
"""

from __future__ import annotations

import re
import secrets

from fastapi.responses import RedirectResponse, Response

from evidence.archive.accounts.accounts import SignedIn
from evidence.errors import UsageError
from evidence.model.account import Capability
from evidence.web.error_pages import page_not_found
from evidence.web.oidc.attempt import SignInAttempt, begin_attempt, read_attempt, write_attempt
from evidence.web.oidc.provider import OpenIdProvider
from evidence.web.oidc.wire import is_safe_address
from evidence.web.pages.sign_in import local_path, render_sign_in
from evidence.web.rendering.menu import find_home
from evidence.web.routing import PageRouter
from evidence.web.security.cookies import ATTEMPT, put_attempt, put_session, remove_attempt
from evidence.web.visit import CurrentVisit, Visit

router = PageRouter()
PAGE = "/dang-nhap/mot-lan"
BACK = f"{PAGE}/ve"
SUSPICIOUS = ("oidc-code", "oidc-token", "oidc-clock", "oidc-two-roles")  # written into the audit, and counted
STATUSES = {
    "sign-in-locked": 429,
    "sign-in-busy": 503,
    "oidc-unreachable": 503,
    "oidc-discovery": 502,
    "oidc-certificate": 502,
    "sign-in-unlinked": 403,
    "sign-in-no-group": 403,
    "sign-in-inactive": 403,
    "sign-in-name-taken": 403,
}


@router.get(PAGE, Capability.PUBLIC)
def begin_sign_in(visit: CurrentVisit, tiep: str = "") -> Response:
    """Leads to the provider; ``tiep``: the page of ours that was asked for."""
    provider = _find_provider(visit)
    attempt = begin_attempt(local_path(tiep))
    try:
        response = RedirectResponse(provider.find_authorization(attempt, _find_back(visit, provider)), 303)
    except UsageError as error:
        return _refuse(visit, error, attempt.onward)
    put_attempt(visit.request, response, write_attempt(attempt))
    return response


@router.get(BACK, Capability.PUBLIC)
def end_sign_in(visit: CurrentVisit, code: str = "", state: str = "", error: str = "", iss: str = "") -> Response:
    """Where the provider leads back to, with a code or an error (RFC 6749, 4.1.2; ``iss``: RFC 9207)."""
    provider = _find_provider(visit)
    attempt = read_attempt(visit.request.cookies.get(ATTEMPT, ""))
    try:
        if attempt is None or not secrets.compare_digest(state.encode(), attempt.state.encode()):
            raise UsageError("oidc-state")
        if error or not code or (iss and iss.rstrip("/") != provider.settings.issuer.rstrip("/")):
            raise UsageError("oidc-refused", label=provider.label, detail=_show_error(error))
        signed_in = _sign_in(visit, provider, attempt, code)
    except UsageError as failure:
        response = _refuse(visit, failure, attempt.onward if attempt else "")
    else:
        response = RedirectResponse(local_path(attempt.onward) or find_home(signed_in.account, visit.routes), 303)
        put_session(visit.request, response, signed_in.token)
    remove_attempt(visit.request, response)
    return response


@router.get(f"{PAGE}/ra", Capability.PUBLIC)
def end_session_there(visit: CurrentVisit) -> Response:
    """Leads to where the session with the provider is ended too; who is signed in here still is, and stays where they
    are."""
    provider = _find_provider(visit)
    if visit.account is not None:
        return visit.redirect(visit.home())
    try:
        back = _find_address(visit, provider) + "/dang-nhap"
    except UsageError:
        back = ""
    return RedirectResponse((provider.find_sign_out(back) if back else "") or "/dang-nhap", 303)


def _sign_in(visit: Visit, provider: OpenIdProvider, attempt: SignInAttempt, code: str) -> SignedIn:
    """UsageError: the door is shut for this address, the provider does not vouch, nobody here is known so."""
    visit.archive.accounts.check_door("", visit.address)
    try:
        person = provider.redeem(code, attempt, _find_back(visit, provider))
    except UsageError as failure:
        if failure.message.code in SUSPICIOUS:
            visit.archive.accounts.note_failure(provider.settings.issuer, visit.address, failure.message.code)
        raise
    return visit.archive.identities.sign_in(person, visit.address)


def _find_provider(visit: Visit) -> OpenIdProvider:
    if visit.provider is None:
        raise page_not_found()
    return visit.provider


def _find_address(visit: Visit, provider: OpenIdProvider) -> str:
    """The service as this browser knows it. UsageError: by plain HTTP, where others read along."""
    address = provider.settings.address or str(visit.request.base_url)
    if not is_safe_address(address):
        raise UsageError("oidc-needs-https")
    return address.rstrip("/")


def _find_back(visit: Visit, provider: OpenIdProvider) -> str:
    return _find_address(visit, provider) + BACK


def _refuse(visit: Visit, failure: UsageError, onward: str) -> Response:
    """The sign-in page with what went wrong."""
    status = STATUSES.get(failure.message.code, 400)
    return render_sign_in(visit, status, onward, sentence=failure.say(visit.language))


def _show_error(error: str) -> str:
    """The provider's word (RFC 6749, 4.1.2.1) as it may be repeated: an address can be made by anybody.

    >>> _show_error("access_denied"), _show_error("<b>Hãy gọi 0123"), _show_error("")
    ('access_denied', '?', '?')
    """
    return error if re.fullmatch(r"[a-z_]{1,60}", error) else "?"

"""Người dùng: who may sign in, in which role, for which units and fields."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Annotated

from fastapi import Form
from fastapi.responses import Response

from evidence.errors import CriteriaError, UsageError
from evidence.model.account import Account, AccountRole, Capability, ProviderIdentity
from evidence.web.error_pages import page_not_found
from evidence.web.routing import PageRouter
from evidence.web.visit import CurrentVisit, RowNumber, Visit

router = PageRouter()
PAGE = "/nguoi-dung"
DONE = ("added", "changed", "password", "linked")
MOST_SHOWN = 80  # codes of units offered below the field


@router.get(PAGE, Capability.MANAGE_USERS)
def list_users(visit: CurrentVisit, xong: str = "") -> Response:
    """All of them; the form for a new one."""
    return _render_list(visit, done=xong)


@router.post(PAGE, Capability.MANAGE_USERS)
def add_user(
    visit: CurrentVisit,
    name: Annotated[str, Form()] = "",
    full_name: Annotated[str, Form()] = "",
    role: Annotated[str, Form()] = "",
    units: Annotated[str, Form()] = "",
    fields: Annotated[str, Form()] = "",
    password: Annotated[str, Form()] = "",
) -> Response:
    """Adds one; what was typed stays where it cannot be."""
    draft = Account(0, name, full_name, _role(role), split_codes(units), split_codes(fields))
    try:
        visit.archive.accounts.add(draft, password)
    except UsageError as error:
        return _render_list(visit, status=400, draft=draft, failure=error.say(visit.language))
    return visit.redirect(f"{PAGE}?xong=added")


@router.get(f"{PAGE}/{{number}}", Capability.MANAGE_USERS)
def show_user(visit: CurrentVisit, number: RowNumber, xong: str = "") -> Response:
    """One account, to be changed."""
    return _render_user(visit, _find(visit, number), done=xong)


@router.post(f"{PAGE}/{{number}}", Capability.MANAGE_USERS)
def change_user(
    visit: CurrentVisit,
    number: RowNumber,
    full_name: Annotated[str, Form()] = "",
    role: Annotated[str, Form()] = "",
    units: Annotated[str, Form()] = "",
    fields: Annotated[str, Form()] = "",
    active: Annotated[str, Form()] = "",
) -> Response:
    """All but name and password. Who is made inactive is signed out at once."""
    account = replace(
        _find(visit, number),
        full_name=full_name.strip(),
        role=_role(role),
        units=split_codes(units),
        fields=split_codes(fields),
        active=bool(active),
    )
    try:
        visit.archive.accounts.change(account)
    except UsageError as error:
        return _render_user(visit, account, status=400, failure=error.say(visit.language))
    return visit.redirect(f"{PAGE}/{number}?xong=changed")


@router.post(f"{PAGE}/{{number}}/mat-khau", Capability.MANAGE_USERS)
def reset_password(visit: CurrentVisit, number: RowNumber, password: Annotated[str, Form()] = "") -> Response:
    """A new password for who forgot it; every session of the account ends."""
    account = _find(visit, number)
    try:
        visit.archive.accounts.reset_password(account, password)
    except UsageError as error:
        return _render_user(visit, account, status=400, failure=error.say(visit.language))
    return visit.redirect(f"{PAGE}/{number}?xong=password")


@router.post(f"{PAGE}/{{number}}/lien-ket", Capability.MANAGE_USERS)
def change_link(
    visit: CurrentVisit,
    number: RowNumber,
    act: Annotated[str, Form()] = "",
    subject: Annotated[str, Form()] = "",
    issuer: Annotated[str, Form()] = "",
) -> Response:
    """Lets an identity of the provider's sign in as this account, or no more."""
    account = _find(visit, number)
    identities = visit.archive.identities
    try:
        if act == "unlink":
            identities.unlink(account, ProviderIdentity(issuer, subject))
        elif act == "link" and visit.provider is not None:
            identities.link(account, ProviderIdentity(visit.provider.settings.issuer.rstrip("/"), subject))
    except UsageError as error:
        return _render_user(visit, account, status=400, failure=error.say(visit.language))
    return visit.redirect(f"{PAGE}/{number}?xong=linked")


def split_codes(text: str) -> tuple[str, ...]:
    """Codes as people list them.

    >>> split_codes(" SXD, SNV;\\n STP ")
    ('SXD', 'SNV', 'STP')
    """
    return tuple(dict.fromkeys(code.strip() for code in re.split(r"[,;\n]", text) if code.strip()))


def _role(text: str) -> AccountRole:
    """The least one where nothing of use was chosen."""
    return AccountRole(text) if text in list(AccountRole) else AccountRole.READER


def _find(visit: Visit, number: int) -> Account:
    try:
        return visit.archive.accounts.get(number)
    except UsageError as error:
        raise page_not_found() from error


def _known_units(visit: Visit) -> tuple[str, ...]:
    """The codes of the units of all sets, to choose from; none where some set cannot be read: people are added all the
    same."""
    try:
        codes = {unit.code for kept in visit.archive.criteria_sets() for unit in kept.criteria.units}
    except CriteriaError:
        return ()
    return tuple(sorted(codes))


def _render_list(
    visit: Visit, status: int = 200, draft: Account | None = None, done: str = "", failure: str = ""
) -> Response:
    return visit.render(
        "users.html",
        status=status,
        accounts=visit.archive.accounts.list_accounts(),
        draft=draft or Account(0, "", "", AccountRole.APPRAISER),
        roles=tuple(AccountRole),
        known=_known_units(visit),
        most=MOST_SHOWN,
        done=visit.say(f"web-users-done-{done}") if done in DONE else "",
        failure=failure,
    )


def _render_user(visit: Visit, account: Account, status: int = 200, done: str = "", failure: str = "") -> Response:
    return visit.render(
        "user.html",
        status=status,
        account=account,
        roles=tuple(AccountRole),
        known=_known_units(visit),
        most=MOST_SHOWN,
        sessions=visit.archive.accounts.list_sessions(account),
        links=visit.archive.identities.list_links(account),
        done=visit.say(f"web-users-done-{done}") if done in DONE else "",
        failure=failure,
    )

"""What an account sees: whose submissions come into its lists, searches, counts and pages."""

from __future__ import annotations

from evidence.model.account import Account, AccountRole
from evidence.search.scope import EVERYTHING, Scope, units_only


def find_scope(account: Account) -> Scope:
    """The scope of that account.

    A unit's account sees its own; an appraiser the units assigned, or all where only fields are assigned (a field is
    judged across units; on what may be decided see ``Account.may_judge``); a head and an admin everything; a reader the
    units that are open to it. Nothing assigned is nothing seen.
    """
    if account.role in (AccountRole.HEAD, AccountRole.ADMIN):
        return EVERYTHING
    if account.role is AccountRole.APPRAISER and account.fields and not account.units:
        return EVERYTHING
    return units_only(account.units)

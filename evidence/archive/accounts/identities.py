"""Signing in for whom a provider of OpenID Connect vouches.

A person is known by the provider's address and what it calls them for ever (``iss``, ``sub``); no name and no address
of mail is ever believed, for these change hands. Default deny: an identity that no admin linked to an account signs in
as nobody, unless the configuration gives a role to a group of theirs. Such an account is *managed*: its role and units
are those of the groups at every sign-in, and without such a group the door is shut.
"""

from __future__ import annotations

from dataclasses import replace

from evidence.archive.accounts.accounts import Accounts, SignedIn
from evidence.errors import UsageError
from evidence.model.account import Account, Actor, IdentityLink, ProviderIdentity, VouchedPerson
from evidence.store.accounts.identity_store import IdentityStore, describe_identity
from evidence.store.audit.actor import acting_as
from evidence.store.store import Store

LONGEST = 255  # characters of a subject (OpenID Connect Core 1.0, 2)


class Identities:
    """The identities of one archive's accounts."""

    def __init__(self, store: Store, accounts: Accounts) -> None:
        self._identities, self._accounts = IdentityStore(store), accounts

    def sign_in(self, person: VouchedPerson, address: str) -> SignedIn:
        """Opens a session. UsageError: too many attempts that failed, no account, or one that is closed; the groups
        give no role; the account that they would give cannot be made."""
        self._accounts.check_door("", address)
        try:
            account = self._find_account(person, address)
            if not account.active:
                raise UsageError("sign-in-inactive")
            self._accounts.check_door(account.name, address)
        except UsageError as error:
            self._accounts.note_failure(
                person.name or person.identity.subject,
                address,
                f"{error.message.code}: {describe_identity(person.identity)}",
            )
            raise
        return self._accounts.open_vouched(account, address, describe_identity(person.identity))

    def link(self, account: Account, identity: ProviderIdentity) -> None:
        """An admin's act. UsageError: no such identity can be, or it signs in already, as this or as another."""
        subject = identity.subject.strip()
        if not is_subject(subject):
            raise UsageError("identity-none")
        if not self._identities.link(replace(identity, subject=subject), account.id, managed=False):
            raise UsageError("identity-taken", subject=subject)

    def unlink(self, account: Account, identity: ProviderIdentity) -> None:
        """Ends that the identity signs in as this account; another's is left alone."""
        if any(link.identity == identity for link in self.list_links(account)):
            self._identities.unlink(identity)

    def list_links(self, account: Account) -> tuple[IdentityLink, ...]:
        """Who signs in as that account by a provider."""
        return self._identities.links(account.id)

    def _find_account(self, person: VouchedPerson, address: str) -> Account:
        """Whose identity that is, as it is from now on. UsageError: nobody's."""
        link = self._identities.find(person.identity)
        if link is not None and not link.managed:
            return self._accounts.get(link.account)
        if person.role is None:
            raise UsageError(
                "sign-in-unlinked" if link is None else "sign-in-no-group", subject=person.identity.subject
            )
        with acting_as(Actor(person.identity.issuer, "openid", address)):
            return (
                self._make_account(person) if link is None else self._manage(self._accounts.get(link.account), person)
            )

    def _make_account(self, person: VouchedPerson) -> Account:
        assert person.role is not None
        wish = Account(0, person.name, person.full_name, person.role, person.units)
        try:
            account = self._accounts.add_vouched(wish)
        except UsageError as error:  # a name that is taken is another's: never joined by name alone
            if error.message.code not in ("account-taken", "account-bad-name"):
                raise
            raise UsageError("sign-in-name-taken", name=person.name, subject=person.identity.subject) from error
        self._identities.link(person.identity, account.id, managed=True)
        return account

    def _manage(self, account: Account, person: VouchedPerson) -> Account:
        """The account with what the groups give today."""
        assert person.role is not None
        today = replace(account, role=person.role, units=person.units, full_name=person.full_name or account.full_name)
        if today != account and account.active:
            self._accounts.change(today)
        return today


def is_subject(text: str) -> bool:
    """Whether a provider may call somebody so.

    >>> is_subject("f:615"), is_subject(""), is_subject("a\\n"), is_subject("x" * 256)
    (True, False, False, False)
    """
    return 0 < len(text) <= LONGEST and text.isprintable()

"""Identities of a provider in one store: linked to accounts and parted from them.

What writes raises ArchiveError where the archive is read-only.
"""

from __future__ import annotations

from sqlalchemy import select

from evidence.model.account import IdentityLink, ProviderIdentity
from evidence.store import commands
from evidence.store.accounts.tables import AccountIdentityRow, AccountRow
from evidence.store.store import Store


class IdentityStore:
    """The identities of one store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def find(self, identity: ProviderIdentity) -> IdentityLink | None:
        """Which account signs in under that identity."""
        with self._store.database.reading() as session:
            row = session.get(AccountIdentityRow, (identity.issuer, identity.subject))
            return _read_link(row) if row else None

    def links(self, account: int) -> tuple[IdentityLink, ...]:
        """The identities of that account, in order."""
        query = select(AccountIdentityRow).where(AccountIdentityRow.account == account)
        query = query.order_by(AccountIdentityRow.issuer, AccountIdentityRow.subject)
        with self._store.database.reading() as session:
            return tuple(_read_link(row) for row in session.scalars(query))

    def link(self, identity: ProviderIdentity, account: int, managed: bool) -> bool:
        """Lets that identity sign in as the account; False where it does already, as this or as another."""
        with self._store.database.writing() as session:
            if session.get(AccountIdentityRow, (identity.issuer, identity.subject)) is not None:
                return False
            name = session.get_one(AccountRow, account).name
            session.add(
                AccountIdentityRow(
                    issuer=identity.issuer,
                    subject=identity.subject,
                    account=account,
                    managed=managed,
                    at=commands.current_time(),
                )
            )
            commands.write_audit(session, "identity linked", name, after=describe_identity(identity))
        return True

    def unlink(self, identity: ProviderIdentity) -> None:
        """Parts it from its account, which it signs in as no more; sessions go on until they end."""
        with self._store.database.writing() as session:
            row = session.get(AccountIdentityRow, (identity.issuer, identity.subject))
            if row is not None:
                name = session.get_one(AccountRow, row.account).name
                session.delete(row)
                commands.write_audit(session, "identity unlinked", name, before=describe_identity(identity))


def describe_identity(identity: ProviderIdentity) -> str:
    """The identity in one line, as the audit has it."""
    return f"{identity.subject} ({identity.issuer})"


def _read_link(row: AccountIdentityRow) -> IdentityLink:
    return IdentityLink(ProviderIdentity(row.issuer, row.subject), row.account, row.managed, row.at)

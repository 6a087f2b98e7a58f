"""The tables of accounts. Unlike the ledgers they change: what was changed, by whom, stands in the audit."""

from __future__ import annotations

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from evidence.store.schema_base import SHA, Base


class AccountRow(Base):
    """A person who may sign in. ``name`` is folded to lower case; ``password`` an argon2 hash, empty where another
    service vouches for the person. Never removed: the audit names it; ``active`` ends it."""

    __tablename__ = "accounts"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    full_name: Mapped[str]
    role: Mapped[str]
    password: Mapped[str]
    language: Mapped[str]
    single_keys: Mapped[bool]
    active: Mapped[bool]
    at: Mapped[str]


class AccountIdentityRow(Base):
    """Who a provider says signs in as the account (OpenID Connect: ``iss`` and ``sub``)."""

    __tablename__ = "account_identities"
    issuer: Mapped[str] = mapped_column(primary_key=True)
    subject: Mapped[str] = mapped_column(primary_key=True)
    account: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    managed: Mapped[bool]
    at: Mapped[str]


class AccountUnitRow(Base):
    """A unit that the account belongs to or is assigned."""

    __tablename__ = "account_units"
    account: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    unit: Mapped[str] = mapped_column(primary_key=True)


class AccountFieldRow(Base):
    """A field (top-level criterion) that the appraiser is assigned."""

    __tablename__ = "account_fields"
    account: Mapped[int] = mapped_column(ForeignKey("accounts.id"), primary_key=True)
    field: Mapped[str] = mapped_column(primary_key=True)


class SessionRow(Base):
    """A session, known by the hash of its token. ``title``: of an access token of the HTTP interface."""

    __tablename__ = "sessions"
    token: Mapped[str] = mapped_column(SHA, primary_key=True)
    account: Mapped[int] = mapped_column(ForeignKey("accounts.id"), index=True)
    address: Mapped[str]
    made_at: Mapped[str]
    seen_at: Mapped[str]
    ends_at: Mapped[str]
    title: Mapped[str]


class SignInFailureRow(Base):
    """An attempt to sign in that failed: ``key`` is the account's name or the address it came from."""

    __tablename__ = "sign_in_failures"
    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(index=True)
    at: Mapped[str]

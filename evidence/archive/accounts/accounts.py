"""Accounts and sessions of an archive: people added, signed in, recognised again, signed out.

A session's token is 256 random bits; the database holds its SHA-256, so that who reads a backup cannot sign in with it.
Attempts that fail are counted by name and by address: ten in a quarter of an hour for a name, a hundred for an address
(an office is often one address), and the door stays shut for that name or address until the quarter is over.
"""

from __future__ import annotations

import datetime
import hashlib
import re
import secrets
from dataclasses import dataclass, replace

from evidence.archive.accounts.passwords import hash_password, is_password, needs_rehash
from evidence.errors import UsageError
from evidence.model.account import Account, AccountRole, Actor, SessionEntry
from evidence.store.accounts.account_store import AccountStore
from evidence.store.audit.actor import acting_as
from evidence.store.store import Store

SESSION_HOURS = 12  # a session ends a working day after it began,
IDLE_HOURS = 4  # or when nothing was asked for so long
TOUCH_SECONDS = 300  # how coarsely the last request of a session is kept: no write for every click
WINDOW_MINUTES = 15
MOST_BY_NAME = 10
MOST_BY_ADDRESS = 100
_NAME = re.compile(r"[a-z0-9][a-z0-9._@-]{1,63}")


@dataclass(frozen=True, slots=True)
class SignedIn:
    """Who signed in, and the token that the browser keeps; it is nowhere else."""

    account: Account
    token: str


class Accounts:
    """The accounts of one archive."""

    def __init__(self, store: Store) -> None:
        self._accounts = AccountStore(store)

    def add(self, account: Account, password: str) -> Account:
        """Adds an account; it gets a number. UsageError: a name that is none or is taken, a unit's account without a
        unit, a password that will not do."""
        new = _check_account(account)
        return self._add(new, hash_password(password, new.name))

    def add_vouched(self, account: Account) -> Account:
        """Adds an account without a password, for whom another service vouches. UsageError: as ``add``."""
        return self._add(_check_account(account), "")

    def _add(self, account: Account, password: str) -> Account:
        added = self._accounts.add(account, password)
        if added is None:
            raise UsageError("account-taken", name=account.name)
        return added

    def change(self, account: Account) -> None:
        """Changes all but name and password; an account made inactive is signed out everywhere. UsageError: no such
        account, a unit's account without a unit, the last admin."""
        before = self.get(account.id)
        _check_assignments(account)
        if (
            before.role is AccountRole.ADMIN
            and before.active
            and not (account.role is AccountRole.ADMIN and account.active)
        ):
            admins = [each for each in self.list_accounts() if each.role is AccountRole.ADMIN and each.active]
            if len(admins) == 1:
                raise UsageError("account-last-admin", name=before.name)
        self._accounts.change(account)

    def get(self, number: int) -> Account:
        """UsageError: no such account."""
        account = self._accounts.get(number)
        if account is None:
            raise UsageError("account-unknown", name=number)
        return account

    def list_accounts(self) -> tuple[Account, ...]:
        """All of them, by name."""
        return self._accounts.accounts()

    def sign_in(self, name: str, password: str, address: str) -> SignedIn:
        """Opens a session. UsageError: name or password are wrong (which of them is not said), too many attempts, too
        many at the door at once."""
        key = name.strip().casefold()[:64]
        failures = self.check_door(key, address)
        known = self._accounts.find(key)
        if not is_password(password, known[1] if known else "") or known is None or not known[0].active:
            self.note_failure(key, address, by_name=True)
            raise UsageError("sign-in-wrong")
        account, stored = known
        if failures:
            self._accounts.forget_failures([f"name {key}"])
        if needs_rehash(stored):
            self._accounts.rehash_password(account.id, hash_password(password, account.name))
        return self._open_session(account, address, datetime.timedelta(hours=SESSION_HOURS))

    def check_door(self, name: str, address: str) -> int:
        """How many attempts with that name failed of late; without a name the address alone is looked at. UsageError:
        too many, by name or from that address."""
        since = _text(_now() - datetime.timedelta(minutes=WINDOW_MINUTES))
        by_name = self._accounts.count_failures(f"name {name}", since) if name else 0
        if by_name >= MOST_BY_NAME or self._accounts.count_failures(f"address {address}", since) >= MOST_BY_ADDRESS:
            raise UsageError("sign-in-locked", minutes=WINDOW_MINUTES)
        return by_name

    def note_failure(self, name: str, address: str, detail: str = "", by_name: bool = False) -> None:
        """Writes down an attempt that failed, of the address and, where ``by_name``, of the name."""
        now = _now()
        keys = [*([f"name {name}"] if by_name else []), f"address {address}"]
        since = _text(now - datetime.timedelta(minutes=WINDOW_MINUTES))
        self._accounts.add_failure(name, keys, _text(now), since, detail)

    def open_vouched(self, account: Account, address: str, issuer: str) -> SignedIn:
        """Opens a session for whom another service vouched (``identities.Identities.sign_in``). The audit names it."""
        return self._open_session(account, address, datetime.timedelta(hours=SESSION_HOURS), way=issuer)

    def make_access_token(self, account: Account, title: str, days: int) -> str:
        """A token for the HTTP interface; it is shown this once."""
        return self._open_session(account, "", datetime.timedelta(days=days), title.strip() or "API").token

    def recognise(self, token: str) -> Account | None:
        """Whose session that is; None where it is none, ended, or lay idle too long."""
        known = self._accounts.session(hash_token(token)) if token else None
        if known is None:
            return None
        session, account = known
        now = _now()
        idle = _text(now - datetime.timedelta(hours=IDLE_HOURS))
        if session.ends_at < _text(now) or not account.active or (not session.title and session.seen_at < idle):
            return None
        if session.seen_at < _text(now - datetime.timedelta(seconds=TOUCH_SECONDS)):
            self._accounts.touch_session(session.token, _text(now))
        return account

    def sign_out(self, token: str) -> None:
        self._accounts.close_session(hash_token(token))

    def list_sessions(self, account: Account) -> tuple[SessionEntry, ...]:
        """Where that account is signed in, and its access tokens; the latest first."""
        return self._accounts.sessions(account.id)

    def close_session(self, account: Account, token_hash: str) -> None:
        """Ends one of that account's sessions; another's is left alone."""
        if any(session.token == token_hash for session in self.list_sessions(account)):
            self._accounts.close_session(token_hash)

    def change_password(self, account: Account, old: str, new: str) -> None:
        """The person's own change; every session ends. UsageError: the old one is wrong, the new one will not do."""
        known = self._accounts.find(account.name)
        if known is None or not is_password(old, known[1]):
            raise UsageError("password-wrong")
        self._accounts.change_password(account.id, hash_password(new, account.name))

    def reset_password(self, account: Account, new: str) -> None:
        """An admin's change. UsageError: it will not do."""
        self._accounts.change_password(account.id, hash_password(new, account.name))

    def _open_session(
        self, account: Account, address: str, length: datetime.timedelta, title: str = "", way: str = ""
    ) -> SignedIn:
        token, now = secrets.token_urlsafe(32), _now()
        made = _text(now)
        entry = SessionEntry(hash_token(token), account.id, address, made, made, _text(now + length), title)
        with acting_as(Actor(account.name, account.role.value, address)):
            self._accounts.open_session(entry, way)
        return SignedIn(account, token)


def hash_token(token: str) -> str:
    """How the database knows a session."""
    return hashlib.sha256(token.encode("utf-8")).hexdigest()


def _check_account(account: Account) -> Account:
    """The account as it is kept. UsageError: a name that is none, a unit's account without a unit."""
    name = account.name.strip().casefold()
    if not _NAME.fullmatch(name):
        raise UsageError("account-bad-name", name=account.name)
    new = replace(account, name=name, full_name=account.full_name.strip() or name)
    _check_assignments(new)
    return new


def _check_assignments(account: Account) -> None:
    if account.role is AccountRole.UNIT and not account.units:
        raise UsageError("account-no-unit", name=account.name)


def _now() -> datetime.datetime:
    return datetime.datetime.now(datetime.UTC)


def _text(moment: datetime.datetime) -> str:
    return moment.isoformat(timespec="seconds")

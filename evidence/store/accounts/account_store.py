"""Accounts in one store: added and changed, their sessions opened and closed, failed attempts counted.

What writes raises ArchiveError where the archive is read-only. Times are ISO 8601 in UTC and compare as texts.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import replace

from sqlalchemy import CompoundSelect, bindparam, delete, func, literal_column, or_, select, union_all, update
from sqlalchemy.orm import Session

from evidence.messages import Language
from evidence.model.account import Account, AccountRole, SessionEntry
from evidence.store import commands
from evidence.store.accounts.tables import AccountFieldRow, AccountRow, AccountUnitRow, SessionRow, SignInFailureRow
from evidence.store.store import Store

KNOWN = (
    select(SessionRow, AccountRow)
    .join(AccountRow, AccountRow.id == SessionRow.account)
    .where(SessionRow.token == bindparam("token"))
)
ASSIGNED: CompoundSelect[str, str] = union_all(
    select(literal_column("'unit'"), AccountUnitRow.unit.label("code")).where(
        AccountUnitRow.account == bindparam("account")
    ),
    select(literal_column("'field'"), AccountFieldRow.field).where(AccountFieldRow.account == bindparam("account")),
).order_by("code")


class AccountStore:
    """The accounts of one store."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # --- accounts -------------------------------------------------------------------------------------------------

    def add(self, account: Account, password: str) -> Account | None:
        """Keeps a new account with that argon2 hash, under a number of its own; None where the name is taken."""
        with self._writing() as session:
            if session.scalar(select(AccountRow.id).where(AccountRow.name == account.name)) is not None:
                return None
            row = AccountRow(
                name=account.name,
                full_name=account.full_name,
                role=account.role.value,
                password=password,
                language=account.language.value,
                single_keys=account.single_keys,
                active=account.active,
                at=commands.current_time(),
            )
            session.add(row)
            session.flush()
            added = replace(account, id=row.id)
            _write_assignments(session, added)
            commands.write_audit(session, "account added", account.name, after=describe_account(added))
        return added

    def change(self, account: Account) -> None:
        """Puts the account in the place of the one of that number; its name stays."""
        with self._writing() as session:
            row = session.get_one(AccountRow, account.id)
            before = _read_account(session, row)
            row.full_name, row.role = account.full_name, account.role.value
            row.language, row.single_keys, row.active = account.language.value, account.single_keys, account.active
            _write_assignments(session, account)
            if not account.active:
                session.execute(delete(SessionRow).where(SessionRow.account == account.id))
            described = describe_account(before), describe_account(account)
            commands.write_audit(session, "account changed", row.name, "", *described)

    def change_password(self, number: int, password: str) -> None:
        """Puts that argon2 hash in the place of the one before; every session of the account ends."""
        with self._writing() as session:
            row = session.get_one(AccountRow, number)
            row.password = password
            session.execute(delete(SessionRow).where(SessionRow.account == number))
            commands.write_audit(session, "password changed", row.name)

    def rehash_password(self, number: int, password: str) -> None:
        """The same password under costlier parameters: nothing that a person did, so no session ends."""
        with self._writing() as session:
            session.get_one(AccountRow, number).password = password

    def find(self, name: str) -> tuple[Account, str] | None:
        """The account of that name and its hash."""
        with self._store.database.reading() as session:
            row = session.scalar(select(AccountRow).where(AccountRow.name == name))
            return (_read_account(session, row), row.password) if row else None

    def get(self, number: int) -> Account | None:
        with self._store.database.reading() as session:
            row = session.get(AccountRow, number)
            return _read_account(session, row) if row else None

    def accounts(self) -> tuple[Account, ...]:
        """All of them, by name."""
        with self._store.database.reading() as session:
            rows = session.scalars(select(AccountRow).order_by(AccountRow.name)).all()
            return tuple(_read_account(session, row) for row in rows)

    # --- sessions -------------------------------------------------------------------------------------------------

    def open_session(self, entry: SessionEntry, way: str = "") -> None:
        """Keeps a session; those that ended by then are removed. ``way``: how the person came in, if by no password."""
        with self._writing() as session:
            session.execute(delete(SessionRow).where(SessionRow.ends_at < entry.made_at))
            session.add(SessionRow(**{name: getattr(entry, name) for name in SessionEntry.__slots__}))
            row = session.get_one(AccountRow, entry.account)
            commands.write_audit(
                session, "access token made" if entry.title else "signed in", row.name, entry.title or way
            )

    def session(self, token: str) -> tuple[SessionEntry, Account] | None:
        """The session of that token's hash and its account, whether it has ended or not."""
        with self._store.database.reading() as session:
            row = session.execute(KNOWN, {"token": token}).first()
            return (_session(row[0]), _read_account(session, row[1])) if row else None

    def sessions(self, account: int) -> tuple[SessionEntry, ...]:
        """The sessions of that account, the latest first."""
        query = select(SessionRow).where(SessionRow.account == account).order_by(SessionRow.made_at.desc())
        with self._store.database.reading() as session:
            return tuple(_session(row) for row in session.scalars(query))

    def touch_session(self, token: str, seen_at: str) -> None:
        with self._writing() as session:
            session.execute(update(SessionRow).where(SessionRow.token == token).values(seen_at=seen_at))

    def close_session(self, token: str) -> None:
        with self._writing() as session:
            row = session.get(SessionRow, token)
            if row is not None:
                owner = session.get_one(AccountRow, row.account)
                session.delete(row)
                commands.write_audit(session, "signed out", owner.name, row.title)

    # --- attempts that failed -------------------------------------------------------------------------------------

    def count_failures(self, key: str, since: str) -> int:
        """How many attempts under that key failed since then."""
        query = select(func.count()).where(SignInFailureRow.key == key, SignInFailureRow.at >= since)
        with self._store.database.reading() as session:
            return session.scalar(query) or 0

    def add_failure(self, name: str, keys: Iterable[str], at: str, forget_before: str, detail: str = "") -> None:
        """Notes an attempt with that name that failed, under those keys; those of long ago are forgotten."""
        with self._writing() as session:
            session.execute(delete(SignInFailureRow).where(SignInFailureRow.at < forget_before))
            session.add_all([SignInFailureRow(key=key, at=at) for key in keys])
            commands.write_audit(session, "sign-in failed", name, detail)

    def forget_failures(self, keys: Iterable[str]) -> None:
        with self._writing() as session:
            session.execute(delete(SignInFailureRow).where(or_(*(SignInFailureRow.key == key for key in keys))))

    def _writing(self) -> AbstractContextManager[Session]:
        return self._store.database.writing()


def describe_account(account: Account) -> str:
    """The account in one line, as the audit has it."""
    parts = [account.full_name, account.role.value, *account.units, *(f"field {field}" for field in account.fields)]
    return " · ".join([*parts, *([] if account.active else ["inactive"])])


def _write_assignments(session: Session, account: Account) -> None:
    session.execute(delete(AccountUnitRow).where(AccountUnitRow.account == account.id))
    session.execute(delete(AccountFieldRow).where(AccountFieldRow.account == account.id))
    session.add_all([AccountUnitRow(account=account.id, unit=unit) for unit in dict.fromkeys(account.units)])
    session.add_all([AccountFieldRow(account=account.id, field=field) for field in dict.fromkeys(account.fields)])


def _read_account(session: Session, row: AccountRow) -> Account:
    assigned = session.execute(ASSIGNED, {"account": row.id}).all()
    return Account(
        id=row.id,
        name=row.name,
        full_name=row.full_name,
        role=AccountRole(row.role),
        units=tuple(code for kind, code in assigned if kind == "unit"),
        fields=tuple(code for kind, code in assigned if kind == "field"),
        language=Language(row.language),
        single_keys=row.single_keys,
        active=row.active,
    )


def _session(row: SessionRow) -> SessionEntry:
    return SessionEntry(**{name: getattr(row, name) for name in SessionEntry.__slots__})

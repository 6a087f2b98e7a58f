"""Accounts: adding, signing in, locking out, sessions, what each sees."""

from __future__ import annotations

import datetime
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from argon2 import PasswordHasher

from evidence.archive.accounts import accounts, passwords
from evidence.archive.accounts.scopes import find_scope
from evidence.archive.audit.acting import acting_as
from evidence.archive.audit.trail import AuditQuery
from evidence.archive.facade import Archive
from evidence.config import Settings
from evidence.errors import UsageError
from evidence.model.account import GRANTS, Account, AccountRole, Actor, Capability
from tests.support.every_table import read_all_rows
from tests.support.past_the_program import open_past

GOOD = "một câu dễ nhớ"
HOA = Account(0, "Hoa", "Trần Thị Hoa", AccountRole.APPRAISER, ("SXD",))
ADMIN = Account(0, "quantri", "", AccountRole.ADMIN)


@pytest.fixture
def archive(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Archive]:
    monkeypatch.setattr(passwords, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    with Archive.open(Settings(home=tmp_path / "kho"), create=True) as archive:
        yield archive


def refused(call: object, *given: object) -> str:
    with pytest.raises(UsageError) as caught:
        call(*given)  # type: ignore[operator]
    assert caught.value.say("vi") and caught.value.say("en")
    return caught.value.message.code


def test_who_is_added_signs_in_and_out(archive: Archive) -> None:
    added = archive.accounts.add(HOA, GOOD)
    signed_in = archive.accounts.sign_in(" HOA ", GOOD, "10.0.0.7")
    assert signed_in.account == added == archive.accounts.recognise(signed_in.token)
    assert (added.name, added.units) == ("hoa", ("SXD",))
    archive.accounts.sign_out(signed_in.token)
    assert archive.accounts.recognise(signed_in.token) is None
    assert archive.accounts.recognise("") is None


def test_the_database_holds_neither_password_nor_token(archive: Archive, tmp_path: Path) -> None:
    archive.accounts.add(HOA, GOOD)
    token = archive.accounts.sign_in("hoa", GOOD, "10.0.0.7").token
    files = b"".join(file.read_bytes() for file in sorted((tmp_path / "kho").glob("archive.db*")))
    data = files.decode("utf-8", "replace") or repr(read_all_rows(tmp_path / "kho"))
    assert GOOD not in data and token not in data and "$argon2id$" in data


def test_passwords_are_composed_alike(archive: Archive) -> None:
    archive.accounts.add(HOA, "mật khẩu dài")
    assert archive.accounts.sign_in("hoa", "mật khẩu dài", "")


def test_the_real_parameters_are_those_of_rfc_9106() -> None:
    hasher = PasswordHasher()
    assert (hasher.type.name, hasher.time_cost, hasher.memory_cost) == ("ID", 3, 65536)


@pytest.mark.parametrize(
    ("password", "code"),
    [("ngắn", "password-short"), ("x" * 201, "password-long"), ("aaaaaaaaaaaa", "password-plain"),
     ("QUANTRI-2026", "password-plain")],
)  # fmt: skip
def test_weak_passwords(archive: Archive, password: str, code: str) -> None:
    assert refused(archive.accounts.add, replace(ADMIN, name="quantri-2026"), password) == code


def test_names_and_units(archive: Archive) -> None:
    for name in ("", "a", "có dấu", "hoa lan", "../x", "x" * 65):
        assert refused(archive.accounts.add, replace(HOA, name=name), GOOD) == "account-bad-name"
    archive.accounts.add(HOA, GOOD)
    assert refused(archive.accounts.add, replace(HOA, name="HOA"), GOOD) == "account-taken"
    assert refused(archive.accounts.add, Account(0, "sxd", "", AccountRole.UNIT), GOOD) == "account-no-unit"


def test_a_door_that_is_knocked_at_too_often_stays_shut(archive: Archive) -> None:
    archive.accounts.add(HOA, GOOD)
    archive.accounts.add(ADMIN, GOOD)
    for _ in range(accounts.MOST_BY_NAME):
        assert refused(archive.accounts.sign_in, "hoa", "sai rồi nhé", "10.0.0.7") == "sign-in-wrong"
    assert refused(archive.accounts.sign_in, "hoa", GOOD, "10.0.0.8") == "sign-in-locked"
    assert archive.accounts.sign_in("quantri", GOOD, "10.0.0.7")


def test_an_address_that_tries_many_names_is_shut_out(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(accounts, "MOST_BY_ADDRESS", 5)
    archive.accounts.add(HOA, GOOD)
    for number in range(5):
        assert refused(archive.accounts.sign_in, f"ai{number}", "sai rồi nhé", "10.0.0.7") == "sign-in-wrong"
    assert refused(archive.accounts.sign_in, "hoa", GOOD, "10.0.0.7") == "sign-in-locked"
    assert archive.accounts.sign_in("hoa", GOOD, "10.0.0.8")


def test_the_lock_opens_by_itself(archive: Archive, tmp_path: Path) -> None:
    archive.accounts.add(HOA, GOOD)
    for _ in range(accounts.MOST_BY_NAME):
        refused(archive.accounts.sign_in, "hoa", "sai rồi nhé", "10.0.0.7")
    with open_past(tmp_path / "kho") as database:
        database.execute("UPDATE sign_in_failures SET at = '2020-01-01T00:00:00+00:00'")
    assert archive.accounts.sign_in("hoa", GOOD, "10.0.0.7")


@pytest.mark.parametrize(
    ("column", "hours", "goes_on"),
    [("ends_at", -1, False), ("seen_at", -accounts.IDLE_HOURS - 1, False), ("seen_at", -1, True)],
)
def test_sessions_end(archive: Archive, tmp_path: Path, column: str, hours: int, goes_on: bool) -> None:
    archive.accounts.add(HOA, GOOD)
    token = archive.accounts.sign_in("hoa", GOOD, "10.0.0.7").token
    moment = datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=hours)
    with open_past(tmp_path / "kho") as database:
        database.execute(f"UPDATE sessions SET {column} = ?", (moment.isoformat(timespec="seconds"),))
    assert (archive.accounts.recognise(token) is not None) is goes_on


def test_who_is_made_inactive_is_out_at_once(archive: Archive) -> None:
    hoa = archive.accounts.add(HOA, GOOD)
    token = archive.accounts.sign_in("hoa", GOOD, "10.0.0.7").token
    archive.accounts.change(replace(hoa, active=False))
    assert archive.accounts.recognise(token) is None
    assert refused(archive.accounts.sign_in, "hoa", GOOD, "10.0.0.7") == "sign-in-wrong"


def test_a_new_password_ends_every_session(archive: Archive) -> None:
    hoa = archive.accounts.add(HOA, GOOD)
    token = archive.accounts.sign_in("hoa", GOOD, "10.0.0.7").token
    assert refused(archive.accounts.change_password, hoa, "sai rồi nhé", "câu mới dài hơn") == "password-wrong"
    archive.accounts.change_password(hoa, GOOD, "câu mới dài hơn")
    assert archive.accounts.recognise(token) is None
    assert archive.accounts.sign_in("hoa", "câu mới dài hơn", "10.0.0.7")


def test_the_last_admin_stays(archive: Archive) -> None:
    admin = archive.accounts.add(ADMIN, GOOD)
    for change in (replace(admin, active=False), replace(admin, role=AccountRole.HEAD)):
        assert refused(archive.accounts.change, change) == "account-last-admin"
    archive.accounts.add(replace(ADMIN, name="hai"), GOOD)
    archive.accounts.change(replace(admin, active=False))


def test_another_persons_session_is_left_alone(archive: Archive) -> None:
    hoa, admin = archive.accounts.add(HOA, GOOD), archive.accounts.add(ADMIN, GOOD)
    token = archive.accounts.sign_in("quantri", GOOD, "").token
    archive.accounts.close_session(hoa, accounts.hash_token(token))
    assert archive.accounts.recognise(token) == admin


def test_an_access_token_outlives_an_idle_night_and_has_no_more_rights(archive: Archive) -> None:
    hoa = archive.accounts.add(HOA, GOOD)
    token = archive.accounts.make_access_token(hoa, "đồng bộ", 30)
    assert archive.accounts.recognise(token) == hoa
    assert [session.title for session in archive.accounts.list_sessions(hoa)] == ["đồng bộ"]


def test_passwords_are_checked_one_at_a_time(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    """64 MiB each: a crowd waits, and who waits too long is told so."""
    at_once, most = [0], [0]

    class _SlowHasher(PasswordHasher):
        def verify(self, hash: str | bytes, password: str | bytes) -> bool:
            at_once[0] += 1
            most[0] = max(most[0], at_once[0])
            time.sleep(0.05)
            at_once[0] -= 1
            return True

    archive.accounts.add(HOA, GOOD)
    monkeypatch.setattr(passwords, "HASHER", _SlowHasher(time_cost=1, memory_cost=8, parallelism=1))
    threads = [threading.Thread(target=passwords.is_password, args=(GOOD, "hash")) for _ in range(6)]
    for thread in threads:
        thread.start()
    monkeypatch.setattr(passwords, "PATIENCE", 0.01)
    assert refused(passwords.is_password, GOOD, "hash") == "sign-in-busy"
    for thread in threads:
        thread.join()
    assert most == [1]
    monkeypatch.setattr(passwords, "_PLACES", threading.BoundedSemaphore(1))
    assert passwords._PLACES.acquire(blocking=False)  # the last place to wait at is taken
    assert refused(passwords.is_password, GOOD, "hash") == "sign-in-busy"


def test_everything_is_in_the_audit(archive: Archive) -> None:
    with acting_as(Actor("quantri", "admin", "10.0.0.1")):
        hoa = archive.accounts.add(HOA, GOOD)
        archive.accounts.change(replace(hoa, units=("SNV", "SXD")))
        refused(archive.accounts.sign_in, "hoa", "sai rồi nhé", "10.0.0.7")
        token = archive.accounts.sign_in("hoa", GOOD, "10.0.0.7").token
        archive.accounts.sign_out(token)
    entries = list(archive.audit.entries(AuditQuery()))
    actions = ["account added", "account changed", "sign-in failed", "signed in", "signed out"]
    assert [entry.action for entry in entries] == actions
    assert [entry.actor for entry in entries] == ["quantri", "quantri", "quantri", "hoa", "quantri"]
    assert (entries[1].before, entries[1].after) == (
        "Trần Thị Hoa · appraiser · SXD", "Trần Thị Hoa · appraiser · SNV · SXD"
    )  # fmt: skip
    assert not any(GOOD in f"{entry}" for entry in entries)
    assert archive.audit.find_break() is None


def test_what_each_role_sees() -> None:
    seen = {
        "unit": Account(1, "a", "", AccountRole.UNIT, ("SXD",)),
        "appraiser": HOA,
        "by field": Account(1, "a", "", AccountRole.APPRAISER, (), ("1",)),
        "unassigned": Account(1, "a", "", AccountRole.APPRAISER),
        "head": Account(1, "a", "", AccountRole.HEAD),
        "reader": Account(1, "a", "", AccountRole.READER),
    }
    assert {name: find_scope(account).sees("SXD") for name, account in seen.items()} == {
        "unit": True, "appraiser": True, "by field": True, "unassigned": False, "head": True, "reader": False,
    }  # fmt: skip
    assert not find_scope(seen["unit"]).sees("SNV") and not find_scope(seen["unit"]).sees(None)


def test_what_each_may_judge() -> None:
    by_field = Account(1, "a", "", AccountRole.APPRAISER, (), ("1",))
    assert by_field.may_judge("SNV", "1.2") and by_field.may_judge("SNV", "1")
    assert not by_field.may_judge("SNV", "10.2")
    assert HOA.may_judge("SXD", "7.1") and not HOA.may_judge("SNV", "7.1")
    assert not Account(1, "a", "", AccountRole.APPRAISER).may_judge("SNV", "1")
    assert not Account(1, "a", "", AccountRole.ADMIN).may_judge("SNV", "1")
    assert Account(1, "a", "", AccountRole.HEAD).may_judge("SNV", "1")


def test_every_capability_is_granted_to_somebody() -> None:
    granted = frozenset[Capability]().union(*GRANTS.values())
    assert granted == set(Capability)

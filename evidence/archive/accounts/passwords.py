"""Passwords: kept as argon2id hashes (RFC 9106), checked one at a time.

One check takes about 0.26 s and 64 MiB (argon2-cffi's defaults, RFC 9106's second recommendation). A crowd at the door
must not take the machine's memory, nor every thread that answers pages: checks wait for a turn, only so many wait, and
who waits too long, or comes when that many do, is told so.
"""

from __future__ import annotations

import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

from evidence.errors import UsageError

SHORTEST = 10  # characters; NIST SP 800-63B asks for 8 at least, and for no rules of composition
LONGEST = 200
PATIENCE = 10.0  # seconds that a check waits for its turn
MOST_WAITING = 16  # of the 40 threads that answer requests
_TURNS = threading.BoundedSemaphore(1)
_PLACES = threading.BoundedSemaphore(MOST_WAITING)
HASHER = PasswordHasher()


def hash_password(password: str, name: str) -> str:
    """The argon2id hash. UsageError: too short, too long, or the name itself."""
    text = _normalise(password)
    if len(text) < SHORTEST:
        raise UsageError("password-short", least=SHORTEST)
    if len(text) > LONGEST:
        raise UsageError("password-long", most=LONGEST)
    if text.casefold() == name.casefold() or len(set(text)) < 4:
        raise UsageError("password-plain")
    with _take_turn():
        return HASHER.hash(text)


def is_password(password: str, stored: str) -> bool:
    """Whether it is the password of that hash. Without a hash the same work is done for nothing, so that the time
    taken tells nobody which names exist. UsageError: too many are waiting."""
    text = _normalise(password)[: LONGEST + 1]
    with _take_turn():
        try:
            HASHER.verify(stored or _decoy(), text)
        except (Argon2Error, InvalidHashError):
            return False
    return bool(stored)


def needs_rehash(stored: str) -> bool:
    """Whether the hash was made with cheaper parameters than today's."""
    return HASHER.check_needs_rehash(stored)


@contextmanager
def _take_turn() -> Iterator[None]:
    if not _PLACES.acquire(blocking=False):
        raise UsageError("sign-in-busy")
    try:
        if not _TURNS.acquire(timeout=PATIENCE):
            raise UsageError("sign-in-busy")
        try:
            yield
        finally:
            _TURNS.release()
    finally:
        _PLACES.release()


_DECOYS: dict[int, str] = {}


def _decoy() -> str:
    """A hash that no password has, as costly as any."""
    key = id(HASHER)
    if key not in _DECOYS:
        _DECOYS[key] = HASHER.hash("\0 no password can be this \0")
    return _DECOYS[key]


def _normalise(password: str) -> str:
    """The same letters whatever keyboard composed them (RFC 8265)."""
    return unicodedata.normalize("NFC", password)

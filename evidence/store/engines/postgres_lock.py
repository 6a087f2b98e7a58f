"""Advisory locks of PostgreSQL: names that machines agree on, held by a connection and gone with it."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager

from evidence.store.engines.database_url import DatabaseUrl
from evidence.store.engines.postgres_reading import connect

PAUSE = 0.5  # seconds; waiting inside one statement would keep the server from clearing old rows for hours


def make_lock_key(name: str) -> int:
    """The number of our advisory lock of that name: 64 bits of its hash, signed as PostgreSQL has them."""
    return int.from_bytes(hashlib.sha256(f"evidence:{name}".encode()).digest()[:8], "big", signed=True)


@contextmanager
def hold_advisory_lock(url: DatabaseUrl, patience: float, name: str) -> Iterator[None]:
    """Holds the lock of that name by a connection of its own, and waits for it as long as it takes: it goes with this
    process, also where that is killed. No transaction is open meanwhile. psycopg.Error where the database is away."""
    key = make_lock_key(name)
    with closing(connect(url, patience)) as connection:
        connection.autocommit = True
        while connection.execute("SELECT pg_try_advisory_lock(%s)", (key,)).fetchone() != (True,):
            time.sleep(PAUSE)
        yield

"""What an archive's database must do beyond SQL that all understand: one class a database, behind this protocol.

``reader`` begins transactions that see one moment and write nothing; ``writer`` those that wait until no other writes,
so that what is read before something is written still holds when it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Protocol

from sqlalchemy import Connection, Engine
from sqlalchemy.orm import Session

from evidence.store.engines.plain_reading import PlainConnection
from evidence.store.facts import Damage
from evidence.store.migrations import HEAD

MOST_KEPT = 8  # connections at rest; threads that ask at the same time get more
MOST_FAULTS = 100  # of each kind of fault that the database's own check tells


class DatabaseEngine(Protocol):
    """One database. ``home``: the folder of the archive; ``shown``: the database itself, as sentences name them;
    ``address``: where other machines reach it, as its driver has it, and a queue engine of its own hands out the jobs;
    None: nowhere, and jobs are taken from our table; ``frozen``: nothing can be written."""

    home: Path
    shown: str
    address: str | None
    frozen: bool
    reader: Engine
    writer: Engine

    def make(self, version: str = HEAD, archive: str | None = None) -> None:
        """Makes the database with all tables of that version; ``archive``: the identity that it tells whoever comes
        to it by its address. ArchiveError where it cannot be made."""
        ...

    def bring_up(self) -> None:
        """Brings an older database to this version. ArchiveError where it is newer, none of ours, or cut off."""
        ...

    def read_identity(self) -> str | None:
        """Whose database it says it is; None where it does not say."""
        ...

    def translate_errors(self) -> AbstractContextManager[None]:
        """Turns what the database says into an ArchiveError, by its code, never by its text."""
        ...

    def hold_alone(self, name: str) -> AbstractContextManager[None]:
        """The lock of that name, held by one thread of one process on all machines that reach the database, and waited
        for; it goes with its process. ArchiveError where the database is away; OSError where the folder is."""
        ...

    def read_plainly(self, session: Session) -> PlainConnection:
        """The session's connection for plain SQL."""
        ...

    def find_faults(self, session: Session) -> Iterator[Damage]:
        """What the database finds wrong with itself: its files, the links between tables, what guards them."""
        ...

    def snapshot(self, copy: Path) -> None:
        """One moment of the database as a new SQLite file, whoever writes meanwhile. OSError where the disk fails,
        ArchiveError where the database is damaged."""
        ...

    def read_change(self, session: Session) -> str:
        """What becomes another text with every change of a document, of what is handed in and of what was refused."""
        ...

    def read_place(self, session: Session) -> str:
        """What is another text in a copy of the database: beside another server, or in another file."""
        ...

    def read_counters(self, connection: Connection) -> dict[str, int]:
        """The last number that was ever given to a row, by table: of those whose numbers never come twice."""
        ...

    def set_counters(self, connection: Connection, counters: dict[str, int]) -> None:
        """From now on numbers go on behind those."""
        ...

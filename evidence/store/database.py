"""The database of an archive, whichever it is kept in (``engines``): sessions that read one moment, and sessions that
write all or nothing, one at a time."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from typing import TypeVar, cast

from sqlalchemy.orm import Session

from evidence.errors import ArchiveError
from evidence.store.engines.database_engine import DatabaseEngine
from evidence.store.engines.plain_reading import PlainConnection

T = TypeVar("T")


class _SharedSession(threading.local):
    """The session that all reading of a thread goes through while ``sharing`` is on."""

    session: Session | None = None


class Database:
    """One database, open."""

    def __init__(self, engine: DatabaseEngine) -> None:
        self.engine = engine
        self._shared = _SharedSession()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one moment of the archive. ArchiveError where the database fails."""
        with self.engine.translate_errors():
            if self._shared.session is not None:
                yield self._shared.session
                return
            with Session(self.engine.reader) as session:
                yield session

    @contextmanager
    def sharing(self) -> Iterator[None]:
        """All that this thread reads in the block goes through one connection and sees one moment: not what it writes
        itself meanwhile. No child may be forked in it. ArchiveError where the database fails."""
        if self._shared.session is not None:
            yield
            return
        with self.engine.translate_errors(), Session(self.engine.reader) as session:
            self._shared.session = session
            try:
                yield
            finally:
                self._shared.session = None

    def recall(self, name: Hashable, read: Callable[[], T]) -> T:
        """What ``read`` gives; in a ``sharing`` block it is read once under that name, for nothing changes there."""
        session = self._shared.session
        if session is None:
            return read()
        if name not in session.info:
            session.info[name] = read()
        return cast(T, session.info[name])

    @contextmanager
    def connecting(self) -> Iterator[PlainConnection]:
        """The same for plain SQL."""
        with self.reading() as session:
            yield self.engine.read_plainly(session)

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """A session whose changes are all made, durably, when the block ends, or none. No other session writes from its
        first statement on. ArchiveError as above."""
        self.check_writable()
        with self.engine.translate_errors(), Session(self.engine.writer) as session, session.begin():
            yield session

    def check_writable(self) -> None:
        """ArchiveError where the archive is read-only."""
        if self.engine.frozen:
            raise ArchiveError("archive-read-only", "archive-read-only-hint", home=self.engine.home)

    def close(self) -> None:
        """Lets go of the connections that are kept."""
        self.engine.reader.dispose()

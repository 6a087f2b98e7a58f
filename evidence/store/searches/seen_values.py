"""The different values of a column, of which only what is new is looked at."""

from __future__ import annotations

from weakref import WeakKeyDictionary

from sqlalchemy import Connection, Engine, func, select
from sqlalchemy.orm import InstrumentedAttribute, Session


class SeenValues:
    """The values of one column of a table whose rows are never changed, and whose numbers come in the order of commits:
    rows that were looked at through the same connections, which only read, are not looked at again."""

    def __init__(self, column: InstrumentedAttribute[str], number: InstrumentedAttribute[int]) -> None:
        self._column, self._number = column, number
        self._seen: WeakKeyDictionary[Engine | Connection, tuple[int, frozenset[str]]] = WeakKeyDictionary()

    def read(self, session: Session) -> frozenset[str]:
        """All that stand there."""
        last = session.scalar(select(func.max(self._number))) or 0
        reader = session.get_bind()
        known, values = self._seen.get(reader, (0, frozenset[str]()))
        if last > known:
            new = select(self._column).where(self._number > known, self._number <= last).distinct()
            values |= frozenset(session.scalars(new))
            self._seen[reader] = last, values
        return values

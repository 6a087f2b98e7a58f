"""How far an index has taken in the log of documents to be written anew, as whoever searches must know."""

from __future__ import annotations

from evidence.store.engines.plain_reading import ReadConnections

BEHIND = "FROM index_log WHERE id > coalesce((SELECT position FROM index_consumers WHERE name = ?), 0)"


class IndexCursor:
    """The place of one index in the log; ``consumer`` is its name: engine@place. ArchiveError: the database fails."""

    def __init__(self, connections: ReadConnections, consumer: str) -> None:
        self._connections = connections
        self._consumer = consumer

    def position(self) -> int | None:
        """Up to where the index has taken in the log; None where it is not known here."""
        query = "SELECT position FROM index_consumers WHERE name = ?"
        with self._connections.connecting() as connection:
            row = connection.execute(query, (self._consumer,)).fetchone()
            return int(row[0]) if row else None

    def waiting(self) -> frozenset[str]:
        """The documents that the index has not taken in."""
        with self._connections.connecting() as connection:
            rows = connection.execute(f"SELECT DISTINCT sha256 {BEHIND}", (self._consumer,))
            return frozenset(sha256 for (sha256,) in rows)

    def count_waiting(self) -> int | None:
        """How many documents the index has not taken in; None where the index is not known here."""
        known = "(SELECT position FROM index_consumers WHERE name = ?)"
        with self._connections.connecting() as connection:
            query = f"SELECT {known}, count(DISTINCT sha256) {BEHIND}"
            row = connection.execute(query, (self._consumer, self._consumer)).fetchone()
            return int(row[1]) if row[0] is not None else None

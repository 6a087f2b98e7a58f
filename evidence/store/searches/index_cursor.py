"""How far an index has taken in the log of documents to be written anew, as whoever searches must know."""

from __future__ import annotations

from collections.abc import Collection

from evidence.store.engines.plain_reading import ReadConnections

MOST_COUNTED = 5_000  # entries of the log that are looked through for each search
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

    def waiting_of(self, units: Collection[str]) -> frozenset[str]:
        """Those of them that one of these units ever handed in, or that were moved to it."""
        named = ",".join("?" * len(units))
        handed = f"SELECT sha256 FROM submissions WHERE unit IN ({named})"
        changed = f"SELECT submission FROM submission_changes WHERE unit IN ({named})"
        moved = f"SELECT sha256 FROM submissions WHERE id IN ({changed})"
        query = f"SELECT DISTINCT sha256 {BEHIND} AND (sha256 IN ({handed}) OR sha256 IN ({moved}))"
        with self._connections.connecting() as connection:
            rows = connection.execute(query, (self._consumer, *units, *units))
            return frozenset(sha256 for (sha256,) in rows)

    def count_waiting(self) -> int | None:
        """How many documents the index has not taken in, of more than ``MOST_COUNTED`` changes how many changes; None
        where the index is not known here."""
        last = "SELECT max(id) FROM index_log"
        with self._connections.connecting() as connection:
            position = self.position()
            if position is None:
                return None
            behind = int(connection.execute(last).fetchone()[0] or 0) - position
            if not 0 < behind <= MOST_COUNTED:
                return max(behind, 0)
            query = f"SELECT count(DISTINCT sha256) {BEHIND}"
            return int(connection.execute(query, (self._consumer,)).fetchone()[0])

"""Values of fields looked up in the database, without an index: what answers while there is none.

Each method gives the documents that meet one condition. ArchiveError: the database fails.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import cached_property

from evidence.model.placement import Submission
from evidence.store.searches.search_reader import SearchReader
from evidence.store.searches.stored_bytes import batch_hashes

BORNE = (
    "SELECT number_key, sha256 FROM records WHERE number_key IS NOT NULL "
    "UNION SELECT number_key, sha256 FROM part_numbers WHERE number_key IS NOT NULL"
)


class FieldLookup:
    """The fields of the records and submissions of one archive, at one moment."""

    def __init__(self, reader: SearchReader) -> None:
        self._reader = reader

    def find_bearers(self, matches: Callable[[str], bool]) -> frozenset[str]:
        """The files of which a document bears a number whose key matches."""
        return frozenset(sha256 for key, sha256 in self._borne if matches(key))

    def find_citing(self, matches: Callable[[str], bool]) -> frozenset[str]:
        """The files that cite a number whose key matches."""
        keys = [key for key in self._cited if matches(key)]
        return self._select_among("SELECT sha256 FROM citations WHERE number_key", keys)

    def find_by_kind(self, values: Collection[str]) -> frozenset[str]:
        """By code or name, as the records have them."""
        return self._select_among("SELECT sha256 FROM records WHERE kind", tuple(values))

    def find_by_issuer(self, matches: Callable[[str], bool]) -> frozenset[str]:
        names = self._select("SELECT DISTINCT issuer FROM records WHERE issuer IS NOT NULL")
        return self._select_among(
            "SELECT sha256 FROM records WHERE issuer", [name for name in names if name and matches(name)]
        )

    def find_by_date(self, matches: Callable[[str], bool]) -> frozenset[str]:
        """By the date as the record has it: ``2019-03-15``, ``2019-03`` or ``2019``."""
        return frozenset(sha256 for sha256, date in self.dates.items() if matches(date))

    def find_by_status(self, value: str) -> frozenset[str]:
        return self._select_among("SELECT sha256 FROM records WHERE status", (value,))

    def find_by_submission(self, matches: Callable[[Submission], bool]) -> frozenset[str]:
        """By what is handed in, as it holds."""
        return frozenset(submission.sha256 for submission in self._submissions if matches(submission))

    def list_all(self) -> frozenset[str]:
        return frozenset(self._select("SELECT sha256 FROM documents"))

    @cached_property
    def dates(self) -> dict[str, str]:
        """The date of each document that has one."""
        with self._reader.connections.connecting() as connection:
            rows = connection.execute("SELECT sha256, date FROM records WHERE date IS NOT NULL")
            return {sha256: date for sha256, date in rows if date}

    @cached_property
    def _borne(self) -> tuple[tuple[str, str], ...]:
        with self._reader.connections.connecting() as connection:
            return tuple((key, sha256) for key, sha256 in connection.execute(BORNE))

    @cached_property
    def _cited(self) -> tuple[str, ...]:
        return self._select("SELECT DISTINCT number_key FROM citations WHERE number_key IS NOT NULL")

    @cached_property
    def _submissions(self) -> tuple[Submission, ...]:
        return self._reader.load_submissions()

    def _select_among(self, query: str, values: Sequence[str]) -> frozenset[str]:
        """What the query selects where what it ends with is one of the values."""
        documents: set[str] = set()
        for batch in batch_hashes(values):
            documents.update(self._select(f"{query} IN ({','.join('?' * len(batch))})", batch))
        return frozenset(documents)

    def _select(self, query: str, values: Sequence[str] = ()) -> tuple[str, ...]:
        with self._reader.connections.connecting() as connection:
            return tuple(value for (value,) in connection.execute(query, values))

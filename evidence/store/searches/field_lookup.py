"""Values of fields looked up in the database, without an index: what answers while there is none.

Each method gives the documents that meet one condition. ArchiveError: the database fails.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from functools import cached_property

from sqlalchemy import ColumnElement, Row, Select, select, union

from evidence.model.assessment import Submission
from evidence.store.queries import batch_hashes
from evidence.store.schema import CitationRow, PartNumberRow, RecordRow
from evidence.store.store import Store


class FieldLookup:
    """The fields of the records and submissions of one store, at one moment."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def find_bearers(self, matches: Callable[[str], bool]) -> frozenset[str]:
        """The files of which a document bears a number whose key matches."""
        return frozenset(sha256 for key, sha256 in self._borne if matches(key))

    def find_citing(self, matches: Callable[[str], bool]) -> frozenset[str]:
        """The files that cite a number whose key matches."""
        keys = [key for key in self._store.cited_numbers() if matches(key)]
        documents: set[str] = set()
        for batch in batch_hashes(keys):
            documents |= self._select(select(CitationRow.sha256).where(CitationRow.number_key.in_(batch)))
        return frozenset(documents)

    def find_by_kind(self, values: Collection[str]) -> frozenset[str]:
        """By code or name, as the records have them."""
        return self._where(RecordRow.kind.in_(values))

    def find_by_issuer(self, matches: Callable[[str], bool]) -> frozenset[str]:
        with self._store.database.reading() as session:
            names = session.scalars(select(RecordRow.issuer).where(RecordRow.issuer.is_not(None)).distinct()).all()
        wanted = [name for name in names if name and matches(name)]
        documents: set[str] = set()
        for batch in batch_hashes(wanted):
            documents |= self._where(RecordRow.issuer.in_(batch))
        return frozenset(documents)

    def find_by_date(self, matches: Callable[[str], bool]) -> frozenset[str]:
        """By the date as the record has it: ``2019-03-15``, ``2019-03`` or ``2019``."""
        return frozenset(sha256 for sha256, date in self.dates.items() if matches(date))

    def find_by_status(self, value: str) -> frozenset[str]:
        return self._where(RecordRow.status == value)

    def find_by_submission(self, matches: Callable[[Submission], bool]) -> frozenset[str]:
        """By what is handed in, as it holds."""
        return frozenset(submission.sha256 for submission in self._submissions if matches(submission))

    def list_all(self) -> frozenset[str]:
        return frozenset(self._store.hashes())

    @cached_property
    def dates(self) -> dict[str, str]:
        """The date of each document that has one."""
        query = select(RecordRow.sha256, RecordRow.date).where(RecordRow.date.is_not(None))
        with self._store.database.reading() as session:
            return {sha256: date for sha256, date in session.execute(query) if date}

    @cached_property
    def _borne(self) -> tuple[tuple[str, str], ...]:
        first = select(RecordRow.number_key, RecordRow.sha256).where(RecordRow.number_key.is_not(None))
        further = select(PartNumberRow.number_key, PartNumberRow.sha256)
        with self._store.database.reading() as session:
            rows: Iterable[Row[tuple[str, str]]] = session.execute(union(first, further))
            return tuple((row.number_key, row.sha256) for row in rows)

    @cached_property
    def _submissions(self) -> tuple[Submission, ...]:
        return self._store.submissions()

    def _where(self, condition: ColumnElement[bool]) -> frozenset[str]:
        return self._select(select(RecordRow.sha256).where(condition))

    def _select(self, query: Select[str]) -> frozenset[str]:
        with self._store.database.reading() as session:
            documents: Iterable[str] = session.scalars(query)
            return frozenset(documents)

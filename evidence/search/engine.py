"""What a search engine does for the archive: one Protocol, one folder an engine, chosen by a setting.

An engine is a cache: made from the store, thrown away and made again at any time. It is opened once and looks again
where its pointer moved. It never answers without being told whom it answers (``walls``).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from evidence.search.entries import IndexEntry
from evidence.search.plan import Plan


class EngineName(StrEnum):
    WHOOSH = "whoosh"
    TANTIVY = "tantivy"
    POSTGRES = "postgres"


class Order(StrEnum):
    RELEVANCE = "relevance"
    DATE = "date"  # the newest first; without a date last


class IndexDamagedError(Exception):
    """The index cannot be read: not an error for people, the index is made anew."""


class IndexOutdatedError(IndexDamagedError):
    """It is this archive's own, of an earlier version or another engine."""


@dataclass(frozen=True, slots=True)
class FindRequest:
    """``walls``: what may be seen, None only where all may; ``own`` and ``named`` tell the hits that bear a number of
    the query and those that name one; ``first``: how many hits are passed over, ``limit``: how many are wanted."""

    plan: Plan
    walls: Plan | None
    limit: int
    first: int = 0
    own: Plan | None = None
    named: Plan | None = None
    order: Order = Order.RELEVANCE
    facets: bool = False


@dataclass(frozen=True, slots=True)
class RankedDocument:
    """A hit as the index knows it."""

    sha256: str
    score: float
    bears: bool
    names: bool


@dataclass(frozen=True, slots=True)
class IndexAnswer:
    """The hits in order; ``total`` counts all. ``facets``: of each field of ``entries.FACETS`` its values and how many
    of all hits have them."""

    ranked: tuple[RankedDocument, ...]
    total: int
    facets: Mapping[str, Mapping[str, int]] = field(default_factory=dict)


class IndexDraft(Protocol):
    """An index that is being made anew beside the one that answers; killed, it goes on where it ended. ``start``: the
    place of the archive's log at which it was begun; ``revisions``: the documents that it held when it was opened."""

    @property
    def start(self) -> int: ...

    @property
    def revisions(self) -> dict[str, int]: ...

    def add(self, entries: Iterable[IndexEntry]) -> int:
        """Writes documents that it does not hold, durably; how many."""
        ...

    def publish(self) -> None:
        """Makes it the index, in one step."""
        ...


class SearchEngine(Protocol):
    """An index of one archive. IndexDamagedError from any reading method: it cannot be read, make it anew."""

    def exclusive(self, wait: bool) -> AbstractContextManager[bool]:
        """Whether we are the one writer for the length of the block."""
        ...

    def usable(self) -> bool:
        """Whether there is an index, ours, of this version, that opens."""
        ...

    def update(self, entries: Iterable[IndexEntry]) -> int:
        """Writes the entries, new or again; how many. Only inside ``exclusive``."""
        ...

    def rebuild(self, entries: Iterable[IndexEntry]) -> int:
        """Makes the index anew beside the old one and puts it in its place in one step. Only inside ``exclusive``."""
        ...

    def open_draft(self, start: int, unfinished: int | None) -> IndexDraft:
        """The same part by part: goes on with what an earlier call left unfinished that began at ``unfinished``, else
        begins at ``start``. Only inside ``exclusive``."""
        ...

    def revisions(self) -> dict[str, int]:
        """Which documents the index knows, and which revision of each."""
        ...

    def find(self, request: FindRequest) -> IndexAnswer:
        """The documents that match the plan, within the walls."""
        ...

    def find_pages(self, sha256: str, plan: Plan, limit: int) -> tuple[int, ...]:
        """The pages of a long file that match the plan, best first; none of a file whose pages are not known singly."""
        ...

    def count_documents(self, index_field: str, terms: Collection[str]) -> dict[str, int]:
        """How many documents hold each of the terms in the field: of all, so never shown to anyone."""
        ...

    def count_pairs(self, pairs: Collection[tuple[str, str]]) -> dict[tuple[str, str], int]:
        """How many documents hold each two words side by side in their text; never shown to anyone."""
        ...

    def count_all(self) -> int:
        """How many documents there are."""
        ...


class SearchEngineFactory(Protocol):
    """``place``: the folder of the archive, or the address of its database, as the engine needs it."""

    def __call__(self, place: Path | str, archive: str) -> SearchEngine: ...

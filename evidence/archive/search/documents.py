"""The documents of an archive, found, shown and put right: what the doors need that opens no file and judges nothing.

``facade.Archive`` is this and all the rest; the commands that need no more load no more, and answer sooner.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from types import TracebackType
from typing import Self

from evidence.archive.correct_field import correct_field
from evidence.archive.document_lookup import find_document
from evidence.archive.graph.build_graph import build_graph
from evidence.archive.graph.wanted_documents import rank_wanted_documents
from evidence.archive.search.archive_search import Scope, SearchRequest, SearchResult
from evidence.archive.search.index_feed import FedSearch
from evidence.archive.submissions.changes import ChangeNote, Place, move_submission, withdraw_submission
from evidence.archive.views import CorrectionView, DocumentView, view_document
from evidence.config import Settings
from evidence.model.citation_graph import CitationGraph, WantedDocument
from evidence.store.facts import SubmissionEntry, Volume
from evidence.store.searches.saved_searches import SavedSearches
from evidence.store.store import Store
from evidence.values import number as numbers


class DocumentArchive:
    """An open archive, as far as its documents go. ArchiveError from any method: the database or the folder cannot be
    read or written, or is of a newer version."""

    def __init__(self, settings: Settings, store: Store, indexing: bool = True) -> None:
        self._settings = settings
        self._store = store
        self._search = FedSearch(store, settings.search_engine, indexing)
        self.saved_searches = SavedSearches(store)

    @classmethod
    def open(cls, settings: Settings, create: bool = False, resident: bool = False, indexing: bool = True) -> Self:
        """The archive in ``settings.home``; with ``create`` it is made there if the folder is new or empty.
        ``resident``: for a process that stays and reads no files: it keeps its connections to the database.
        ``indexing``: who writes begins an index in the folder, where the archive has several and none is kept there.

        ArchiveError: there is none, it is damaged, of a newer version, or another program holds it.
        """
        store = Store.open(settings.home, create, resident=resident, database=settings.database)
        return cls(settings, store, indexing)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._store.close()

    def reading(self) -> AbstractContextManager[None]:
        """What this thread reads in the block stands at one moment and comes through one connection; what it writes
        meanwhile it does not see."""
        return self._store.database.sharing()

    def search(self, request: SearchRequest, scope: Scope) -> SearchResult:
        """The documents that answer the query (``search.parser`` has the language), as far as the scope shows them.
        Without an index, numbers and fields answer from the database. UsageError: it cannot be understood."""
        return self._search.search(request, scope)

    def find_similar(self, reference: str, request: SearchRequest, scope: Scope) -> SearchResult:
        """Documents like that one, best first; the text of the request counts for nothing. UsageError: none such."""
        return self._search.find_similar(self._find(reference, scope), request, scope)

    def graph(self, reference: str, depth: int, scope: Scope) -> CitationGraph:
        """What the document rests on, what rests on it, in chains of ``depth``. UsageError: none such that the scope
        shows, or several."""
        with self._store.database.sharing():
            return build_graph(self._store, self._find(reference, scope), depth, scope, numbers.parse(reference))

    def rank_wanted(self, most: int, scope: Scope) -> tuple[WantedDocument, ...]:
        """The documents most cited that nobody handed in."""
        with self._store.database.sharing():
            return rank_wanted_documents(self._store, most, scope)

    def show(self, reference: str, scope: Scope, most_citing: int | None = None) -> DocumentView:
        """The document with that hash prefix (4 characters or more), number, or path of a file handed in, with what
        the scope shows. UsageError: none that it shows, or several. ``most_citing``: as of ``view_document``."""
        with self._store.database.sharing():
            return view_document(self._store, self._find(reference, scope), reference, scope, most_citing)

    def _find(self, reference: str, scope: Scope) -> str:
        return find_document(self._store, reference, scope)

    def correct(
        self, reference: str, field: str, value: str | None, author: str, scope: Scope, page: int | None = None
    ) -> CorrectionView:
        """Puts an appraiser's value in the place of the machine's, which stays beside it; without one, withdraws it.

        ``page``: of a file with several documents, a page of the one that is meant; without, the first one.
        UsageError: no such document, page or field, a value that is none of that field, no name, nothing to withdraw.
        ArchiveError: a read-only archive.
        """
        sha256 = self._find(reference, scope)
        corrected = correct_field(self._store, sha256, field, value, author, page, reference)
        self._search.index_feed.feed(make=False)
        return corrected

    def move(self, reference: str, origin: Place, target: Place, note: ChangeNote, scope: Scope) -> SubmissionEntry:
        """The document's submission at ``origin`` (its only one, where nothing is said) counts for ``target`` from now
        on; the submission with its history. UsageError: no such document, none or several submissions, nothing to
        change, a unit outside the scope, no name or reason. ArchiveError: a read-only archive."""
        sha256 = self._find(reference, scope)
        moved = move_submission(self._store, sha256, reference, origin, target, note, scope)
        self._search.index_feed.feed(make=False)
        return moved

    def withdraw(self, reference: str, origin: Place, note: ChangeNote, scope: Scope) -> SubmissionEntry:
        """That submission is handed in no more; the document and the history stay. Errors as of ``move``."""
        sha256 = self._find(reference, scope)
        withdrawn = withdraw_submission(self._store, sha256, reference, origin, note, scope)
        self._search.index_feed.feed(make=False)
        return withdrawn

    def volume(self) -> Volume:
        """How much the archive holds."""
        return self._store.volume()

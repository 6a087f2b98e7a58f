"""The store: one folder with the originals and the database of record; all else in it can be made again from them.

Every method raises ArchiveError where the database fails or is damaged, and one that writes where it is read-only.

>>> import tempfile, pathlib
>>> with tempfile.TemporaryDirectory() as home, Store.open(pathlib.Path(home) / "a", create=True) as store:
...     store.volume().documents
0
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from sqlalchemy.orm import Session

from evidence.errors import ArchiveError
from evidence.model.document import Document, Page, Source
from evidence.model.placement import Submission
from evidence.model.record import Citation, Record
from evidence.store import commands, file_stamps, mapping, queries
from evidence.store import submissions as handed_in
from evidence.store.database import Database
from evidence.store.engines.database_engine import DatabaseEngine
from evidence.store.engines.opening import PATIENCE, open_engine
from evidence.store.facts import Correction, Refusal, Volume
from evidence.store.file_stamps import Stamp
from evidence.store.folder import ArchiveFolder, write_error
from evidence.store.originals import Originals
from evidence.store.receipts.received_originals import is_known_original, name_waiting_drafts


class Store:
    """An open archive's database and originals. Every method is one transaction."""

    def __init__(self, home: ArchiveFolder, engine: DatabaseEngine) -> None:
        self._home = home
        self.folder = home.folder
        self.archive = home.archive
        self.database = Database(engine)
        self.originals = Originals(home.folder / "originals", home.temporary)

    @classmethod
    def open(
        cls,
        home: Path,
        create: bool = False,
        patience: float = PATIENCE,
        resident: bool = False,
        alone: bool = False,
        database: str | None = None,
    ) -> Self:
        """The archive in that folder; with ``create`` made there, in a new or empty one. ``resident``: connections to
        the database are kept, and no child may ever be forked. ``alone``: nobody else may have it open, now or until it
        is closed. ``database``: the URL of one that others keep (``engines.opening``); None: as the folder says, a new
        one in a file there.

        ArchiveError where the folder is none, or the archive is damaged, in use, or of a newer version.
        """
        opened, engine = open_engine(home, create, patience, resident, database)
        try:
            nobody_else = opened.enter()
            if alone and not nobody_else:
                raise ArchiveError("archive-in-use", "archive-in-use-hint", home=home)
            store = cls(opened, engine)
            engine.bring_up()
            with store._reading() as session:
                store.originals.find_bucket(session)
            if nobody_else:
                store.originals.sweep(partial(is_known_original, store.database), name_waiting_drafts(store.database))
            if nobody_else and not alone:
                opened.share()
        except OSError as error:
            opened.leave()
            raise write_error(home, error) from error
        except BaseException:
            opened.leave()
            raise
        return store

    def close(self) -> None:
        self.database.close()
        self.originals.close()
        self._home.leave()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def exclusive(self) -> AbstractContextManager[None]:
        """A lock on what only one thread of one process should do at a time, on whatever machine, waited for."""
        return self.database.engine.hold_alone("bodies")

    @property
    def frozen(self) -> bool:
        """Whether nothing can be written here."""
        return self._home.frozen

    # --- writing ----------------------------------------------------------------------------------------------

    def put(
        self,
        document: Document,
        record: Record,
        original: Path | None,
        submissions: Iterable[Submission],
        stamps: Iterable[tuple[Stamp, str]] = (),
    ) -> bool:
        """Keeps the file, what was read in it, who handed it in and the stamps of their files; when this returns, it
        is durable. False where only the header was read now and another run has read the whole document: that stays.

        UnreadableError where the file is gone or no longer the one that was read: then nothing is written.
        """
        self.check_writable()
        sha256 = document.source.sha256
        keeping = self.originals.keeping(original, sha256) if original is not None else nullcontext()
        pages = mapping.pack_pages(document)
        with keeping, self._writing() as session:
            new = commands.put_document(session, document, record, original is not None, pages)
            if original is not None:
                self.originals.confirm(session, sha256)
            for submission in submissions:
                handed_in.add_submission(session, submission)
            file_stamps.save_stamps(session, stamps)
        return new

    def stage(self, file: BinaryIO, source: Source) -> Path:
        """A copy of our own of an open file, to be read and then put. ArchiveError where it cannot be written,
        UnreadableError where the file is no longer the one that was identified."""
        self.check_writable()
        return self.originals.stage(file, source.sha256, source.path)

    def submit(self, submission: Submission) -> bool:
        """Adds that a known document was handed in (again, elsewhere); False where that was known."""
        with self._writing() as session:
            return handed_in.add_submission(session, submission)

    def resubmit(self, again: Sequence[tuple[Submission, Stamp | None]]) -> None:
        """The same for many known documents at once, and the stamps of their files. Nothing new: nothing is written."""
        with self._reading() as session:
            unchanged = handed_in.find_unchanged(session, [submission for submission, _ in again])
            known = file_stamps.find_hashes(session, (stamp for _, stamp in again if stamp))
        stamps = [
            (stamp, submission.sha256)
            for submission, stamp in again
            if stamp and not stamp.young and stamp.path not in known
        ]
        moved = {stamp.path for stamp, _ in stamps}  # what is new there may bear another name that is shown alike
        new = [
            submission
            for submission, stamp in again
            if submission not in unchanged or (stamp is not None and stamp.path in moved)
        ]
        if not new and not stamps:
            return
        with self._writing() as session:
            for submission in new:
                handed_in.add_submission(session, submission)
            file_stamps.save_stamps(session, stamps)

    def correct(self, correction: Correction) -> None:
        with self._writing() as session:
            commands.add_correction(session, correction)

    def restore_original(self, file: Path, sha256: str) -> None:
        """Keeps the original again where it was lost."""
        if not self.frozen and not self.originals.holds(sha256):
            self.originals.keep(file, sha256)

    def refuse(self, refusal: Refusal) -> None:
        with self._writing() as session:
            commands.add_refusal(session, refusal)

    def replace_record(self, record: Record) -> None:
        with self._writing() as session:
            commands.replace_record(session, record)

    # --- reading ----------------------------------------------------------------------------------------------

    def record(self, sha256: str) -> Record | None:
        with self._reading() as session:
            return queries.load_record(session, sha256)

    def machine_record(self, sha256: str) -> Record | None:
        """The record as the machine made it; every other method gives the one that holds, corrections and all."""
        with self._reading() as session:
            return queries.load_machine_record(session, sha256)

    def corrections(self, sha256: str | None = None) -> tuple[Correction, ...]:
        with self._reading() as session:
            return queries.load_corrections(session, sha256)

    def records(self, wanted: Iterable[str]) -> dict[str, Record]:
        with self._reading() as session:
            return queries.load_records(session, tuple(wanted))

    def known_hashes(self, seen: Iterable[Stamp]) -> dict[bytes, str]:
        """The hashes of those files, by path, that were not touched since they were hashed."""
        with self._reading() as session:
            return file_stamps.find_hashes(session, seen)

    def pages(self, sha256: str) -> tuple[Page, ...]:
        with self._reading() as session:
            return queries.load_pages(session, sha256)

    def texts(self, sha256: str) -> Iterator[tuple[int, str]]:
        """Number and text of each page, as far as the caller goes on."""
        with self._reading() as session:
            yield from queries.load_texts(session, sha256)

    def page(self, sha256: str, number: int) -> Page | None:
        """One page as it was read."""
        with self._reading() as session:
            return queries.load_page(session, sha256, number)

    def document(self, sha256: str) -> Document | None:
        with self._reading() as session:
            return queries.load_document(session, sha256)

    def hashes(self, other_than: int | None = None) -> tuple[str, ...]:
        """All documents in the order they came; or those whose record another version of the grammar made."""
        with self._reading() as session:
            return queries.list_hashes(session, other_than)

    def unfinished(self, sha256: str | None = None) -> tuple[str, ...]:
        """The documents of which only the header was read, in the order it was; or that one, if it is one of them."""
        with self._reading() as session:
            return queries.list_unfinished(session, sha256)

    def submissions(self, sha256: str | None = None, units: Collection[str] | None = None) -> tuple[Submission, ...]:
        with self._reading() as session:
            return handed_in.load_submissions(session, sha256, units)

    def submissions_of(self, hashes: Iterable[str]) -> dict[str, tuple[Submission, ...]]:
        """What is handed in of each of those documents, as it holds; one of which nothing is has no entry."""
        with self._reading() as session:
            return handed_in.load_submissions_of(session, tuple(hashes))

    def citing(self, keys: Sequence[str], relations: Sequence[str]) -> tuple[str, ...]:
        """The documents that stand in one of those relations to a document with one of those numbers."""
        with self._reading() as session:
            return queries.find_citing(session, keys, relations)

    def refusals(self) -> tuple[Refusal, ...]:
        with self._reading() as session:
            return queries.load_refusals(session)

    def by_prefix(self, prefix: str) -> tuple[str, ...]:
        with self._reading() as session:
            return queries.find_by_prefix(session, prefix)

    def bearers(self, key: str) -> tuple[tuple[str, str | None], ...]:
        """The files of which a document bears this number, each with that one's date."""
        with self._reading() as session:
            return queries.find_by_number(session, key)

    def bearers_of(self, keys: Iterable[str]) -> dict[str, tuple[tuple[str, str | None], ...]]:
        with self._reading() as session:
            return queries.find_by_numbers(session, tuple(keys))

    def cited_by(self, key: str, most: int | None = None) -> tuple[tuple[str, Citation], ...]:
        with self._reading() as session:
            return tuple(queries.find_citations(session, key, most))

    def cited_numbers(self, letters: Collection[str] = ()) -> tuple[str, ...]:
        with self._reading() as session:
            return queries.list_cited_numbers(session, letters)

    def revisions(self) -> dict[str, int]:
        with self._reading() as session:
            return queries.load_revisions(session)

    def revision(self, sha256: str) -> int:
        with self._reading() as session:
            return queries.load_revision(session, sha256)

    def volume(self) -> Volume:
        with self._reading() as session:
            return queries.count_volume(session)

    def _reading(self) -> AbstractContextManager[Session]:
        return self.database.reading()

    def _writing(self) -> AbstractContextManager[Session]:
        return self.database.writing()

    def check_writable(self) -> None:
        """ArchiveError where the archive is read-only: for what writes files before the database refuses."""
        self.database.check_writable()

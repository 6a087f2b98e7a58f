"""What pages of the service show of stored documents: records of several at once, the text of a page, the original."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from evidence.archive.search.visibility import show_source
from evidence.archive.views import CorrectionView, view_correction
from evidence.ingest import media_types
from evidence.model.record import Record
from evidence.search.scope import Scope
from evidence.store.corrections import apply_corrections
from evidence.store.queries import load_text
from evidence.store.receipts.received_originals import is_kept_original
from evidence.store.store import Store


@dataclass(frozen=True, slots=True)
class OriginalFile:
    """A stored original: where it lies, the name it was handed in under, its media type."""

    file: Path
    name: str
    media_type: str


@dataclass(frozen=True, slots=True)
class DocumentValues:
    """What was read in a document: ``record`` holds, with the corrections; ``machine`` is without them."""

    record: Record
    machine: Record
    corrections: tuple[CorrectionView, ...]


class DocumentPages:
    """The pages of one archive's documents; whether somebody may see a document is asked of ``Archive.show`` before."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def records(self, hashes: Iterable[str], scope: Scope) -> dict[str, Record]:
        """The records of those documents that the scope shows, by hash, with paths that it shows."""
        every = tuple(dict.fromkeys(hashes))
        if scope.units is None or not every:
            return self._store.records(every) if every else {}
        submissions = self._store.submissions_of(every)
        paths = {
            sha256: next((each.path for each in held if scope.sees(each.unit)), None)
            for sha256, held in submissions.items()
        }
        seen = {sha256: path for sha256, path in paths.items() if path is not None}
        records = self._store.records(seen)
        return {sha256: show_source(records[sha256], seen[sha256], scope) for sha256 in every if sha256 in records}

    def read_values(self, sha256: str, scope: Scope) -> DocumentValues | None:
        """What was read in that document, with a path that the scope shows; None where it does not show it. What it
        cites and who cites it is ``Archive.show``."""
        machine = self._store.machine_record(sha256)
        submissions = self._store.submissions_of((sha256,)).get(sha256, ()) if scope.units is not None else ()
        paths = [submission.path for submission in submissions if scope.sees(submission.unit)]
        if machine is None or (scope.units is not None and not paths):
            return None
        corrections, path = self._store.corrections(sha256), paths[0] if paths else ""
        held = apply_corrections(machine, corrections)
        return DocumentValues(
            show_source(held, path, scope),
            show_source(machine, path, scope),
            tuple(view_correction(correction, machine) for correction in corrections),
        )

    def read_text(self, sha256: str, number: int) -> str:
        """The text of that page as it was read; empty where there is no such page."""
        with self._store.database.reading() as session:
            return load_text(session, sha256, number)

    def has_original(self, record: Record) -> bool:
        """Whether the file of that document is kept as it was handed in. Where a bucket keeps it, the database is
        asked: a page is shown while the object store is away, and costs no request to it."""
        sha256, originals = record.source.sha256, self._store.originals
        if originals.bucket is None:
            return originals.holds(sha256)
        return is_kept_original(self._store.database, sha256)

    def find_original(self, record: Record) -> OriginalFile | None:
        """The file of that document as it was handed in; None where no original is kept (a file inside a package)."""
        file = self._store.originals.bring(record.source.sha256)
        name = record.source.path.replace("\\", "/").rsplit("/", 1)[-1]
        return OriginalFile(file, name, record.source.media_type) if file.exists() else None

    def has_pictures(self, record: Record) -> bool:
        """Whether the pages of that document can be drawn (``Archive.page_images``)."""
        return media_types.has_own_pages(record.source.media_type) and self.has_original(record)

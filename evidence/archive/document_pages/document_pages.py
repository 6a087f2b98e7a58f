"""What pages of the service show of stored documents: records of several at once, the text of a page, the original."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from evidence.archive.search.visibility import select_visible, show_source, visible_path
from evidence.ingest import media_types
from evidence.model.record import Record
from evidence.search.scope import Scope
from evidence.store.store import Store


@dataclass(frozen=True, slots=True)
class OriginalFile:
    """A stored original: where it lies, the name it was handed in under, its media type."""

    file: Path
    name: str
    media_type: str


class DocumentPages:
    """The pages of one archive's documents; whether somebody may see a document is asked of ``Archive.show`` before."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def records(self, hashes: Iterable[str], scope: Scope) -> dict[str, Record]:
        """The records of those documents that the scope shows, by hash, with paths that it shows."""
        records = self._store.records(select_visible(self._store, hashes, scope))
        return {
            sha256: show_source(record, visible_path(self._store, sha256, scope), scope)
            for sha256, record in records.items()
        }

    def read_text(self, sha256: str, number: int) -> str:
        """The text of that page as it was read; empty where there is no such page."""
        page = self._store.page(sha256, number)
        return page.text if page is not None else ""

    def find_original(self, record: Record) -> OriginalFile | None:
        """The file of that document as it was handed in; None where no original is kept (a file inside a package)."""
        file = self._store.originals.bring(record.source.sha256)
        name = record.source.path.replace("\\", "/").rsplit("/", 1)[-1]
        return OriginalFile(file, name, record.source.media_type) if file.exists() else None

    def has_pictures(self, record: Record) -> bool:
        """Whether the pages of that document can be drawn (``Archive.page_images``)."""
        return media_types.has_own_pages(record.source.media_type) and self._store.originals.holds(record.source.sha256)

"""The submissions of one store: found again as people name them, moved and withdrawn.

What writes raises ArchiveError where the archive is read-only.
"""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Iterable
from pathlib import Path

from sqlalchemy import or_, select

from evidence.store import submissions
from evidence.store.facts import ChangeAction, SubmissionEntry
from evidence.store.schema import SubmissionRow
from evidence.store.store import Store


class SubmissionLedger:
    """What was handed in to one store, and the changes to it."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def entries(self, sha256: str) -> tuple[SubmissionEntry, ...]:
        """All that was ever handed in of that document, withdrawn or not, in the order it came."""
        with self._store.database.reading() as session:
            return submissions.load_entries(session, sha256)

    def entries_of(self, hashes: Iterable[str]) -> tuple[SubmissionEntry, ...]:
        """The same of many documents."""
        with self._store.database.reading() as session:
            return submissions.load_many_entries(session, tuple(hashes))

    def move(self, submission: int, unit: str | None, criterion: str | None, author: str, note: str) -> None:
        """From now on the file counts for that unit and criterion; what was written before stays."""
        self._change(submission, ChangeAction.MOVE, (unit or "", criterion or ""), author, note)

    def withdraw(self, submission: int, author: str, note: str) -> None:
        """From now on the file is not handed in; what was written before stays."""
        self._change(submission, ChangeAction.WITHDRAW, ("", ""), author, note)

    def find_by_path(self, path: str) -> tuple[SubmissionEntry, ...]:
        """What was handed in from a file of that path, or of a path that ends so, withdrawn or not."""
        shown = unicodedata.normalize("NFC", path).removeprefix("./")
        place = os.fsencode(Path(os.path.realpath(Path(path).parent), Path(path).name))
        ending = SubmissionRow.path.endswith(f"/{shown}", autoescape=True)
        query = select(SubmissionRow.id, SubmissionRow.sha256).where(
            or_(SubmissionRow.path == shown, ending, SubmissionRow.path_bytes == place)
        )
        with self._store.database.reading() as session:
            rows = {row.id: row.sha256 for row in session.execute(query.order_by(SubmissionRow.id))}
            entries = submissions.load_many_entries(session, tuple(dict.fromkeys(rows.values())))
        return tuple(entry for entry in entries if entry.id in rows)

    def _change(self, submission: int, action: ChangeAction, place: submissions.Place, author: str, note: str) -> None:
        with self._store.database.writing() as session:
            submissions.add_change(session, submission, action, place, author, note)

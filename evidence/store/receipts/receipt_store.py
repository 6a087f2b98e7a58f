"""Uploads of one store: drafts on disk and in the database, receipts whose files are originals of the archive.

A receipt is given when every file is durable among the originals and receipt, files and jobs stand in the database, in
one transaction: a kill before that leaves a draft, a kill after it loses nothing.
"""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from evidence import codec
from evidence.errors import UsageError
from evidence.messages import Message
from evidence.model.job import JobRequest
from evidence.model.receipt import Receipt, ReceiptFile, UploadDraft
from evidence.store import commands
from evidence.store.jobs.job_table import add_job
from evidence.store.receipts.received_originals import name_draft
from evidence.store.receipts.tables import ReceiptFileRow, ReceiptRow, UploadDraftRow
from evidence.store.searches.stored_bytes import batch_hashes
from evidence.store.store import Store

DRAFT_SECONDS = 86_400.0  # how long a file that nobody handed in is kept


@dataclass(frozen=True, slots=True)
class NewReceipt:
    """A receipt to be given: drafts, each with the criterion it is handed in for."""

    unit: str
    criteria_set: str
    by: str
    at: datetime.datetime
    due: datetime.datetime | None
    days_late: int
    files: tuple[tuple[UploadDraft, str | None], ...]


class ReceiptStore:
    """Drafts and receipts of one store. ``clock``: seconds since 1970. ArchiveError as of ``Store``."""

    def __init__(self, store: Store, clock: Callable[[], float] = time.time) -> None:
        self._store = store
        self._clock = clock

    # --- drafts -------------------------------------------------------------------------------------------------

    def draft_path(self, token: str) -> Path:
        """Where the draft of that token lies."""
        return self._store.folder / "tmp" / name_draft(token)

    def tell_time(self) -> datetime.datetime:
        """Now, by the clock of this store."""
        return datetime.datetime.fromtimestamp(self._clock(), datetime.UTC)

    def put_draft(self, draft: UploadDraft) -> None:
        """Writes down a file that came in whole, and is durable at its place."""
        with self._store.database.writing() as session:
            session.add(
                UploadDraftRow(
                    token=draft.token, unit=draft.unit, author=draft.by, name=draft.name, size=draft.size,
                    sha256=draft.sha256, at=draft.at.timestamp(),
                )
            )  # fmt: skip

    def place_draft(self, token: str, criterion: str | None) -> None:
        """What the draft is to be handed in for."""
        with self._store.database.writing() as session:
            session.execute(update(UploadDraftRow).where(UploadDraftRow.token == token).values(criterion=criterion))

    def mark_draft(self, token: str, fault: Message) -> None:
        """Why the draft cannot be read at all."""
        with self._store.database.writing() as session:
            marked = update(UploadDraftRow).where(UploadDraftRow.token == token)
            session.execute(marked.values(fault=codec.encode(fault)))

    def drafts(self, unit: str) -> tuple[UploadDraft, ...]:
        """The files of that unit that wait to be handed in, in the order in which they came."""
        query = select(UploadDraftRow).where(UploadDraftRow.unit == unit).order_by(UploadDraftRow.at)
        with self._store.database.reading() as session:
            rows = [_draft(row) for row in session.scalars(query)]
        return tuple(draft for draft in rows if self.draft_path(draft.token).is_file())

    def remove_draft(self, token: str) -> None:
        """Forgets a draft, and its file."""
        with self._store.database.writing() as session:
            session.execute(delete(UploadDraftRow).where(UploadDraftRow.token == token))
        self.draft_path(token).unlink(missing_ok=True)

    def sweep(self) -> int:
        """Removes what came in and was not handed in for a day, whole or cut off; how many files that were."""
        oldest, removed = self._clock() - DRAFT_SECONDS, 0
        with self._store.database.writing() as session:
            session.execute(delete(UploadDraftRow).where(UploadDraftRow.at < oldest))
            known = set(session.scalars(select(UploadDraftRow.token)))
        for file in (self._store.folder / "tmp").glob(name_draft("*")):
            try:
                stale = file.name.removeprefix(name_draft("")) not in known and file.stat().st_mtime < oldest
                if stale:
                    file.unlink()
                    removed += 1
            except FileNotFoundError:
                continue  # handed in just now
        return removed

    # --- receipts -----------------------------------------------------------------------------------------------

    def put_receipt(self, new: NewReceipt, request: Callable[[Receipt], Sequence[JobRequest]]) -> Receipt:
        """Gives the receipt, and asks for the jobs that read its files. UsageError: a draft is gone."""
        self._store.check_writable()
        for draft, _ in new.files:
            if not self.draft_path(draft.token).is_file():
                raise UsageError("upload-gone", name=draft.name)
        with ExitStack() as originals:
            for draft, _ in new.files:
                originals.enter_context(self._store.originals.keeping(self.draft_path(draft.token), draft.sha256))
            with self._store.database.writing() as session:
                receipt = _write_receipt(session, new)
                for draft, _ in new.files:
                    self._store.originals.confirm(session, draft.sha256)
                for job in request(receipt):
                    add_job(session, job)
        for draft, _ in new.files:
            self.draft_path(draft.token).unlink(missing_ok=True)  # of a content that was kept already
        return receipt

    def receipt(self, number: int) -> Receipt | None:
        """The receipt of that number."""
        with self._store.database.reading() as session:
            row = session.get(ReceiptRow, number)
            return _receipts(session, [row])[0] if row else None

    def receipts(self, units: frozenset[str] | None) -> tuple[Receipt, ...]:
        """The receipts of those units, or all; the latest first."""
        query = select(ReceiptRow).order_by(ReceiptRow.id.desc())
        if units is not None:
            query = query.where(ReceiptRow.unit.in_(sorted(units)))
        with self._store.database.reading() as session:
            return _receipts(session, session.scalars(query).all())

    def file(self, number: int) -> tuple[Receipt, ReceiptFile] | None:
        """The file of that number, with its receipt."""
        with self._store.database.reading() as session:
            row = session.get(ReceiptFileRow, number)
            if row is None:
                return None
            return _receipts(session, [session.get_one(ReceiptRow, row.receipt)])[0], _file(row)

    def name_files(self, numbers: Iterable[int]) -> dict[int, str]:
        """What the files of those numbers were called."""
        names: dict[int, str] = {}
        with self._store.database.reading() as session:
            for batch in batch_hashes(numbers):
                query = select(ReceiptFileRow.id, ReceiptFileRow.name).where(ReceiptFileRow.id.in_(batch))
                names.update((number, name) for number, name in session.execute(query))
        return names


def _write_receipt(session: Session, new: NewReceipt) -> Receipt:
    row = ReceiptRow(
        unit=new.unit, criteria_set=new.criteria_set, author=new.by, at=new.at.isoformat(),
        due=new.due.isoformat() if new.due else None, days_late=new.days_late,
    )  # fmt: skip
    session.add(row)
    session.flush()
    for draft, criterion in new.files:
        session.add(
            ReceiptFileRow(
                receipt=row.id, name=draft.name, criterion=criterion or "", size=draft.size, sha256=draft.sha256
            )
        )
    session.flush()
    tokens = [draft.token for draft, _ in new.files]
    session.execute(delete(UploadDraftRow).where(UploadDraftRow.token.in_(tokens)))
    commands.write_audit(session, "received", f"{row.id}", f"{new.unit} · {len(new.files)} · {new.by}")
    return _receipts(session, [row])[0]


def _receipts(session: Session, rows: Sequence[ReceiptRow]) -> tuple[Receipt, ...]:
    """The receipts with their files."""
    query = select(ReceiptFileRow).where(ReceiptFileRow.receipt.in_([row.id for row in rows]))
    files: dict[int, list[ReceiptFile]] = {}
    for file in session.scalars(query.order_by(ReceiptFileRow.id)):
        files.setdefault(file.receipt, []).append(_file(file))
    return tuple(
        Receipt(
            number=row.id,
            unit=row.unit,
            criteria_set=row.criteria_set,
            by=row.author,
            at=datetime.datetime.fromisoformat(row.at),
            due=datetime.datetime.fromisoformat(row.due) if row.due else None,
            days_late=row.days_late,
            files=tuple(files.get(row.id, ())),
        )
        for row in rows
    )


def _file(row: ReceiptFileRow) -> ReceiptFile:
    return ReceiptFile(row.id, row.name, row.criterion or None, row.size, row.sha256)


def _draft(row: UploadDraftRow) -> UploadDraft:
    at = datetime.datetime.fromtimestamp(row.at, datetime.UTC)
    fault = codec.decode(row.fault, Message) if row.fault is not None else None
    return UploadDraft(
        row.token, row.unit, row.author, row.name, row.size, row.sha256, at, row.criterion, fault
    )  # fmt: skip

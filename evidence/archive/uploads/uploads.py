"""Uploads of an archive: files come in, are handed in against a receipt, and read by the worker.

What a method gives or takes is limited to the units of its ``scope``: of others nothing is said, not even that they
handed in the same file.
"""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from evidence import codec
from evidence.archive.stored_findings.refresh import HANOI
from evidence.archive.uploads.upload_writer import UploadWriter
from evidence.config import Settings
from evidence.errors import UsageError
from evidence.ingest.sources.walk import OfferedFile
from evidence.messages import Message
from evidence.model.job import Job, JobKind, JobRequest, JobState
from evidence.model.placement import Submission
from evidence.model.receipt import Receipt, ReceiptFile, UploadDraft
from evidence.model.record import Record
from evidence.search.scope import Scope
from evidence.store.jobs.job_table import JobTable
from evidence.store.receipts.receipt_store import NewReceipt, ReceiptStore
from evidence.store.store import Store


@dataclass(frozen=True, slots=True)
class HandedUpload:
    """A draft to be handed in, and for which criterion."""

    token: str
    criterion: str | None


@dataclass(frozen=True, slots=True)
class HandInRequest:
    """What a unit hands in at once; ``due``: until when it is asked for (with its time zone)."""

    unit: str
    criteria_set: str
    by: str
    files: tuple[HandedUpload, ...]
    due: datetime.datetime | None = None


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """A file of a receipt, how far its reading is, and what was read. ``job`` is None once it is forgotten."""

    file: ReceiptFile
    job: Job | None
    record: Record | None

    @property
    def is_read(self) -> bool:
        """Whether it was read; the record says how well."""
        return self.record is not None and not self.record.unfinished


@dataclass(frozen=True, slots=True)
class ReceiptView:
    """A receipt with its files as they are now."""

    receipt: Receipt
    files: tuple[ReceivedFile, ...]


class Uploads:
    """The uploads of one archive. ``clock``: seconds since 1970."""

    def __init__(self, store: Store, settings: Settings, clock: Callable[[], float] = time.time) -> None:
        self._store, self._settings, self._clock = store, settings, clock
        self._receipts = ReceiptStore(store, clock)
        self._jobs = JobTable(store, clock)

    # --- in -----------------------------------------------------------------------------------------------------

    def begin(self, unit: str, name: str, by: str, scope: Scope) -> UploadWriter:
        """Takes in a file block by block. UsageError: the unit is out of scope, the name is none. ArchiveError: nothing
        can be written."""
        _check_unit(unit, scope)
        return UploadWriter(self._receipts, unit, name, by, self._settings.limits.file_bytes)

    def spool(self, unit: str, name: str, by: str, blocks: Iterable[bytes], scope: Scope) -> UploadDraft:
        """The same of a whole stream; what it raises leaves nothing behind. Errors as of ``begin``; UsageError: the
        file is empty, or too large."""
        with self.begin(unit, name, by, scope) as writer:
            for block in blocks:
                writer.write(block)
            return writer.finish()

    def list_drafts(self, unit: str, scope: Scope) -> tuple[UploadDraft, ...]:
        """What of that unit came in and waits to be handed in."""
        return self._receipts.drafts(unit) if scope.sees(unit) else ()

    def discard(self, unit: str, token: str, scope: Scope) -> None:
        """Throws a draft away; one that is not there is gone already."""
        if any(draft.token == token for draft in self.list_drafts(unit, scope)):
            self._receipts.remove_draft(token)

    def place(self, unit: str, token: str, criterion: str | None, scope: Scope) -> UploadDraft | None:
        """Says what a draft is to be handed in for; the draft, None where it is gone."""
        if any(draft.token == token for draft in self.list_drafts(unit, scope)):
            self._receipts.place_draft(token, criterion)
        return next((draft for draft in self.list_drafts(unit, scope) if draft.token == token), None)

    def mark(self, draft: UploadDraft, fault: Message) -> UploadDraft:
        """Keeps why a draft cannot be read at all."""
        self._receipts.mark_draft(draft.token, fault)
        return replace(draft, fault=fault)

    def locate(self, draft: UploadDraft) -> Path:
        """Where the bytes of a draft lie, for a first look at them."""
        return self._receipts.draft_path(draft.token)

    def find_former(self, draft: UploadDraft, scope: Scope) -> tuple[Submission, ...]:
        """As what the same unit handed in the same file before."""
        handed = self._store.submissions(draft.sha256) if scope.sees(draft.unit) else ()
        return tuple(submission for submission in handed if submission.unit == draft.unit)

    def hand_in(self, request: HandInRequest, scope: Scope) -> Receipt:
        """Gives the receipt: when this returns, every file is an original of the archive and its reading is asked for.

        UsageError: the unit is out of scope, no files, a draft is gone or another unit's. ArchiveError: nothing can be
        written; then nothing was handed in.
        """
        _check_unit(request.unit, scope)
        drafts = {draft.token: draft for draft in self._receipts.drafts(request.unit)}
        gone = next((file for file in request.files if file.token not in drafts), None)
        if gone is not None or not request.files:
            raise UsageError("upload-gone", name=gone.token if gone else "–")
        now = self._receipts.tell_time()
        files = tuple((drafts[file.token], file.criterion) for file in request.files)
        new = NewReceipt(
            request.unit, request.criteria_set, request.by, now, request.due, _days_late(now, request.due), files
        )
        return self._receipts.put_receipt(new, _request_reading)

    def sweep(self) -> int:
        """Removes what was not handed in for a day; how many files. The worker does so."""
        return self._receipts.sweep()

    # --- receipts -----------------------------------------------------------------------------------------------

    def list_receipts(self, scope: Scope) -> tuple[Receipt, ...]:
        """The receipts that the scope shows, the latest first."""
        return self._receipts.receipts(scope.units)

    def show_receipt(self, number: int, scope: Scope) -> ReceiptView:
        """The receipt with its files as they are now. UsageError: none such in the scope."""
        receipt = self._receipts.receipt(number)
        if receipt is None or not scope.sees(receipt.unit):
            raise UsageError("receipt-none", number=number)
        jobs = {job.request.work: job for job in self._jobs.find(JobKind.READ_UPLOAD, str(number))}
        records = self._store.records(dict.fromkeys(file.sha256 for file in receipt.files))
        files = []
        for file in receipt.files:
            job = jobs.get(codec.encode(file.number))
            known = job is None or job.state in (JobState.DONE, JobState.FAILED)
            # a record that stands there before the job ran is of another unit's file: nothing is said of it
            files.append(ReceivedFile(file, job, records.get(file.sha256) if known else None))
        return ReceiptView(receipt, tuple(files))

    def offer_file(self, work: bytes) -> OfferedFile | None:
        """The file that a job asks to be read; None where there is none."""
        found = self._receipts.file(codec.decode(work, int))
        if found is None:
            return None
        receipt, file = found
        place = "/".join(part for part in (receipt.unit, file.criterion, file.name) if part)
        path, day = self._store.originals.bring(file.sha256), receipt.at.astimezone(HANOI).date()
        return OfferedFile(path, receipt.unit, file.criterion, day, name=place)

    def name_files(self, jobs: Iterable[Job]) -> dict[int, str]:
        """The file that each of those jobs reads, as it was called when it was handed in, by the job's number."""
        files = {job.id: codec.decode(job.request.work, int) for job in jobs if job.request.kind is JobKind.READ_UPLOAD}
        names = self._receipts.name_files(files.values())
        return {job: names[file] for job, file in files.items() if file in names}


def _check_unit(unit: str, scope: Scope) -> None:
    if not scope.sees(unit):
        raise UsageError("upload-no-unit", unit=unit)


def _request_reading(receipt: Receipt) -> Sequence[JobRequest]:
    """A job a file: one that ends its worker holds up no other. The same file is read once, and known to those that
    wait for it."""
    subject = str(receipt.number)
    return [
        JobRequest(JobKind.READ_UPLOAD, subject, codec.encode(file.number), receipt.unit, alone=file.sha256)
        for file in receipt.files
    ]


def _days_late(at: datetime.datetime, due: datetime.datetime | None) -> int:
    """Days of the calendar after the day it was due; on that day, after the hour, one."""
    if due is None or at <= due:
        return 0
    return max(1, (at.astimezone(HANOI).date() - due.astimezone(HANOI).date()).days)

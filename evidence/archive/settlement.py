"""What is written down of files handed in: known ones gain a submission, new ones are stored for all who offered them.

One content is read once: who offers what is being read already waits for its result, as do the files inside a package.
What is returned as an outcome is durable.
"""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from pathlib import Path
from typing import BinaryIO

from evidence.archive.outcome import (
    Ingested,
    StampedFile,
    is_worth_another_try,
    make_member_refusal,
    make_outcome,
    make_refusal,
    make_submissions,
)
from evidence.errors import UnreadableError
from evidence.ingest.sources.walk import OfferedFile
from evidence.model.document import Source, member_path
from evidence.model.record import Record
from evidence.pipeline.requests import Custody, FileRequest, FileResult
from evidence.store.store import Store

KnownFile = tuple[StampedFile, str]  # with the hash of its content


@dataclass(frozen=True, slots=True)
class Settled:
    """The outcomes of files that were settled; ``unsettled``: those that must be read after all; ``requests``: files
    inside a package that are to be read now."""

    outcomes: tuple[Ingested, ...] = ()
    unsettled: tuple[StampedFile, ...] = ()
    requests: tuple[FileRequest, ...] = ()


class Settlement:
    """Who waits for what in one run, and our copies of what is being read."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._waiting: dict[str, list[StampedFile]] = {}  # who offered what is being read, by hash
        self._copies: dict[str, Path] = {}
        self._headers: dict[str, list[OfferedFile]] = {}  # who offered what is still to be read whole

    def request(self, file: StampedFile, source: Source, opened: BinaryIO) -> FileRequest | None:
        """The request that reads our copy of a new file; ``None`` where its content is being read already.

        ArchiveError where the copy cannot be written; UnreadableError where the file has changed since it was hashed.
        """
        if source.sha256 in self._waiting:
            self._waiting[source.sha256].append(file)
            return None
        copy = self._copies[source.sha256] = self._store.stage(opened, source)
        self._waiting[source.sha256] = [file]
        return FileRequest(source, copy, Custody.KEPT)

    def is_known(self, file: OfferedFile, sha256: str) -> bool:
        """Whether that content is stored and need not be read again, nor any file inside it."""
        if sha256 in self._waiting:
            return False
        record = self._store.record(sha256)
        return record is not None and not is_worth_another_try(record) and self._members(file, record) is not None

    def settle_known(self, known: list[KnownFile]) -> Settled:
        """Writes that known documents were handed in. ArchiveError where it cannot be written."""
        started = time.monotonic()
        records = self._store.records(dict.fromkeys(sha256 for _, sha256 in known))
        unsettled: list[StampedFile] = []
        refused: list[Ingested] = []
        settled: list[tuple[StampedFile, Record]] = []
        for file, sha256 in known:
            record = records.get(sha256)
            inner = None if record is None or is_worth_another_try(record) else self._members(file.offered, record)
            if record is None or inner is None:
                unsettled.append(file)  # or a file inside it was lost on the way: once more
            elif (refusal := self._restore_original(file.offered, record, started)) is not None:
                refused.append(refusal)
            else:
                settled += [(file, record), *inner]
        self._store.resubmit([handed for file, record in settled for handed in make_submissions(file, record)])
        each = (time.monotonic() - started) / max(1, len(known))
        outcomes = [outcome for file, record in settled for outcome in self._outcome_of_known(file, record, each)]
        outcomes += [lost for file, record in settled for lost in self._refuse_members([file.offered], record)]
        return Settled((*refused, *outcomes), tuple(unsettled))

    def settle_result(self, result: FileResult) -> Settled:
        """Stores what was read, for all who offered it. ArchiveError where it cannot be written."""
        sha256 = result.source.sha256
        files = self._waiting.pop(sha256)
        submissions = [submission for file in files for submission, _ in make_submissions(file, result.record)]
        stamps = [(file.stamp, sha256) for file in files if file.stamp]
        original = result.file or self._copies[sha256]
        is_new = self._store.put(result.document, result.record, original, submissions, stamps)
        if copy := self._copies.pop(sha256, None):
            copy.unlink(missing_ok=True)  # the archive had it already
        offered = [file.offered for file in files]
        members = self._settle_members(offered, result)
        own = (*self._outcomes_of_new(result, offered, is_new), *self._refuse_members(offered, result.record))
        return replace(members, outcomes=(*own, *members.outcomes))

    def settle_header(self, sha256: str) -> list[OfferedFile]:
        """Who offered the document that was read whole just now; they wait no longer."""
        return self._headers.pop(sha256, [])

    def settle_headers(self) -> list[Ingested]:
        """The outcomes of what still waits for its body: another run has read it, or its original is lost."""
        records = self._store.records(self._headers)
        return [
            make_outcome(file.shown, record, "known")
            for sha256, record in records.items()
            for file in self._headers[sha256]
        ]

    def refuse(self, file: OfferedFile, error: UnreadableError, started: float) -> Ingested:
        """Writes down that the file could not be taken in."""
        self._store.refuse(make_refusal(file, error))
        return Ingested(file.shown, None, "unreadable", None, error.message, time.monotonic() - started)

    def _refuse_members(self, packages: list[OfferedFile], record: Record) -> list[Ingested]:
        """Writes down the files inside that could not be taken out: they were handed in too."""
        refused: list[Ingested] = []
        for package in packages:
            for problem in record.problems:
                if problem.member is not None:
                    refusal = make_member_refusal(package, problem)
                    self._store.refuse(refusal)
                    refused.append(Ingested(refusal.path, None, "unreadable", None, problem.message, 0.0))
        return refused

    def discard_copies(self) -> None:
        """Removes the copies of what was not read to its end."""
        while self._copies:
            self._copies.popitem()[1].unlink(missing_ok=True)

    def _outcome_of_known(self, file: StampedFile, record: Record, seconds: float) -> list[Ingested]:
        if record.unfinished:
            self._headers.setdefault(record.source.sha256, []).append(file.offered)
            return []
        return [make_outcome(file.offered.shown, record, "known", seconds)]

    def _outcomes_of_new(self, result: FileResult, files: list[OfferedFile], is_new: bool) -> list[Ingested]:
        """The first who offered it is told that it was stored, the others that it is known."""
        record, first = result.record, files[0].shown
        if record.unfinished:
            self._headers.setdefault(record.source.sha256, []).extend(files)
            return [make_outcome(first, record, "header", result.seconds, result.recalled)] if is_new else []
        stored = make_outcome(first, record, "stored", result.seconds, result.recalled)
        return [stored, *(make_outcome(file.shown, record, "known") for file in files[1:])]

    def _settle_members(self, packages: list[OfferedFile], result: FileResult) -> Settled:
        """The files inside a file just stored: known ones are settled, the others are to be read or are already."""
        known: list[KnownFile] = []
        requests: list[FileRequest] = []
        for member, request in zip(result.document.members, result.members, strict=True):
            files = [StampedFile(_inside(package, member.path)) for package in packages]
            if member.sha256 in self._waiting:
                self._waiting[member.sha256] += files
            elif self.is_known(files[0].offered, member.sha256):
                known += [(file, member.sha256) for file in files]
            else:
                self._waiting[member.sha256] = files
                requests.append(request)
        return replace(self.settle_known(known), requests=tuple(requests))

    def _members(self, file: OfferedFile, record: Record) -> list[tuple[StampedFile, Record]] | None:
        """The files inside a known file with their records, all levels; None where one of them is not stored."""
        if not record.members:
            return []
        members: list[tuple[StampedFile, Record]] = []
        records = self._store.records(dict.fromkeys(member.sha256 for member in record.members))
        for member in record.members:
            known = records.get(member.sha256)
            if known is None or is_worth_another_try(known):
                return None
            inner = _inside(file, member.path)
            deeper = self._members(inner, known) if known.source.sha256 != record.source.sha256 else []
            if deeper is None:
                return None
            members += [(StampedFile(inner), known), *deeper]
        return members

    def _restore_original(self, file: OfferedFile, record: Record, started: float) -> Ingested | None:
        """Puts a lost original in its place again; the refusal where that cannot be."""
        if file.inside:
            return None
        try:
            self._store.restore_original(file.path, record.source.sha256)
        except UnreadableError as error:
            return self.refuse(file, error, started)
        return None


def _inside(package: OfferedFile, name: str) -> OfferedFile:
    """The file of that name inside the package."""
    return replace(package, inside=member_path(package.inside, name))

"""A file on its way in: written block by block into the archive's temporary folder, hashed as it comes."""

from __future__ import annotations

import hashlib
import os
import uuid
from types import TracebackType
from typing import Self

from evidence.errors import UsageError
from evidence.model.receipt import UploadDraft
from evidence.store.folder import sync_folder, write_error
from evidence.store.receipts.receipt_store import ReceiptStore
from evidence.vietnamese.text import nfc

LONGEST_NAME = 250  # letters


class UploadWriter:
    """``with uploads.begin(...) as writer: writer.write(block) …; draft = writer.finish()``. A block that is left
    without ``finish`` leaves nothing behind. ArchiveError: the disk is full, or cannot be written."""

    def __init__(self, receipts: ReceiptStore, unit: str, name: str, by: str, most: int) -> None:
        self._receipts, self._unit, self._by, self._most = receipts, unit, by, most
        self._name = clean_name(name)
        self._token = uuid.uuid4().hex
        self._path = receipts.draft_path(self._token)
        self._digest, self._size, self._finished = hashlib.sha256(), 0, False
        try:
            self._path.parent.mkdir(exist_ok=True)
            self._file = self._path.open("xb", buffering=0)
        except OSError as error:
            raise write_error(self._path.parents[1], error) from error

    def write(self, block: bytes) -> None:
        """The next bytes of the file. UsageError: it is larger than an archive takes."""
        self._size += len(block)
        if self._size > self._most:
            raise UsageError("upload-too-large", name=self._name, limit=self._most // 1_000_000)
        self._digest.update(block)
        rest = memoryview(block)
        try:
            while rest:
                rest = rest[self._file.write(rest) or 0 :]
        except OSError as error:
            raise write_error(self._path.parents[1], error) from error

    def finish(self) -> UploadDraft:
        """The file as it waits now to be handed in, durable. UsageError: it is empty."""
        if not self._size:
            raise UsageError("upload-empty", name=self._name)
        try:
            os.fsync(self._file.fileno())
            self._file.close()
            sync_folder(self._path.parent)
        except OSError as error:
            raise write_error(self._path.parents[1], error) from error
        now, sha256 = self._receipts.tell_time(), self._digest.hexdigest()
        draft = UploadDraft(self._token, self._unit, self._by, self._name, self._size, sha256, now)
        self._receipts.put_draft(draft)
        self._finished = True
        return draft

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
        if not self._finished:
            self._path.unlink(missing_ok=True)


def clean_name(name: str) -> str:
    """The name as it is shown: what a browser sent, without what no name holds. UsageError: nothing is left.

    >>> clean_name("..\\\\1.2\\\\BC quý I.pdf"), clean_name("C:/x/\\x00a\\u202egpj.exe")
    ('1.2/BC quý I.pdf', 'C:/x/agpj.exe')
    """
    text = "".join(letter for letter in nfc(name).replace("\\", "/") if letter.isprintable())
    parts = [part.strip() for part in text.split("/")]
    cleaned = "/".join(part for part in parts if part.strip("."))[-LONGEST_NAME:].strip("/ ")
    if not cleaned:
        raise UsageError("upload-no-name")
    return cleaned

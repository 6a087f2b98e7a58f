"""The whole archive in one file, taken while it is in use.

A backup is a ZIP, nothing in it compressed, so that no member can be larger than the file itself:
``evidence-archive.json`` (the archive's identity), ``archive.db`` (one moment of the database, whoever writes
meanwhile, as an SQLite file whatever it is kept in), ``originals/<sha256>`` and ``manifest.json`` with size and hash of
each.
The search index is never in it; a restore makes it anew. An original that is lost or was changed on the disk is left
out and named: what ``verify`` said of the archive it says of the restored one.
"""

from __future__ import annotations

import hashlib
import io
import os
import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path
from typing import BinaryIO

import msgspec

from evidence.errors import UsageError
from evidence.messages import Message
from evidence.store.backup_drafts import DRAFT, draft_folder
from evidence.store.facts import Backup, Damage
from evidence.store.folder import CAUSES, DATABASE, MARKER, MarkerContent, encode_marker, sync_folder
from evidence.store.originals import BLOCK
from evidence.store.store import Store

FORMAT = 1
MANIFEST = "manifest.json"
ORIGINALS = "originals/"
EPOCH = (1980, 1, 1, 0, 0, 0)  # the same archive gives the same bytes, whenever it is copied


class BackupPart(msgspec.Struct, frozen=True):
    """One member of a backup."""

    name: str
    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """What must be in a backup, and nothing else."""

    format: int
    archive: str
    parts: tuple[BackupPart, ...]


def write_backup(store: Store, file: Path) -> Backup:
    """Writes the backup, whole or not at all. UsageError where the file is there already or cannot be
    written; ArchiveError where the database is damaged."""
    if file.exists() or file.is_symlink():
        raise UsageError("backup-there", path=file)
    try:
        with draft_folder(file) as folder:
            written = _write(store, folder / DRAFT, folder / DATABASE)
            (folder / DRAFT).rename(file)
            sync_folder(file.absolute().parent)
    except OSError as error:
        cause = CAUSES.get(error.errno or 0, "unwritable")
        raise UsageError(f"backup-{cause}", path=file, detail=error.strerror or error) from error
    return written


def _write(store: Store, draft: Path, copy: Path) -> Backup:
    store.database.engine.snapshot(copy)
    parts, damages = [], []
    with draft.open("xb") as raw:
        with zipfile.ZipFile(raw, "w", zipfile.ZIP_STORED, allowZip64=True) as target:
            marker = encode_marker(MarkerContent(store.archive))  # of an archive whose database lies beside it
            parts.append(_add(target, MARKER, io.BytesIO(marker)))
            parts.append(_add_file(target, DATABASE, copy))
            for sha256 in _kept(copy):
                place = store.originals.bring(sha256)
                if not _whole(place, sha256):
                    damages.append(Damage(sha256, Message("backup-left-out", {"sha256": sha256})))
                    continue
                parts.append(_add_file(target, f"{ORIGINALS}{sha256}", place))
            manifest = Manifest(FORMAT, store.archive, tuple(parts))
            target.writestr(zipfile.ZipInfo(MANIFEST, EPOCH), msgspec.json.encode(manifest))
        raw.flush()
        os.fsync(raw.fileno())
    return Backup(len(parts) - 2, draft.stat().st_size, tuple(damages))


def _kept(copy: Path) -> tuple[str, ...]:
    """The files of that moment whose originals are here: documents, and what receipts were given for."""
    with closing(sqlite3.connect(copy)) as database:
        rows = database.execute(
            "SELECT sha256 FROM documents WHERE kept UNION SELECT sha256 FROM receipt_files ORDER BY sha256"
        ).fetchall()
    return tuple(sha256 for (sha256,) in rows)


def _whole(place: Path, sha256: str) -> bool:
    """Whether the original is what was handed in. An original is never written again, so it stays so while copied."""
    try:
        with place.open("rb") as source:
            return hashlib.file_digest(source, "sha256").hexdigest() == sha256
    except OSError:
        return False


def _add_file(target: zipfile.ZipFile, name: str, file: Path) -> BackupPart:
    with file.open("rb") as source:
        return _add(target, name, source)


def _add(target: zipfile.ZipFile, name: str, source: BinaryIO) -> BackupPart:
    digest, size = hashlib.sha256(), 0
    with target.open(zipfile.ZipInfo(name, EPOCH), "w", force_zip64=True) as member:
        while block := source.read(BLOCK):
            digest.update(block)
            size += len(block)
            member.write(block)
    return BackupPart(name, size, digest.hexdigest())

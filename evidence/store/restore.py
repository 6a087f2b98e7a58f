"""A backup made into an archive again. A backup is somebody's file: nothing in it is believed before it is checked.

Every member must be one that the manifest names, under a name of ours, stored as it is, of the size and hash that the
manifest says; the database must be of a version we know, whole, and have our tables and nothing else (a trigger or
view of a stranger's would run as our own). All is written into a folder beside the archive's place and renamed there
in one step: a restore that is stopped leaves no half archive, and the next one clears what it left.
"""

from __future__ import annotations

import fcntl
import hashlib
import os
import re
import shutil
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import BinaryIO

import msgspec
from sqlalchemy.orm import Session

from evidence.errors import ArchiveError, EvidenceError, UsageError
from evidence.store.backup import FORMAT, MANIFEST, ORIGINALS, BackupPart, Manifest
from evidence.store.engines.database_move import LEFT, move_database
from evidence.store.engines.opening import PATIENCE
from evidence.store.engines.sqlite import SqliteEngine
from evidence.store.folder import (
    DATABASE,
    MARKER,
    MarkerContent,
    open_folder,
    sync_folder,
    write_error,
    write_marker,
)
from evidence.store.migrations import KNOWN
from evidence.store.objects.place import save_place
from evidence.store.originals import BLOCK, Originals

HASH = re.compile(r"[0-9a-f]{64}")
MOST = 64_000_000  # bytes of a manifest: that of 400,000 documents


def restore_backup(
    file: Path, home: Path, complete: Callable[[Path], None] = lambda folder: None, database: str | None = None
) -> None:
    """Makes the archive of that backup in ``home``, which must be new or empty. ``complete`` makes what a backup lacks
    (the index) before the archive stands in its place: whoever finds it there finds it whole. ``database``: the URL of
    an empty one that it is to be kept in; None: a file in the folder.

    UsageError where home holds anything (the archive of that backup, once it stands there, is named as such) or the
    file is no backup; ArchiveError where it is damaged or not honest.
    """
    if home.is_symlink() or (home.exists() and (not home.is_dir() or any(home.iterdir()))):
        raise UsageError("restore-done" if _is_archive_of(home, file) else "restore-not-empty", home=home)
    try:
        with file.open("rb") as raw, _open_zip(raw, file) as source, _draft_folder(home) as folder:
            manifest = _read_manifest(source, file)
            if shutil.disk_usage(folder).free < sum(part.size for part in manifest.parts):
                raise ArchiveError("archive-disk-full", "restore-disk-full-hint", home=home)
            for part in manifest.parts:
                _extract(source, part, folder, file)
            _check(folder, manifest, file)
            if database is not None:
                move_database(folder, database, None)
                (folder / LEFT).unlink()
            complete(folder)
            sync_folder(folder)
            folder.rename(home)
            sync_folder(home.absolute().parent)
    except FileNotFoundError as error:
        raise UsageError("restore-no-file", path=file) from error
    except OSError as error:
        raise write_error(home, error) from error


def _is_archive_of(home: Path, file: Path) -> bool:
    """Whether the archive of that backup stands there, as after a restore that was killed with its last step done."""
    try:
        with file.open("rb") as raw, _open_zip(raw, file) as source:
            return open_folder(home).archive == _read_manifest(source, file).archive
    except (OSError, EvidenceError):
        return False


@contextmanager
def _open_zip(raw: BinaryIO, file: Path) -> Iterator[zipfile.ZipFile]:
    """The ZIP; whatever is wrong with it is one thing to people."""
    try:
        with zipfile.ZipFile(raw) as source:
            yield source
    except (zipfile.BadZipFile, EOFError, NotImplementedError, RuntimeError) as error:
        raise _damaged(file, str(error)) from error


@contextmanager
def _draft_folder(home: Path) -> Iterator[Path]:
    """An empty folder beside the archive's place, ours alone; gone afterwards unless it was renamed."""
    folder = home.absolute().with_name(f".{home.name}.restoring")
    folder.mkdir(mode=0o755, parents=True, exist_ok=True)
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise ArchiveError("restore-busy", home=home) from error
        for left in folder.iterdir():
            shutil.rmtree(left) if left.is_dir() and not left.is_symlink() else left.unlink()
        try:
            yield folder
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    finally:
        os.close(handle)


def _read_manifest(source: zipfile.ZipFile, file: Path) -> Manifest:
    """The list of parts, once it is sure that the file holds just these."""
    names = [entry.filename for entry in source.infolist()]
    if names.count(MANIFEST) != 1 or source.getinfo(MANIFEST).file_size > MOST:
        raise _damaged(file, MANIFEST)
    try:
        manifest = msgspec.json.decode(source.read(MANIFEST), type=Manifest)
    except msgspec.MsgspecError as error:
        raise _damaged(file, f"{MANIFEST}: {error}") from error
    if manifest.format != FORMAT:
        raise ArchiveError("restore-newer", path=file)
    wanted = [part.name for part in manifest.parts]
    if sorted([*wanted, MANIFEST]) != sorted(names) or len(set(wanted)) != len(wanted):
        raise _damaged(file, MANIFEST)
    if not {MARKER, DATABASE} <= set(wanted) or not all(map(_is_own, wanted)):
        raise _damaged(file, next((name for name in wanted if not _is_own(name)), DATABASE))
    entries = source.infolist()
    packed = any(entry.compress_type != zipfile.ZIP_STORED or entry.flag_bits & 1 for entry in entries)
    overlapping = sum(entry.file_size for entry in entries) > file.stat().st_size
    other = any(source.getinfo(part.name).file_size != part.size for part in manifest.parts)
    if packed or overlapping or other:
        raise _damaged(file, MANIFEST)
    return manifest


def _is_own(name: str) -> bool:
    """Whether a member of that name belongs in a backup: no path can lead out of the folder."""
    return name in (MARKER, DATABASE) or bool(HASH.fullmatch(name.removeprefix(ORIGINALS)) and ORIGINALS in name)


def _extract(source: zipfile.ZipFile, part: BackupPart, folder: Path, file: Path) -> None:
    """One member into its place, durably; its bytes must be those that its hash says."""
    sha256 = part.name.removeprefix(ORIGINALS)
    original = part.name.startswith(ORIGINALS)
    place = Originals(folder / "originals", folder / "tmp").path(sha256) if original else folder / part.name
    place.parent.mkdir(parents=True, exist_ok=True)
    digest, size = hashlib.sha256(), 0
    with source.open(part.name) as member, place.open("xb") as target:
        while size <= part.size and (block := member.read(BLOCK)):
            digest.update(block)
            size += len(block)
            target.write(block)
        target.flush()
        os.fsync(target.fileno())
    if size != part.size or digest.hexdigest() != part.sha256 or (original and part.sha256 != sha256):
        raise _damaged(file, part.name)
    if original:
        place.chmod(0o444)
    sync_folder(place.parent)


def _check(folder: Path, manifest: Manifest, file: Path) -> None:
    """The database is ours and whole, and brought to this version."""
    try:
        with closing(sqlite3.connect(folder / DATABASE)) as database:
            database.execute("PRAGMA trusted_schema=OFF")
            if database.execute("PRAGMA integrity_check(1)").fetchall() != [("ok",)]:
                raise _damaged(file, DATABASE)
            (version,) = database.execute("SELECT version_num FROM alembic_version").fetchone()
            if version not in KNOWN:
                raise ArchiveError("restore-newer", path=file)
            if _read_schema(database) != _schema_of(version):
                raise _damaged(file, DATABASE)
    except (sqlite3.DatabaseError, TypeError) as error:
        raise _damaged(file, DATABASE) from error
    (folder / "originals").mkdir(exist_ok=True)
    (folder / "tmp").mkdir()
    if open_folder(folder).archive != manifest.archive:
        raise _damaged(file, MARKER)
    write_marker(folder, MarkerContent(manifest.archive))  # all of it is in this folder now, wherever it was kept
    engine = SqliteEngine(folder / DATABASE, PATIENCE)
    engine.bring_up()
    with Session(engine.writer) as session, session.begin():
        save_place(session, None)
    sync_folder(folder)


def _read_schema(database: sqlite3.Connection) -> list[tuple[str, ...]]:
    """Every table, index and trigger as it was made."""
    return database.execute("SELECT type, name, sql FROM sqlite_master ORDER BY type, name").fetchall()


def _schema_of(version: str) -> list[tuple[str, ...]]:
    """The same of an empty database of that version."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / DATABASE
        SqliteEngine(file, PATIENCE).make(version)
        with closing(sqlite3.connect(file)) as database:
            return _read_schema(database)


def _damaged(file: Path, detail: str) -> ArchiveError:
    return ArchiveError("restore-damaged", "restore-damaged-hint", path=file, detail=detail)

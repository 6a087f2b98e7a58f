"""The originals: each file as it was handed in, byte by byte, under its hash.

``originals/aa/aa…``: a name is a hash, so the same file is kept once and none is ever written over. Order that
survives a kill at any moment: temporary file and fsync, rename and fsync of the folder, and only then the database.
An intent (``tmp/<hash>.<process>.intent``) stands from before the rename until the database knows the file: after a
kill it tells which original nobody knows of.

Where the archive keeps its originals in a bucket, the folder is a cache of it: a file is put into the bucket before the
database knows it, looked for there once more within the database's own transaction, and fetched when it is asked for.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
from collections.abc import Callable, Container, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkstemp
from typing import BinaryIO

from sqlalchemy.orm import Session

from evidence.errors import ArchiveError, UnreadableError
from evidence.store.caches.bounded_folder import BoundedFolder
from evidence.store.folder import sync_folder, write_error
from evidence.store.objects.bucket import Bucket
from evidence.store.objects.place import load_place
from evidence.store.objects.removal_marks import is_being_removed

BLOCK = 1 << 20
INTENT = ".intent"
STAGED = "staged-"
CACHE_BYTES = 5_000_000_000  # of originals that a bucket keeps and this machine need not fetch again


class Originals:
    """The originals of an archive; ``temporary`` lies on the same disk, so that a rename is one step. ``bucket``: where
    they are kept; without it the folder is that place. ``cache_bucket``: the same for what machines share of caches."""

    def __init__(self, folder: Path, temporary: Path) -> None:
        self._folder = folder
        self._temporary = temporary
        self.bucket: Bucket | None = None
        self.cache_bucket: Bucket | None = None
        self._cache = BoundedFolder(folder, CACHE_BYTES)

    def find_bucket(self, session: Session) -> None:
        """Looks up where they are kept: the database says so, for every machine alike."""
        url = load_place(session)
        if url is not None:
            self.bucket, self.cache_bucket = Bucket(url, self._folder.parent), Bucket(url, self._folder.parent)

    def close(self) -> None:
        """Ends the processes that speak with the object store."""
        for bucket in (self.bucket, self.cache_bucket):
            if bucket is not None:
                bucket.close()

    def path(self, sha256: str) -> Path:
        """Where that file lies in the folder, or would lie."""
        return self._folder / sha256[:2] / sha256

    def bring(self, sha256: str) -> Path:
        """The file, to be read now: fetched from the bucket where it is not in the folder. Nothing lies there where the
        original is lost. ArchiveError: the bucket does not answer."""
        place = self.path(sha256)
        if self.bucket is None:
            return place
        if place.is_file():
            with contextlib.suppress(OSError):
                os.utime(place)  # asked for last
            return place
        try:
            with self._fetched(self.bucket, sha256) as copy:
                if copy is not None and hash_file(copy) == sha256:
                    self._move(self._sealed(copy), place)
                    self._cache.admit(place.stat().st_size)
        except OSError as error:
            raise write_error(self._folder.parent, error) from error
        return place

    def holds(self, sha256: str) -> bool:
        """Whether the original is kept. ArchiveError: the bucket does not answer."""
        return self.path(sha256).exists() if self.bucket is None else self.bucket.holds(bucket_name(sha256))

    def shown(self, sha256: str) -> str:
        """Where it is kept, for people."""
        return str(self.path(sha256)) if self.bucket is None else f"{self.bucket.url}/{bucket_name(sha256)}"

    def read_hash(self, sha256: str) -> str | None:
        """The hash of what is kept as that original; None where nothing is. ArchiveError: the bucket does not
        answer."""
        if self.bucket is None:
            place = self.path(sha256)
            return _read_hash(place) if place.is_file() else None
        with self._fetched(self.bucket, sha256) as copy:
            return _read_hash(copy) if copy is not None else None

    def confirm(self, session: Session, sha256: str) -> None:
        """Within the transaction that tells the database of a file: it is kept where all look for it, and the bucket
        holds it still. Whoever sweeps marks what is removed within such a transaction, so that no record ever stands
        without its original. ArchiveError: the originals were moved since the archive was opened here, or this one is
        being swept now."""
        if load_place(session) != (self.bucket.url if self.bucket is not None else None):
            raise ArchiveError(
                "archive-originals-moved", "archive-originals-moved-hint", home=self._folder.parent
            )  # fmt: skip
        if self.bucket is None:
            return
        if is_being_removed(session, sha256):
            raise ArchiveError("archive-original-swept", "archive-original-swept-hint", sha256=sha256)
        if not self.bucket.holds(bucket_name(sha256)):
            self.bucket.put_once(bucket_name(sha256), self.path(sha256))

    @contextmanager
    def _fetched(self, bucket: Bucket, sha256: str) -> Iterator[Path | None]:
        """What the bucket keeps under that name, in a file that is gone after the block unless it was moved; None
        where that is nothing."""
        self._temporary.mkdir(exist_ok=True)
        handle, name = mkstemp(prefix=STAGED, dir=self._temporary)
        os.close(handle)
        copy = Path(name)
        try:
            yield copy if bucket.fetch(bucket_name(sha256), copy) else None
        finally:
            copy.unlink(missing_ok=True)

    @contextmanager
    def keeping(self, file: Path, sha256: str) -> Iterator[None]:
        """Copies the file in, or moves it if it is a staged copy; the block is to tell the database.

        ArchiveError where it cannot be written; UnreadableError where its bytes are no longer those that were
        identified and read.
        """
        place = self.path(sha256)
        intent = self._temporary / f"{sha256}.{os.getpid()}{INTENT}"
        try:
            self._temporary.mkdir(exist_ok=True)
            intent.touch()
            if not place.exists():
                self._move(self._sealed(file if self._is_staged(file) else self._copied(file, sha256)), place)
        except OSError as error:
            raise write_error(self._folder.parent, error) from error
        if self.bucket is not None:
            self.bucket.put_once(bucket_name(sha256), place)
        yield
        intent.unlink(missing_ok=True)
        if self.bucket is not None:
            self._cache.admit(0)

    def stage(self, file: BinaryIO, sha256: str, shown: str) -> Path:
        """A copy of our own of an open file, to be read and then kept: nobody changes it. Whoever asks for it removes
        it, kept or not. UnreadableError where the file's bytes are no longer those of that hash."""
        copy = None
        try:
            self._temporary.mkdir(exist_ok=True)
            handle, name = mkstemp(prefix=STAGED, dir=self._temporary)
            copy = Path(name)
            with os.fdopen(handle, "wb") as target:
                copy_checked(file, target, sha256, shown)
        except BaseException as error:
            if copy is not None:
                copy.unlink(missing_ok=True)
            if isinstance(error, OSError):
                raise write_error(self._folder.parent, error) from error
            raise
        return copy

    def _is_staged(self, file: Path) -> bool:
        return file.parent == self._temporary and file.name.startswith(STAGED)

    def keep(self, file: Path, sha256: str) -> None:
        """Copies in a file that the database knows already: its original was lost."""
        with self.keeping(file, sha256):
            pass

    def intended(self) -> set[str]:
        """The files of which the database may not know yet."""
        return {path.name[:64] for path in self._temporary.glob(f"*{INTENT}")}

    def sweep(self, known: Callable[[str], bool], waiting: Container[str] = ()) -> None:
        """Removes what a killed run left. To be called while nobody else has the archive open. ``waiting``: names of
        staged files that people handed over and have not done with (drafts): a restart must not lose them."""
        for sha256 in self.intended():
            if self.bucket is not None or not known(sha256):
                self.path(sha256).unlink(missing_ok=True)
        for left in self._temporary.glob("*"):
            if left.name in waiting:
                continue
            if left.is_dir() and not left.is_symlink():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)

    def _move(self, copy: Path, place: Path) -> None:
        place.parent.mkdir(parents=True, exist_ok=True)
        copy.rename(place)
        sync_folder(place.parent)
        sync_folder(self._folder)

    def _copied(self, file: Path, sha256: str) -> Path:
        """A copy in the temporary folder, hashed on its way."""
        try:
            opened = file.open("rb")
        except OSError as error:
            raise _gone(str(file), error) from error
        with opened:
            return self.stage(opened, sha256, str(file))

    def _sealed(self, copy: Path) -> Path:
        """The copy, durable and not to be written to."""
        try:
            with copy.open("rb") as file:
                os.fsync(file.fileno())
            copy.chmod(0o444)
        except BaseException:
            copy.unlink(missing_ok=True)
            raise
        return copy

    def walk(self) -> Iterator[Path]:
        """Every file that lies among the originals, ours or not."""
        for folder, _, names in os.walk(self._folder):
            for name in sorted(names):
                yield Path(folder) / name


def bucket_name(sha256: str) -> str:
    """The name of an original in a bucket: like that in the folder."""
    return f"{sha256[:2]}/{sha256}"


def hash_file(file: Path) -> str:
    """The SHA-256 of a file's bytes. UnreadableError where it is gone."""
    try:
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError as error:
        raise _gone(str(file), error) from error


def _read_hash(file: Path) -> str | None:
    try:
        return hash_file(file)
    except UnreadableError:
        return None


def copy_checked(file: BinaryIO, copy: BinaryIO, sha256: str, shown: str) -> None:
    """Copies an open file, hashing it on the way. UnreadableError where its bytes are not those of that hash, or cannot
    be read; OSError where the copy cannot be written."""
    made = hashlib.sha256()
    for block in _blocks(file, shown):
        made.update(block)
        copy.write(block)
    if made.hexdigest() != sha256:
        raise UnreadableError("damaged", "file-changed", path=shown)
    copy.flush()


def _blocks(file: BinaryIO, shown: str) -> Iterator[bytes]:
    try:
        file.seek(0)
        while block := file.read(BLOCK):
            yield block
    except OSError as error:
        raise _gone(shown, error) from error


def _gone(shown: str, error: OSError) -> UnreadableError:
    return UnreadableError("damaged", "file-gone", path=shown, detail=error.strerror or error)

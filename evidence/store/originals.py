"""The originals: each file as it was handed in, byte by byte, under its hash.

``originals/aa/aa…``: a name is a hash, so the same file is kept once and none is ever written over. Order that
survives a kill at any moment: temporary file and fsync, rename and fsync of the folder, and only then the database.
An intent (``tmp/<hash>.<process>.intent``) stands from before the rename until the database knows the file: after a
kill it tells which original nobody knows of.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkstemp
from typing import BinaryIO

from evidence.errors import UnreadableError
from evidence.store.folder import sync_folder, write_error

BLOCK = 1 << 20
INTENT = ".intent"
STAGED = "staged-"


class Originals:
    """The originals of an archive; ``temporary`` lies on the same disk, so that a rename is one step."""

    def __init__(self, folder: Path, temporary: Path) -> None:
        self._folder = folder
        self._temporary = temporary

    def path(self, sha256: str) -> Path:
        """Where that file lies, or would lie."""
        return self._folder / sha256[:2] / sha256

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
        yield
        intent.unlink(missing_ok=True)

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

    def sweep(self, known: Callable[[str], bool]) -> None:
        """Removes what a killed run left. To be called while nobody else has the archive open."""
        for sha256 in self.intended():
            if not known(sha256):
                self.path(sha256).unlink(missing_ok=True)
        for left in self._temporary.glob("*"):
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


def hash_file(file: Path) -> str:
    """The SHA-256 of a file's bytes. UnreadableError where it is gone."""
    try:
        with file.open("rb") as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest()
    except OSError as error:
        raise _gone(str(file), error) from error


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

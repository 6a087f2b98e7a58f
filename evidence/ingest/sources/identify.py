"""What is this file: hash, size, and type by its content.

A file is opened once, by the name it really bears, and what is hashed is what that open file holds. Only plain files
are opened: a pipe or a device would block for ever.
"""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import BinaryIO

from evidence.config import Limits
from evidence.errors import UnreadableError
from evidence.ingest.sources.paths import display
from evidence.ingest.sources.type_detection import detect_media_type
from evidence.model.document import Source

BLOCK = 1 << 20


def identify(path: Path, limits: Limits, received: date | None = None) -> Source:
    """Hash, size and media type. UnreadableError where the file is empty, gone, shut, no plain file, or larger than the
    limit.

    A type that no reader knows is no error here: the pipeline says so in the record.
    """
    with open_file(path) as file:
        return identify_open(file, path, limits, received)


@contextmanager
def open_file(path: Path) -> Iterator[BinaryIO]:
    """The plain file of that path, open for reading. UnreadableError where there is none, or it cannot be read; also
    for what the system says while the block reads it."""
    try:
        _check_plain(path.stat(), path)  # before it is opened: that alone may do something to a device
        descriptor = os.open(path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY)
        with os.fdopen(descriptor, "rb") as file:
            _check_plain(os.fstat(descriptor), path)
            yield file
    except OSError as error:
        raise UnreadableError("damaged", access_problem(error, path), path=display(path)) from error


def identify_open(file: BinaryIO, path: Path, limits: Limits, received: date | None = None) -> Source:
    """The same of an open file; ``path`` is for display. UnreadableError where it is empty or larger than the limit."""
    digest, size = hashlib.sha256(), 0
    file.seek(0)
    while size <= limits.file_bytes and (block := file.read(BLOCK)):
        digest.update(block)
        size += len(block)
    if max(size, os.fstat(file.fileno()).st_size) > limits.file_bytes:
        limit = limits.file_bytes // 1_000_000
        raise UnreadableError("too-large", "too-large-file", path=display(path), limit=limit)
    if size == 0:
        raise UnreadableError("damaged", "empty-file", path=display(path))
    return Source(display(path), digest.hexdigest(), detect_media_type(file), size, None, received)


def _check_plain(facts: os.stat_result, path: Path) -> None:
    """A folder stands for what lies in it, and comes here only where it cannot be listed."""
    if stat.S_ISDIR(facts.st_mode):
        os.scandir(path).close()
    if not stat.S_ISREG(facts.st_mode):
        raise UnreadableError("unsupported", "not-a-file", path=display(path))


def access_problem(error: OSError, path: Path) -> str:
    """The code of the sentence that says why the system would not give the file."""
    if error.errno == errno.ELOOP:
        return "link-loop"
    if error.errno == errno.ENAMETOOLONG:
        return "path-too-long"
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return "link-broken" if path.is_symlink() else "file-vanished"
    return "file-forbidden" if isinstance(error, PermissionError) else "file-broken"

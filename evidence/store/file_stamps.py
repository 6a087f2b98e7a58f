"""Files that were hashed before: a file whose stamp is the same need not be hashed again.

A document's identity is the hash of its content and nothing else; the stamp only says that the content cannot have
changed since it was hashed: device, inode, size, time of the last change of the content and of the inode, all in
nanoseconds. The last of these cannot be set by a program, so ``touch -d`` or ``cp -p`` over a file show. Git's index
rests on the same facts, with the same care: a file changed less than ``YOUNG`` ago is not trusted, for a second
change within one tick of the file system's clock would leave the stamp as it was. ``ingest --rehash`` trusts none.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from evidence.store.engines.upsert import put_rows
from evidence.store.schema import StampRow

LONGEST = 2_000  # bytes of a path that is remembered: an index of PostgreSQL holds no longer one
YOUNG = 2_000_000_000  # ns; the coarsest clock of a file system in use (FAT) ticks every two seconds


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the file system says of a plain file. ``young``: too lately changed to be recognised by this later."""

    path: bytes
    text: str
    young: bool


def read_stamp(path: Path) -> Stamp | None:
    """The stamp of the file as it is now; None for what is no plain file, or cannot be seen."""
    try:
        status = path.stat()
    except (OSError, ValueError):
        return None
    if not stat.S_ISREG(status.st_mode):
        return None
    parts = (status.st_dev, status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns)
    young = time.time_ns() - max(status.st_mtime_ns, status.st_ctime_ns) < YOUNG
    return Stamp(os.fsencode(path.absolute()), ":".join(map(str, parts)), young)


def find_hashes(session: Session, stamps: Iterable[Stamp]) -> dict[bytes, str]:
    """The hashes of those files, by path, that look as they did when they were hashed."""
    wanted = {stamp.path: stamp.text for stamp in stamps}
    query = select(StampRow.path, StampRow.stamp, StampRow.sha256).where(StampRow.path.in_(wanted))
    return {path: sha256 for path, text, sha256 in session.execute(query) if wanted[path] == text}


def save_stamps(session: Session, stamps: Iterable[tuple[Stamp, str]]) -> None:
    """Keeps the stamps with the hashes of what lay there; of documents that are stored."""
    rows = [
        {"path": stamp.path, "stamp": stamp.text, "sha256": sha256}
        for stamp, sha256 in stamps
        if not stamp.young and len(stamp.path) <= LONGEST
    ]
    put_rows(session, StampRow, rows, ("path",))

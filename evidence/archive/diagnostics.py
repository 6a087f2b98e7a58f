"""What ``evidence doctor`` asks of the machine that only rooms below the archive can tell.

Imports nothing that may itself be missing: it answers where no document could be read.
"""

from __future__ import annotations

import importlib
import sqlite3
import time
from dataclasses import dataclass
from pathlib import Path

from evidence.errors import ArchiveError, EvidenceError
from evidence.messages import Message
from evidence.third_party import find_missing_parts

__all__ = ["LARGE", "EngineCheck", "count_documents", "examine_engines", "find_missing_parts", "find_missing_walls"]

LARGE = 30_000
"""Documents from which on Whoosh is the slower engine that a person notices: at 10,000 (56 million characters) one
query in twenty takes it 78 ms of processor time and an index made anew 3 minutes, both growing with the archive;
Tantivy 16 ms and half a minute (``docs/benchmarks.md``). At three times that size it passes a quarter of a second and 9
minutes."""
MOST_APART = 5  # seconds between this machine's clock and the database server's
WALLS = ("landlock", "seccomp")  # of the kernel, around the children that read


@dataclass(frozen=True, slots=True)
class EngineCheck:
    """``code``: the exit code of who cannot use it; 0: it is good."""

    message: Message
    hint: Message | None
    code: int


def find_missing_walls() -> tuple[str, ...]:
    """Which of those walls this machine cannot put up; all of them where a package for it is missing."""
    try:
        return tuple(importlib.import_module("evidence.sandbox.policy").missing_mechanisms())
    except ImportError:
        return WALLS


def examine_engines(home: Path, database: str | None) -> tuple[EngineCheck, ...]:
    """Whether the archive's database and object store, where others keep them, can be used from this machine; nothing
    where all lies in its folder, or there is no archive. An object of ours is written and removed in the store."""
    try:
        opened = importlib.import_module("evidence.store.folder").open_folder(home)
    except (EvidenceError, ImportError):
        return ()
    if opened.marker.database is None:
        return ()
    try:
        originals = importlib.import_module("evidence.store.objects.place").ORIGINALS
        reading = importlib.import_module("evidence.store.searches.open_reader").open_reading(opened, database)
        with reading.connecting() as connection:
            reading.read_version(opened.archive)
            seconds = float(connection.execute("SELECT extract(epoch FROM clock_timestamp())").fetchone()[0])
            apart = round(abs(time.time() - seconds))
            place = connection.execute("SELECT value FROM facts WHERE name = ?", (originals,)).fetchone()
    except ImportError:  # said by the check of the packages
        return ()
    except EvidenceError as error:
        return (EngineCheck(error.message, error.hint, error.exit_code),)
    named = Message("doctor-database", {"database": opened.marker.database})
    checks = [EngineCheck(named, None, 0)]
    if apart > MOST_APART:
        checks.append(EngineCheck(Message("doctor-clock", {"seconds": str(apart)}), None, ArchiveError.exit_code))
    return (*checks, *([_examine_bucket(place[0], home)] if place else []))


def _examine_bucket(url: str, home: Path) -> EngineCheck:
    bucket = importlib.import_module("evidence.store.objects.bucket").Bucket(url, home)
    try:
        bucket.try_rights()
    except EvidenceError as error:
        return EngineCheck(error.message, error.hint, error.exit_code)
    finally:
        bucket.close()
    return EngineCheck(Message("doctor-bucket", {"url": url}), None, 0)


def count_documents(home: Path, database: str | None) -> int | None:
    """How many documents the archive in that folder holds; None where there is none that can be read. Nothing is
    written, locked or brought to this version."""
    try:
        opened = importlib.import_module("evidence.store.folder").open_folder(home)
        reading = importlib.import_module("evidence.store.searches.open_reader").open_reading(opened, database)
        with reading.connecting() as connection:
            return int(connection.execute("SELECT count(*) FROM documents").fetchone()[0])
    except (EvidenceError, ImportError, sqlite3.Error):
        return None

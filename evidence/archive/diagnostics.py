"""What ``evidence doctor`` asks of the machine that only rooms below the archive can tell.

Imports nothing that may itself be missing: it answers where no document could be read.
"""

from __future__ import annotations

import importlib
import sqlite3
from pathlib import Path

from evidence.errors import EvidenceError
from evidence.third_party import find_missing_parts

__all__ = ["LARGE", "count_documents", "find_missing_parts", "find_missing_walls"]

LARGE = 30_000
"""Documents from which on Whoosh is the slower engine that a person notices: at 10,000 (56 million characters) one
query in twenty takes it 78 ms of processor time and an index made anew 3 minutes, both growing with the archive;
Tantivy 16 ms and half a minute (``docs/benchmarks.md``). At three times that size it passes a quarter of a second and 9
minutes."""
WALLS = ("landlock", "seccomp")  # of the kernel, around the children that read


def find_missing_walls() -> tuple[str, ...]:
    """Which of those walls this machine cannot put up; all of them where a package for it is missing."""
    try:
        return tuple(importlib.import_module("evidence.sandbox.policy").missing_mechanisms())
    except ImportError:
        return WALLS


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

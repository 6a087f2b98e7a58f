"""An archive moved to other engines: its database to another, its originals into an object store."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

from evidence.archive.facade import Archive
from evidence.config import Settings
from evidence.errors import UsageError
from evidence.store.engines import database_move
from evidence.store.objects import bucket_upkeep

_BUCKET = re.compile(r"s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/[\w.-]+)*/?")
_FOLDER = "file://"


def move_originals(settings: Settings, url: str) -> int:
    """Copies the originals into that object store, where the archive keeps them from now on; how many they are.

    UsageError: no such address; ArchiveError: the store does not answer, the archive is open elsewhere, or an original
    is lost.
    """
    folder = Path(url.removeprefix(_FOLDER))
    if not _BUCKET.fullmatch(url) and not (url.startswith(_FOLDER) and folder.is_absolute() and folder.is_dir()):
        raise UsageError("cli-migrate-bad-url", url=url)
    return bucket_upkeep.move_originals(settings.home, url.rstrip("/"), settings.database)


def move_database(settings: Settings, to: str) -> int:
    """Moves the database to that URL, or with ``sqlite`` into a file in the archive's folder, and makes the index anew;
    how many rows the database has.

    UsageError: no such address, or it is there already; ArchiveError: the other database is not empty or does not
    answer, or the archive is open elsewhere.
    """
    rows = database_move.move_database(settings.home, to, settings.database)
    with Archive.open(replace(settings, database=None if to == database_move.FILE else to)) as archive:
        bucket_upkeep.keep_place(archive._store)
        archive.reindex()  # what the index of this machine had read is a number of the other database
    return rows

"""Which database the archive in a folder is kept in, opened; and a new one made for it.

The folder's marker names it without its password. A URL that is given beside it goes before: another way to the same
database, with a password or another host; that it is the same is held against the identity that the database tells.
"""

from __future__ import annotations

import importlib
from pathlib import Path

from evidence.errors import ArchiveError, MissingProgramError
from evidence.store.engines.database_engine import DatabaseEngine
from evidence.store.engines.database_url import DatabaseUrl, find_url, parse_url
from evidence.store.engines.sqlite import SqliteEngine
from evidence.store.folder import DATABASE, ArchiveFolder, MarkerContent

POSTGRES = "evidence.store.engines.postgres"
PATIENCE = 30.0  # seconds that a write waits for another's; the longest write measured took 0.4 s


def open_engine(opened: ArchiveFolder, patience: float, resident: bool, given: str | None) -> DatabaseEngine:
    """The database of that archive; ``given``: a URL beside the marker's. UsageError: a URL for an archive that is kept
    in a file; ArchiveError: the database is another archive's, or cannot be reached."""
    url = find_url(opened, given)
    if url is None:
        return SqliteEngine(opened.database, patience, opened.frozen, resident)
    return make_postgres(url, opened.folder, patience, opened.frozen, resident, opened.archive)


def make_database(folder: Path, archive: str, given: str | None) -> MarkerContent:
    """Makes the database of a new archive of that identity, and gives what its marker is to say. A database that holds
    an archive already is that archive's: the folder becomes one more of its folders."""
    if given is None:
        SqliteEngine(folder / DATABASE, PATIENCE).make()
        return MarkerContent(archive)
    url = parse_url(given, archive)
    engine = make_postgres(url, folder, PATIENCE)
    try:
        engine.make(archive=archive)
    except ArchiveError as error:
        if error.message.code != "database-not-empty":
            raise
        known = engine.read_identity()
        if known is None:
            raise
        archive = known
    return MarkerContent(archive, url.shown)


def make_postgres(
    url: DatabaseUrl,
    folder: Path,
    patience: float,
    frozen: bool = False,
    resident: bool = False,
    archive: str | None = None,
) -> DatabaseEngine:
    """``archive``: the identity that the database must tell. MissingProgramError where the driver is not installed:
    SQLite does without it."""
    try:
        module = importlib.import_module(POSTGRES)
    except ImportError as error:
        raise MissingProgramError("database-driver", "database-driver-hint") from error
    engine: DatabaseEngine = module.PostgresEngine(url, folder, patience, frozen, resident, archive)
    return engine

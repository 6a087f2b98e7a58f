"""Which database the archive in a folder is kept in, opened; and a new one made for it.

The folder's marker names it without its password. A URL that is given beside it goes before: another way to the same
database, with a password or another host; that it is the same is held against the identity that the database tells.
"""

from __future__ import annotations

import importlib
from functools import partial
from pathlib import Path

from evidence.errors import ArchiveError, MissingProgramError
from evidence.store.engines.database_engine import DatabaseEngine
from evidence.store.engines.database_url import DatabaseUrl, find_url, parse_url
from evidence.store.engines.sqlite import SqliteEngine
from evidence.store.folder import DATABASE, ArchiveFolder, MarkerContent, create_folder, open_folder

POSTGRES = "evidence.store.engines.postgres"
PATIENCE = 30.0  # seconds that a write waits for another's; the longest write measured took 0.4 s


def open_engine(
    home: Path, create: bool, patience: float, resident: bool, given: str | None
) -> tuple[ArchiveFolder, DatabaseEngine]:
    """The archive's folder and its database, which may still be of an older version; ``given``: a URL beside the
    marker's, and where a new archive goes. UsageError: a URL for an archive that is kept in a file; ArchiveError: there
    is no archive, or no database in its folder."""
    opened = create_folder(home, partial(make_database, given=given)) if create else open_folder(home)
    url = find_url(opened, given)
    if url is not None:
        return opened, make_postgres(url, home, patience, opened.frozen, resident, opened.archive)
    file = SqliteEngine(opened.database, patience, opened.frozen, resident)
    if not file.is_there():
        raise ArchiveError("archive-damaged", "archive-damaged-hint", home=home)
    return opened, file


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
        if known is None or not known.isalnum():  # an archive has left it, or is on its way there
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

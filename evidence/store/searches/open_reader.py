"""Opens an archive to be searched and nothing else. It takes no lock and sweeps nothing: it writes no file."""

from __future__ import annotations

import importlib
from pathlib import Path

from evidence.errors import MissingProgramError
from evidence.store.engines.database_url import find_url
from evidence.store.engines.plain_reading import PlainReading
from evidence.store.engines.sqlite_reading import SqliteReading
from evidence.store.folder import ArchiveFolder, open_folder
from evidence.store.migrations import HEAD
from evidence.store.searches.search_reader import SearchReader

STORE = "evidence.store.store"  # with the mapper, which takes longer to load than a search takes
POSTGRES = "evidence.store.engines.postgres_reading"
PATIENCE = 30.0  # seconds


def open_search_reader(home: Path, database: str | None = None) -> SearchReader:
    """The archive in that folder; ``database`` as of ``Store.open``. ArchiveError where there is none, or it is damaged
    or of a newer version."""
    opened = open_folder(home)
    reading = open_reading(opened, database)
    if reading.read_version(opened.archive) != HEAD:
        importlib.import_module(STORE).Store.open(home, database=database).close()  # brings an older one up
    url = find_url(opened, database)
    return SearchReader(opened.folder, opened.archive, reading, url.text if url else None)


def open_reading(opened: ArchiveFolder, database: str | None) -> PlainReading:
    """Its database to be read by plain SQL and nothing else; whether it is whole, ``read_version`` tells."""
    url = find_url(opened, database)
    if url is None:
        return SqliteReading(opened.database, PATIENCE, opened.frozen)
    try:
        postgres = importlib.import_module(POSTGRES)
    except ImportError as error:
        raise MissingProgramError("database-driver", "database-driver-hint") from error
    reading: PlainReading = postgres.PostgresReading(url, opened.folder, PATIENCE)
    return reading

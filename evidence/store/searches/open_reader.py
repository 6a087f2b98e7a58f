"""Opens an archive to be searched and nothing else. It takes no lock and sweeps nothing: it writes no file."""

from __future__ import annotations

import importlib
from pathlib import Path

from evidence.errors import ArchiveError
from evidence.store.folder import ArchiveFolder, open_folder
from evidence.store.migrations import HEAD
from evidence.store.searches.search_reader import SearchReader
from evidence.store.searches.sqlite_reading import SqliteReading, check_length, has_log, read_version

STORE = "evidence.store.store"  # with the mapper, which takes longer to load than a search takes
PATIENCE = 30.0  # seconds


def open_search_reader(home: Path) -> SearchReader:
    """The archive in that folder. ArchiveError where there is none, or it is damaged or of a newer version."""
    opened = open_folder(home)
    if not opened.database.is_file():
        raise ArchiveError("archive-damaged", "archive-damaged-hint", home=home)
    logged = has_log(opened.database)
    connections = SqliteReading(opened.database, PATIENCE, opened.frozen)
    with connections.connecting() as connection:
        if not logged:
            check_length(opened.database, connection)
        version = read_version(connection)
    if version != HEAD:
        _bring_up(opened)
    return SearchReader(opened.folder, opened.archive, connections)


def _bring_up(opened: ArchiveFolder) -> None:
    """Opens all of the archive, which brings an older one to this version. ArchiveError: none of ours, or newer."""
    importlib.import_module(STORE).Store.open(opened.folder).close()

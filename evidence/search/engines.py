"""The engines by name. One that is not installed is told by its name."""

from __future__ import annotations

import importlib
from pathlib import Path

from evidence.errors import MissingProgramError, UsageError
from evidence.search.engine import EngineName, SearchEngine, SearchEngineFactory

_PLACES = {
    EngineName.WHOOSH: ("evidence.search.whoosh.index", "WhooshIndex"),
    EngineName.TANTIVY: ("evidence.search.tantivy.index", "TantivyIndex"),
    EngineName.POSTGRES: ("evidence.search.postgres.index", "PostgresIndex"),
}


def make_engine(name: str, home: Path, archive: str, database: str | None = None) -> SearchEngine:
    """The index of the archive in ``home`` by that engine; ``database``: the address of the PostgreSQL database that
    the archive is kept in, None: it is kept in a file. UsageError: there is none of that name, or it keeps its index
    in PostgreSQL and the archive is not there; MissingProgramError: its package is not installed."""
    if name not in list(EngineName):
        raise UsageError("search-engine-unknown", engine=name, known=", ".join(EngineName))
    module, factory_name = _PLACES[EngineName(name)]
    place: str | Path = home
    if name == EngineName.POSTGRES:
        if database is None:
            raise UsageError("search-engine-database", engine=name)
        place = database
    try:
        factory: SearchEngineFactory = getattr(importlib.import_module(module), factory_name)
    except ImportError as error:
        raise MissingProgramError("search-engine-missing", engine=name) from error
    return factory(place, archive)

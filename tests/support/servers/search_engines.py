"""The search engines of the tests, by name: one that keeps its index in PostgreSQL is tried where a server can be
started, once for all tests of a process, and skipped with a sentence elsewhere."""

from __future__ import annotations

import atexit
import os
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from evidence.search.engine import EngineName, SearchEngine
from evidence.search.engines import make_engine
from tests.support.servers.postgres_server import find_postgres, run_postgres

ENGINES = list(EngineName)
FILE_ENGINES = [name for name in EngineName if name is not EngineName.POSTGRES]
"""Those that keep their index in the folder of the archive."""
ARCHIVE_ENGINES = ENGINES if os.environ.get("EVIDENCE_TEST_DATABASE") == "postgresql" else FILE_ENGINES
"""Those that can search the archives of the tests, by where these are kept."""


def list_engines() -> list[EngineName]:
    """Those that can be tried here: for tests that hold several against each other."""
    try:
        start_database()
    except pytest.skip.Exception:
        return FILE_ENGINES
    return ENGINES


def open_engine(name: str, home: Path, archive: str = "me") -> SearchEngine:
    """The engine on an index of its own: none of another folder is met."""
    if name != EngineName.POSTGRES:
        return make_engine(name, home, archive)
    return make_engine(name, home, f"{archive} {home}", start_database())


def start_database() -> str:
    """The address of an empty database. Skips the test where there is none."""
    return start_server().format(name="postgres")


@cache
def start_server() -> str:
    """The address of databases of a server that ends with this process, with a place for the name. Skips the test where
    there is none."""
    pytest.importorskip("psycopg", reason="psycopg is not installed: the extra `cluster` brings it")
    programs = find_postgres()
    if programs is None:
        pytest.skip("there is no PostgreSQL here: the engine that keeps its index there is not tried")
    stack = ExitStack()
    folder = stack.enter_context(TemporaryDirectory(prefix="pg-"))
    url = stack.enter_context(run_postgres(programs, Path(folder)))
    atexit.register(stack.close)
    return url

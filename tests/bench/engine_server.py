"""The engine that is measured, and what it costs: with a PostgreSQL server of its own where it needs one.

Processor time is that of this process and of all processes of the server; the server writes as a real one does.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from evidence.search.engine import EngineName, SearchEngine
from evidence.search.engines import make_engine
from tests.support.servers.postgres_server import find_postgres, run_postgres

SETTINGS = {"fsync": "on", "autovacuum": "on", "shared_buffers": "512MB"}
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class MeasuredEngine:
    """``server``: the number of the server's first process; None: there is none."""

    engine: SearchEngine
    folder: Path
    server: int | None = None
    database: str | None = None

    def spent(self) -> float:
        """Processor seconds until now."""
        return time.process_time() + (_spent_by(self.server) if self.server is not None else 0.0)

    def measure_bytes(self) -> int:
        """How much the index takes."""
        if self.database is None:
            return sum(file.stat().st_size for file in self.folder.rglob("*") if file.is_file())
        import psycopg  # where there is no server there need be no driver

        query = "SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relkind = 'r' AND "
        query += "relnamespace = 'evidence_search'::regnamespace"
        with psycopg.connect(self.database) as connection:
            row = connection.execute(query).fetchone()
        return int(row[0]) if row else 0


@contextmanager
def run_engine(name: str, folder: Path) -> Iterator[MeasuredEngine]:
    """The engine of that name with an empty index in the folder."""
    if name != EngineName.POSTGRES:
        yield MeasuredEngine(make_engine(name, folder, "bench"), folder)
        return
    programs = find_postgres()
    if programs is None:
        raise SystemExit("there is no PostgreSQL here")
    folder.chmod(0o755)
    place = folder / "pg"
    place.mkdir()
    with run_postgres(programs, place, **SETTINGS) as url:
        database = url.format(name="postgres")
        server = int((place / "data" / "postmaster.pid").read_text().split()[0])
        yield MeasuredEngine(make_engine(name, folder, "bench", database), folder, server, database)


def _spent_by(server: int) -> float:
    """Processor seconds of the server's processes, those that ended too."""
    ticks = 0
    for place in Path("/proc").glob("[0-9]*"):
        try:
            fields = (place / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(place.name) == server:
            ticks += sum(map(int, fields[11:15]))  # with those of children that ended
        elif int(fields[1]) == server:
            ticks += sum(map(int, fields[11:13]))
    return ticks / TICKS

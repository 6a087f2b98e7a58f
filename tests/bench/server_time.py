"""Processor time of this process and of its connections' processes on a PostgreSQL server of this machine."""

from __future__ import annotations

import os
import time
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

import psycopg

from evidence.store.folder import open_folder


@dataclass(frozen=True, slots=True)
class ProcessorTime:
    """Seconds of the processor: of our process, and of the server's for it (0 where there is no server)."""

    own: float
    server: float

    @property
    def both(self) -> float:
        return self.own + self.server

    def since(self, before: ProcessorTime) -> ProcessorTime:
        return ProcessorTime(self.own - before.own, self.server - before.server)


def name_connections(home: Path) -> str | None:
    """A URL to the archive's database by which its connections are told from others'; None: it is in a file."""
    address = open_folder(home).marker.database
    if address is None:
        return None
    return f"{address}{'&' if '?' in address else '?'}application_name=bench{os.getpid()}"


def find_backends(url: str | None) -> tuple[int, ...]:
    """The processes of the server that answer the connections of that URL now."""
    if url is None:
        return ()
    query = "SELECT pid FROM pg_stat_activity WHERE application_name = current_setting('application_name')"
    with psycopg.connect(url) as connection:
        own = connection.info.backend_pid
        return tuple(pid for (pid,) in connection.execute(query) if pid != own)


def read_processor_time(backends: Collection[int]) -> ProcessorTime:
    """Until now."""
    return ProcessorTime(time.process_time(), sum(map(_read_process, backends)))


def _read_process(number: int) -> float:
    try:
        return int(Path("/proc", str(number), "schedstat").read_text("ascii").split()[0]) / 1e9
    except OSError:
        return 0.0

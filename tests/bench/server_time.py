"""Processor time of this process and of its connections' processes on a PostgreSQL server of this machine."""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import text

from evidence.store.store import Store

BACKEND = text("SELECT pg_backend_pid()")


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


def find_backends(store: Store) -> tuple[int, ...]:
    """The process of the server that answers the one connection which a resident store keeps for a thread."""
    if store.database.engine.address is None:
        return ()
    with store.database.reading() as session:
        return (int(session.scalar(BACKEND) or 0),)


def read_processor_time(backends: Collection[int]) -> ProcessorTime:
    """Until now."""
    return ProcessorTime(time.process_time(), sum(map(_read_process, backends)))


def _read_process(number: int) -> float:
    try:
        return int(Path("/proc", str(number), "schedstat").read_text("ascii").split()[0]) / 1e9
    except OSError:
        return 0.0

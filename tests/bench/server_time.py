"""Processor time of this process and of the PostgreSQL server that an archive lies on, as told in ``/proc``."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class ProcessorTime:
    """Seconds of the processor: of our process, and of the server's (0 where there is none)."""

    own: float
    server: float

    @property
    def both(self) -> float:
        return self.own + self.server

    def since(self, before: ProcessorTime) -> ProcessorTime:
        return ProcessorTime(self.own - before.own, self.server - before.server)


def read_processor_time(data: Path | None) -> ProcessorTime:
    """Until now; ``data``: the server's folder of data, where it runs on this machine. A backend that ends takes its
    time along: who measures keeps connections."""
    return ProcessorTime(time.process_time(), _read_server(data) if data is not None else 0.0)


def _read_server(data: Path) -> float:
    first = (data / "postmaster.pid").read_text("ascii").split()[0]
    tasks = Path("/proc", first, "task", first, "children").read_text("ascii").split()
    return sum(map(_read_process, tasks))


def _read_process(number: str) -> float:
    try:
        return int(Path("/proc", number, "schedstat").read_text("ascii").split()[0]) / 1e9
    except OSError:
        return 0.0

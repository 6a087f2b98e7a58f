"""How long jobs wait whose worker was killed: from the kill until another is at them, by the engine's own table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import text

from evidence.archive.facade import Archive

_ANNOUNCED = (
    "SELECT job.id, row.worker, job.status = 'doing', job.attempts FROM procrastinate_jobs job "
    "LEFT JOIN jobs row ON row.id = CAST(job.args ->> 'number' AS bigint) "
    "WHERE job.queue_name = 'reading' AND job.status IN ('todo', 'doing')"
)


@dataclass(frozen=True)
class AnnouncedJob:
    """A job of the queue engine's that has not ended. ``worker``: who had it last; ``starts``: that came to no end."""

    worker: str
    under_way: bool
    starts: int


def list_announced(archive: Archive) -> dict[int, AnnouncedJob]:
    """The jobs of reading that have not ended, by the engine's number. ArchiveError: the database is away."""
    with archive._store.database.reading() as session:
        rows = session.execute(text(_ANNOUNCED)).all()
    return {number: AnnouncedJob(worker or "", under_way, starts) for number, worker, under_way, starts in rows}


class StalledJobs:
    """The jobs that a killed process was at, and how long they waited. ``waits``: seconds, of those that came back."""

    def __init__(self) -> None:
        self.waits: list[float] = []
        self._announced: Mapping[int, AnnouncedJob] = {}
        self._since: dict[int, tuple[float, int]] = {}

    @property
    def longest(self) -> float:
        """Seconds."""
        return max(self.waits, default=0.0)

    def look(self, announced: Mapping[int, AnnouncedJob], now: float) -> None:
        """What stands in the queue at that moment (seconds of any clock)."""
        self._announced = announced
        for number, (since, starts) in list(self._since.items()):
            job = announced.get(number)
            if job is None or (job.under_way and job.starts > starts):
                self.waits.append(now - since)
                del self._since[number]

    def note_kill(self, worker: str, now: float) -> None:
        """A process of that worker was killed: what it was at, as far as that was known yet, begins to wait."""
        for number, job in self._announced.items():
            if job.under_way and job.worker in (worker, ""):
                self._since.setdefault(number, (now, job.starts))

    def __str__(self) -> str:
        waits = sorted(self.waits)
        middle = waits[len(waits) // 2] if waits else 0.0
        return f"{len(waits)} stalled jobs, back after {middle:.1f} s in the median, {self.longest:.1f} s at most"

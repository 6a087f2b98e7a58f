"""Workers killed at random while they read what was handed in, and the database cut off twice: nothing is lost, nothing
is there twice. ``python -m tests.cluster.kills --files 1000 --kills 200``"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import text

from evidence.archive.facade import Archive
from evidence.errors import ArchiveError
from evidence.model.job import JobState
from tests.cluster.site import Site, hand_in, kill, list_processes, run_site, wait_until
from tests.cluster.waits import StalledJobs, list_announced

LOT = 100  # files of a receipt
LONGEST = 3600.0
CALM = 60.0  # seconds until nothing is under way any more
MOST_WAIT = 30.0  # seconds that a job may wait whose worker was killed


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--files", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--workers", type=int, default=4)
    parser.add_argument("--seed", type=int, default=615)
    arguments = parser.parse_args()
    with run_site(arguments.workers) as site, TemporaryDirectory() as folder:
        faults = run_kills(site, Path(folder), arguments.files, arguments.kills, arguments.seed)
    print("\n".join(faults) or "nothing lost, nothing twice")
    sys.exit(bool(faults))


def run_kills(site: Site, folder: Path, files: int, kills: int, seed: int) -> list[str]:
    """What is wrong afterwards."""
    with Archive.open(site.settings()) as archive:
        before, known = _count_rows(archive), set(archive._store.hashes())
        papers = [_write_paper(folder, number) for number in range(files)]
        lots = [papers[first : first + LOT] for first in range(0, files, LOT)]
        for lot in lots:
            hand_in(archive, lot)
        faults = [] if len(list_announced(archive)) == files else ["a job was not announced, or twice"]
        run = _Run(site, archive, files, kills, random.Random(seed))
        run.go_on()
        _calm_down(archive)
        expected = before + Counter(
            {
                "documents": files, "records": files, "submissions": files, "receipts": len(lots),
                "audit received": len(lots), "audit stored": files, "audit submitted": files,
            }
        )  # fmt: skip
        faults += _find_faults(archive, expected, known)
        if run.stalled.longest > MOST_WAIT:
            faults.append(f"a stalled job waited for {run.stalled.longest:.1f} s")
        return faults


@dataclass
class _Run:
    site: Site
    archive: Archive
    files: int
    kills: int
    chance: random.Random
    stalled: StalledJobs = field(default_factory=StalledJobs)
    workers: dict[int, subprocess.Popen[bytes]] = field(default_factory=dict)
    done: int = 0
    killed: int = 0
    restarts: int = 0

    def go_on(self) -> None:
        """Until every job ended."""
        began, told = time.monotonic(), 0
        self.workers = {machine: self.site.start_worker(machine) for machine in range(len(self.site.homes))}
        for _ in wait_until(LONGEST):
            self._look()
            if self.done >= told + LOT // 2:
                print(
                    f"{self.done} of {self.files} after {time.monotonic() - began:.0f} s, {self.killed} kills",
                    flush=True,
                )
                told = self.done
            if self.done >= self.files:
                break
            while self.killed < self.kills * self.done / self.files and self.killed < self.kills:
                self._kill_one()
            for machine in [each for each, process in self.workers.items() if process.poll() is not None]:
                self.workers[machine] = self.site.start_worker(machine)  # as the system's own supervisor does
            if self.restarts < 2 and self.done > self.files * (self.restarts + 1) / 3:
                self.site.restart_database()
                self.restarts += 1
        print(
            f"{self.done} of {self.files} jobs ended, {self.killed} kills, {self.restarts} restarts, "
            f"{time.monotonic() - began:.0f} s; {self.stalled}"
        )

    def _look(self) -> None:
        try:
            announced = list_announced(self.archive)
        except ArchiveError:  # the database is away
            return
        self.stalled.look(announced, time.monotonic())
        self.done = self.files - len(announced)

    def _kill_one(self) -> None:
        machine = self.chance.randrange(len(self.workers))
        worker = self.workers[machine].pid
        if kill(self.chance.choice(list_processes(worker))):
            self.killed += 1
            self.stalled.note_kill(f"reading-{worker}", time.monotonic())


def _calm_down(archive: Archive) -> None:
    """Waits until the findings are new again: their jobs too."""
    for _ in wait_until(CALM):
        if not archive.findings.list_all_stale():
            return


def _count_rows(archive: Archive) -> Counter[str]:
    """Rows of each kind, and lines of the audit by what was done."""
    with archive._store.database.reading() as session:
        counts = Counter(
            {
                table: session.scalar(text(f"SELECT count(*) FROM {table}")) or 0
                for table in ("documents", "records", "submissions", "receipts")
            }
        )
        for action, times in session.execute(text("SELECT action, count(*) FROM audit GROUP BY action")):
            counts[f"audit {action}"] = times
    return counts


def _find_faults(archive: Archive, expected: Counter[str], known: set[str]) -> list[str]:
    """``known``: documents of before, which others may have handed in more than once."""
    faults = [str(damage.message) for damage in archive.verify()]
    counts = _count_rows(archive)
    faults += [
        f"{name}: {counts[name]}, not {expected[name]}"
        for name in sorted({*counts, *expected})
        if counts[name] != expected[name]
    ]
    with archive._store.database.reading() as session:
        for table, what in (("submissions", "sha256, ''"), ("audit", "subject, action")):
            twice = session.execute(text(f"SELECT {what} FROM {table} GROUP BY 1, 2 HAVING count(*) > 1"))
            faults += [f"{table}: {subject} {action} twice" for subject, action in twice if subject not in known]
        rows = session.execute(text("SELECT sha256, revision FROM documents"))
        revisions = {revision for sha256, revision in rows if sha256 not in known}
        faults += [f"announced to the index not as often as others: {revisions}"] if len(revisions) > 1 else []
        left = session.execute(text("SELECT queue_name, status, count(*) FROM procrastinate_jobs GROUP BY 1, 2"))
        faults += [f"the queue {name} still holds {count} jobs: {status}" for name, status, count in left]
    faults += [f"stale findings: {unit}" for unit in archive.findings.list_all_stale()]
    failed = archive.jobs.list_jobs(frozenset({JobState.FAILED}), 10)
    return faults + [f"failed: {job.message}" for job in failed]


def _write_paper(folder: Path, number: int) -> Path:
    file = folder / f"bc {number}.txt"
    file.write_text(
        f"SỞ NỘI VỤ\nSố: {number}/BC-SNV\nLạng Sơn, ngày 15 tháng 3 năm 2026\nBÁO CÁO\nKết quả công tác số {number}\n"
    )
    return file


if __name__ == "__main__":
    main()

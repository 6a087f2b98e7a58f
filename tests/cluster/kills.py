"""Workers killed at random while they read what was handed in, and the database cut off twice: nothing is lost, nothing
is there twice. ``python -m tests.cluster.kills --files 1000 --kills 200``"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import text

from evidence.archive.facade import Archive
from evidence.errors import ArchiveError
from evidence.model.job import JobKind, JobState
from tests.cluster.site import Site, hand_in, kill, list_processes, run_site, wait_until

LOT = 100  # files of a receipt
LONGEST = 3600.0


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
    chance = random.Random(seed)
    began, told = time.monotonic(), 0
    with Archive.open(site.settings()) as archive:
        before = archive.volume().documents
        papers = [_write_paper(folder, number) for number in range(files)]
        for first in range(0, files, LOT):
            hand_in(archive, papers[first : first + LOT])
        workers = {machine: site.start_worker(machine) for machine in range(len(site.homes))}
        done, killed, restarts = 0, 0, 0
        for _ in wait_until(LONGEST):
            waiting = _count_waiting(archive)
            done = done if waiting is None else files - waiting
            if done >= told + LOT // 2:
                print(f"{done} of {files} after {time.monotonic() - began:.0f} s, {killed} kills", flush=True)
                told = done
            if done >= files:
                break
            while killed < kills * done / files and killed < kills:
                machine = chance.randrange(len(site.homes))
                killed += kill(chance.choice(list_processes(workers[machine].pid)))
            for machine in [each for each, process in workers.items() if process.poll() is not None]:
                workers[machine] = site.start_worker(machine)  # as the system's own supervisor does
            if restarts < 2 and done > files * (restarts + 1) / 3:
                site.restart_database()
                restarts += 1
        print(f"{done} of {files} jobs ended, {killed} kills, {restarts} restarts, {time.monotonic() - began:.0f} s")
        return _find_faults(archive, before + files)


def _count_waiting(archive: Archive) -> int | None:
    """None while the database is away."""
    try:
        return archive.jobs.count_waiting((JobKind.READ_UPLOAD,))
    except ArchiveError:
        return None


def _find_faults(archive: Archive, files: int) -> list[str]:
    faults = [str(damage.message) for damage in archive.verify()]
    with archive._store.database.reading() as session:
        for table, column in (("documents", "sha256"), ("records", "sha256"), ("submissions", "sha256")):
            count = session.scalar(text(f"SELECT count(DISTINCT {column}) FROM {table}"))
            every = session.scalar(text(f"SELECT count(*) FROM {table}"))
            if not count == every == files:
                faults.append(f"{table}: {every} rows of {count} documents, {files} were handed in")
        audit = Counter((row.action, row.subject) for row in session.execute(text("SELECT action, subject FROM audit")))
        faults += [f"audit: {entry} {times} times" for entry, times in audit.items() if times > 1 and entry[0] in ONCE]
    failed = archive.jobs.list_jobs(frozenset({JobState.FAILED}), 10)
    return faults + [f"failed: {job.message}" for job in failed]


ONCE = ("stored", "submitted")


def _write_paper(folder: Path, number: int) -> Path:
    file = folder / f"bc {number}.txt"
    file.write_text(
        f"SỞ NỘI VỤ\nSố: {number}/BC-SNV\nLạng Sơn, ngày 15 tháng 3 năm 2026\nBÁO CÁO\nKết quả công tác số {number}\n"
    )
    return file


if __name__ == "__main__":
    main()

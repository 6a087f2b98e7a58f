"""No record without its original: whoever stores one is killed at the points between its put and the commit, while the
bucket is swept by a clock two days on and the store goes away. ``python -m tests.cluster.orphans --kills 300``"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import delete

from evidence.archive.facade import Archive
from evidence.errors import ArchiveError
from evidence.model.job import JobKind, JobState
from evidence.store.objects.bucket import Bucket
from evidence.store.objects.bucket_upkeep import GRACE, _kept_originals, sweep_bucket
from evidence.store.objects.removal_marks import REMOVING
from evidence.store.originals import bucket_name
from evidence.store.schema import Fact
from tests.cluster.site import UNIT, Site, changed_environment, run_site, wait_until

KILLERS = Path(__file__).with_name("killing")
CHANCE = 0.12  # of being killed, at each point
HURRY = 1800.0  # seconds
GLANCE = 2.0  # seconds between two comparisons of the database with the bucket


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--files", type=int, default=400, help="of each way in")
    arguments = parser.parse_args()
    with run_site(3) as site, TemporaryDirectory() as folder:
        faults = run_orphans(site, Path(folder), arguments.files, arguments.kills)
    print("\n".join(faults) or "no record without its original, none lost, none twice")
    sys.exit(bool(faults))


def run_orphans(site: Site, folder: Path, files: int, kills: int) -> list[str]:
    """What is wrong, while it goes on and afterwards. Ends with so many kills, or when all files are stored."""
    handed, offered = (_write_papers(folder / name, files) for name in ("handed in", "ingested"))
    log = folder / "kills"
    log.touch()
    faults: list[str] = []
    with Archive.open(site.settings(0)) as archive, closing(_open_bucket(archive)) as bucket:
        ways = _Ways(site, handed, offered, log)
        ways.start()
        try:
            began, looked, restarts = time.monotonic(), 0.0, 0
            for gone in wait_until(HURRY):
                ways.keep_up()
                killed = len(log.read_text().splitlines())
                if gone - looked > GLANCE:
                    faults += _find_missing(archive, bucket)
                    looked = gone
                if restarts < 2 and killed > kills * (restarts + 1) / 3:
                    site.objects.restart(pause=3.0)
                    restarts += 1
                if faults or killed >= kills or ways.are_done():
                    break
        finally:
            ways.stop()
        took = time.monotonic() - began
        points = Counter(log.read_text().splitlines())
        print(
            f"{sum(points.values())} kills in {took:.0f} s, the store away {restarts} times: {dict(points)}", flush=True
        )
        _finish(site, archive, offered)
        return faults + _find_missing(archive, bucket) + _find_faults(archive, bucket)


@dataclass
class _Ways:
    """The processes that store: a web node, an ``evidence ingest``, a worker on each further machine; and the one that
    sweeps."""

    site: Site
    handed: Path
    offered: Path
    log: Path
    running: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)

    def start(self) -> None:
        search = [str(KILLERS), *os.environ.get("PYTHONPATH", str(Path.cwd())).split(os.pathsep)]
        self._variables = {
            "PYTHONPATH": os.pathsep.join(search), "EVIDENCE_KILL_CHANCE": str(CHANCE),
            "EVIDENCE_KILL_LOG": str(self.log),
        }  # fmt: skip
        self.keep_up()

    def keep_up(self) -> None:
        """What was killed is started again; what is done is not."""
        module, evidence = [sys.executable, "-m", "tests.cluster.storing"], [sys.executable, "-m", "evidence"]
        first, *others = [str(home) for home in self.site.homes]
        ingest = ["ingest", str(self.offered), "--unit", UNIT, "--criterion", "1.1", "--jobs", "1"]
        commands = {
            "hand in": [*module, "hand-in", first, str(self.handed)],
            "sweep": [*module, "sweep", first],
            "ingest": [*evidence, "--home", first, *ingest],
            **{f"worker {home}": [*evidence, "--home", home, "worker", "--jobs", "1"] for home in others},
        }
        with changed_environment(self._variables):
            for name, command in commands.items():
                process = self.running.get(name)
                if process is None or process.poll() not in (None, 0):
                    quiet = subprocess.DEVNULL
                    self.running[name] = subprocess.Popen(command, stdout=quiet, stderr=quiet)

    def are_done(self) -> bool:
        return all(self.running[name].poll() == 0 for name in ("hand in", "ingest"))

    def stop(self) -> None:
        for process in self.running.values():
            process.terminate()
        for process in self.running.values():
            process.wait()


def _finish(site: Site, archive: Archive, offered: Path) -> None:
    """Nothing kills any more: what was told as received is read."""
    worker = site.start_worker(1)
    command = [sys.executable, "-m", "evidence", "--home", str(site.homes[0]), "ingest", str(offered)]
    subprocess.run([*command, "--unit", UNIT, "--criterion", "1.1"], check=True, stdout=subprocess.DEVNULL)
    for _ in wait_until(HURRY):
        if archive.jobs.count_waiting((JobKind.READ_UPLOAD,)) == 0:
            break
    worker.terminate()
    worker.wait()


def _find_missing(archive: Archive, bucket: Bucket) -> list[str]:
    """Originals that the database knows, and which the bucket, looked at afterwards, has not."""
    try:
        known = _kept_originals(archive._store)
        there = {name for name, _ in bucket.list_objects()}
    except ArchiveError:  # one of them is away
        return []
    return [f"no original: {sha256}" for sha256 in known if bucket_name(sha256) not in there]


def _find_faults(archive: Archive, bucket: Bucket) -> list[str]:
    faults = [str(damage.message) for damage in archive.verify()]
    known = _kept_originals(archive._store)
    with archive._store.database.writing() as session:  # whoever left marks of removals is gone for good
        session.execute(delete(Fact).where(Fact.name.startswith(REMOVING)))
    sweep_bucket(archive._store, lambda: time.time() + 2 * GRACE)
    there = {name.rsplit("/", 1)[-1] for name, _ in bucket.list_objects() if not name.startswith("caches/")}
    if there != set(known):
        faults.append(f"swept: {len(there)} objects of {len(known)} originals")
    failed = archive.jobs.list_jobs(frozenset({JobState.FAILED}), 1000)
    poison = [job for job in failed if job.message and job.message.code == "job-poison"]  # killed four times: as told
    print(f"{len(known)} originals; {len(poison)} jobs failed since they were killed four times")
    return faults + [f"failed: {job.message}" for job in failed if job not in poison]


def _open_bucket(archive: Archive) -> Bucket:
    bucket = archive._store.originals.bucket
    assert bucket is not None
    return Bucket(bucket.url, archive._store.folder)


def _write_papers(folder: Path, files: int) -> Path:
    folder.mkdir()
    for number in range(files):
        (folder / f"{number}.txt").write_text(f"SỞ NỘI VỤ\nSố: {number}/BC-SNV\nBÁO CÁO\n{folder.name} {number}\n")
    return folder


if __name__ == "__main__":
    main()

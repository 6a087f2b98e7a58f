"""How work shares out among workers, each on a machine of its own with ``--jobs 1``: jobs that sleep, and real scans.

``python -m tests.cluster.scaling sleeping`` and ``python -m tests.cluster.scaling scans`` (of ``../shared/data``).
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import pypdfium2

from evidence.archive.facade import Archive
from evidence.model.job import JobKind, JobRequest
from tests.cluster.site import Site, changed_environment, hand_in, run_site, wait_until

SLEEPERS = Path(__file__).with_name("sleeping")
DOCUMENTS = Path(__file__).resolve().parents[3] / "shared" / "data" / "documents"
KINDS = (JobKind.READ_UPLOAD, JobKind.REREAD)
LONGEST = 1800.0
LEAST_EFFICIENCY = 0.7
LEAST_RATIO = 1.6


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["sleeping", "scans"])
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4, 8], help="of jobs that sleep")
    parser.add_argument("--seconds", type=float, default=1.0, help="that such a job sleeps")
    parser.add_argument("--each", type=int, default=20, help="such jobs a worker")
    parser.add_argument("--scans", type=int, default=24)
    parser.add_argument("--pages", type=int, default=3, help="most of a scan")
    parser.add_argument("--documents", type=Path, default=DOCUMENTS)
    arguments = parser.parse_args()
    print(f"load before: {_load()}")
    if arguments.what == "sleeping":
        reached = [measure_sleeping(number, arguments.each, arguments.seconds) for number in arguments.workers]
        good = reached[-1] >= LEAST_EFFICIENCY
    else:
        scans = find_scans(arguments.documents, arguments.scans, arguments.pages)
        alone, pair = (measure_scans(workers, scans) for workers in (1, 2))
        print(f"2 workers are {alone / pair:.2f} times as quick as one")
        good = alone / pair >= LEAST_RATIO
    print(f"load after: {_load()}")
    sys.exit(not good)


def measure_sleeping(workers: int, each: int, seconds: float) -> float:
    """The part of the workers' time that they slept, once they are there; said too with their start in it."""
    search = [str(SLEEPERS), *os.environ.get("PYTHONPATH", str(Path.cwd())).split(os.pathsep)]
    with changed_environment({"PYTHONPATH": os.pathsep.join(search)}), _open_site(workers) as (site, archive):
        began = time.monotonic()
        _add_sleeping(archive, workers * each, seconds, "start")
        running = _start_workers(site, workers)
        _wait_until_done(archive, running)
        started = workers * each * seconds / (workers * (time.monotonic() - began))
        began = time.monotonic()
        _add_sleeping(archive, workers * each, seconds, "go")
        _wait_until_done(archive, running)
        took = time.monotonic() - began
    efficiency = workers * each * seconds / (workers * took)
    print(
        f"{workers} workers, {workers * each} jobs of {seconds:g} s: {took:.1f} s, efficiency {efficiency:.2f} "
        f"(with the workers' start in it {started:.2f})",
        flush=True,
    )
    return efficiency


def measure_scans(workers: int, scans: Sequence[Path]) -> float:
    """Seconds from the receipt of those files until all are read, by workers that are there and know none of them."""
    with _open_site(workers) as (site, archive):
        running = _start_workers(site, workers)
        for number in range(workers * 2):  # each reads a first one
            paper = site.homes[0].with_name(f"{number}.txt")
            paper.write_text(f"SỞ NỘI VỤ\nSố: {number}/BC-SNV\nBÁO CÁO\nKết quả công tác số {number}\n")
            hand_in(archive, [paper])
        _wait_until_done(archive, running)
        before = archive.volume().pages
        hand_in(archive, scans)
        began = time.monotonic()
        _wait_until_done(archive, running)
        took = time.monotonic() - began
        pages = archive.volume().pages - before
    print(f"{workers} workers, {len(scans)} scans of {pages} pages: {took:.1f} s", flush=True)
    return took


def find_scans(folder: Path, most: int, pages: int) -> list[Path]:
    """PDF files without a text layer of no more than so many pages, by name."""
    scans = []
    for file in sorted(folder.glob("*.pdf")):
        if len(scans) < most and _is_scan(file, pages):
            scans.append(file)
    assert scans, f"no scans in {folder}"
    return scans


def _is_scan(file: Path, pages: int) -> bool:
    try:
        document = pypdfium2.PdfDocument(file)
    except pypdfium2.PdfiumError:
        return False
    with document:
        return len(document) <= pages and not any(page.get_textpage().count_chars() for page in document)


@contextmanager
def _open_site(workers: int) -> Iterator[tuple[Site, Archive]]:
    """The archive is open on a machine that has no worker."""
    with run_site(workers + 1) as site, Archive.open(site.settings(workers)) as archive:
        yield site, archive


def _start_workers(site: Site, workers: int) -> list[subprocess.Popen[bytes]]:
    return [site.start_worker(machine, "--jobs", "1") for machine in range(workers)]


def _add_sleeping(archive: Archive, count: int, seconds: float, name: str) -> None:
    for number in range(count):
        archive.jobs.add(JobRequest(JobKind.REREAD, f"sleep {name} {number}", str(seconds).encode()))


def _wait_until_done(archive: Archive, running: Sequence[subprocess.Popen[bytes]]) -> None:
    for _ in wait_until(LONGEST):
        assert all(worker.poll() is None for worker in running), "a worker ended"
        if archive.jobs.count_waiting(KINDS) == 0:
            return
    raise TimeoutError("the jobs did not end")


def _load() -> str:
    return " ".join(f"{load:.2f}" for load in os.getloadavg())


if __name__ == "__main__":
    main()

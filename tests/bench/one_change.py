"""What one change costs in an archive that is there: ``python -m tests.bench.one_change --home FOLDER [--unit S50]``.

A new file of that unit is stored, then a value of it is corrected; after each whose findings are stale is looked for
and those are found anew, as a worker does; then the unit is checked as ``evidence check --unit`` does. Five rounds;
printed are the middles: milliseconds of processor time of this process and of PostgreSQL's for it, and by the clock.
The archive of ``tests.bench.fill_archive``; what is stored stays in it.
"""

from __future__ import annotations

import argparse
import datetime
import statistics
import time
from collections.abc import Callable
from pathlib import Path

from evidence.archive.facade import Archive
from evidence.config import Settings
from evidence.model.placement import Submission
from evidence.store.facts import Correction
from evidence.store.store import Store
from tests.bench.server_time import ProcessorTime, find_backends, name_connections, read_processor_time
from tests.support import text_pipeline

ROUNDS = 5
Spent = tuple[ProcessorTime, float]


def write_paper(unit: str, number: int) -> str:
    return (
        f"Số: {number}/KH-{unit}\nLoại: Kế hoạch\nCơ quan: Sở {unit[1:]} tỉnh An Phú\nNgày: 20/01/2025\n"
        "Về: Kế hoạch kiểm soát thủ tục hành chính đợt 1 năm 2025\nCăn cứ 11/2024/NĐ-CP, 3/KH-S01\n"
    )


def put_paper(store: Store, unit: str, number: int) -> None:
    """One more paper of that unit."""
    document = text_pipeline.document(write_paper(unit, number), f"{unit}/1.2/moi-{number}.txt")
    place = Submission(document.source.sha256, document.source.path, unit, "1.2")
    store.put(document, text_pipeline.record(document), None, [place])


def correct(store: Store, sha256: str, day: str) -> None:
    store.correct(Correction(sha256, "date", day, "Lò Thị Hoa", datetime.datetime.now(datetime.UTC).isoformat()))


def refresh(archive: Archive) -> None:
    """Finds anew what is stale: asked twice, as a worker does before and after."""
    stale = archive.findings.list_all_stale()
    archive.findings.refresh([unit for _, unit in stale])
    archive.findings.list_all_stale()


def measure(database: str | None, act: Callable[[], object]) -> Spent:
    backends = find_backends(database)
    before, began = read_processor_time(backends), time.perf_counter()
    act()
    return read_processor_time(backends).since(before), time.perf_counter() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--unit", default="S50")
    options = parser.parse_args()
    database = name_connections(options.home)
    spent: dict[str, list[Spent]] = {}
    with Archive.open(Settings(options.home, jobs=1, database=database), resident=True, indexing=False) as archive:
        store, day = archive._store, datetime.date(2026, 1, 1)
        criteria = archive.criteria("bo")
        refresh(archive)
        start = store.volume().documents

        def run(name: str, act: Callable[[], object]) -> None:
            spent.setdefault(name, []).append(measure(database, act))

        for number in range(start, start + ROUNDS):
            sha256 = text_pipeline.document(write_paper(options.unit, number)).source.sha256
            run("a file stored", lambda at=number: put_paper(store, options.unit, at))
            run("found anew after it", lambda: refresh(archive))
            run("corrected", lambda of=sha256: correct(store, of, "2025-01-25"))
            run("found anew after it, again", lambda: refresh(archive))
            run("checked", lambda: archive.check(criteria, (options.unit,), day))
    for name, rounds in spent.items():
        own, server = (statistics.median(getattr(each, of) * 1000 for each, _ in rounds) for of in ("own", "server"))
        clock = statistics.median(seconds * 1000 for _, seconds in rounds)
        print(f"{name:28} {own:7.0f} + {server:6.0f} ms, by the clock {clock:7.0f} ms")


if __name__ == "__main__":
    main()

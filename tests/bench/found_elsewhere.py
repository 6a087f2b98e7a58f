"""How soon what one machine stored is found on another: ``python -m tests.bench.found_elsewhere --home HOME``.

The archive of ``tests.bench.fill_archive`` on PostgreSQL, its index in step. A process feeds the index of HOME as the
one beside ``evidence serve`` does, looking every second; papers are stored from another folder of the same archive,
which keeps no index. Printed: seconds from the end of storing until a search in HOME shows the paper, by the clock.
"""

from __future__ import annotations

import argparse
import multiprocessing
import tempfile
import time
from pathlib import Path

from evidence.archive.search.archive_search import SearchRequest
from evidence.archive.search.documents import DocumentArchive
from evidence.config import Settings
from evidence.search.scope import EVERYTHING
from evidence.store.folder import open_folder
from evidence.store.store import Store
from tests.bench.one_change import put_paper

PAPERS = 10
LONGEST = 60.0  # seconds that one is waited for


def feed(settings: Settings) -> None:
    with DocumentArchive.open(settings, resident=True) as archive:
        while True:
            archive._search.index_feed.keep_up()
            time.sleep(1)


def wait_until_found(archive: DocumentArchive, number: str) -> float:
    began = time.monotonic()
    while not any(hit.bears for hit in archive.search(SearchRequest(number, 5), EVERYTHING).hits):
        if time.monotonic() - began > LONGEST:
            raise SystemExit(f"{number} is not found")
        time.sleep(0.1)
    return time.monotonic() - began


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    options = parser.parse_args()
    settings = Settings(options.home, jobs=1, search_engine="tantivy")
    feeder = multiprocessing.Process(target=feed, args=(settings,), daemon=True)
    feeder.start()
    database = open_folder(options.home).marker.database
    with tempfile.TemporaryDirectory() as folder, DocumentArchive.open(settings, resident=True) as archive:
        waited = []
        with Store.open(Path(folder, "other"), create=True, resident=True, database=database) as store:
            start = archive.volume().documents % 100_000  # a serial number of five digits
            for number in range(start, start + PAPERS):
                put_paper(store, "S60", number)
                waited.append(wait_until_found(archive, f"{number}/KH-S60"))
    feeder.terminate()
    print(f"{PAPERS} papers: found after {sorted(waited)[PAPERS // 2]:.1f} s, the last after {max(waited):.1f} s")


if __name__ == "__main__":
    main()

"""How long it takes to hand in again what is known: ``.venv/bin/python -m tests.bench.samples.known_files 10000``.

Makes that many small files, stores them without waiting for the disk and without an index (only the second run is
measured), then takes them in again twice: by their stamps, and with ``rehash``. No OCR may happen: reading raises.
"""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from pathlib import Path

from evidence.archive import intake
from evidence.archive.facade import Archive
from evidence.archive.search.archive_search import ArchiveSearch
from evidence.config import Settings
from evidence.ingest.sources.walk import walk
from tests.support import text_pipeline

TEXT = "cải cách hành chính năm 2019 của tỉnh Lạng Sơn theo Quyết định số 12/QĐ-UBND\n" * 5


def make(folder: Path, count: int) -> None:
    for at in range(count):
        place = folder / "SNV" / str(at % 50)
        place.mkdir(parents=True, exist_ok=True)
        head = f"Số: {at + 1}/BC-SNV\nNgày: 2/3/2019\nLoại: Báo cáo\nVề: báo cáo {at}\n"
        (place / f"{at}.txt").write_text(head + TEXT)


def peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def main(count: int) -> None:
    real, fsync, feed = intake.read_queue, os.fsync, ArchiveSearch.feed
    with tempfile.TemporaryDirectory() as place:
        folder, settings = Path(place) / "files", Settings(home=Path(place) / "home")
        make(folder, count)
        time.sleep(2.1)
        if os.fork() == 0:  # so that its memory is not measured
            intake.read_queue, os.fsync = text_pipeline.read_text_files, lambda _descriptor: None  # type: ignore[assignment]
            ArchiveSearch.feed = lambda _self, wait=False: None  # type: ignore[method-assign,assignment]
            with Archive.open(settings, create=True) as archive:
                for _one in archive.ingest(walk([folder])):
                    pass
            os._exit(0)
        os.wait()
        assert (intake.read_queue, os.fsync, ArchiveSearch.feed) == (real, fsync, feed)
        ArchiveSearch.feed = lambda _self, wait=False: None  # type: ignore[method-assign,assignment]
        with Archive.open(settings) as archive:
            print(f"{count} files; {peak()} MB before")
            for rehash in (False, True):
                began, work = time.perf_counter(), time.process_time()
                outcomes = {one.outcome for one in archive.ingest(walk([folder]), rehash)}
                seconds, work = time.perf_counter() - began, time.process_time() - work
                assert outcomes == {"known"}, outcomes
                how = "hashed anew" if rehash else "by stamps"
                print(f"{how:12} {seconds:6.1f} s  {count / seconds:6.0f} files/s  {work:5.1f} s CPU  {peak()} MB")


if __name__ == "__main__":
    main(int(sys.argv[1]))

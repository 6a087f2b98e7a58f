"""How fast this machine is at the main job on samples/: ``make bench``. Measures nothing but time; no test."""

from __future__ import annotations

import datetime
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from evidence import config
from evidence.archive.facade import Archive
from evidence.archive.search.archive_search import EVERYTHING, SearchRequest
from evidence.criteria.loader import load_criteria
from evidence.ingest.sources.walk import walk

T = TypeVar("T")
SAMPLES = Path(__file__).resolve().parents[2] / "samples"


def timed(what: str, job: Callable[[], T], per: Callable[[T], str]) -> T:
    began = time.perf_counter()
    result = job()
    seconds = time.perf_counter() - began
    print(f"{what:<28}{seconds:8.2f} s   {per(result)}")
    return result


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        settings = config.load_settings(home=Path(folder) / "home")
        offered = tuple(walk([SAMPLES / "dossier"], manifest=SAMPLES / "manifest.csv"))
        print(f"{len(offered)} files, {settings.jobs} at a time")
        with Archive.open(settings, create=True) as archive:
            for run in ("first run", "second run, no OCR"):
                timed(f"ingest, {run}", lambda: tuple(archive.ingest(offered)), lambda done: f"{len(done)} files")
            print(f"{archive.volume().pages} pages")
            timed("reread", lambda: tuple(archive.reread()), lambda done: f"{len(done)} documents")
            criteria = load_criteria(SAMPLES / "criteria.yaml")
            day = datetime.date(2026, 1, 31)
            timed("check", lambda: archive.check(criteria, (), day), lambda done: f"{len(done.findings)} findings")
            timed(
                "search",
                lambda: archive.search(SearchRequest("cai cach hanh chinh"), EVERYTHING),
                lambda found: f"{found.total} hits",
            )
            timed("verify", archive.verify, lambda found: f"{len(found)} damages")


if __name__ == "__main__":
    main()

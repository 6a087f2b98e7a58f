"""Readers beside a writer: ``python -m tests.bench.search_readers [ENGINE] [--documents N]``.

Eight processes search an archive of gazette pieces in a loop, each opening it anew at times, while one hands in as
many again, some a run, and feeds the index after each. Told are searches that failed and the longest: by the clock,
what of it the search computed, and how long it stalled: stood still for a lock or a disk. The rest it waited for one of
the cores that nine processes share, with whoever else is on the machine (``/proc/thread-self/schedstat``).
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from multiprocessing.synchronize import Event
from pathlib import Path
from queue import Queue

from evidence.archive import intake
from evidence.archive.facade import Archive
from evidence.archive.search.archive_search import EVERYTHING, SearchRequest
from evidence.archive.search.documents import DocumentArchive
from evidence.config import Settings
from evidence.errors import EvidenceError
from tests.bench.search_corpus import make_gazette_entries
from tests.bench.search_speed import QUERIES
from tests.support import text_pipeline
from tests.support.stored_papers import hand_in

READERS = 8
REOPENED = 20  # searches after which a reader opens the archive anew


@dataclass(frozen=True, slots=True)
class TimedSearch:
    """Seconds by the clock, of the processor, and in line for it; ``error``: why it failed."""

    text: str
    elapsed: float
    computed: float
    queued: float
    error: str = ""

    @property
    def stalled(self) -> float:
        """Seconds in which it neither computed nor could have."""
        return max(0.0, self.elapsed - self.computed - self.queued)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("engine", nargs="?", default="whoosh")
    parser.add_argument("--documents", type=int, default=600)
    parser.add_argument("--batch", type=int, default=20, help="documents of one run of the writer")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        searches, rounds = run_readers(Path(folder), options.engine, options.documents, options.batch)
    report(options.engine, searches, rounds)


def run_readers(folder: Path, engine: str, documents: int, batch: int) -> tuple[list[TimedSearch], list[float]]:
    """What the readers did, and the seconds of each run of the writer."""
    intake.read_queue = text_pipeline.read_text_files
    papers = make_papers(2 * documents)
    settings = Settings(home=folder / "kho", search_engine=engine)
    with Archive.open(settings, create=True) as archive:
        hand_in(archive, folder / "first", dict(islice(papers, documents)))
    context = multiprocessing.get_context("spawn")
    stop, answers = context.Event(), context.Queue()
    readers = [context.Process(target=_read, args=(settings, at, stop, answers)) for at in range(READERS)]
    for reader in readers:
        reader.start()
    rounds = []
    with Archive.open(settings) as archive:
        for at in range(0, documents, batch):
            before = time.monotonic()
            hand_in(archive, folder / f"run-{at}", dict(islice(papers, batch)))
            rounds.append(time.monotonic() - before)
    stop.set()
    searches = [search for _ in readers for search in answers.get()]
    for reader in readers:
        reader.join()
    return searches, rounds


def make_papers(most: int) -> Iterator[tuple[str, str]]:
    for at, entry in enumerate(make_gazette_entries(most)):
        yield f"{at}.txt", f"Số: {at}/BC-SNV\n" + "\n".join(entry.texts)


def _read(settings: Settings, at: int, stop: Event, answers: Queue[list[TimedSearch]]) -> None:
    """Searches until it is told to stop; a search that fails is told and does not end it."""
    searches: list[TimedSearch] = []
    queries = islice(cycle(QUERIES), at, None)
    while not stop.is_set():
        with DocumentArchive.open(settings) as archive:
            for text in islice(queries, REOPENED):
                searches.append(_time_search(archive, text))
                if stop.is_set():
                    break
    answers.put(searches)


def _time_search(archive: DocumentArchive, text: str) -> TimedSearch:
    before, start, error = _read_clock(), time.monotonic(), ""
    try:
        error = "" if archive.search(SearchRequest(text, 20), EVERYTHING).answered else "no index"
    except (EvidenceError, OSError, ValueError, LookupError, AssertionError) as fault:
        error = repr(fault)
    elapsed, after = time.monotonic() - start, _read_clock()
    return TimedSearch(text, elapsed, after[0] - before[0], after[1] - before[1], error)


def _read_clock() -> tuple[float, float]:
    """Seconds that this thread computed, and stood in line for a core."""
    computed, queued, _ = Path("/proc/thread-self/schedstat").read_text("ascii").split()
    return int(computed) / 1e9, int(queued) / 1e9


def report(engine: str, searches: list[TimedSearch], rounds: list[float]) -> None:
    failed = [search for search in searches if search.error]
    longest = sorted(searches, key=lambda search: search.elapsed, reverse=True)
    share = sum(search.computed for search in searches) / sum(search.elapsed for search in searches)
    print(f"{engine}: {len(searches)} searches by {READERS} readers beside {len(rounds)} runs of one writer, load")
    print(f"  {os.getloadavg()[0]:.1f}; {len(failed)} failed; a reader had {share:.0%} of a core")
    print(f"  a run of the writer: {sorted(rounds)[len(rounds) // 2]:.2f} s, the longest {max(rounds):.2f} s")
    middle, late = longest[len(longest) // 2], longest[len(longest) // 100]
    print(f"  a search: median {middle.elapsed:.3f} s, 99 of 100 within {late.elapsed:.3f} s")
    longest.sort(key=lambda search: search.stalled, reverse=True)
    for name, search in (("longest", max(searches, key=lambda search: search.elapsed)), ("longest stall", longest[0])):
        print(f"  {name}: {search.elapsed:.2f} s, of it computed {search.computed:.2f}, in line for a core")
        print(f"    {search.queued:.2f}, stalled {search.stalled:.3f} s: {search.text}")
    for search in failed[:5]:
        print(f"  failed: {search.text}: {search.error}")


if __name__ == "__main__":
    main()

"""A large archive, filled quickly: ``python -m tests.bench.fill_archive --home FOLDER [--documents 200000]
[--units 400] [--engine tantivy]``, kept in a file of the folder or, with ``EVIDENCE_DATABASE``, on PostgreSQL.

Rows are those that the store's own writers make (``store.mapping``, the audit's chain), written in lots and not by a
transaction a document. Every unit hands in its share for 104 criteria: plans, reports and decisions of three pages and
about 4,600 characters of gazette text, each citing a law that a tenth of all cite, two papers of its unit and one of
another's. Then the index is made, findings are found, and people get their accounts; told is how long each took.
"""

from __future__ import annotations

import argparse
import os
import resource
import time
from collections.abc import Callable
from dataclasses import replace
from multiprocessing import Pool
from pathlib import Path

from evidence.archive.facade import Archive
from evidence.config import Settings
from evidence.store.criteria_sets import CriteriaSetStore
from evidence.store.findings.marks import mark_set
from evidence.store.store import Store
from tests.bench.papers import PaperMaker, write_large_set
from tests.bench.people import add_accounts
from tests.bench.row_writer import Rows, make_rows, write_rows

LOT = 1_000  # documents of one transaction
MAKERS = 4  # processes that make papers
_MAKERS: list[PaperMaker] = []  # that of such a process


def fill(settings: Settings, documents: int, units: int) -> None:
    """Makes the archive with its documents and its set, or goes on where it ended; nothing is found in it yet."""
    begun = settings.home.exists()
    with Store.open(settings.home, create=not begun, resident=True, database=settings.database) as store:
        if not begun:
            CriteriaSetStore(store).put("bo", write_large_set(units), "bo.yaml", "0" * 64)
        there = store.volume().documents
        lots = [(start, min(start + LOT, documents)) for start in range(there, documents, LOT)]
        maker = PaperMaker(documents, units)
        with Pool(MAKERS, _take_maker, (maker,)) as pool:  # forked: what the maker read is read once
            for rows in pool.imap(_make_lot, lots):
                write_rows(store, rows)
        with store.database.writing() as session:
            mark_set(session, "bo")  # all findings are to be found anew


def _take_maker(maker: PaperMaker) -> None:
    _MAKERS.append(maker)


def _make_lot(lot: tuple[int, int]) -> Rows:
    return make_rows(_MAKERS[0].make(at) for at in range(*lot))


def tell(name: str, documents: int, act: Callable[[], object]) -> None:
    """Does it, and prints how long it took by the clock and of this process's processor time."""
    began, spent = time.monotonic(), time.process_time()
    act()
    seconds, own = time.monotonic() - began, time.process_time() - spent
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    each = documents / seconds
    print(f"{name}: {seconds:.0f} s ({own:.0f} s CPU), {each:.0f} documents a second, peak {peak:.0f} MB", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--documents", type=int, default=200_000)
    parser.add_argument("--units", type=int, default=400)
    parser.add_argument("--engine", default="tantivy")
    options = parser.parse_args()
    settings = Settings(home=options.home, jobs=1, database=os.environ.get("EVIDENCE_DATABASE"))
    settings = replace(settings, search_engine=options.engine)
    count = options.documents
    if not options.home.exists():
        tell("filled", count, lambda: fill(settings, count, options.units))
        with Archive.open(settings, resident=True) as archive:
            add_accounts(archive)
    with Archive.open(settings, resident=True) as archive:
        tell("indexed", count, archive.reindex)
        tell("findings found", count, archive.findings.refresh)


if __name__ == "__main__":
    main()

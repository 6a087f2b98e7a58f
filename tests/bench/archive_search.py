"""What a search costs in an archive that is there: ``python -m tests.bench.archive_search --home FOLDER [--engine
tantivy] [--rounds 3] [--each]``.

The sixteen queries of ``search_speed``, each the first time and three times more in turns, twenty hits: the engine and
its plan alone, the whole search as the archive answers it (hits, passages, submissions), and with counts of fields, as
the page has it; each as somebody who sees everything and as a unit that sees its own. Milliseconds of processor time of
this process and of PostgreSQL's for it, where the server is on this machine.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

from evidence.archive.search.archive_search import ArchiveSearch, SearchRequest
from evidence.archive.search.documents import DocumentArchive
from evidence.config import Settings
from evidence.search.conditions import plan_walls
from evidence.search.engine import FindRequest
from evidence.search.known_values import IndexedValues
from evidence.search.parser import parse_query
from evidence.search.planner import plan_steps
from evidence.search.scope import EVERYTHING, Scope, units_only
from evidence.search.spelling import Speller
from tests.bench.search_speed import QUERIES
from tests.bench.server_time import ProcessorTime, find_backends, name_connections, read_processor_time

ROUNDS = 3  # beside the first
HITS = 20


def find_hits(search: ArchiveSearch, text: str, scope: Scope) -> int:
    """The engine's part alone: the query planned, and its answer."""
    index = search._index
    query = parse_query(text, IndexedValues(index, scope))
    for step in plan_steps(query, scope, Speller(index, scope).mend):
        answer = index.find(FindRequest(step.plan, plan_walls(scope), HITS, own=step.own, named=step.named))
        if answer.total:
            return answer.total
    return 0


def measure(name: str, options: argparse.Namespace, act: Callable[[str], int]) -> None:
    told, backends = options.each, options.backends
    first, warm, clock, each = [], [], [], dict[str, ProcessorTime]()
    for at in range(1 + options.rounds):
        for text in QUERIES:
            before, began = read_processor_time(backends), time.perf_counter()
            total = act(text)
            waited = (time.perf_counter() - began) * 1000
            spent = read_processor_time(backends).since(before)
            (warm if at else first).append(spent)
            clock.append(waited)
            if not at or spent.both < each[text].both:
                each[text] = spent
            if told and not at:
                print(f"    {total:7} {spent.own * 1000:7.1f} + {spent.server * 1000:6.1f} ms  {text}")
    print(
        f"{name}: first {_tell(first)}; warm {_tell(warm)}; by the clock median {statistics.median(clock):.0f}, p95 "
        f"{_late(clock):.0f} ms"
    )
    if told:
        for text, spent in each.items():
            print(f"    {spent.own * 1000:7.1f} + {spent.server * 1000:6.1f} ms  {text}")


def _tell(spent: list[ProcessorTime]) -> str:
    both = [each.both * 1000 for each in spent]
    return f"median {statistics.median(both):.1f}, p95 {_late(both):.1f} ms"


def _late(values: list[float]) -> float:
    return sorted(values)[min(len(values) - 1, int(len(values) * 0.95))]


def list_scopes() -> Iterator[tuple[str, Scope]]:
    yield "all", EVERYTHING
    yield "a unit's", units_only(["S03"])
    yield "twenty units'", units_only([f"S{at:02}" for at in range(20)])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--engine", default="tantivy")
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="how often each is asked beside the first time")
    parser.add_argument("--each", action="store_true", help="tell every query")
    options = parser.parse_args()
    settings = Settings(home=options.home, jobs=1, database=name_connections(options.home))
    settings = replace(settings, search_engine=options.engine)
    with DocumentArchive.open(settings, resident=True) as archive:
        search = archive._search
        archive.volume()  # connected from now on
        options.backends = find_backends(settings.database)
        for name, scope in list_scopes():
            request, counted = SearchRequest("", HITS), SearchRequest("", HITS, facets=True)

            def ask(text: str, kind: SearchRequest, scope: Scope = scope) -> int:
                return archive.search(replace(kind, text=text), scope).total

            measure(f"engine, {name}", options, lambda text, s=scope: find_hits(search, text, s))
            measure(f"whole, {name}", options, lambda text, r=request: ask(text, r))
            measure(f"with counts, {name}", options, lambda text, r=counted: ask(text, r))
    print(f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


if __name__ == "__main__":
    main()

"""Both engines alone, in turns on the same plans: ``python -m tests.bench.search_pairs [--documents N] [--rounds R]``.

Words that all must stand in a document, and the same words side by side. The first round is cold.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from evidence.search.engine import FindRequest, SearchEngine
from evidence.search.engines import make_engine
from evidence.search.entries import IndexEntry
from evidence.search.plan import Must, PhraseTerms, Plan, Term
from tests.bench.search_speed import make_entries
from tests.support.servers.search_engines import FILE_ENGINES

WORDS = (
    "cai cach",
    "thu tuc hanh chinh",
    "bao hiem xa hoi",
    "dat dai",
    "ke hoach dau tu",
    "quyet dinh ban hanh",
    "uy ban nhan dan tinh",
    "bo tai chinh",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=4)
    options = parser.parse_args()
    entries = make_entries(options.documents)
    runs = [tuple(words.split()) for words in WORDS]
    plans: dict[str, list[Plan]] = {
        "all words": [Must(tuple(Term("body_f", term) for term in run)) for run in runs],
        "phrase": [PhraseTerms("body_f", run) for run in runs],
    }
    with tempfile.TemporaryDirectory() as folder:
        engines = [make_filled(name, Path(folder) / name, entries) for name in FILE_ENGINES]
        for kind, asked in plans.items():
            for turn in range(options.rounds):
                pairs = [[measure(engine, plan) for engine in engines] for plan in asked]
                means = [1000 * statistics.mean(pair[at] for pair in pairs) for at in range(len(engines))]
                ratio = statistics.median(pair[0] / pair[1] for pair in pairs)
                told = ", ".join(f"{name} {mean:.2f} ms" for name, mean in zip(FILE_ENGINES, means, strict=True))
                print(f"{kind}, round {turn + 1}: {told}, median ratio {ratio:.1f}")


def make_filled(name: str, home: Path, entries: list[IndexEntry]) -> SearchEngine:
    """The engine, with the index of the entries made."""
    home.mkdir()
    engine = make_engine(name, home, "bench")
    with engine.exclusive(wait=True):
        engine.rebuild(entries)
    return engine


def measure(engine: SearchEngine, plan: Plan) -> float:
    """Processor seconds of one question for twenty hits."""
    before = time.process_time()
    engine.find(FindRequest(plan, None, 20))
    return time.process_time() - before


if __name__ == "__main__":
    main()

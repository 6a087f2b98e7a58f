"""How quickly an index is fed, and how small it stays: ``python -m tests.bench.search_feed [ENGINE] [--documents N]``.

The corpus of ``search_speed`` in turns of ``--batch`` documents, as the archive feeds what comes in.
"""

from __future__ import annotations

import argparse
import resource
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tests.bench.engine_server import run_engine
from tests.bench.search_speed import make_entries


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("engine", nargs="?", default="whoosh")
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--batch", type=int, default=500)
    options = parser.parse_args()
    entries = make_entries(options.documents)
    characters = sum(len(text) for entry in entries for text in entry.texts)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        measured = stack.enter_context(run_engine(options.engine, Path(folder)))
        engine = measured.engine
        with engine.exclusive(wait=True):
            engine.rebuild([])
            before = measured.spent()
            for start in range(0, len(entries), options.batch):
                engine.update(entries[start : start + options.batch])
        spent = measured.spent() - before
        size = measured.measure_bytes()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{options.engine}: {characters / 1000 / spent:.0f} thousand characters a CPU second,")
    print(f"  {size / characters:.2f} bytes a character, peak {peak:.0f} MB with the corpus in memory")


if __name__ == "__main__":
    main()

"""How long search takes: ``python -m tests.bench.search_speed [ENGINE] [--documents N]``.

N documents of about 4,600 characters (gazette texts cut, again and again until there are enough), the index made and
measured, then scripted queries in a warm process: processor time of each whole answer of twenty hits, engine and plan
alone, and with its passages.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

from evidence.search.engine import FindRequest, SearchEngine
from evidence.search.entries import LONG, IndexEntry
from evidence.search.page_plan import plan_pages
from evidence.search.parser import parse_query
from evidence.search.passages.snippet import make_snippets
from evidence.search.passages.sought_places import SoughtPlaces
from evidence.search.planner import plan_steps
from evidence.search.query import Query
from evidence.search.scope import EVERYTHING
from evidence.search.spelling import Speller
from tests.bench.engine_server import MeasuredEngine, run_engine
from tests.bench.search_corpus import make_gazette_entries

QUERIES = (
    "cải cách hành chính",
    "cai cach hanh chinh",
    "thủ tục hành chính lĩnh vực đất đai",
    '"bảo hiểm xã hội"',
    "cchc",
    "quyết định OR nghị định",
    "doanh nghiệp NOT thuế",
    "kế hoạch năm 2024",
    "loai:QĐ đất đai",
    "ngay:2020..2024 bảo hiểm",
    "tổ chức cuộc hpọ",
    "trách nhiệm của bộ trưởng bộ tài chính trong việc",
    "41/2024/QH15",
    "nghị định 30/2020",
    "qd ubnd 615",
    "công tr*",
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("engine", nargs="?", default="whoosh")
    parser.add_argument("--documents", type=int, default=10_000)
    options = parser.parse_args()
    entries = make_entries(options.documents)
    characters = sum(len(text) for entry in entries for text in entry.texts)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        measured = stack.enter_context(run_engine(options.engine, Path(folder)))
        engine = measured.engine
        before = measured.spent()
        with engine.exclusive(wait=True):
            engine.rebuild(entries)
        spent = measured.spent() - before
        size = measured.measure_bytes()
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{options.engine}: {len(entries)} documents, {characters / 1e6:.1f} million characters")
        print(
            f"  made: {characters / 1000 / spent:.0f} thousand characters a CPU second, {size / characters:.2f} bytes a"
        )
        print(f"  character, peak {peak:.0f} MB with the corpus in memory")
        report("engine and plan", measured, lambda text: _ask(engine, text))
        texts = {entry.sha256: entry.texts for entry in entries}
        report("with passages", measured, lambda text: _answer(engine, text, texts))


def make_entries(most: int) -> list[IndexEntry]:
    """The corpus, copied under other hashes until there are enough documents; ten of them have 500 pages."""
    pieces = list(make_gazette_entries(most))
    entries = [replace(pieces[at % len(pieces)], sha256=f"{at:064x}") for at in range(most)]
    draw = random.Random(5)
    for at in draw.sample(range(most), min(10, most)):
        pages = tuple(text for piece in draw.sample(pieces, min(250, len(pieces))) for text in piece.texts)
        entries[at] = replace(entries[at], texts=pages[:500])
    return entries


def report(name: str, measured: MeasuredEngine, run: Callable[[str], object]) -> None:
    spent, waited = [], []
    for text in QUERIES * 3:
        before, started = measured.spent(), time.perf_counter()
        run(text)
        waited.append((time.perf_counter() - started) * 1000)
        spent.append((measured.spent() - before) * 1000)
    place = int(len(spent) * 0.95)
    print(f"  {name}: median {statistics.median(spent):.1f} ms, p95 {sorted(spent)[place]:.1f} ms CPU")
    print(f"    by the clock: median {statistics.median(waited):.1f} ms, p95 {sorted(waited)[place]:.1f} ms")


def _ask(engine: SearchEngine, text: str) -> list[str]:
    for step in plan_steps(parse_query(text), EVERYTHING, Speller(engine, EVERYTHING).mend):
        answer = engine.find(FindRequest(step.plan, None, 20, own=step.own, named=step.named))
        if answer.total:
            return [hit.sha256 for hit in answer.ranked]
    return []


def _answer(engine: SearchEngine, text: str, texts: dict[str, tuple[str, ...]]) -> int:
    query = parse_query(text)
    sought = SoughtPlaces(query)
    return sum(
        len(make_snippets(_pages(engine, query, sha256, texts[sha256]), sought)) for sha256 in _ask(engine, text)
    )


def _pages(engine: SearchEngine, query: Query, sha256: str, texts: tuple[str, ...]) -> list[tuple[int, str]]:
    """The pages that passages are taken from, as the archive does."""
    plan = plan_pages(query)
    if plan is None or len(texts) <= LONG:
        return list(enumerate(texts, 1)) if plan is not None else []
    return [(number, texts[number - 1]) for number in sorted(engine.find_pages(sha256, plan, 3))]


if __name__ == "__main__":
    main()

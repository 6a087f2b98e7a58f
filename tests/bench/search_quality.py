"""How well a known document is found: ``python -m tests.bench.search_quality [ENGINE] [--half tune|held]``.

Windows of words that stand in exactly one document of the corpus are looked for, as they stand, without marks, with one
wrong tone, with one typing error; numbers whole and as loose words; the figure is the mean reciprocal rank among ten.
Windows are drawn with a fixed seed and split in halves: weights are chosen on ``tune``, ``held`` is what is reported.
"""

from __future__ import annotations

import argparse
import random
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from evidence.search import analyzer
from evidence.search.engine import FindRequest, SearchEngine
from evidence.search.entries import IndexEntry
from evidence.search.parser import parse_query
from evidence.search.planner import plan_steps
from evidence.search.scope import EVERYTHING
from evidence.search.spelling import Speller
from evidence.values.abbreviation import Use, expansions
from evidence.vietnamese.text import strip_marks
from tests.bench.engine_server import run_engine
from tests.bench.search_corpus import make_gazette_entries, make_register_entries

TONES = "\u0300\u0301\u0303\u0309\u0323"
WINDOW = 8


@dataclass(frozen=True, slots=True)
class Sought:
    """A document and the words of it that are typed."""

    sha256: str
    words: tuple[str, ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("engine", nargs="?", default="whoosh")
    parser.add_argument("--half", choices=("tune", "held"), default="held")
    parser.add_argument("--documents", type=int, default=3000)
    parser.add_argument("--windows", type=int, default=200)
    options = parser.parse_args()
    entries = [*make_gazette_entries(options.documents), *make_register_entries(options.documents)]
    with tempfile.TemporaryDirectory() as folder, run_engine(options.engine, Path(folder)) as measured:
        engine = measured.engine
        with engine.exclusive(wait=True):
            engine.rebuild(entries)
        print(f"{options.engine}: {len(entries)} documents, half {options.half}")
        for name, score, count in measure(engine, entries, options.half, options.windows):
            print(f"  {name:<24} {score:.3f}  ({count})")


def measure(engine: SearchEngine, entries: list[IndexEntry], half: str, most: int) -> Iterator[tuple[str, float, int]]:
    """Name, mean reciprocal rank and number of queries of each scripted set."""
    body = _half(_windows(entries, "gazette", most * 2), half)
    subject = _half(_windows(entries, "bd-", most * 2), half)
    for name, sought in (("body", body), ("subject", subject)):
        for way, change in CHANGES.items():
            draw = random.Random(way)
            queries = [(each.sha256, " ".join(change(each.words, draw))) for each in sought]
            yield f"{name} {way}", _mean(engine, queries), len(queries)
    shared = _half(_windows(entries, "bd-", most * 2, shared=True), half)
    yield "subject of several", _mean_of_holders(engine, shared, entries), len(shared)
    yield "  the one drawn", _mean(engine, [(each.sha256, " ".join(each.words)) for each in shared]), len(shared)
    for name, sought in _abbreviated(entries, most * 2).items():
        queries = [(each.sha256, " ".join(each.words)) for each in _half(sought, half)]
        yield name, _mean(engine, queries), len(queries)
    numbered = _half([(entry.sha256, entry) for entry in entries if entry.record.source.path.startswith("bd-")], half)
    whole = [(sha256, str(entry.record.number.value)) for sha256, entry in numbered[:most]]
    yield "number whole", _bearers_first(engine, whole, entries), len(whole)
    loose = [(sha256, " ".join(analyzer.strip_term_marks(analyzer.extract_terms(text)))) for sha256, text in whole]
    yield "number loose", _bearers_first(engine, loose, entries), len(loose)


def _half(items: list[Sought] | list[tuple[str, IndexEntry]], half: str) -> list:  # type: ignore[type-arg]
    return items[0::2] if half == "tune" else items[1::2]


def _windows(entries: Iterable[IndexEntry], start: str, most: int, shared: bool = False) -> list[Sought]:
    """Windows of words that stand in one document alone (``shared``: in several), one a document, drawn with a fixed
    seed."""
    draw = random.Random(13)
    chosen = [entry for entry in entries if entry.record.source.path.startswith(start)]
    draw.shuffle(chosen)
    texts = {entry.sha256: _text(entry) for entry in chosen}
    counted: Counter[tuple[str, ...]] = Counter()
    for words in texts.values():
        counted.update({tuple(words[at : at + WINDOW]) for at in range(max(1, len(words) - WINDOW + 1))})
    sought = []
    for sha256, words in texts.items():
        at = draw.randrange(max(1, len(words) - WINDOW + 1))
        window = tuple(words[at : at + WINDOW])
        if (
            (counted[window] > 1) is shared
            and len(window) == WINDOW
            and sum(word.isalpha() for word in window) >= WINDOW - 1
        ):
            sought.append(Sought(sha256, window))
        if len(sought) >= most:
            break
    return sought


def _abbreviated(entries: Iterable[IndexEntry], most: int) -> dict[str, list[Sought]]:
    """Subjects of the register that hold an abbreviation, with it written out, and the other way round; the first words
    of each, as long as no other subject begins so."""
    subjects = {entry.sha256: _text(entry) for entry in entries if entry.record.source.path.startswith("bd-")}
    starts = Counter(tuple(words[: WINDOW * 2]) for words in subjects.values())
    ways: dict[str, list[Sought]] = {"abbreviation typed": [], "written out": []}
    for sha256, words in subjects.items():
        text = " ".join(words[: WINDOW * 2])
        if starts[tuple(words[: WINDOW * 2])] > 1:
            continue
        for short, full in expansions(Use.QUERY).items():
            low, spelt = short.lower(), " ".join(analyzer.extract_terms(full))
            if f" {spelt} " in f" {text} " and len(ways["abbreviation typed"]) < most:
                ways["abbreviation typed"].append(Sought(sha256, tuple(text.replace(spelt, low).split())))
                break
            if f" {low} " in f" {text} " and len(ways["written out"]) < most:
                ways["written out"].append(Sought(sha256, tuple(f" {text} ".replace(f" {low} ", f" {spelt} ").split())))
                break
    return ways


def _text(entry: IndexEntry) -> list[str]:
    text = entry.texts[0].partition("\n")[2] if entry.record.source.path.startswith("bd-") else " ".join(entry.texts)
    return analyzer.extract_terms(text)


def _as_typed(words: tuple[str, ...], draw: random.Random) -> list[str]:
    return list(words)


def _without_marks(words: tuple[str, ...], draw: random.Random) -> list[str]:
    return [strip_marks(word) for word in words]


def _half_marks(words: tuple[str, ...], draw: random.Random) -> list[str]:
    return [strip_marks(word) if draw.random() < 0.5 else word for word in words]


def _wrong_tone(words: tuple[str, ...], draw: random.Random) -> list[str]:
    """One word with another tone."""
    changed = list(words)
    toned = [at for at, word in enumerate(words) if any(mark in unicodedata.normalize("NFD", word) for mark in TONES)]
    if toned:
        at = draw.choice(toned)
        parts = unicodedata.normalize("NFD", words[at])
        old = next(mark for mark in parts if mark in TONES)
        new = draw.choice([mark for mark in TONES if mark != old])
        changed[at] = unicodedata.normalize("NFC", parts.replace(old, new))
    return changed


def _typing_error(words: tuple[str, ...], draw: random.Random) -> list[str]:
    """Two letters of one word turned, or one left out or doubled."""
    changed = list(words)
    long = [at for at, word in enumerate(words) if len(word) >= 3 and word.isalpha()]
    if long:
        at = draw.choice(long)
        word, place = words[at], draw.randrange(len(words[at]) - 1)
        turned = word[:place] + word[place + 1] + word[place] + word[place + 2 :]
        left_out, doubled = word[:place] + word[place + 1 :], word[: place + 1] + word[place:]
        changed[at] = draw.choice([turned, left_out, doubled])
    return changed


Change = Callable[[tuple[str, ...], random.Random], list[str]]
CHANGES: dict[str, Change] = {
    "as typed": _as_typed,
    "without marks": _without_marks,
    "half of the marks": _half_marks,
    "wrong tone": _wrong_tone,
    "typing error": _typing_error,
}


def _mean(engine: SearchEngine, queries: list[tuple[str, str]]) -> float:
    return sum(1 / rank for sha256, text in queries if (rank := _rank(engine, sha256, text))) / max(1, len(queries))


def _mean_of_holders(engine: SearchEngine, sought: list[Sought], entries: list[IndexEntry]) -> float:
    """Of windows that stand in several documents: the first hit that holds the window counts."""
    texts = {entry.sha256: f" {' '.join(_text(entry))} " for entry in entries}
    total = 0.0
    for each in sought:
        window = f" {' '.join(each.words)} "
        ranks = [at for at, name in enumerate(_find(engine, window), 1) if window in texts[name]]
        total += 1 / ranks[0] if ranks else 0.0
    return total / max(1, len(sought))


def _bearers_first(engine: SearchEngine, queries: list[tuple[str, str]], entries: list[IndexEntry]) -> float:
    """The share of the numbers whose first hit bears that number."""
    numbers = {entry.sha256: str(entry.record.number.value) for entry in entries}
    firsts = ((sha256, _find(engine, text)[:1]) for sha256, text in queries)
    right = sum(bool(first) and numbers[first[0]] == numbers[sha256] for sha256, first in firsts)
    return right / max(1, len(queries))


def _rank(engine: SearchEngine, wanted: str, text: str) -> int:
    """The place of the document among ten; 0 where it is not there."""
    names = _find(engine, text)
    return names.index(wanted) + 1 if wanted in names else 0


def _find(engine: SearchEngine, text: str) -> list[str]:
    for step in plan_steps(parse_query(text), EVERYTHING, Speller(engine, EVERYTHING).mend):
        answer = engine.find(FindRequest(step.plan, None, 10, own=step.own))
        if answer.total:
            return [hit.sha256 for hit in answer.ranked]
    return []


if __name__ == "__main__":
    main()

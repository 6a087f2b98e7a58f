"""More like this: what tells a document from others, as a plan that any engine takes.

In Vietnamese a syllable tells little and two side by side tell a word, so pairs are weighed: by how often the document
says them (its title counts more) against how many documents of the archive hold them. Pairs that no other document
holds find none and are left out.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from evidence.search import analyzer
from evidence.search.conditions import NOTHING
from evidence.search.engine import SearchEngine
from evidence.search.plan import MinShould, PhraseTerms, Plan
from evidence.search.query import AnyOf, PhraseSought, Query

WEIGHED, KEPT, SHOWN = 150, 25, 5  # pairs that are looked up, asked for, told to the reader
LEAST = 0.2  # share of the pairs that a similar document holds
TITLE = 4  # what a pair of the title counts in the text
COMMON = 0.5  # share of the documents from which on a pair tells nothing, in an archive of some size
SMALL = 20  # documents up to which every pair may tell something

Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class SimilarPlan:
    """``query`` is what a reader is shown of it: the most telling pairs."""

    plan: Plan
    query: Query


def plan_similar(texts: Iterable[str], title: str, engine: SearchEngine) -> SimilarPlan:
    """What finds documents like the one of those pages and that title; itself among them."""
    counts: Counter[Pair] = Counter()
    for text in texts:
        counts.update(_find_pairs(text))
    for pair in _find_pairs(title):
        counts[pair] += TITLE
    total = engine.count_all()
    weights = {}
    weighed = sorted(counts, key=lambda pair: (-counts[pair], pair))[:WEIGHED]
    for pair, held in engine.count_pairs(weighed).items():
        if held > 1 and (total <= SMALL or held <= COMMON * total):
            weights[pair] = (1 + math.log(counts[pair])) * math.log((total + 1) / held)
    best = sorted(weights, key=lambda pair: (-weights[pair], pair))[:KEPT]
    if not best:
        return SimilarPlan(NOTHING, Query(AnyOf(())))
    top = max(weights[best[0]], 1e-6)
    parts = tuple(PhraseTerms("body_f", pair, max(weights[pair] / top, 0.01)) for pair in best)
    shown = AnyOf(tuple(PhraseSought(pair) for pair in best[:SHOWN]))
    return SimilarPlan(MinShould(parts, max(1, math.ceil(LEAST * len(parts)))), Query(shown))


def _find_pairs(text: str) -> list[Pair]:
    """Neighbours without marks; a figure tells of no subject."""
    terms = analyzer.strip_term_marks(analyzer.extract_terms(text))
    return [(left, right) for left, right in pairwise(terms) if left.isalpha() and right.isalpha()]

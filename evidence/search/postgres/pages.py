"""The pages of one long file, looked through one by one: 500 at most, whose terms are read with the file's number."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from evidence.search.matching import Ids, Leaf, Matches
from evidence.search.plan import PhraseTerms, PrefixTerm, Term
from evidence.search.postgres.rows import K1, B, join_terms


@dataclass(frozen=True, slots=True)
class PageLeaves:
    """``PlanLeaves`` of pages: ``texts`` of each field, a page a text (``rows.join_terms``)."""

    texts: dict[str, Sequence[str]]
    size: int

    def estimate_leaf(self, leaf: Leaf) -> int:
        return self.size

    def match_leaf(self, leaf: Leaf, within: Ids | None) -> Matches:
        everything = np.arange(self.size, dtype=np.int64)
        if isinstance(leaf, PrefixTerm):
            held = self._count(leaf.field, lambda text: text.count(f" {leaf.start}"))
            ids = np.flatnonzero(held)
            return Matches(ids, np.full(len(ids), leaf.boost)).narrow(within)
        if not isinstance(leaf, Term | PhraseTerms):
            return Matches(everything, np.ones(self.size)).narrow(within)
        terms = (leaf.term,) if isinstance(leaf, Term) else leaf.terms
        run = join_terms(terms)
        held = self._count(leaf.field, lambda text: text.count(run))
        ids = np.flatnonzero(held)
        lengths = np.array([len(text) for text in self.texts[leaf.field]], dtype=np.float64)
        norms = K1 * ((1 - B) + B * lengths / max(1.0, lengths.mean()))
        rarity = len(terms) * math.log1p((self.size - len(ids) + 0.5) / (len(ids) + 0.5))
        scores = leaf.boost * rarity * held * (K1 + 1) / (held + norms)
        return Matches(ids, scores[ids]).narrow(within)

    def _count(self, field: str, count: Callable[[str], int]) -> Ids:
        return np.array([count(text) for text in self.texts[field]], dtype=np.int64)


def make_page_leaves(pages: Sequence[tuple[int, str, str]]) -> PageLeaves:
    """``pages``: number, terms, figures."""
    return PageLeaves({"page_f": [page[1] for page in pages], "page_n": [page[2] for page in pages]}, len(pages))

"""The leaves of a plan on one snapshot; what joins them is every engine's (``matching``).

The inverted index tells which documents hold a term, and whether they say it often (``schema.STRONG``); how often
exactly is read for the best of an answer alone, which are weighed anew by it (``index``).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import reduce
from itertools import pairwise

import numpy as np

from evidence.search.matching import NONE, Ids, Leaf, Matches, Scores, find_places
from evidence.search.plan import (
    Boosted,
    Constant,
    MinShould,
    Must,
    PhraseTerms,
    Plan,
    PrefixTerm,
    Range,
    Should,
    Term,
    Without,
)
from evidence.search.postgres.frequencies import FrequencyTable
from evidence.search.postgres.rows import K1, B, join_terms
from evidence.search.postgres.schema import PAIRED, STRONG, make_lexeme, make_pair
from evidence.search.postgres.snapshot import PostgresSnapshot, write_query

MANY = 1.8  # what a term weighs that stands there often


@dataclass(frozen=True, slots=True)
class PostgresLeaves:
    """``PlanLeaves`` of a snapshot; ``frequencies``: of the documents that are asked of, None: not known."""

    snapshot: PostgresSnapshot
    frequencies: FrequencyTable | None = None

    @property
    def size(self) -> int:
        return self.snapshot.size

    def estimate_leaf(self, leaf: Leaf) -> int:
        if isinstance(leaf, Term | PhraseTerms):
            return min(len(self.snapshot.find_postings(query)) for query in list_queries(leaf))
        return self.size

    def match_leaf(self, leaf: Leaf, within: Ids | None) -> Matches:
        if isinstance(leaf, Term):
            return self._match_term(leaf, within)
        if isinstance(leaf, PhraseTerms):
            return self._match_phrase(leaf, within)
        if isinstance(leaf, PrefixTerm):
            ids, score = self.snapshot.find_postings(*list_queries(leaf)), leaf.boost
        elif isinstance(leaf, Range):
            ids, score = self.snapshot.find_dated(leaf.first, leaf.last), 1.0
        else:
            ids, score = self.snapshot.documents, 1.0
        kept = _narrow(ids, within)
        return Matches(kept, np.full(len(kept), score))

    def _match_term(self, leaf: Term, within: Ids | None) -> Matches:
        lexeme = make_lexeme(leaf.field, leaf.term)
        ids = self._find(lexeme)
        weight = leaf.boost * self.snapshot.rate_rarity(len(ids))
        kept = _narrow(ids, within)
        return Matches(kept, weight * self._weigh(leaf.field, lexeme, leaf.term, kept))

    def _find(self, lexeme: str) -> Ids:
        return self.snapshot.find_postings(write_query(lexeme))

    def _weigh(self, field: str, lexeme: str, term: str, ids: Ids) -> Scores:
        """What the term weighs in each of the documents, which all hold it."""
        if self.frequencies is not None:
            return self._weigh_counts(field, self.frequencies.count_lexeme(lexeme, ids), ids)
        weights = np.ones(len(ids))
        if field == "body_f":
            weights[find_places(ids, self._find(make_lexeme(STRONG, term)))] = MANY
        return weights

    def _weigh_counts(self, field: str, counts: Scores, ids: Ids) -> Scores:
        assert self.frequencies is not None
        lengths = self.frequencies.find_lengths(field, ids)
        mean = self.snapshot.mean_lengths.get(field) or 1.0
        norms = K1 * ((1 - B) + B * lengths / mean) if lengths is not None else K1
        weights: Scores = counts * (K1 + 1) / (counts + norms)
        return weights

    def _match_phrase(self, leaf: PhraseTerms, within: Ids | None) -> Matches:
        """A phrase weighs what its terms weigh together; it stands as often as the rarest of its pairs."""
        needed = [self._find(lexeme) for lexeme in _list_needed(leaf)]
        ids = reduce(_intersect, sorted(needed, key=len))
        ids = _narrow(ids, within)
        paired = leaf.field in PAIRED
        if len(ids) and not (paired and len(leaf.terms) == 2):
            ids = self.snapshot.find_runs(leaf.field, join_terms(leaf.terms), ids)
        if not len(ids):
            return NONE
        weights = np.ones(len(ids))
        if self.frequencies is not None and paired:
            counts = [self.frequencies.count_lexeme(lexeme, ids) for lexeme in _list_needed(leaf)]
            weights = self._weigh_counts(leaf.field, np.minimum.reduce(counts), ids)
        return Matches(ids, leaf.boost * self._rate_phrase(leaf) * weights)

    def _rate_phrase(self, leaf: PhraseTerms) -> float:
        if leaf.field == "body_f":
            counts = self.snapshot.count_words(leaf.terms)
            return sum(self.snapshot.rate_rarity(counts[term]) for term in leaf.terms)
        held = (len(self._find(make_lexeme(leaf.field, term))) for term in leaf.terms)
        return sum(self.snapshot.rate_rarity(count) for count in held)


def list_queries(leaf: Leaf) -> list[str]:
    """What PostgreSQL is asked for the leaf, at the least."""
    if isinstance(leaf, Term):
        return [write_query(make_lexeme(leaf.field, leaf.term))]
    if isinstance(leaf, PrefixTerm):
        return [write_query(make_lexeme(leaf.field, leaf.start), prefix=True)]
    return [write_query(lexeme) for lexeme in _list_needed(leaf)] if isinstance(leaf, PhraseTerms) else []


def list_all_queries(plan: Plan) -> Iterator[str]:
    """What PostgreSQL is asked for the whole plan."""
    for leaf in _list_leaves(plan):
        yield from list_queries(leaf)
        if isinstance(leaf, Term) and leaf.field == "body_f":
            yield write_query(make_lexeme(STRONG, leaf.term))
        elif isinstance(leaf, PhraseTerms) and leaf.field != "body_f":
            yield from (write_query(make_lexeme(leaf.field, term)) for term in leaf.terms)


def list_phrase_words(plan: Plan) -> set[str]:
    """The words of phrases in texts: how many documents hold each is asked in one step."""
    leaves = (leaf for leaf in _list_leaves(plan) if isinstance(leaf, PhraseTerms) and leaf.field == "body_f")
    return {term for leaf in leaves for term in leaf.terms}


def loosen_boosts(plan: Plan) -> Plan:
    """The same, but for boosts it is enough that all pairs of a run stand somewhere: what is matched stays the same,
    and only the best of an answer are looked at closer."""
    if isinstance(plan, Boosted):
        return Boosted(loosen_boosts(plan.part), tuple(_loosen(boost) for boost in plan.boosts))
    if isinstance(plan, Must | Should | MinShould):
        return replace(plan, parts=tuple(loosen_boosts(part) for part in plan.parts))
    if isinstance(plan, Constant):
        return replace(plan, part=loosen_boosts(plan.part))
    return plan


def _loosen(boost: Plan) -> Plan:
    if not isinstance(boost, PhraseTerms) or boost.field not in PAIRED or len(boost.terms) < 3:
        return boost
    pairs = tuple(dict.fromkeys(pairwise(boost.terms)))
    return Must(tuple(PhraseTerms(boost.field, pair, boost.boost / 2) for pair in pairs))


def _list_leaves(plan: Plan) -> Iterator[Leaf]:
    if isinstance(plan, Must | Should | MinShould):
        for part in plan.parts:
            yield from _list_leaves(part)
    elif isinstance(plan, Boosted):
        for part in (plan.part, *plan.boosts):
            yield from _list_leaves(part)
    elif isinstance(plan, Without):
        yield from _list_leaves(plan.part)
        yield from _list_leaves(plan.excluded)
    elif isinstance(plan, Constant):
        yield from _list_leaves(plan.part)
    else:
        yield plan


def _list_needed(leaf: PhraseTerms) -> list[str]:
    """The lexemes that a document holds wherever it holds the phrase."""
    if leaf.field in PAIRED and len(leaf.terms) > 1:
        return [make_pair(leaf.field, left, right) for left, right in dict.fromkeys(pairwise(leaf.terms))]
    return [make_lexeme(leaf.field, term) for term in dict.fromkeys(leaf.terms)]


def _intersect(left: Ids, right: Ids) -> Ids:
    return left[find_places(left, right)]


def _narrow(ids: Ids, within: Ids | None) -> Ids:
    return ids if within is None else ids[find_places(ids, within)]

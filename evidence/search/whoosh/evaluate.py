"""The leaves of a plan, from the arrays of one snapshot; what joins them is every engine's (``matching``).

The places of words are read only for documents that hold all of them side by side in pairs.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from evidence.search.matching import NONE, Ids, Leaf, Matches, find_places, match_tree
from evidence.search.plan import Must, PhraseTerms, Plan, PrefixTerm, Range, Term
from evidence.search.whoosh.postings import PLACE_BITS
from evidence.search.whoosh.schema import PAIRS
from evidence.search.whoosh.snapshot import IndexSnapshot


@dataclass(frozen=True, slots=True)
class SnapshotLeaves:
    """``PlanLeaves`` of a snapshot."""

    snapshot: IndexSnapshot

    @property
    def size(self) -> int:
        return self.snapshot.size

    def match_leaf(self, leaf: Leaf, within: Ids | None) -> Matches:
        return _match_leaf(self.snapshot, leaf, within)

    def estimate_leaf(self, leaf: Leaf) -> int:
        if isinstance(leaf, Term):
            return self.snapshot.count_term(leaf.field, leaf.term)
        if isinstance(leaf, PhraseTerms):
            return min(self.snapshot.count_term(leaf.field, term) for term in leaf.terms)
        return self.snapshot.size


def match_plan(snapshot: IndexSnapshot, plan: Plan, within: Ids | None = None) -> Matches:
    """The documents that match the plan; ``within``: of these alone, ascending."""
    return match_tree(SnapshotLeaves(snapshot), plan, within)


def _match_leaf(snapshot: IndexSnapshot, plan: Leaf, within: Ids | None) -> Matches:
    if isinstance(plan, Term):
        matches = snapshot.match_term(plan.field, plan.term, within)
        return Matches(matches.ids, matches.scores * plan.boost)
    if isinstance(plan, PhraseTerms):
        matches = _match_phrase(snapshot, plan, within)
        return Matches(matches.ids, matches.scores * plan.boost)
    if isinstance(plan, PrefixTerm):
        ids, score = snapshot.match_prefix(plan.field, plan.start), plan.boost
    elif isinstance(plan, Range):
        ids, score = _match_range(snapshot, plan), 1.0
    else:
        ids, score = snapshot.documents, 1.0
    return Matches(ids, np.full(len(ids), score)).narrow(within)


def _match_range(snapshot: IndexSnapshot, plan: Range) -> Ids:
    dates = snapshot.dates[snapshot.documents]
    kept = dates >= (plan.first if plan.first is not None else 1)
    if plan.last is not None:
        kept &= dates <= plan.last
    return snapshot.documents[kept]


def _match_phrase(snapshot: IndexSnapshot, plan: PhraseTerms, within: Ids | None) -> Matches:
    """A phrase of two words in the body is one of the pairs; a longer one stands only where all its pairs stand, and is
    looked for there alone, from the rarest word on."""
    pairs = [Term(PAIRS, f"{left}_{right}") for left, right in dict.fromkeys(pairwise(plan.terms))]
    if plan.field == "body_f" and len(plan.terms) == 2:
        return match_plan(snapshot, pairs[0], within)
    needed = pairs if plan.field == "body_f" else [Term(plan.field, term) for term in dict.fromkeys(plan.terms)]
    left = match_plan(snapshot, Must(tuple(needed)), within).ids
    counts = {term: snapshot.count_term(plan.field, term) for term in plan.terms}
    keys: Ids | None = None
    for at in sorted(range(len(plan.terms)), key=lambda at: counts[plan.terms[at]]):
        if not len(left):
            return NONE
        places = snapshot.find_place_keys(plan.field, plan.terms[at], left) + (len(plan.terms) - at)
        keys = places if keys is None else places[find_places(places, keys)]
        left, _ = _count_equal(keys >> PLACE_BITS)
    assert keys is not None
    ids, times = _count_equal(keys >> PLACE_BITS)
    rarity = sum(snapshot.rate_rarity(counts[term]) for term in plan.terms)
    return Matches(ids, snapshot.score(plan.field, ids, times.astype(np.float64), rarity))


def _count_equal(values: Ids) -> tuple[Ids, Ids]:
    """Each of the ascending values once, and how often it stands there. ``numpy.unique`` loads masked arrays."""
    starts = np.flatnonzero(np.diff(values, prepend=-1))
    return values[starts], np.diff(starts, append=len(values))

"""The documents that match a plan, and their scores, by operations on whole arrays.

``within`` goes down the tree: the rarest part of a conjunction is read first and the others only for what is left,
boosts only for what their part matches, and the places of words only for documents that hold all of them side by side
in pairs.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import numpy as np

from evidence.search.plan import (
    Boosted,
    Constant,
    Everything,
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
from evidence.search.whoosh.postings import PLACE_BITS, find_places
from evidence.search.whoosh.schema import PAIRS
from evidence.search.whoosh.segments import Ids
from evidence.search.whoosh.snapshot import NONE, IndexSnapshot, Matches


def match_plan(snapshot: IndexSnapshot, plan: Plan, within: Ids | None = None) -> Matches:
    """The documents that match the plan; ``within``: of these alone, ascending."""
    if isinstance(plan, Must):
        return _match_all(snapshot, plan.parts, within)
    if isinstance(plan, Should):
        return _match_some(snapshot, plan.parts, 1, within)
    if isinstance(plan, MinShould):
        return _match_some(snapshot, plan.parts, plan.least, within)
    if isinstance(plan, Without):
        base = match_plan(snapshot, plan.part, within)
        excluded = match_plan(snapshot, plan.excluded, base.ids)
        kept = np.ones(len(base.ids), dtype=np.bool_)
        kept[find_places(base.ids, excluded.ids)] = False
        return Matches(base.ids[kept], base.scores[kept])
    if isinstance(plan, Boosted):
        return _match_boosted(snapshot, plan, within)
    if isinstance(plan, Constant):
        ids = match_plan(snapshot, plan.part, within).ids
        return Matches(ids, np.full(len(ids), plan.score))
    return _match_leaf(snapshot, plan, within)


def _match_leaf(
    snapshot: IndexSnapshot, plan: Term | PhraseTerms | PrefixTerm | Range | Everything, within: Ids | None
) -> Matches:
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


def _match_all(snapshot: IndexSnapshot, parts: Iterable[Plan], within: Ids | None) -> Matches:
    matched = []
    for part in sorted(parts, key=lambda part: _estimate(snapshot, part)):
        matches = match_plan(snapshot, part, within)
        within = matches.ids
        matched.append(matches)
        if not len(within):
            return NONE
    assert within is not None
    scores = np.zeros(len(within))
    for matches in matched:
        scores += matches.scores[find_places(matches.ids, within)]
    return Matches(within, scores)


def _match_some(snapshot: IndexSnapshot, parts: Iterable[Plan], least: int, within: Ids | None) -> Matches:
    counts = np.zeros(snapshot.size, dtype=np.int32)
    scores = np.zeros(snapshot.size)
    for part in parts:
        matches = match_plan(snapshot, part, within)
        counts[matches.ids] += 1
        scores[matches.ids] += matches.scores
    ids = np.flatnonzero(counts >= max(1, least))
    return Matches(ids, scores[ids])


def _match_boosted(snapshot: IndexSnapshot, plan: Boosted, within: Ids | None) -> Matches:
    base = match_plan(snapshot, plan.part, within)
    scores = base.scores.copy()
    for boost in plan.boosts if len(base.ids) else ():
        matches = match_plan(snapshot, boost, base.ids)
        scores[find_places(base.ids, matches.ids)] += matches.scores
    return Matches(base.ids, scores)


def _match_phrase(snapshot: IndexSnapshot, plan: PhraseTerms, within: Ids | None) -> Matches:
    """A phrase of two words in the body is one of the pairs; a longer one stands only where all its pairs stand, and is
    looked for there alone, from the rarest word on."""
    pairs = [Term(PAIRS, f"{left}_{right}") for left, right in dict.fromkeys(pairwise(plan.terms))]
    if plan.field == "body_f" and len(plan.terms) == 2:
        return match_plan(snapshot, pairs[0], within)
    needed = pairs if plan.field == "body_f" else [Term(plan.field, term) for term in dict.fromkeys(plan.terms)]
    left = _match_all(snapshot, needed, within).ids
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


def _estimate(snapshot: IndexSnapshot, plan: Plan) -> int:
    """At most how many documents match: what is rare is read first."""
    if isinstance(plan, Term):
        return snapshot.count_term(plan.field, plan.term)
    if isinstance(plan, PhraseTerms):
        return min(snapshot.count_term(plan.field, term) for term in plan.terms)
    if isinstance(plan, Must):
        return min(_estimate(snapshot, part) for part in plan.parts)
    if isinstance(plan, Should | MinShould):
        return min(snapshot.size, sum(_estimate(snapshot, part) for part in plan.parts))
    if isinstance(plan, Without | Boosted | Constant):
        return _estimate(snapshot, plan.part)
    return snapshot.size

"""The documents that match a plan, and their scores, by operations on whole arrays: for engines that give postings.

``within`` goes down the tree: the rarest part of a conjunction is read first and the others only for what is left, and
boosts only for what their part matches.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

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

Ids = npt.NDArray[np.int64]
Scores = npt.NDArray[np.float64]
Leaf = Term | PhraseTerms | PrefixTerm | Range | Everything


@dataclass(frozen=True, slots=True)
class Matches:
    """Documents, ascending, and the score of each."""

    ids: Ids
    scores: Scores

    def narrow(self, within: Ids | None) -> Matches:
        """Those of them within."""
        if within is None:
            return self
        kept = find_places(self.ids, within)
        return Matches(self.ids[kept], self.scores[kept])


NONE = Matches(np.empty(0, dtype=np.int64), np.empty(0, dtype=np.float64))


class PlanLeaves(Protocol):
    """What one engine knows of documents at one moment."""

    @property
    def size(self) -> int:
        """Above the number of any document."""
        ...

    def match_leaf(self, leaf: Leaf, within: Ids | None) -> Matches:
        """The documents that match; ``within``: of these alone, ascending."""
        ...

    def estimate_leaf(self, leaf: Leaf) -> int:
        """At most how many documents match."""
        ...


def match_tree(leaves: PlanLeaves, plan: Plan, within: Ids | None = None) -> Matches:
    """The documents that match the plan; ``within``: of these alone, ascending."""
    if isinstance(plan, Must):
        return _match_all(leaves, plan.parts, within)
    if isinstance(plan, Should):
        return _match_some(leaves, plan.parts, 1, within)
    if isinstance(plan, MinShould):
        return _match_some(leaves, plan.parts, plan.least, within)
    if isinstance(plan, Without):
        base = match_tree(leaves, plan.part, within)
        excluded = match_tree(leaves, plan.excluded, base.ids)
        kept = np.ones(len(base.ids), dtype=np.bool_)
        kept[find_places(base.ids, excluded.ids)] = False
        return Matches(base.ids[kept], base.scores[kept])
    if isinstance(plan, Boosted):
        return _match_boosted(leaves, plan, within)
    if isinstance(plan, Constant):
        ids = match_tree(leaves, plan.part, within).ids
        return Matches(ids, np.full(len(ids), plan.score))
    return leaves.match_leaf(plan, within)


def sort_best(matches: Matches, first: int, limit: int) -> Ids:
    """The places of the best matches from the first one wanted on, ``limit`` of them; of equals the earlier one."""
    most = first + limit
    scores = matches.scores
    if len(scores) > 2 * most > 0:
        least = np.partition(scores, len(scores) - most)[len(scores) - most]
        candidates = np.flatnonzero(scores >= least)
    else:
        candidates = np.arange(len(scores))
    order = np.argsort(-scores[candidates], kind="stable")
    return candidates[order][first:most]


def find_places(ids: Ids, wanted: Ids) -> Ids:
    """At which places of ``ids`` a wanted one stands; both ascending, each once."""
    few, many = (wanted, ids) if len(wanted) < len(ids) else (ids, wanted)
    at = np.searchsorted(many, few)
    hits = at < len(many)
    hits[hits] = many[at[hits]] == few[hits]
    return at[hits] if many is ids else np.flatnonzero(hits)


def _match_all(leaves: PlanLeaves, parts: Iterable[Plan], within: Ids | None) -> Matches:
    matched = []
    for part in sorted(parts, key=lambda part: _estimate(leaves, part)):
        matches = match_tree(leaves, part, within)
        within = matches.ids
        matched.append(matches)
        if not len(within):
            return NONE
    assert within is not None
    scores = np.zeros(len(within))
    for matches in matched:
        scores += matches.scores[find_places(matches.ids, within)]
    return Matches(within, scores)


def _match_some(leaves: PlanLeaves, parts: Iterable[Plan], least: int, within: Ids | None) -> Matches:
    counts = np.zeros(leaves.size, dtype=np.int32)
    scores = np.zeros(leaves.size)
    for part in parts:
        matches = match_tree(leaves, part, within)
        counts[matches.ids] += 1
        scores[matches.ids] += matches.scores
    ids = np.flatnonzero(counts >= max(1, least))
    return Matches(ids, scores[ids])


def _match_boosted(leaves: PlanLeaves, plan: Boosted, within: Ids | None) -> Matches:
    base = match_tree(leaves, plan.part, within)
    scores = base.scores.copy()
    for boost in plan.boosts if len(base.ids) else ():
        matches = match_tree(leaves, boost, base.ids)
        scores[find_places(base.ids, matches.ids)] += matches.scores
    return Matches(base.ids, scores)


def _estimate(leaves: PlanLeaves, plan: Plan) -> int:
    """At most how many documents match: what is rare is read first."""
    if isinstance(plan, Must):
        return min(_estimate(leaves, part) for part in plan.parts)
    if isinstance(plan, Should | MinShould):
        return min(leaves.size, sum(_estimate(leaves, part) for part in plan.parts))
    if isinstance(plan, Without | Boosted | Constant):
        return _estimate(leaves, plan.part)
    return leaves.estimate_leaf(plan)

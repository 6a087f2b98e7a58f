"""What a person has confirmed of a set: requirements that were only read out of an annex's prose are not asked for.

Such a requirement is marked ``proposed: true`` in the file. Until the mark is taken away it is neither found nor
missing, and a rule that counts the evidence of its criterion counts nothing: the points are left to a person. The
report's coverage says how many wait.
"""

from __future__ import annotations

from dataclasses import replace

from evidence.model.criteria import CriteriaSet, Criterion, ScoreRule, Scoring

FREE = (ScoreRule.MANUAL, ScoreRule.SURVEY)


def without_proposals(criteria: CriteriaSet) -> CriteriaSet:
    """The set without proposals; itself where it has none."""
    if not count_proposals(criteria):
        return criteria
    return replace(criteria, criteria=tuple(_confirmed(one) for one in criteria.criteria))


def _confirmed(one: Criterion) -> Criterion:
    kept = tuple(asked for asked in one.evidence if not asked.proposed)
    whole = len(kept) == len(one.evidence)
    by_figures = bool(one.scoring.figures or one.scoring.bands or one.scoring.full)
    free = whole or by_figures or one.score in FREE
    return replace(
        one,
        evidence=kept,
        score=one.score if free else ScoreRule.MANUAL,
        scoring=one.scoring if free else Scoring(),
        children=tuple(_confirmed(child) for child in one.children),
    )


def count_proposals(criteria: CriteriaSet) -> int:
    """How many proposed requirements wait for a person."""
    return sum(_waiting(one) for one in criteria.criteria)


def _waiting(one: Criterion) -> int:
    return sum(asked.proposed for asked in one.evidence) + sum(_waiting(child) for child in one.children)

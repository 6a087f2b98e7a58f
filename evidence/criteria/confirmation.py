"""What a person has confirmed of a set: requirements that were only read out of an annex's prose are not asked for.

Such a requirement is marked ``proposed: true`` in the file. Until the mark is taken away it is neither found nor
missing, and a rule that counts the evidence of its criterion counts nothing: the points are left to a person. The
report's coverage says how many wait.
"""

from __future__ import annotations

from dataclasses import replace

from evidence.model.criteria import CriteriaSet, Criterion, Requirement, walk_criteria
from evidence.model.score_rule import ScoreRule, Scoring

FREE = (ScoreRule.MANUAL, ScoreRule.SURVEY)


def without_proposals(criteria: CriteriaSet) -> CriteriaSet:
    """The set without proposals; itself where it has none."""
    if not count_proposals(criteria):
        return criteria
    return replace(criteria, criteria=tuple(_confirmed(criterion) for criterion in criteria.criteria))


def without_optional(criteria: CriteriaSet) -> CriteriaSet:
    """The set as it is scored: what need not be there neither earns nor costs; itself where all must be there. A rule
    that counts documents and has none left that must be there counts nothing: its points are left to a person."""
    evidence = (each for criterion in walk_criteria(criteria.criteria) for each in criterion.evidence)
    if not any(requirement.optional for requirement in evidence):
        return criteria
    return replace(criteria, criteria=tuple(_obligatory(criterion) for criterion in criteria.criteria))


def _confirmed(criterion: Criterion) -> Criterion:
    kept = tuple(requirement for requirement in criterion.evidence if not requirement.proposed)
    whole = len(kept) == len(criterion.evidence)
    return _with_evidence(criterion, kept, whole, tuple(_confirmed(child) for child in criterion.children))


def _obligatory(criterion: Criterion) -> Criterion:
    kept = tuple(requirement for requirement in criterion.evidence if not requirement.optional)
    enough = bool(kept) or not criterion.evidence
    return _with_evidence(criterion, kept, enough, tuple(_obligatory(child) for child in criterion.children))


def _with_evidence(
    criterion: Criterion, kept: tuple[Requirement, ...], enough: bool, children: tuple[Criterion, ...]
) -> Criterion:
    """With that evidence; by hand where its rule counts documents and these are not enough to count by."""
    scoring = criterion.scoring
    by_figures = bool(scoring.figures or scoring.bands or scoring.full or scoring.parts)
    free = enough or by_figures or criterion.score in FREE
    return replace(
        criterion,
        evidence=kept,
        score=criterion.score if free else ScoreRule.MANUAL,
        scoring=criterion.scoring if free else Scoring(),
        children=children,
    )


def count_proposals(criteria: CriteriaSet) -> int:
    """How many proposed requirements wait for a person."""
    return sum(_waiting(criterion) for criterion in criteria.criteria)


def list_proposals(criteria: CriteriaSet) -> dict[str, tuple[Requirement, ...]]:
    """The requirements that wait for a person, by criterion; criteria without any are left out."""
    waiting = {
        criterion.code: tuple(requirement for requirement in criterion.evidence if requirement.proposed)
        for criterion in walk_criteria(criteria.criteria)
    }
    return {code: requirements for code, requirements in waiting.items() if requirements}


def _waiting(criterion: Criterion) -> int:
    return sum(requirement.proposed for requirement in criterion.evidence) + sum(
        _waiting(child) for child in criterion.children
    )

"""Which criteria make up which part of the points: as the set says, else appraised and surveyed apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from evidence.model.criteria import CriteriaSet, Criterion, walk_criteria
from evidence.model.score_rule import ScoreRule
from evidence.model.scoring import ScoredPart
from evidence.vietnamese.text import fold

APPRAISED, SURVEYED = "thamdinh", "dieutra"  # the parts of a set that names none


@dataclass(frozen=True, slots=True)
class PartCriteria:
    """A part with the criteria that points are given for, in the order of the set."""

    part: ScoredPart
    leaves: tuple[Criterion, ...]

    @property
    def surveyed(self) -> tuple[Criterion, ...]:
        """Those of which a survey says the points."""
        return tuple(leaf for leaf in self.leaves if leaf.score is ScoreRule.SURVEY)


def list_parts(criteria: CriteriaSet) -> tuple[PartCriteria, ...]:
    """The parts of the set in their order; what none of them names belongs to the one that names nothing, or to a part
    of its own."""
    leaves = tuple(leaf for leaf in walk_criteria(criteria.criteria) if not leaf.children)
    if not criteria.parts:
        surveyed = tuple(leaf for leaf in leaves if leaf.score is ScoreRule.SURVEY)
        others = tuple(leaf for leaf in leaves if leaf.score is not ScoreRule.SURVEY)
        halves = ((APPRAISED, others), (SURVEYED, surveyed))
        return tuple(PartCriteria(ScoredPart(name, name), half) for name, half in halves if half)
    named = {fold(code): part.name for part in criteria.parts for code in part.criteria}
    belonging = dict(_belonging(criteria.criteria, named, None))
    rest = next((part for part in criteria.parts if not part.criteria), None)
    parts = criteria.parts
    if rest is None and any(name is None for name in belonging.values()):
        rest = ScoredPart(APPRAISED, APPRAISED)
        parts = (rest, *criteria.parts)
    return tuple(
        PartCriteria(
            part,
            tuple(leaf for leaf in leaves
                  if (belonging[fold(leaf.code)] or (rest.name if rest else None)) == part.name),
        )
        for part in parts
    )  # fmt: skip


def _belonging(
    criteria: tuple[Criterion, ...], named: dict[str, str], above: str | None
) -> Iterator[tuple[str, str | None]]:
    """Each criterion, by its folded code, with the part that it or one above it is named in."""
    for criterion in criteria:
        own = named.get(fold(criterion.code), above)
        yield fold(criterion.code), own
        yield from _belonging(criterion.children, named, own)

"""What papers of a unit state, proposed for the figures that the rules of a set ask for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal

from evidence.criteria.applicability import is_exempt
from evidence.match.figure_proposals.candidates import CandidateFinder, FigureCandidate, StatisticPaper
from evidence.match.figure_proposals.wanted_figures import WantedFigure, list_wanted_figures
from evidence.model.assessment import Figure
from evidence.model.criteria import CriteriaSet, Unit
from evidence.model.scores.figures import FigureProposal, FigureSource

SURE = 0.9  # the confidence from which a reading counts as sure
MOST_OTHERS = 5
NEAR = Decimal("0.5")  # other values that fit almost as well make a proposal doubtful


class FigureProposer:
    """Proposes figures unit by unit."""

    def __init__(self, criteria: CriteriaSet) -> None:
        self._wanted = list_wanted_figures(criteria)
        self._finder = CandidateFinder(self._wanted, criteria.year)

    def propose(
        self, unit: Unit, papers: Sequence[StatisticPaper], kept: Mapping[tuple[str, str], Decimal]
    ) -> Iterator[FigureProposal]:
        """A proposal for each figure that the papers state, in order of the set. ``kept``: what counts now, by
        criterion and name."""
        for wanted in self._wanted:
            if is_exempt(wanted.criterion, unit.profile, unit.not_applicable):
                continue
            candidates = self._finder.find(wanted, papers)
            sure = [each for each in candidates if not each.is_pending]
            if sure:
                yield _proposal(unit, wanted, sure, [each for each in candidates if each.is_pending], kept)


def _proposal(
    unit: Unit, wanted: WantedFigure, candidates: Sequence[FigureCandidate], pending: Iterable[FigureCandidate],
    kept: Mapping[tuple[str, str], Decimal],
) -> FigureProposal:  # fmt: skip
    best = candidates[0]
    code = wanted.criterion.code
    others = _others(best, candidates[1:])
    doubts = [*best.doubts]
    if any(each.value != best.value and each.fit > best.fit - NEAR for each in candidates[1:]):
        doubts.append("figure-several-values")
    if min(source.confidence for source in best.sources) < SURE:
        doubts.append("figure-doubtful-reading")
    return FigureProposal(
        Figure(unit.code, code, wanted.name, best.value), wanted.criterion.title, wanted.meaning, best.sources, others,
        tuple((each.value, each.sources[0]) for each in pending), tuple(doubts), kept.get((code, wanted.name)),
    )  # fmt: skip


def _others(best: FigureCandidate, candidates: Iterable[FigureCandidate]) -> tuple[tuple[Decimal, FigureSource], ...]:
    values: dict[Decimal, FigureSource] = {}
    for each in candidates:
        if each.value != best.value:
            values.setdefault(each.value, each.sources[0])
    return tuple(values.items())[:MOST_OTHERS]

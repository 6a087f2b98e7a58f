"""A scoring year as it stands by the findings that are kept: nothing is checked anew, so that a page may ask for it.

One unit's year (points, losses with their reasons, surveys, the year before), or what would be published of all.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace

from evidence.archive.assessment import tell_version
from evidence.archive.scores.comparison import results_of_year
from evidence.archive.scores.explanation import explain_unit
from evidence.archive.scores.frozen_ranking import FrozenRound, open_frozen, publish_frozen
from evidence.archive.scores.publication import PublicationRequest, publish_year
from evidence.archive.scores.scoring_year import ScoringYear
from evidence.archive.scores.year_basis import YearBasis, join_units
from evidence.archive.stored_findings.kept_findings import KeptFindings
from evidence.config import Settings
from evidence.errors import UsageError
from evidence.model.assessment import Assessment, Coverage, Finding, Score
from evidence.model.comparison import Comparison, Crosswalk
from evidence.model.criteria import CriteriaSet, Unit
from evidence.model.frozen_scores import FrozenScores
from evidence.model.kept_finding import FindingsState
from evidence.model.losses import LossReport, PointLoss
from evidence.model.scores.publication import Publication
from evidence.model.scoring import UnitStanding
from evidence.model.survey import UnitSurvey
from evidence.scoring.comparison.compare_years import compare_years
from evidence.scoring.ranking import RankingRules, stand_units
from evidence.search.scope import EVERYTHING, Scope
from evidence.store.scores.frozen_scores import StoredScores
from evidence.vietnamese.text import fold


@dataclass(frozen=True, slots=True)
class YearBefore:
    """The set of the year before, and every criterion, field and the total held against it."""

    criteria_set: str
    year: int
    comparisons: tuple[Comparison, ...]


@dataclass(frozen=True, slots=True)
class UnitYear:
    """A unit's year: points by part, losses by criterion and by field, surveys, the year before where the archive has
    it. ``state``: of the findings that it rests on."""

    unit: Unit
    standing: UnitStanding
    losses: LossReport
    fields: tuple[PointLoss, ...]
    surveys: tuple[UnitSurvey, ...]
    state: FindingsState
    before: YearBefore | None


@dataclass(frozen=True, slots=True)
class KeptYear:
    """The scoring years of one archive by its kept findings."""

    scoring: ScoringYear
    findings: KeptFindings
    settings: Settings

    def tell_unit(self, criteria: CriteriaSet, sets: Iterable[CriteriaSet], code: str, scope: Scope) -> UnitYear:
        """The year of that unit; ``sets``: where the year before is looked for. UsageError: the set has no such unit,
        the scope does not show it, or nothing is kept of it yet."""
        basis = self._gather_unit(criteria, code, scope)
        report, fields = explain_unit(basis)
        return UnitYear(
            basis.units[0],
            stand_units(join_units(basis), RankingRules(criteria.grades))[0],
            report,
            fields,
            basis.surveys,
            self.findings.tell_state(criteria.set, Scope(frozenset({code}))),
            self._find_before(basis, sets, scope),
        )

    def publish(self, criteria: CriteriaSet, scope: Scope, drawn: str = "") -> Publication:
        """What a decision would publish of the units whose findings are kept, open points and all; ``drawn``: the code
        of a unit to be held against the mean. UsageError: no unit of that code."""
        scores = self.findings.list_scores(criteria.set, scope)
        known = {score.unit for score in scores}
        units = tuple(unit for unit in self._exempt(criteria) if unit.code in known)
        rules = RankingRules(criteria.grades, provisional=True)
        request = PublicationRequest(criteria.title, rules, units=(drawn,) if drawn else ())
        return publish_year(self._put_together(criteria, units, (), scores, scope), request, self.settings)

    def freeze(self, criteria: CriteriaSet, name: str, by: str, provisional: bool = False) -> StoredScores:
        """Keeps the points of every unit as they stand by the kept findings. UsageError: findings are being made still,
        the name is missing or taken, points are open and ``provisional`` was not asked for."""
        state = self.findings.tell_state(criteria.set, EVERYTHING)
        units = self._exempt(criteria)
        known = {score.unit for score in self.findings.list_scores(criteria.set, EVERYTHING)}
        if state.pending or state.as_of is None or any(unit.code not in known for unit in units):
            raise UsageError("frozen-stale")
        kept = [self.findings.show_unit(criteria.set, unit.code, EVERYTHING) for unit in units]
        findings = tuple(each.finding for unit in kept for each in unit.findings)
        scores = tuple(score for unit in kept for score in unit.scores)
        basis = self._put_together(criteria, units, findings, scores, EVERYTHING)
        coverage = replace(basis.assessment.coverage, as_of=state.as_of, version=tell_version(criteria))
        named = [sha256 for finding in findings for sha256 in finding.documents]
        paths = self.scoring.name_files(named)
        assessment = replace(basis.assessment, coverage=coverage, paths=paths)
        return self.scoring.keep_frozen(replace(basis, assessment=assessment), name, by, provisional)

    def list_frozen(self, criteria: CriteriaSet) -> tuple[FrozenRound, ...]:
        """What was frozen of that set, the latest first. ArchiveError: some of it is damaged."""
        every = [stored for stored in self.scoring.frozen() if stored.criteria_set == criteria.set]
        return tuple(open_frozen(stored) for stored in reversed(every))

    def find_frozen(self, criteria: CriteriaSet, name: str) -> FrozenRound | None:
        """What was frozen of that set under that name; None where nothing was."""
        return next((each for each in self.list_frozen(criteria) if each.scores.name == name), None)

    def publish_frozen(self, frozen: FrozenRound, criteria: CriteriaSet, drawn: str = "") -> Publication:
        """What a decision publishes of frozen points. Errors as of ``publish``."""
        request = PublicationRequest(criteria.title, RankingRules(), units=(drawn,) if drawn else ())
        return publish_frozen(frozen.scores, criteria, request, self.settings)

    def find_final(self, criteria: CriteriaSet) -> FrozenScores | None:
        """The points of that set that were frozen last with nothing open; None where none were."""
        return next((each.scores for each in self.list_frozen(criteria) if not each.scores.is_provisional), None)

    def _gather_unit(self, criteria: CriteriaSet, code: str, scope: Scope) -> YearBasis:
        kept = self.findings.show_unit(criteria.set, code, scope)
        units = tuple(unit for unit in self._exempt(criteria) if unit.code == code)
        if not units:
            raise UsageError("finding-none", set=criteria.set, unit=code, requirement="–")
        findings = tuple(each.finding for each in kept.findings)
        return self._put_together(criteria, units, findings, kept.scores, scope)

    def _exempt(self, criteria: CriteriaSet) -> tuple[Unit, ...]:
        return self.scoring.exempt_units(criteria, self.findings.figures(criteria.set))

    def _put_together(
        self, criteria: CriteriaSet, units: tuple[Unit, ...], findings: tuple[Finding, ...], scores: tuple[Score, ...],
        scope: Scope,
    ) -> YearBasis:  # fmt: skip
        """What the points of those units rest on. How many files were read is not counted: nothing here prints it."""
        codes = {unit.code for unit in units}
        settled = self.findings.settle(criteria, scope)
        coverage = Coverage(0, 0, 0, (), 0, datetime.date.min, criteria.set, "")
        return YearBasis(
            criteria,
            units,
            Assessment(criteria, findings, coverage, {}, {}, settled.narrow(scores)),
            settled.join(self.scoring.decisions(criteria)),
            tuple(survey for survey in self.scoring.score_surveys(criteria) if survey.unit in codes),
            tuple(figure for figure in self.findings.figures(criteria.set) if figure.unit in codes),
        )

    def _find_before(self, basis: YearBasis, sets: Iterable[CriteriaSet], scope: Scope) -> YearBefore | None:
        """The unit of the same code, or of the same name, in the set of the same level a year before."""
        criteria, unit = basis.criteria, basis.units[0]
        for each in sets:
            if (each.year, each.level) != (criteria.year - 1, criteria.level):
                continue
            same = [old for old in each.units if old.code == unit.code or fold(old.name) == fold(unit.name)]
            try:
                old = self._gather_unit(each, same[0].code, scope) if same else None
            except UsageError:  # nothing is kept of it
                old = None
            if old is not None:
                pairs = ((fold(same[0].name), fold(unit.name)),)
                compared = compare_years(results_of_year(old), results_of_year(basis), Crosswalk(pairs))
                return YearBefore(each.set, each.year, compared)
        return None

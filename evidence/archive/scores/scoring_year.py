"""What is done with the points of a year over one archive: surveys, points, ranks."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal

from evidence import codec
from evidence.archive.assessment import assess_units
from evidence.archive.criteria_sets import kept_criteria
from evidence.archive.figures.joined_figures import join_figures
from evidence.archive.scores.explanation import explain_unit
from evidence.archive.scores.freezing import FreezeRequest, freeze_basis, render_file
from evidence.archive.scores.frozen_ranking import FrozenRound, open_frozen
from evidence.archive.scores.survey_import import ImportedSurvey, SurveyRequest, import_survey
from evidence.archive.scores.year_basis import YearBasis, join_units
from evidence.archive.stored_findings.unit_check import hash_facts
from evidence.archive.units import find_unit
from evidence.config import Settings
from evidence.criteria.applicability import exempt_by_answers
from evidence.errors import UsageError
from evidence.model.appraisal import Decision
from evidence.model.assessment import Figure, Finding
from evidence.model.criteria import CriteriaSet, Unit
from evidence.model.losses import LossReport, PointLoss
from evidence.model.scores.finding_points import FindingPoints
from evidence.model.scoring import UnitStanding
from evidence.model.survey import KeptSurvey, UnitSurvey
from evidence.scoring.finding_decisions import settle_criteria
from evidence.scoring.ranking import RankingRules, rank_units, stand_units
from evidence.scoring.score_parts import list_parts
from evidence.scoring.surveys.survey_points import score_surveys
from evidence.store.criteria_sets import CriteriaSetStore
from evidence.store.ledger import Ledger
from evidence.store.scores.frozen_scores import FrozenScoreStore, FrozenUse, StoredScores
from evidence.store.scores.surveys import SurveyStore
from evidence.store.store import Store
from evidence.store.submission_ledger import SubmissionLedger

__all__ = ["FrozenRound", "FrozenUse", "ImportedSurvey", "RankingRules", "ScoringYear", "SurveyRequest", "YearRequest"]


@dataclass(frozen=True, slots=True)
class YearRequest:
    """Whose points: by which set, as of which day, with which figures; ``units``: those alone, all where none is
    named."""

    criteria: CriteriaSet
    as_of: datetime.date
    figures: tuple[Figure, ...] = ()
    units: tuple[str, ...] = ()


class ScoringYear:
    """The points of the years that one archive holds."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._settings = settings
        self._surveys = SurveyStore(store)
        self._ledger = Ledger(store)

    # --- surveys ------------------------------------------------------------------------------------------------

    def import_survey(self, request: SurveyRequest, criteria: CriteriaSet) -> ImportedSurvey:
        """Counts a survey's table and keeps what was counted. CriteriaError with every fault by row and cell: then
        nothing is kept. UsageError: the set has no units, the table is here already, there is nothing to replace.
        ArchiveError: a read-only archive."""
        return import_survey(self._surveys, self._settings, request, criteria)

    def surveys(self, criteria: CriteriaSet) -> tuple[KeptSurvey, ...]:
        """Every survey of that set, also those that others replaced."""
        return self._surveys.surveys(criteria.set)

    def score_surveys(self, criteria: CriteriaSet) -> tuple[UnitSurvey, ...]:
        """What the surveys that count say of every unit, part by part."""
        tallies = [kept.tally for kept in self._surveys.counting(criteria.set)]
        return score_surveys(criteria, tallies, list_parts(criteria))

    def decisions(self, criteria: CriteriaSet) -> tuple[Decision, ...]:
        """Every decision of the rounds of that set."""
        return self._ledger.decisions(
            [opened.id for opened in self._ledger.rounds() if opened.criteria_set == criteria.set]
        )

    def exempt_units(self, criteria: CriteriaSet, figures: tuple[Figure, ...]) -> tuple[Unit, ...]:
        """The units of the set, each without the criteria that the answers of people leave out for it."""
        return tuple(exempt_by_answers(unit, _figures_of(unit, figures)) for unit in criteria.units)

    # --- points -------------------------------------------------------------------------------------------------

    def find_criteria(self) -> CriteriaSet:
        """The only set of the archive, where nobody named one. UsageError: none, or several."""
        names = [kept.name for kept in CriteriaSetStore(self._store).all()]
        if len(names) != 1:
            raise UsageError("score-which-set", names=", ".join(names) or "–")
        return kept_criteria(self._store, names[0])

    def gather(self, request: YearRequest) -> YearBasis:
        """All that the points rest on, with the figures that people confirmed in the archive. UsageError: the set has
        no units, or none of that name."""
        criteria = request.criteria
        if not criteria.units:
            raise UsageError("survey-no-units", set=criteria.set)
        units = tuple(find_unit(criteria, name) for name in request.units) or criteria.units
        figures = join_figures(self._store, criteria.set, request.figures)
        assessment = assess_units(self._store, criteria, request.units, request.as_of, figures)
        settled = settle_criteria(
            criteria, map(_points_of, assessment.findings), self._ledger.last_on_findings(criteria.set), whole=True
        )
        return YearBasis(
            criteria,
            tuple(exempt_by_answers(unit, _figures_of(unit, figures)) for unit in units),
            replace(assessment, scores=settled.narrow(assessment.scores)),
            settled.join(self.decisions(criteria)),
            self.score_surveys(criteria),
            figures,
        )

    def points(self, request: YearRequest) -> tuple[UnitStanding, ...]:
        """The points of every unit in the order of the set. Errors as of ``gather``."""
        return stand_units(join_units(self.gather(request)), RankingRules(request.criteria.grades))

    def explain(self, request: YearRequest) -> tuple[LossReport, tuple[PointLoss, ...]]:
        """Why the one unit of the request lost points, by criterion and by field. Errors as of ``gather``."""
        return explain_unit(self.gather(request))

    def freeze(self, request: YearRequest, name: str, by: str, provisional: bool = False) -> StoredScores:
        """Keeps the points as they stand under that name, with all that they rest on. UsageError: the name is taken, or
        points are open and ``provisional`` was not asked for. ArchiveError: a read-only archive."""
        return self.keep_frozen(self.gather(request), name, by, provisional)

    def keep_frozen(self, basis: YearBasis, name: str, by: str, provisional: bool = False) -> StoredScores:
        """The same of points that are gathered already. Errors as of ``freeze``; UsageError: no name."""
        if not name.strip():
            raise UsageError("frozen-no-name")
        store, set_name = FrozenScoreStore(self._store), basis.criteria.set
        at = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        request = FreezeRequest(name, by, at, provisional)
        frozen = freeze_basis(basis, self._surveys.counting(set_name), store.audit_head(), request)
        return store.put(name, set_name, codec.encode(frozen), by, at)

    def name_files(self, hashes: Iterable[str]) -> dict[str, str]:
        """The path that each of those documents was handed in by, by hash."""
        handed = (entry.holds for entry in SubmissionLedger(self._store).entries_of(dict.fromkeys(hashes)))
        paths: dict[str, str] = {}
        for submission in handed:
            if submission is not None:
                paths.setdefault(submission.sha256, submission.path)
        return dict(sorted(paths.items()))

    def frozen(self) -> tuple[StoredScores, ...]:
        """All points that were frozen."""
        return FrozenScoreStore(self._store).all()

    def export(self, name: str) -> bytes:
        """Frozen points as the file that another machine checks. UsageError: none of that name."""
        kept = FrozenScoreStore(self._store).get(name)
        return render_file(kept.data, kept.sha256)

    def open_frozen(self, name: str) -> FrozenRound:
        """Frozen points to be shown again. UsageError: none of that name; ArchiveError: they are damaged."""
        return open_frozen(FrozenScoreStore(self._store).get(name))

    def note_use(self, name: str, criteria_set: str, use: FrozenUse) -> None:
        """Writes down that points were exported or published; ``name``: of frozen ones, empty for those of now.
        ArchiveError: a read-only archive."""
        FrozenScoreStore(self._store).note_use(name, criteria_set, use)

    def rank(self, request: YearRequest, rules: RankingRules) -> tuple[UnitStanding, ...]:
        """The units in their order, each group by itself. Errors as of ``gather``."""
        return rank_units(join_units(self.gather(request)), rules)


def _points_of(finding: Finding) -> FindingPoints:
    points = finding.points
    low = points.suggested_min if points.suggested is None else points.suggested
    high = points.suggested_max if points.suggested is None else points.suggested
    return FindingPoints(
        finding.unit, finding.requirement, finding.criterion, finding.status, points.max,
        low if low is not None else Decimal(0), high if high is not None else points.max, hash_facts(finding),
    )  # fmt: skip


def _figures_of(unit: Unit, figures: Iterable[Figure]) -> dict[str, dict[str, Decimal]]:
    by_criterion: dict[str, dict[str, Decimal]] = {}
    for figure in figures:
        if figure.unit == unit.code:
            by_criterion.setdefault(figure.criterion, {})[figure.name] = figure.value
    return by_criterion

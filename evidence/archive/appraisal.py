"""What appraisers do with an archive: import a self-assessment, hold it against what was handed in, keep rounds.

Files are read by the pipeline, in contained children; what is imported is imported whole or not at all.
"""

from __future__ import annotations

import datetime
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial
from pathlib import Path

from evidence.appraisal import claim_sets, claim_sums, claim_table, claims, copies, crosscheck, near_duplicates, rounds
from evidence.appraisal.cited_documents import ClaimLine, group_by_document
from evidence.appraisal.claims import ClaimFinding, ClaimOutcome
from evidence.appraisal.crosscheck import CrossCheckWarning
from evidence.appraisal.near_duplicates import DuplicatePair
from evidence.appraisal.text_difference import TextDifference, compare_texts
from evidence.archive.assessment import assess_units
from evidence.archive.criteria_import import YAML
from evidence.archive.kept_sets.table_kinds import annex_form, is_criteria_set, is_filled_in, place_tables
from evidence.archive.units import find_unit
from evidence.config import Settings
from evidence.errors import CriteriaError, UnreadableError, UsageError
from evidence.model.appraisal import Change, Claim, Decision, Round, RoundClosing, RoundStage, Statements
from evidence.model.assessment import Assessment
from evidence.model.criteria import CriteriaSet
from evidence.model.placement import Submission
from evidence.model.record import Record
from evidence.pipeline.claim_citations import read_claim_citations
from evidence.pipeline.requests import request_file
from evidence.pipeline.scheduler import read_files
from evidence.store.ledger import Ledger
from evidence.store.rounds.round_closings import RoundClosings
from evidence.store.store import Store
from evidence.values.number import Number
from evidence.vietnamese.text import fold

__all__ = [
    "Appraisal",
    "ClaimFinding",
    "ClaimLine",
    "ClaimOutcome",
    "CrossCheckWarning",
    "ImportedClaims",
    "group_by_document",
    "parse_points",
]


@dataclass(frozen=True, slots=True)
class ImportedClaims:
    """A self-assessment as it was taken in; ``notes`` is what its own sums and the set say against it."""

    claims: tuple[Claim, ...]
    notes: tuple[ClaimFinding, ...]


class Appraisal:
    """Claims, cross-checks and rounds over one archive."""

    def __init__(self, store: Store, settings: Settings) -> None:
        self._store = store
        self._settings = settings
        self._ledger = Ledger(store)
        self._closings = RoundClosings(store)

    # --- claims -------------------------------------------------------------------------------------------------

    def import_claims(self, file: Path, unit: str, by: str, criteria: CriteriaSet | None = None) -> ImportedClaims:
        """Takes in a unit's self-assessment. CriteriaError with every fault of its table: then nothing is taken in.
        UnreadableError: the file cannot be read; UsageError: the set has no such unit."""
        if file.suffix.lower() in YAML:
            raise UsageError("claims-is-criteria-set", path=file.name)
        request = request_file(file, self._settings.limits)
        source = request.source
        document = next(iter(read_files([request], self._settings, tables=True))).document
        if not document.pages:
            problem = document.problems[0]
            raise UnreadableError(problem.code.value, problem.message.code, **problem.message.params)
        sheet = claim_table.read_claims(place_tables(document), _code(unit, criteria))
        if not is_filled_in(sheet) and is_criteria_set(document, annex_form(source.media_type)):
            raise UsageError("claims-is-criteria-set", path=source.path)
        if sheet.faults:
            raise CriteriaError("claims-faults", sheet.faults, path=source.path, count=len(sheet.faults))
        whole = (*sheet.claims, *((sheet.total,) if sheet.total else ()))
        name = criteria.set if criteria else None
        self._ledger.put_sheet(_code(unit, criteria), source.path, source.sha256, whole, by, name)
        return ImportedClaims(sheet.claims, tuple(_check_table(whole, criteria)))

    def check_claims(self, units: tuple[str, ...], criteria: CriteriaSet | None = None) -> tuple[ClaimFinding, ...]:
        """What the units claim, held against their own sums, the set and the archive; UsageError for no claims."""
        every = self._claims_of(criteria)
        known = list(dict.fromkeys(claim.unit for claim in every))
        wanted = {fold(_code(unit, criteria)) for unit in units}
        chosen = [unit for unit in known if not units or fold(unit) in wanted]
        if not chosen:
            raise UsageError("claims-none", unit=", ".join(units) or "-", units=", ".join(known) or "-")
        checks: list[ClaimFinding] = []
        for unit in chosen:
            ours = tuple(claim for claim in every if claim.unit == unit)
            checks += _check_table(ours, criteria)
            cited = read_claim_citations(ours)
            names = {fold(name) for name in _names(unit, criteria)}
            checks += claims.check_claims(cited, self._handed_in(names), partial(self._elsewhere, names))
        return tuple(checks)

    def _claims_of(self, criteria: CriteriaSet | None) -> tuple[Claim, ...]:
        """What each unit claims last; with a set, by its last self-assessment that belongs to it, where one does."""
        last = self._ledger.claims()
        if criteria is None:
            return last
        ours = claim_sets.select_claims(self._ledger.sheets(), criteria)
        units = {claim.unit for claim in ours}
        return (*ours, *(claim for claim in last if claim.unit not in units))

    def statements(self, criteria: CriteriaSet) -> Statements:
        """What units claim by that set, and appraisers decided in its rounds."""
        rounds = self._rounds_of(criteria)
        ours = claim_sets.select_claims(self._ledger.sheets(), criteria)
        claimed = tuple(claim for claim in ours if claim.criterion)
        return Statements(claimed, self._ledger.decisions(opened.id for opened in rounds), tuple(rounds))

    # --- the whole archive --------------------------------------------------------------------------------------

    def crosscheck(self, units: tuple[str, ...] = (), year: int | None = None) -> tuple[CrossCheckWarning, ...]:
        """What to look at across the archive; for those units only where some are named."""
        mentions: dict[str, tuple[str, ...]] = {}

        def texts() -> Iterator[tuple[str, str]]:
            for sha256 in sorted(self._store.hashes()):
                text = "\n".join(page for _, page in self._store.texts(sha256))
                if annexes := tuple(crosscheck.find_mentioned_annexes(text)):
                    mentions[sha256] = annexes
                yield sha256, text

        handed = self._handed_in(None)
        pairs = tuple(near_duplicates.find_pairs(texts()))
        pictures = {record.source.sha256 for _, record in handed if copies.is_picture(record)}
        duplicates = [replace(pair, difference=self._difference(pair, pictures)) for pair in pairs]
        wanted = {fold(unit) for unit in units}
        warnings = crosscheck.find_warnings(handed, duplicates, mentions, year)
        return tuple(warning for warning in warnings if not wanted or fold(warning.unit) in wanted)

    def _difference(self, pair: DuplicatePair, pictures: Container[str]) -> TextDifference:
        """How the texts of the two differ; ``pictures``: the documents that were read from pictures."""
        first, second = ("\n".join(text for _, text in self._store.texts(sha)) for sha in (pair.first, pair.second))
        return compare_texts(first, second, pictures=pair.first in pictures or pair.second in pictures)

    # --- rounds -------------------------------------------------------------------------------------------------

    def open_round(self, stage: RoundStage, criteria: CriteriaSet, as_of: datetime.date, by: str) -> Round:
        """Opens a round with the findings of now. UsageError where a later stage of that set is open already."""
        before = self._rounds_of(criteria)
        if before and list(RoundStage).index(before[-1].stage) >= list(RoundStage).index(stage):
            raise UsageError("round-not-later", stage=stage.value, last=before[-1].stage.value, set=criteria.set)
        assessment = assess_units(self._store, criteria, (), as_of)
        version = assessment.coverage.version
        new = Round(0, stage, criteria.set, version, as_of, by, datetime.datetime.now(datetime.UTC))
        return self._ledger.open_round(new, assessment.findings)

    def rounds(self) -> tuple[Round, ...]:
        """Every round of the archive, in the order in which they were opened."""
        return self._ledger.rounds()

    def close_round(self, number: int, by: str, note: str = "") -> RoundClosing:
        """From now on that round takes no decision. UsageError: there is none, it is closed already, no name."""
        if not any(opened.id == number for opened in self._ledger.rounds()):
            raise UsageError("round-none", set="-", number=number)
        if not by.strip():
            raise UsageError("correct-author")
        return self._closings.close(number, by, note.strip())

    def closings(self) -> dict[int, RoundClosing]:
        """Every closed round by its number."""
        return self._closings.closings()

    def decisions(self, numbers: Iterable[int]) -> tuple[Decision, ...]:
        """The decisions in the rounds of those numbers, the latest last."""
        return self._ledger.decisions(numbers)

    def count_decisions(self, number: int) -> int:
        """How many decisions were made in that round, on criteria and on single findings."""
        return len(self._ledger.decisions([number])) + len(self._ledger.finding_decisions([number]))

    def decide(self, decision: Decision, criteria: CriteriaSet) -> Decision:
        """Writes a decision into the last round of that set. UsageError: no round, unknown unit or criterion, points
        outside 0 and the maximum."""
        current = self.round_of(criteria)
        valid = rounds.validate_decision(decision, criteria, current.id)
        self._ledger.decide(valid, criteria.set)
        return valid

    def changes(self, criteria: CriteriaSet, assessment: Assessment, since: int | None = None) -> tuple[Change, ...]:
        """What is another finding now than when that round (the last one) was opened. UsageError: no such round."""
        began = self._ledger.findings(self.round_of(criteria, since).id)
        units = {finding.unit for finding in assessment.findings}
        return rounds.compare_findings(
            tuple(finding for finding in began if finding.unit in units), assessment.findings
        )

    def round_of(self, criteria: CriteriaSet, number: int | None = None) -> Round:
        """That round, or the last one of the set; UsageError where there is none."""
        candidates = self._rounds_of(criteria)
        if number is not None:
            candidates = [opened for opened in candidates if opened.id == number]
        if not candidates:
            raise UsageError("round-none", set=criteria.set, number=number if number is not None else "-")
        return candidates[-1]

    def _rounds_of(self, criteria: CriteriaSet) -> list[Round]:
        return [opened for opened in self._ledger.rounds() if opened.criteria_set == criteria.set]

    # --- what both rest on --------------------------------------------------------------------------------------

    def _handed_in(self, names: set[str] | None) -> list[tuple[Submission, Record]]:
        """What the unit of those names handed in; what everybody did, where no names are given."""
        every = self._store.submissions()
        chosen = [each for each in every if names is None or (each.unit and fold(each.unit) in names)]
        records = self._store.records(dict.fromkeys(submission.sha256 for submission in chosen))
        return [(submission, records[submission.sha256]) for submission in chosen if submission.sha256 in records]

    def _elsewhere(self, names: set[str], number: Number) -> tuple[str, ...]:
        """The other units that handed in a document of that number."""
        bearers = [sha256 for sha256, _ in self._store.bearers(number.key)]
        units = {submission.unit or "?" for sha256 in bearers for submission in self._store.submissions(sha256)}
        return tuple(sorted(unit for unit in units if fold(unit) not in names))


def parse_points(text: str) -> Decimal | None:
    """Points as people write them (``1,50``, ``0,5 điểm``); None for what is no amount."""
    return claim_table.parse_amount(text)


def _check_table(whole: tuple[Claim, ...], criteria: CriteriaSet | None) -> list[ClaimFinding]:
    rows = tuple(claim for claim in whole if claim.criterion)
    total = next((claim for claim in whole if not claim.criterion), None)
    against = claim_sums.check_against_criteria(rows, criteria) if criteria else ()
    return [*claim_sums.check_sums(rows, total, criteria), *against]


def _code(unit: str, criteria: CriteriaSet | None) -> str:
    """The unit's code in the set; as it was given where there is no set, or none with units yet. UsageError where the
    set lacks it."""
    return unit if criteria is None or not criteria.units else find_unit(criteria, unit).code


def _names(unit: str, criteria: CriteriaSet | None) -> frozenset[str]:
    if criteria is None:
        return frozenset({unit})
    named = next((known for known in criteria.units if fold(known.code) == fold(unit)), None)
    return frozenset({unit, named.name, named.code} if named else {unit})

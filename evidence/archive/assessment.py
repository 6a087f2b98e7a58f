"""An archive held against a criteria set: who handed in what, the findings on it, and what they rest on."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable
from dataclasses import replace

from evidence import codec
from evidence.archive.citation_contexts import ArchiveCitations, name_missing
from evidence.criteria.confirmation import count_proposals, list_proposals
from evidence.match.check import CheckResult, UnitChecker
from evidence.match.cited_documents import borne_numbers
from evidence.match.document_register import ENDING_RELATIONS, build_register
from evidence.messages import Message
from evidence.model.assessment import Assessment, Coverage, Figure, Finding
from evidence.model.criteria import CriteriaSet, Unit, walk_criteria
from evidence.model.document import Origin, Source
from evidence.model.placement import Submission
from evidence.model.problem import Problem, ProblemCode
from evidence.model.record import Record, Status
from evidence.pipeline.extract_many import grammar_version
from evidence.store.facts import Refusal
from evidence.store.store import Store
from evidence.vietnamese.text import fold

UNKNOWN = "application/octet-stream"
Handed = tuple[Submission, Record]


def assess_units(
    store: Store,
    criteria: CriteriaSet,
    units: tuple[str, ...],
    as_of: datetime.date,
    figures: tuple[Figure, ...] = (),
) -> Assessment:
    """The findings for those units (all of the set if none is named) as of that day, with their coverage.
    UsageError: the set has no such unit.

    Unit by unit: of 60,000 records those of one unit are in memory, and what reports need of those that are named.
    """
    checker = UnitChecker(criteria, as_of, figures)
    refusals = load_refusals(store)
    counted, cited = _CoverageCount(), ArchiveCitations(store)
    parts: list[CheckResult] = []
    for unit in checker.select_units(units):
        with store.database.sharing():
            handed = load_handed(store, unit, refusals)
            records = [record for _, record in handed]
            register = build_register([*records, *load_others(store, checker.criteria, records).values()])
            result = checker.check_unit(unit, handed, register)
            findings = name_missing(store, checker.criteria, unit, handed, result.findings, cited)
        parts.append(replace(result, findings=findings))
        counted.add(handed, parts[-1].findings)
    return Assessment(
        criteria=checker.criteria,
        findings=tuple(finding for part in parts for finding in part.findings),
        coverage=counted.coverage(criteria, as_of),
        scores=tuple(score for part in parts for score in part.scores),
        records=counted.records,
        paths={sha256: counted.paths[sha256] for sha256 in sorted(counted.paths)},
        proposals=list_proposals(criteria),
    )


class _CoverageCount:
    """What the findings rest on, counted unit by unit; a file that two units handed in counts once."""

    def __init__(self) -> None:
        self.records: dict[str, Record] = {}
        self.paths: dict[str, str] = {}
        self._seen: set[str] = set()
        self._unread: set[str] = set()
        self._pages = self._by_ocr = self._doubtful = 0

    def add(self, handed: list[Handed], findings: Iterable[Finding]) -> None:
        named = {sha256 for finding in findings for sha256 in finding.documents}
        named |= {reason.document for finding in findings for reason in finding.reasons if reason.document}
        for submission, record in handed:
            sha256 = record.source.sha256
            if record.status is Status.UNREADABLE:
                self._unread.add(submission.path)
            if sha256 in named:
                self.paths.setdefault(sha256, submission.path)
                self.records.setdefault(sha256, replace(record, citations=()))  # no report shows them
            if sha256 not in self._seen:
                self._seen.add(sha256)
                self._count(record)

    def _count(self, record: Record) -> None:
        pages = [page for part in (record, *record.parts) for page in part.pages]
        self._pages += len(pages)
        self._by_ocr += sum(page.origin is Origin.OCR for page in pages)
        self._doubtful += _is_doubtful(record)

    def coverage(self, criteria: CriteriaSet, as_of: datetime.date) -> Coverage:
        return Coverage(
            files=len(self._seen),
            pages=self._pages,
            pages_ocr=self._by_ocr,
            unreadable=tuple(sorted(self._unread)),
            doubtful=self._doubtful,
            as_of=as_of,
            criteria_set=criteria.set,
            version=tell_version(criteria),
            proposed=count_proposals(criteria),
        )


def load_refusals(store: Store) -> list[Handed]:
    """The files that could not be taken in, as documents nobody can read."""
    return [_refused(refusal) for refusal in store.refusals()]


def load_handed(store: Store, unit: Unit, refusals: Iterable[Handed]) -> list[Handed]:
    """What the unit handed in, with those of the refusals that are its own."""
    names = frozenset({fold(unit.code), fold(unit.name)})
    handed = _documents(store, store.submissions(units=names))
    return [*handed, *(refusal for refusal in refusals if fold(refusal[0].unit or "") in names)]


def _documents(store: Store, submissions: tuple[Submission, ...]) -> list[Handed]:
    records = store.records(tuple(dict.fromkeys(submission.sha256 for submission in submissions)))
    return [(submission, records.get(submission.sha256) or _lost(submission)) for submission in submissions]


def load_others(store: Store, criteria: CriteriaSet, own: list[Record]) -> dict[str, Record]:
    """Records of others, by hash, that may end one of these documents, or that a deadline counts from."""
    wanted = set(store.citing(tuple(sorted(borne_numbers(own))), tuple(map(str, ENDING_RELATIONS))))
    for bearers in store.bearers_of(sorted(trigger_numbers(criteria))).values():
        wanted.update(sha256 for sha256, _ in bearers)
    return store.records(tuple(sorted(wanted - {record.source.sha256 for record in own})))


def trigger_numbers(criteria: CriteriaSet) -> frozenset[str]:
    """The numbers, by key, of the documents that deadlines of the set count from."""
    asked = [requirement for criterion in walk_criteria(criteria.criteria) for requirement in criterion.evidence]
    numbers = [requirement.trigger.number for requirement in asked if requirement.trigger is not None]
    return frozenset(number.key for number in numbers if number is not None)


def _lost(submission: Submission) -> Record:
    """The record of a document whose own was lost (``verify`` names it): handed in, and not known what it says."""
    problem = Problem(ProblemCode.DAMAGED, Message("verify-no-record", {"sha256": submission.sha256}))
    return Record(
        Source(submission.path, submission.sha256, UNKNOWN, 0),
        Status.UNREADABLE,
        problems=(problem,),
        grammar=grammar_version(),
    )


def _refused(refusal: Refusal) -> Handed:
    """A file that could not be taken in was still handed in: it makes a requirement unclear, never missing.

    It has no hash; ``file:`` and its path stand in its place.
    """
    mark = f"file:{refusal.path}"
    source = Source(refusal.path, mark, UNKNOWN, 0, None, refusal.received)
    record = Record(
        source, Status.UNREADABLE, problems=(Problem(refusal.problem, refusal.message),), grammar=grammar_version()
    )
    return Submission(mark, refusal.path, refusal.unit, refusal.criterion, refusal.received), record


def tell_version(criteria: CriteriaSet) -> str:
    """What tells this state of the set from any other: a set that was edited under its old name shows."""
    return hashlib.sha256(codec.encode(criteria)).hexdigest()[:12]


def _is_doubtful(record: Record) -> bool:
    """Whether a value that findings rest on was seen and is not sure."""
    values = (record.kind, record.number, record.date, record.issuer)
    return any(not value.sure and (value.value is not None or value.raw) for value in values)

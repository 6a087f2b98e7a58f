"""An archive held against a criteria set: who handed in what, the findings on it, and what they rest on."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable

from evidence import wire
from evidence.extract.record import GRAMMAR
from evidence.match import check
from evidence.match.applicable import every
from evidence.match.confirmed import confirmed, waiting
from evidence.match.register import ENDING
from evidence.messages import Message
from evidence.model import (
    Assessment,
    Coverage,
    CriteriaSet,
    Figure,
    Origin,
    Problem,
    ProblemCode,
    Record,
    Source,
    Status,
    Submission,
)
from evidence.store.nouns import Refusal
from evidence.store.store import Store
from evidence.text import fold

UNKNOWN = "application/octet-stream"
Handed = tuple[Submission, Record]


def assess(
    store: Store,
    criteria: CriteriaSet,
    units: tuple[str, ...],
    as_of: datetime.date,
    figures: tuple[Figure, ...] = (),
) -> Assessment:
    """The findings for those units (all of the set if none is named) as of that day, with their coverage.

    Of units by name only their own documents are read, and those that end or date them.
    """
    whole, criteria = criteria, confirmed(criteria)
    names = _names(criteria, units)
    submissions = store.submissions(units=names if units else None)
    documents = _documents(store, submissions)
    others = _others(store, criteria, documents) if units else ()
    handed = [*documents, *(_refused(one) for one in store.refusals())]
    checked = check.assess(criteria, handed, units, as_of, figures, others)
    findings = checked.findings
    named = {sha256 for one in findings for sha256 in one.documents}
    named |= {reason.document for one in findings for reason in one.reasons if reason.document}
    paths: dict[str, str] = {}
    for submission, _ in handed:
        paths.setdefault(submission.sha256, submission.path)
    return Assessment(
        criteria=criteria,
        findings=findings,
        coverage=_coverage([one for one in handed if fold(one[0].unit or "") in names], whole, as_of),
        scores=checked.scores,
        records={record.source.sha256: record for _, record in handed if record.source.sha256 in named},
        paths={sha256: paths[sha256] for sha256 in sorted(named & paths.keys())},
    )


def _documents(store: Store, submissions: tuple[Submission, ...]) -> list[Handed]:
    records = store.records(tuple(dict.fromkeys(one.sha256 for one in submissions)))
    return [(one, records.get(one.sha256) or _lost(one)) for one in submissions]


def _others(store: Store, criteria: CriteriaSet, handed: list[Handed]) -> Iterable[Record]:
    """Records of others that may end one of these documents, or that a deadline counts from."""
    own = {record.source.sha256: record.number.value for _, record in handed}
    keys = {number.key for number in own.values() if number is not None}
    found = set(store.citing(tuple(sorted(keys)), tuple(relation.value for relation in ENDING)))
    for one in every(criteria.criteria):
        for asked in one.evidence:
            if asked.trigger is not None and asked.trigger.number is not None:
                found.update(sha256 for sha256, _ in store.bearers(asked.trigger.number.key))
    return store.records(tuple(sorted(found - own.keys()))).values()


def _lost(one: Submission) -> Record:
    """The record of a document whose own was lost (``verify`` names it): handed in, and not known what it says."""
    problem = Problem(ProblemCode.DAMAGED, Message("verify-no-record", {"sha256": one.sha256}))
    return Record(Source(one.path, one.sha256, UNKNOWN, 0), Status.UNREADABLE, problems=(problem,), grammar=GRAMMAR)


def _refused(one: Refusal) -> Handed:
    """A file that could not be taken in was still handed in: it makes a requirement unclear, never missing.

    It has no hash; ``file:`` and its path stand in its place.
    """
    mark = f"file:{one.path}"
    source = Source(one.path, mark, UNKNOWN, 0, None, one.received)
    record = Record(source, Status.UNREADABLE, problems=(Problem(one.problem, one.message),), grammar=GRAMMAR)
    return Submission(mark, one.path, one.unit, one.criterion, one.received), record


def _names(criteria: CriteriaSet, units: tuple[str, ...]) -> frozenset[str]:
    """Codes and names of the units under appraisal."""
    asked = {fold(unit) for unit in units}
    return frozenset(
        fold(name)
        for unit in criteria.units
        if not asked or fold(unit.code) in asked or fold(unit.name) in asked
        for name in (unit.code, unit.name)
    )


def _coverage(handed: list[Handed], criteria: CriteriaSet, as_of: datetime.date) -> Coverage:
    records = {record.source.sha256: record for _, record in handed}.values()
    unread = {submission.path for submission, record in handed if record.status is Status.UNREADABLE}
    return Coverage(
        files=len(records),
        pages=sum(len(one.pages) for record in records for one in (record, *record.parts)),
        pages_ocr=sum(
            page.origin is Origin.OCR for record in records for one in (record, *record.parts) for page in one.pages
        ),
        unreadable=tuple(sorted(unread)),
        doubtful=sum(_doubtful(record) for record in records),
        as_of=as_of,
        criteria_set=criteria.set,
        version=_fingerprint(criteria),
        proposed=waiting(criteria),
    )


def _fingerprint(criteria: CriteriaSet) -> str:
    """What tells this state of the set from any other: a set that was edited under its old name shows."""
    return hashlib.sha256(wire.encode(criteria)).hexdigest()[:12]


def _doubtful(record: Record) -> bool:
    """Whether a value that findings rest on was seen and is not sure."""
    found = (record.kind, record.number, record.date, record.issuer)
    return any(not one.sure and (one.value is not None or one.raw) for one in found)

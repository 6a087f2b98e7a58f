"""One unit held against a set, twice: with the whole archive, and with what the unit itself handed in.

Documents of other units may end one of its documents, or name one that it lacks. Whoever may see all sees findings
that know of them; a unit sees findings in which nothing of another unit shows, not even by what is found. Documents
that no unit handed in (the province's own, that deadlines count from) count for both.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace

from evidence import codec
from evidence.archive.assessment import Handed, load_handed, load_others
from evidence.archive.citation_contexts import ArchiveCitations, MissingDocuments
from evidence.match.check import CheckResult, UnitChecker
from evidence.match.cited_documents import borne_numbers
from evidence.match.document_register import build_register
from evidence.model.assessment import Finding
from evidence.model.criteria import Criterion, Unit, walk_criteria
from evidence.model.record import Record
from evidence.store.findings.finding_writer import FindingSources, PlacedFinding, UnitView
from evidence.store.store import Store

SEEN_BY_ALL = None  # the unit of what no unit handed in


@dataclass(frozen=True, slots=True)
class CheckedUnit:
    """Both views of a unit's findings, and what they rest on beside its own documents."""

    views: tuple[UnitView, UnitView]
    sources: FindingSources


def check_unit(store: Store, checker: UnitChecker, unit: Unit, refusals: list[Handed]) -> CheckedUnit:
    """The findings of that unit as they are now: those with the whole archive are the ones that a check gives."""
    with store.database.sharing():
        handed = load_handed(store, unit, refusals)
        records = [record for _, record in handed]
        others, cited = load_others(store, checker.criteria, records), ArchiveCitations(store)
        missing = MissingDocuments(store, checker.criteria, unit, handed)
        held = _check(checker, unit, handed, others)
        whole = replace(held, findings=missing.name(held.findings, cited))
        alone = whole
        shared = _select_shared(store, others)
        if len(shared) < len(others):
            held = _check(checker, unit, handed, shared)
        if len(shared) < len(others) or cited.looked_at:
            alone = replace(held, findings=missing.name(held.findings, None))
    fields = field_of_criteria(checker.criteria.criteria)
    sources = FindingSources(frozenset(others) | cited.looked_at, borne_numbers(records), cited.looked_for)
    return CheckedUnit((_view(True, whole, fields), _view(False, alone, fields)), sources)


def _check(checker: UnitChecker, unit: Unit, handed: list[Handed], others: Mapping[str, Record]) -> CheckResult:
    register = build_register([*(record for _, record in handed), *others.values()])
    return checker.check_unit(unit, handed, register)


def _select_shared(store: Store, others: Mapping[str, Record]) -> dict[str, Record]:
    """Those that no unit handed in."""
    submissions = store.submissions_of(others)
    shared = {sha256 for sha256, held in submissions.items() if any(each.unit is SEEN_BY_ALL for each in held)}
    return {sha256: record for sha256, record in others.items() if sha256 in shared}


def field_of_criteria(criteria: tuple[Criterion, ...]) -> dict[str, str]:
    """By criterion, the one at the top of the set that it belongs to."""
    return {criterion.code: top.code for top in criteria for criterion in walk_criteria((top,))}


def _view(whole: bool, result: CheckResult, fields: Mapping[str, str]) -> UnitView:
    placed = tuple(
        PlacedFinding(finding, fields[finding.criterion], hash_facts(finding)) for finding in result.findings
    )
    return UnitView(whole, placed, result.scores)


def hash_facts(finding: Finding) -> str:
    """What a finding says, whatever the words: status, documents, days, points, and how each rule came out."""
    points = finding.points
    reasons = sorted({(reason.rule, str(reason.ok), reason.document or "") for reason in finding.reasons})
    facts = (
        finding.status, sorted(finding.documents), finding.due, finding.actual, finding.days_late, points.max,
        points.suggested, points.suggested_min, points.suggested_max, reasons,
    )  # fmt: skip
    return hashlib.sha256(codec.encode(facts)).hexdigest()[:32]

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
from evidence.archive.citation_contexts import ArchiveCitations, name_missing
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
    handed = load_handed(store, unit, refusals)
    records = [record for _, record in handed]
    others, cited = load_others(store, checker.criteria, records), ArchiveCitations(store)
    whole = _check(store, checker, unit, handed, others, cited)
    shared = {sha256: record for sha256, record in others.items() if _is_shared(store, sha256)}
    alone = whole
    if len(shared) < len(others) or cited.looked_at:
        alone = _check(store, checker, unit, handed, shared, None)
    fields = field_of_criteria(checker.criteria.criteria)
    sources = FindingSources(frozenset(others) | cited.looked_at, borne_numbers(records), cited.looked_for)
    return CheckedUnit((_view(True, whole, fields), _view(False, alone, fields)), sources)


def _check(
    store: Store, checker: UnitChecker, unit: Unit, handed: list[Handed], others: Mapping[str, Record],
    cited: ArchiveCitations | None,
) -> CheckResult:  # fmt: skip
    register = build_register([*(record for _, record in handed), *others.values()])
    result = checker.check_unit(unit, handed, register)
    return replace(result, findings=name_missing(store, checker.criteria, unit, handed, result.findings, cited))


def _is_shared(store: Store, sha256: str) -> bool:
    return any(submission.unit is SEEN_BY_ALL for submission in store.submissions(sha256))


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

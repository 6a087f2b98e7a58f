"""Which of a unit's documents serve which requirement.

Three rings around a requirement: documents handed in for its criterion; those handed in for a criterion above or below
it; all others of the unit, found by what they are. An inner ring comes first: what is handed in is not replaced by
what is found elsewhere, only filled up. In the outer ring a document that was handed in without a criterion counts
where it surely fits; one that was handed in for another criterion is only offered. A doubtful one is shown there only
if it would fit were its doubtful values right; in the inner rings every doubt counts. Where one file holds several
documents, what its first page says is no proof against it.

The same document scanned twice (one number, no two dates) is one document. Order of submission never matters.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from evidence.match.alternatives import expand_alternatives
from evidence.match.candidate import Candidate
from evidence.match.evaluation import Evaluation, Placement, evaluate_file, may_fit
from evidence.match.rules.rule_result import build_reason
from evidence.match.series_slots import Rows, fill_slots
from evidence.match.unit_documents import UnitDocuments
from evidence.model.criteria import Requirement

NO_SUBJECT = "proposal-no-subject"


@dataclass(frozen=True, slots=True)
class Assignment:
    """All that may serve one requirement. ``misfits`` were handed in for the criterion and surely serve none of it;
    ``inner`` are all that were handed in for it or for its relatives, fitting or not."""

    sure: tuple[Evaluation, ...]
    doubtful: tuple[Evaluation, ...]
    misfits: tuple[Evaluation, ...]
    inner: tuple[Evaluation, ...] = ()


@dataclass(frozen=True, slots=True)
class CriterionCodes:
    """A criterion by its code, with the codes above and below it."""

    code: str
    above: tuple[str, ...]
    below: tuple[str, ...]

    @property
    def related(self) -> tuple[str, ...]:
        return (*self.above, *self.below)


def assign_documents(
    evidence: tuple[Requirement, ...], documents: UnitDocuments, codes: CriterionCodes
) -> tuple[Assignment, ...]:
    """What serves each requirement of a criterion."""
    direct = {candidate.sha256: candidate for candidate in documents.submitted_for(codes.code)}
    related = documents.submitted_for_any(codes.related)
    near = {candidate.sha256: candidate for candidate in related if candidate.sha256 not in direct}
    below = {candidate.sha256 for candidate in documents.submitted_for_any(codes.below)}
    handed = tuple(tuple(_evaluate_inner(requirement, direct, near, documents)) for requirement in evidence)
    taken = {*direct, *near}
    rows = tuple(
        fits if _is_settled(at, evidence, handed) else (*fits, *find_elsewhere(evidence[at], documents, taken))
        for at, fits in enumerate(handed)
    )
    rows = fill_slots(evidence, _without_misplaced(rows))
    sure = [tuple(fit for fit in _ordered(fits) if fit.ok) for fits in rows]
    is_short = [len(distinct_documents(fits)) < each.count for fits, each in zip(sure, evidence, strict=True)]
    short = [fits for fits, lacking in zip(rows, is_short, strict=True) if lacking]
    placed = {fit.sha256 for fits in rows for fit in fits if fit.ok is not False}
    own = {*direct, *below} - placed
    return tuple(
        Assignment(
            serving,
            tuple(fit for fit in _ordered(fits) if fit.ok is None),
            tuple(_misfits(fits, short, own)) if lacking else (),
            inner,
        )
        for fits, serving, lacking, inner in zip(rows, sure, is_short, handed, strict=True)
    )


def _evaluate_inner(
    requirement: Requirement, direct: Mapping[str, Candidate], near: Mapping[str, Candidate], documents: UnitDocuments
) -> Iterator[Evaluation]:
    rings = ((direct, Placement.CRITERION), (near, Placement.RELATED))
    telling = _is_worded(requirement) or _is_telling(requirement)
    for candidates, placement in rings:
        for candidate in candidates.values():
            for fit in evaluate_file(requirement, candidate, placement, documents.context):
                yield fit if telling else _untold(fit, "assign-kind-only")


def find_elsewhere(requirement: Requirement, documents: UnitDocuments, taken: set[str]) -> Iterator[Evaluation]:
    """Documents found by what they are: surely it, or it were the doubtful values right."""
    telling = _is_telling(requirement)
    for candidate in documents.of_kind(requirement):
        if candidate.sha256 in taken or not candidate.readable or not may_fit(requirement, candidate, documents.unit):
            continue
        for fit in evaluate_file(requirement, candidate, Placement.ELSEWHERE, documents.context):
            offered = (
                _offered(fit) if not documents.is_free(candidate) else fit if telling else _untold(fit, "assign-untold")
            )
            if offered.ok or (offered.ok is None and offered.likely):
                yield offered


def _offered(fit: Evaluation) -> Evaluation:
    """It was handed in for another criterion: a person decides whether it counts here too."""
    reasons = (*fit.reasons, build_reason("place", None, "assign-offered", fit.candidate))
    return replace(fit, ok=None if fit.ok else fit.ok, reasons=reasons, offered=True)


def _is_telling(requirement: Requirement) -> bool:
    """Whether it says more than a kind and an issuer: else every paper of the kind would be it."""
    options = expand_alternatives(requirement)
    asked = (requirement.about, requirement.issued_from, requirement.issued_to, requirement.number_pattern)
    named = requirement.cites or requirement.accept or any(asked)
    return bool(named) or all(option.subject for option in options)


def _is_worded(requirement: Requirement) -> bool:
    """Whether a person wrote it so, or the annex's words name a matter: not of a proposal for want of words."""
    return requirement.wording is None or NO_SUBJECT not in requirement.wording.doubts


def _untold(fit: Evaluation, code: str) -> Evaluation:
    """It was found by its kind alone: a person decides whether it is the one."""
    reasons = (*fit.reasons, build_reason("subject", None, code, fit.candidate))
    return replace(fit, ok=None if fit.ok else fit.ok, reasons=reasons)


def _is_settled(at: int, evidence: tuple[Requirement, ...], rows: Rows) -> bool:
    """Whether what was handed in for the criterion settles the requirement, so that nothing else can change it: as many
    as asked for surely fit, in time, and none of them may have to move to another slot of its series."""
    requirement = evidence[at]
    fits = tuple(fit for fit in rows[at] if fit.ok and fit.timing.ok and fit.placement is Placement.CRITERION)
    if len(fits) < requirement.count:
        return False
    slots = [
        rows[to] for to, other in enumerate(evidence) if to != at and requirement.series == other.series is not None
    ]
    moving = {fit.key for row in slots for fit in row if fit.ok}
    return len(distinct_documents(tuple(fit for fit in fits if fit.key not in moving))) >= requirement.count


def _without_misplaced(rows: Rows) -> Rows:
    """Without doubtful documents that belong to another requirement of the same criterion: there everything agrees,
    here two different fields speak against them (doubtful ones, but no value decides alone)."""
    home = {
        fit.sha256 for fits in rows for fit in fits if fit.ok is not False and fit.likely and fit.candidate.readable
    }
    return tuple(
        tuple(fit for fit in fits if not (fit.ok is None and fit.sha256 in home and len(fit.unlikely) > 1))
        for fits in rows
    )


def _ordered(fits: Iterable[Evaluation]) -> list[Evaluation]:
    return sorted(fits, key=lambda fit: (fit.placement, fit.sha256, fit.candidate.place))


def _misfits(fits: Sequence[Evaluation], short: Sequence[Sequence[Evaluation]], own: set[str]) -> Iterator[Evaluation]:
    """Documents handed in for the criterion that serve none of its requirements (``own``): each counts against those
    of the requirements still short of documents (``short``) that it misses by the fewest rules."""
    for fit in sorted(fits, key=lambda fit: fit.sha256):
        if fit.sha256 in own and fit.ok is False:
            best = min(other.against for row in short for other in row if other.sha256 == fit.sha256)
            if fit.against == best:
                yield fit


def distinct_documents(fits: tuple[Evaluation, ...]) -> tuple[Evaluation, ...]:
    """One evaluation a document: copies with one number and no two sure dates are the same document."""
    groups: dict[str, list[Evaluation]] = {}
    for fit in fits:
        number = fit.candidate.record.number
        key = number.value.key if number.value is not None and number.sure else fit.key
        groups.setdefault(key, []).append(fit)
    return tuple(fit for group in groups.values() for fit in _without_copies(group))


def _without_copies(group: list[Evaluation]) -> list[Evaluation]:
    dates = {fit.candidate.record.date.value for fit in group if fit.candidate.record.date.sure}
    if len(group) == 1 or len(dates) > 1:
        return group
    return [min(group, key=_copy_order)]


def _copy_order(fit: Evaluation) -> tuple[int, bool, bool, str]:
    """Of copies: the inner ring, in time, with a sure date, first."""
    return (fit.placement, fit.timing.ok is not True, not fit.candidate.record.date.sure, fit.sha256)


def select_counted(sure: tuple[Evaluation, ...], count: int) -> tuple[Evaluation, ...]:
    """The documents that count: ring after ring until there are enough. Equal ones of one ring stay together."""
    different = distinct_documents(sure)
    counted: list[Evaluation] = []
    for placement in sorted({fit.placement for fit in different}):
        if len(counted) >= count:
            break
        counted += [fit for fit in different if fit.placement is placement]
    return tuple(counted)

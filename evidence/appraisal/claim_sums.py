"""A self-assessment held against its own sums, and against the maxima of its criteria set.

A unit does not score what a survey scores, and its table often leaves those rows out, with others that do not apply to
it: such rows are allowed for, and named. A sum that they can explain is no fault; where nobody knows what they are
worth, it is doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from evidence.appraisal.claim_table import group_by_parent
from evidence.appraisal.claims import ClaimFinding, ClaimOutcome
from evidence.messages import Message
from evidence.model.appraisal import Claim
from evidence.model.criteria import CriteriaSet, Criterion, walk_criteria
from evidence.model.score_rule import ScoreRule
from evidence.vietnamese.text import fold

ZERO = Decimal(0)
SURVEY = re.compile(r"điều tra xã hội học|đtxhh|\bxhh\b|khảo sát (?:ý kiến|mức độ|sự) ?hài lòng|chỉ số hài lòng|sipas")
LISTED = 12  # rows named in one sentence


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A criterion whose row has no points, or of which the table has no row. ``max`` where the set or the row says."""

    code: str
    max: Decimal | None = None
    surveyed: bool = False


def check_sums(
    claims: tuple[Claim, ...], total: Claim | None = None, criteria: CriteriaSet | None = None
) -> Iterator[ClaimFinding]:
    """Where the table's own sums do not hold: parts against the whole, self points above the maximum, the total."""
    known = _index(criteria)
    for claim in claims:
        if claim.points is not None and claim.max is not None and claim.points > claim.max:
            yield _finding(claim, ClaimOutcome.SUM, "claims-above", points=claim.points, max=claim.max)
    for whole, parts in group_by_parent(claims):
        criterion = known.get(fold(whole.criterion))
        yield from _check_parts(whole, parts, criterion.children if criterion else None)
    if total is not None:
        codes = {claim.criterion for claim in claims}
        top = tuple(claim for claim in claims if claim.criterion.rpartition(".")[0] not in codes)
        yield from _check_parts(total, top, criteria.criteria if criteria else None)


def check_against_criteria(claims: tuple[Claim, ...], criteria: CriteriaSet) -> Iterator[ClaimFinding]:
    """Codes that the set does not have, maxima that are not the set's; a maximum less what is left out is named."""
    known = _index(criteria)
    scored = {fold(claim.criterion) for claim in claims}
    for claim in claims:
        if not claim.criterion:
            continue
        criterion = known.get(fold(claim.criterion))
        if criterion is None:
            yield _finding(claim, ClaimOutcome.SUM, "claims-unknown-code", value=claim.criterion, set=criteria.set)
        elif claim.max is not None and claim.max != criterion.points:
            yield _explain_max(claim, criterion, _leaves_left_out(criterion, scored), criteria.set)


def _index(criteria: CriteriaSet | None) -> Mapping[str, Criterion]:
    return {fold(criterion.code): criterion for criterion in walk_criteria(criteria.criteria)} if criteria else {}


# --- sums of the table ----------------------------------------------------------------------------------------------


def _check_parts(
    whole: Claim, parts: tuple[Claim, ...], children: tuple[Criterion, ...] | None
) -> Iterator[ClaimFinding]:
    """The maximum and the points of a row against those of the rows right below it."""
    absent = _find_absent(parts, children)
    surveys = {fold(child.code) for child in children or () if _left_out(child).surveyed}
    rows = [LeftOut(part.criterion, part.max, fold(part.criterion) in surveys or _is_surveyed(part)) for part in parts]
    for name in ("max", "points"):
        amounts: list[Decimal | None] = [getattr(part, name) for part in parts]
        yield from _check_amounts(whole, name, list(zip(rows, amounts, strict=True)), absent)


def _check_amounts(
    whole: Claim, name: str, amounts: list[tuple[LeftOut, Decimal | None]], absent: list[LeftOut]
) -> Iterator[ClaimFinding]:
    said: Decimal | None = getattr(whole, name)
    given = [amount for _, amount in amounts if amount is not None]
    found = sum(given, ZERO)
    if said is None or not given or found == said:
        return
    left_out = [*(row for row, amount in amounts if amount is None), *absent]
    params = {"said": said, "found": found, "difference": abs(said - found), "n": len(given)}
    open_rows = [row for row in left_out if name == "max" or not row.surveyed]  # a survey gives no self points
    if said > found and open_rows and _may_explain(said - found, open_rows, exact=name == "max"):
        yield _finding(whole, ClaimOutcome.UNCLEAR, f"claims-open-{name}", rows=_name_rows(open_rows), **params)
        return
    code = f"claims-sum-{name}" if whole.criterion else f"claims-total-{name}"
    surveyed = [row for row in left_out if row.surveyed]
    if surveyed and name == "points":
        yield _finding(whole, ClaimOutcome.SUM, f"{code}-surveyed", rows=_name_rows(surveyed), **params)
        return
    yield _finding(whole, ClaimOutcome.SUM, code, **params)


def _may_explain(difference: Decimal, rows: list[LeftOut], exact: bool) -> bool:
    """Whether rows that are left out can be worth that much: where the maxima of all are known, no more than these."""
    known = [row.max for row in rows if row.max is not None]
    if len(known) < len(rows):
        return True
    whole = sum(known, ZERO)
    surveyed = sum((row.max or ZERO for row in rows if row.surveyed), ZERO)
    return difference in (whole, surveyed, whole - surveyed) if exact else difference <= whole


def _find_absent(parts: tuple[Claim, ...], children: tuple[Criterion, ...] | None) -> list[LeftOut]:
    """The rows that the set has, or that the numbering leaves out, and the table does not have."""
    present = {fold(part.criterion) for part in parts}
    if children is not None:
        return [_left_out(child) for child in children if fold(child.code) not in present]
    heads = {part.criterion.rpartition(".")[0] for part in parts}
    numbers = [part.criterion.rpartition(".")[2] for part in parts]
    if len(heads) != 1 or not all(number.isdigit() for number in numbers):
        return []
    head = heads.pop()
    missing = set(range(1, max(map(int, numbers)))) - {int(number) for number in numbers}
    return [LeftOut(f"{head}.{number}" if head else str(number)) for number in sorted(missing)]


def _left_out(criterion: Criterion) -> LeftOut:
    leaves = [leaf for leaf in walk_criteria((criterion,)) if not leaf.children]
    return LeftOut(criterion.code, criterion.points, all(leaf.score is ScoreRule.SURVEY for leaf in leaves))


def _is_surveyed(claim: Claim) -> bool:
    return bool(SURVEY.search(fold(" ".join((claim.title, claim.evidence, claim.explanation)))))


# --- maxima of the set ----------------------------------------------------------------------------------------------


def _leaves_left_out(criterion: Criterion, scored: set[str]) -> list[LeftOut]:
    """The criteria without parts below that one of which the table has no row, or that a survey scores."""
    leaves = [leaf for leaf in walk_criteria((criterion,)) if not leaf.children and leaf is not criterion]
    return [_left_out(leaf) for leaf in leaves if leaf.score is ScoreRule.SURVEY or fold(leaf.code) not in scored]


def _explain_max(claim: Claim, criterion: Criterion, left_out: list[LeftOut], name: str) -> ClaimFinding:
    """Another maximum than the set's: less by the survey's points, less by rows that are absent, or wrong."""
    surveyed = [row for row in left_out if row.surveyed]
    params = {"said": claim.max, "points": criterion.points, "set": name}
    for rows, outcome, code in (
        (surveyed, ClaimOutcome.AGREES, "claims-max-less-survey"),
        (left_out, ClaimOutcome.UNCLEAR, "claims-max-less-absent"),
    ):
        less = sum((row.max or ZERO for row in rows), ZERO)
        if rows and claim.max == criterion.points - less:
            return _finding(claim, outcome, code, rows=_name_rows(rows), less=less, **params)
    return _finding(claim, ClaimOutcome.SUM, "claims-other-max", **params)


def _name_rows(rows: Iterable[LeftOut]) -> str:
    names = [row.code for row in rows]
    return ", ".join([*names[:LISTED], "…"] if len(names) > LISTED else names)


def _finding(claim: Claim, outcome: ClaimOutcome, code: str, **params: object) -> ClaimFinding:
    values = {name: str(value) for name, value in params.items()}
    message = Message(code, {"row": str(claim.row), **values})
    return ClaimFinding(claim.unit, claim.criterion, outcome, message, claim.title)

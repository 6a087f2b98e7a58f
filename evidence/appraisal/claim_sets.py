"""Which criteria set a self-assessment belongs to: the one it was imported with, else one that its rows fit.

Codes like 1.1 stand in every set, so a row fits by its maximum, where it has none by its title, and by its code alone
where it has neither.
"""

from __future__ import annotations

from collections.abc import Iterable

from evidence.model.appraisal import Claim, ClaimSheet
from evidence.model.criteria import CriteriaSet, Criterion, walk_criteria
from evidence.vietnamese.text import fold

MOST = 0.8  # of the rows; a unit that copied a maximum wrongly still speaks of that set
TITLE = 24  # letters of a title that are compared: tables shorten what follows


def select_claims(sheets: Iterable[ClaimSheet], criteria: CriteriaSet) -> tuple[Claim, ...]:
    """What each unit claims for that set: of its self-assessments the last that belongs to it."""
    last = {sheet.unit: sheet for sheet in sheets if is_of_set(sheet, criteria)}
    return tuple(claim for unit in sorted(last) for claim in last[unit].claims)


def is_of_set(sheet: ClaimSheet, criteria: CriteriaSet) -> bool:
    """Whether the self-assessment is one for that set."""
    if sheet.criteria_set is not None:
        return sheet.criteria_set == criteria.set
    known = {fold(criterion.code): criterion for criterion in walk_criteria(criteria.criteria)}
    rows = [claim for claim in sheet.claims if claim.criterion]
    parents = {claim.criterion.rpartition(".")[0] for claim in rows}
    leaves = [claim for claim in rows if claim.criterion not in parents]
    fitting = sum(_fits(claim, known.get(fold(claim.criterion))) for claim in leaves)
    return bool(leaves) and fitting >= MOST * len(leaves)


def _fits(claim: Claim, criterion: Criterion | None) -> bool:
    if criterion is None:
        return False
    if claim.max is not None:
        return claim.max == criterion.points
    ours, theirs = (" ".join(fold(title).split())[:TITLE] for title in (claim.title, criterion.title))
    return not ours or ours.startswith(theirs) or theirs.startswith(ours)

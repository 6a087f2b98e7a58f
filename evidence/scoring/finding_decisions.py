"""Decisions on single findings, as the pages take them, become decisions on their criteria.

Where points of the requirements add up, the criterion has the sum: what was decided, and of other findings what the
rules give. Where each carries the whole, the least of them counts, and one that is met takes nothing away. What is
open still keeps a range. A decision on a finding that says something else by now does not count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from evidence.model.appraisal import Decision, DecisionAct
from evidence.model.assessment import Score, Verdict
from evidence.model.criteria import CriteriaSet, Criterion, walk_criteria
from evidence.model.scores.finding_points import FindingPoints, LastDecision
from evidence.vietnamese.text import fold

ZERO = Decimal(0)
OPEN = (Verdict.UNCLEAR, Verdict.NOT_DUE)


@dataclass(frozen=True, slots=True)
class SettledCriteria:
    """``decisions``: of criteria of which nothing is open any more; ``ranges``: what others can bring still, by unit
    and folded code."""

    decisions: tuple[Decision, ...] = ()
    ranges: tuple[tuple[tuple[str, str], tuple[Decimal, Decimal]], ...] = ()

    def join(self, decisions: Iterable[Decision]) -> tuple[Decision, ...]:
        """These with decisions on whole criteria, in the order in which they were made: the last counts."""
        return tuple(sorted((*decisions, *self.decisions), key=lambda each: each.at))

    def narrow(self, scores: Iterable[Score]) -> tuple[Score, ...]:
        """The points by the rules, of what was decided in part no more than is still possible."""
        ranges = dict(self.ranges)
        return tuple(
            replace(score, lowest=ranges[key][0], highest=ranges[key][1])
            if (key := (score.unit, fold(score.criterion))) in ranges
            else score
            for score in scores
        )


def settle_criteria(
    criteria: CriteriaSet, findings: Iterable[FindingPoints], last: Mapping[tuple[str, str], LastDecision], whole: bool
) -> SettledCriteria:
    """What the decisions make of every criterion with one that counts. ``last``: by unit and requirement; ``whole``:
    whether the findings are those held against the whole archive."""
    leaves = {each.code: each for each in walk_criteria(criteria.criteria) if not each.children}
    rows: dict[tuple[str, str], list[FindingPoints]] = {}
    for finding in findings:
        if finding.criterion in leaves:
            rows.setdefault((finding.unit, finding.criterion), []).append(finding)
    decisions: list[Decision] = []
    ranges: dict[tuple[str, str], tuple[Decimal, Decimal]] = {}
    for (unit, code), members in rows.items():
        counting = {
            each.requirement: decision
            for each in members
            if (decision := _find_counting(each, last.get((unit, each.requirement)), whole)) is not None
        }
        if not counting:
            continue
        low, high = _sum_findings(leaves[code], members, counting)
        if low == high:
            decisions.append(_decide(unit, code, low, tuple(counting.values())))
        else:
            ranges[unit, fold(code)] = (low, high)
    return SettledCriteria(tuple(decisions), tuple(ranges.items()))


def _find_counting(finding: FindingPoints, decision: LastDecision | None, whole: bool) -> LastDecision | None:
    """The decision, if points were accepted for what the finding still says."""
    if decision is None or decision.act is not DecisionAct.ACCEPT or decision.points is None:
        return None
    facts = decision.facts[0 if whole else 1]
    return decision if facts in ("", finding.facts) else None


def _sum_findings(
    criterion: Criterion, findings: Sequence[FindingPoints], counting: Mapping[str, LastDecision]
) -> tuple[Decimal, Decimal]:
    ranges = []
    for finding in findings:
        decision = counting.get(finding.requirement)
        if decision is not None and decision.points is not None:
            ranges.append((decision.points, decision.points))
        elif criterion.additive:
            ranges.append((finding.low, finding.high))
        elif finding.status in OPEN:
            ranges.append((ZERO, finding.max))
        elif finding.status is not Verdict.MET:
            ranges.append((finding.low, finding.high))
    if not criterion.additive:
        return min(low for low, _ in ranges), min(high for _, high in ranges)
    most = sum((finding.max for finding in findings), ZERO)
    return min(sum((low for low, _ in ranges), ZERO), most), min(sum((high for _, high in ranges), ZERO), most)


def _decide(unit: str, code: str, points: Decimal, made: Sequence[LastDecision]) -> Decision:
    latest = max(made, key=lambda each: each.at)
    notes = [each.note for each in made if each.note]
    note = "; ".join(dict.fromkeys(notes))
    return Decision(latest.round, unit, code, points, note, latest.by, latest.at)

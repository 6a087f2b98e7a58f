"""What a check of claims says, one line a document: a report that thirteen criteria cite is one thing to look for.

Two citations are one document where their numbers are the same and their dates may be; a date that differs makes a line
of its own, for one of the two is a slip or another year's document.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evidence.appraisal.claims import ClaimFinding, ClaimOutcome, is_maybe_same_day
from evidence.messages import Message


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One document (or one sum) with every criterion that cites it. ``finding`` is the most pressing of its rows;
    ``others`` are the other answers, each with its criteria."""

    finding: ClaimFinding
    criteria: tuple[str, ...]
    others: tuple[tuple[Message, tuple[str, ...]], ...] = ()

    @property
    def outcome(self) -> ClaimOutcome:
        return self.finding.outcome


def group_by_document(findings: Iterable[ClaimFinding]) -> tuple[ClaimLine, ...]:
    """The findings of a check, one line a document, in the order in which they first occur."""
    groups: list[list[ClaimFinding]] = []
    by_key: dict[tuple[str, str], list[list[ClaimFinding]]] = {}
    for finding in findings:
        key = _key(finding)
        known = by_key.setdefault((finding.unit, key), []) if key else []
        group = next((group for group in known if _may_be_one(group, finding)), None)
        if group is None:
            group = []
            groups.append(group)
            known.append(group)
        group.append(finding)
    return tuple(_line(group) for group in groups)


def _key(finding: ClaimFinding) -> str | None:
    """What the same documents have in common: the number cited, or the file that nothing cites."""
    if finding.number is not None:
        return finding.number.key
    return f"file:{finding.document}" if finding.document else None


def _may_be_one(group: Sequence[ClaimFinding], finding: ClaimFinding) -> bool:
    dates = [known.date for known in group if known.date is not None]
    return finding.date is None or all(is_maybe_same_day(finding.date, date) for date in dates)


def _line(group: Sequence[ClaimFinding]) -> ClaimLine:
    order = list(ClaimOutcome)
    first = min(group, key=lambda finding: (order.index(finding.outcome), -len(finding.text)))
    others: dict[str, list[ClaimFinding]] = {}
    for finding in group:
        if finding.message.code != first.message.code:
            others.setdefault(finding.message.code, []).append(finding)
    return ClaimLine(
        first,
        tuple(dict.fromkeys(finding.criterion for finding in group)),
        tuple((each[0].message, tuple(finding.criterion for finding in each)) for each in others.values()),
    )

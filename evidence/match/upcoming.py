"""What falls due: findings not due yet whose deadline comes within some days, the next one first."""

from __future__ import annotations

import datetime

from evidence.model.assessment import Finding, Verdict


def find_due_within(findings: tuple[Finding, ...], as_of: datetime.date, days: int) -> tuple[Finding, ...]:
    """What is still to come and due from that day on, for that many days; the day itself counts.

    A requirement that is met already, or whose documents a person must look at, is not among them.
    """
    last = as_of + datetime.timedelta(days)
    near = [
        finding
        for finding in findings
        if finding.status is Verdict.NOT_DUE and finding.due and as_of <= finding.due <= last
    ]
    return tuple(sorted(near, key=lambda finding: (finding.due or last, finding.unit, finding.requirement)))

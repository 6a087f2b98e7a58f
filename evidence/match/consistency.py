"""What must hold between the parts of a criteria set: codes once, children sum to parents, profiles that exist."""

from __future__ import annotations

from decimal import Decimal

from evidence.match.outline import Faults, Section, suggest
from evidence.model import Criterion, ScoreRule
from evidence.text import fold


class Seen:
    """The codes met so far, each with its line."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        self._units: dict[str, int] = {}
        self._criteria: dict[str, int] = {}

    def unit(self, code: str | None, section: Section) -> None:
        _once(code, self._units, section, "criteria-unit-twice")

    def criterion(self, code: str | None, section: Section) -> None:
        _once(code, self._criteria, section, "criteria-code-twice")


def _once(code: str | None, seen: dict[str, int], section: Section, fault: str) -> None:
    if not code:
        return
    if "/" in code or "\\" in code:  # folders are named after codes, and "1.2/q1" names a requirement
        section.fault("code", "criteria-code-slash", value=code)
    key = fold(code)
    if key in seen:
        section.fault("code", fault, value=code, first=seen[key])
    else:
        seen[key] = section.line_at("code")


def sums(criterion: Criterion, section: Section) -> None:
    """Children sum to their parent, to the last decimal. Left out where a child's points could not be read."""
    if not criterion.children or any(one.points < 0 for one in (criterion, *criterion.children)):
        return
    total = sum((child.points for child in criterion.children), Decimal(0))
    if total != criterion.points:
        section.fault(
            "points", "criteria-sum", value=criterion.code, total=total, points=criterion.points,
            difference=abs(total - criterion.points),
        )  # fmt: skip


def profiles(criterion: Criterion, section: Section, known: set[str]) -> None:
    """``not_for`` names profiles that some unit has: a mistyped one would quietly ask too much of a unit."""
    for name in criterion.not_for:
        if name not in known:
            guess = suggest(name, known)
            code = "criteria-unknown-profile-near" if guess else "criteria-unknown-profile"
            section.fault("not_for", code, value=name, guess=guess or "")


def score(criterion: Criterion, section: Section) -> None:
    """A rule that counts evidence needs evidence, and stands with the evidence, not with a group of criteria."""
    counting = criterion.score not in (ScoreRule.MANUAL, ScoreRule.SURVEY)
    if counting and criterion.children:
        section.fault("score", "criteria-score-on-group", value=criterion.score)
    elif counting and not criterion.evidence:
        section.fault("score", "criteria-score-without-evidence", value=criterion.score)

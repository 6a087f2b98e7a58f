"""A year's points as they were frozen: what another machine needs to check them, without the archive."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from evidence.model.appraisal import Decision
from evidence.model.scoring import Grade, UnitPoints


@dataclass(frozen=True, slots=True)
class FrozenCriterion:
    """What a criterion brought to a part. ``source``: decision, survey, rules; ``is_assessed``: False where its survey
    had too few forms."""

    criterion: str
    part: str
    max: Decimal
    lowest: Decimal
    highest: Decimal
    source: str
    is_assessed: bool
    beside_scale: bool


@dataclass(frozen=True, slots=True)
class FrozenUnit:
    """A unit with its points, its place, and the criteria that they are the sum of. ``index``: as it was printed."""

    points: UnitPoints
    index: tuple[str, ...]
    rank: int | None
    grade: str | None
    criteria: tuple[FrozenCriterion, ...]


@dataclass(frozen=True, slots=True)
class FrozenFinding:
    """A finding that points rest on, with the hashes of its documents."""

    unit: str
    requirement: str
    status: str
    documents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FrozenSurvey:
    """A survey that counted: its number in the archive, its file and the hash of that."""

    id: int
    source: str
    sha256: str


@dataclass(frozen=True, slots=True)
class AuditHead:
    """How many entries the archive's audit had, and the hash of the last one, which covers all before it."""

    entries: int
    head: str


@dataclass(frozen=True, slots=True)
class FrozenScores:
    """All of it. ``set_version``: the fingerprint of the set's content; ``evidence``: hash and path of every document
    that a finding names; ``at``: ISO 8601."""

    name: str
    criteria_set: str
    set_version: str
    as_of: str
    by: str
    at: str
    audit: AuditHead
    grades: tuple[Grade, ...]
    is_provisional: bool
    units: tuple[FrozenUnit, ...]
    decisions: tuple[Decision, ...]
    findings: tuple[FrozenFinding, ...]
    evidence: dict[str, str]
    surveys: tuple[FrozenSurvey, ...]

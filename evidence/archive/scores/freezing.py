"""A year's points frozen, written as one file, and such a file checked on another machine.

The file has two lines: what it is with the SHA-256 of the second line, and the points with all that they rest on. The
second line alone, hashed by any program, gives that SHA-256.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path

from evidence import codec
from evidence.archive.scores.year_basis import YearBasis, join_units
from evidence.errors import CriteriaError, UsageError
from evidence.ingest.sources.paths import display
from evidence.messages import Message
from evidence.model.frozen_scores import AuditHead, FrozenFinding, FrozenScores, FrozenSurvey
from evidence.model.survey import KeptSurvey
from evidence.scoring.frozen_points import check_frozen, freeze_unit
from evidence.scoring.joined_points import score_leaves
from evidence.scoring.ranking import RankingRules, rank_units
from evidence.scoring.score_parts import list_parts

FORMAT = "evidence-scores-1"
MOST_BYTES = 200_000_000


@dataclass(frozen=True, slots=True)
class FreezeRequest:
    """``provisional``: although points are open."""

    name: str
    by: str
    at: str
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class CheckedScores:
    """A file of frozen points, and what is wrong with it."""

    scores: FrozenScores
    sha256: str
    faults: tuple[Message, ...]


def freeze_basis(
    basis: YearBasis, surveys: tuple[KeptSurvey, ...], audit: AuditHead, request: FreezeRequest
) -> FrozenScores:
    """The points as they stand with what they rest on. UsageError: points are open, and nobody asked for that."""
    standings = rank_units(join_units(basis), RankingRules(basis.criteria.grades, request.provisional))
    open_units = [standing.points.name for standing in standings if not standing.points.is_complete]
    if open_units and not request.provisional:
        raise UsageError("frozen-open", count=len(open_units), names=", ".join(open_units[:5]))
    parts, sources = list_parts(basis.criteria), basis.sources()
    units = {unit.code: unit for unit in basis.units}
    assessment = basis.assessment
    return FrozenScores(
        name=request.name,
        criteria_set=basis.criteria.set,
        set_version=assessment.coverage.version,
        as_of=assessment.coverage.as_of.isoformat(),
        by=request.by,
        at=request.at,
        audit=audit,
        grades=basis.criteria.grades,
        is_provisional=request.provisional,
        units=tuple(
            freeze_unit(each, score_leaves(basis.criteria, units[each.points.unit], parts, sources[each.points.unit]))
            for each in standings
        ),
        decisions=basis.decisions,
        findings=tuple(
            FrozenFinding(each.unit, each.requirement, each.status.value, each.documents)
            for each in assessment.findings
        ),
        evidence=dict(assessment.paths),
        surveys=tuple(FrozenSurvey(kept.id, kept.source, kept.sha256) for kept in surveys),
    )


def render_file(data: bytes, sha256: str) -> bytes:
    """The file: its head, then the points."""
    head = json.dumps({"format": FORMAT, "sha256": sha256}).encode()
    return head + b"\n" + data + b"\n"


def check_file(file: Path) -> CheckedScores:
    """The file of frozen points, checked without any archive. CriteriaError where it is none, or was cut or changed so
    that it cannot be read."""
    try:
        with file.open("rb") as source:
            content = source.read(MOST_BYTES + 1)
        head, _, data = content.partition(b"\n")
        data = data.removesuffix(b"\n")
        told = json.loads(head)
        if len(content) > MOST_BYTES or not isinstance(told, dict) or told.get("format") != FORMAT:
            raise ValueError(FORMAT)
        sha256 = hashlib.sha256(data).hexdigest()
        scores = codec.decode(data, FrozenScores)
    except OSError as error:
        raise CriteriaError("table-unopened", path=display(file), detail=error.strerror or error) from error
    except ValueError as error:
        raise CriteriaError("frozen-no-file", path=display(file), detail=str(error)[:200]) from error
    faults = [] if told.get("sha256") == sha256 else [Message("frozen-hash", {"given": str(told.get("sha256"))})]
    return CheckedScores(scores, sha256, (*faults, *check_frozen(scores)))

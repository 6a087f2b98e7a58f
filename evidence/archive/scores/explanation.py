"""Why points were lost: from the archive, or from a report that a unit wrote of itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from evidence.appraisal.claim_table import read_claims
from evidence.archive.kept_sets.table_kinds import place_tables
from evidence.archive.scores.year_basis import YearBasis
from evidence.config import Settings
from evidence.errors import UnreadableError, UsageError
from evidence.ingest.sources.paths import display
from evidence.ingest.sources.walk import walk
from evidence.messages import Message
from evidence.model.document import Document
from evidence.model.losses import LossReport, PointLoss
from evidence.pipeline.requests import request_file
from evidence.pipeline.scheduler import read_files
from evidence.scoring.joined_points import score_leaves
from evidence.scoring.losses.report_prose import (
    StatedField,
    StatedPoints,
    StatedReason,
    read_report,
    read_taken,
)
from evidence.scoring.losses.stated_losses import judge_report
from evidence.scoring.losses.unit_losses import UnitFacts, explain_losses, sum_by_field
from evidence.scoring.score_parts import list_parts
from evidence.vietnamese.text import fold


@dataclass(frozen=True, slots=True)
class ReportLosses:
    """The losses that each of several reports tells of; ``silent``: files without points, and why."""

    reports: tuple[LossReport, ...]
    silent: tuple[tuple[str, Message], ...]


def explain_unit(basis: YearBasis) -> tuple[LossReport, tuple[PointLoss, ...]]:
    """The losses of the one unit that the basis is about, by criterion and by field."""
    unit = basis.units[0]
    sources = basis.sources()[unit.code]
    by_part = score_leaves(basis.criteria, unit, list_parts(basis.criteria), sources)
    order = {code: at for at, code in enumerate(score.criterion for score in basis.assessment.scores)}
    leaves = sorted(
        (leaf for leaves in by_part.values() for leaf in leaves),
        key=lambda leaf: order.get(leaf.leaf.criterion.code, 0),
    )
    names = {fold(unit.code), fold(unit.name)}
    facts = UnitFacts(
        tuple(finding for finding in basis.assessment.findings if finding.unit == unit.code),
        sources.scores,
        {
            fold(each.criterion): each
            for each in basis.decisions
            if fold(each.unit) in names and each.points is not None
        },
        {fold(each.criterion): each for survey in sources.surveys.values() for each in survey.criteria},
        frozenset(fold(figure.criterion) for figure in basis.figures if figure.unit == unit.code),
    )
    report = explain_losses(basis.criteria, unit.code, leaves, facts)
    return report, sum_by_field(report, basis.criteria)


def explain_report(file: Path, unit: str, settings: Settings) -> LossReport:
    """The losses that a report tells of: its table of points where it has one, else its prose. UnreadableError: the
    file cannot be read; UsageError: there are no points in it."""
    document = _read(file, settings, tables=False)
    stated = read_report("\n".join(page.text for page in document.pages))
    if not stated.fields:
        stated = _read_table(_read(file, settings, tables=True))  # which takes a text file for a table
    if not stated.fields:
        raise UsageError("explain-no-points", path=display(file))
    return judge_report(unit, display(file.name), stated)


def explain_reports(paths: Sequence[Path], unit: str, settings: Settings) -> ReportLosses:
    """The same of several reports, and of all files below folders: each by itself, those without points named.
    UsageError: there are points in none of them; what is wrong with it, where it is one file."""
    files = tuple(dict.fromkeys(offered.path for offered in walk(paths)))
    reports, silent = [], []
    for file in files:
        try:
            reports.append(explain_report(file, unit, settings))
        except (UnreadableError, UsageError) as error:
            if len(files) == 1:
                raise
            silent.append((display(file), error.message))
    if not reports:
        raise UsageError("explain-no-points-in", path=", ".join(display(path) for path in paths), count=len(files))
    return ReportLosses(tuple(reports), tuple(silent))


def _read(file: Path, settings: Settings, tables: bool) -> Document:
    document = next(iter(read_files([request_file(file, settings.limits)], settings, tables))).document
    if not document.pages:
        problem = document.problems[0]
        raise UnreadableError(problem.code.value, problem.message.code, **problem.message.params)
    return document


def _read_table(document: Document) -> StatedPoints:
    """The fields of a table of points: the rows that stand in no other, with what is noted beside those below them."""
    sheet = read_claims(place_tables(document), "")
    codes = {claim.criterion for claim in sheet.claims}
    heads = [claim for claim in sheet.claims if _parent(claim.criterion) not in codes]
    fields, reasons = [], []
    for claim in heads:
        if claim.points is None or claim.max is None:
            continue
        fields.append(StatedField(claim.title or claim.criterion, claim.points, claim.max, claim.row))
        below = [each for each in sheet.claims if _is_below(each.criterion, claim.criterion)]
        for each in below or [claim]:
            text = each.explanation.strip()
            if text and each.points is not None and each.max is not None and each.points < each.max:
                reasons.append(StatedReason(len(fields) - 1, text, each.row, read_taken(text)))
    total = sheet.total
    return StatedPoints(
        tuple(fields), total.points if total else None, total.max if total else None, reasons=tuple(reasons)
    )


def _parent(code: str) -> str:
    return code.rpartition(".")[0]


def _is_below(code: str, head: str) -> bool:
    return code.startswith(f"{head}.")

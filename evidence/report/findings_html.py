"""Findings as one HTML page that needs nothing from elsewhere: no script, font, style or image from the network.

Everything that comes from documents (paths, subjects, names) is escaped by the template; a content policy in the page
forbids any other source besides.
"""

from __future__ import annotations

import base64
import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from evidence.messages import Language, say
from evidence.model.appraisal import ProofSpot
from evidence.model.assessment import Assessment, Finding, Reason, Verdict
from evidence.model.criteria import Criterion
from evidence.model.geometry import Box
from evidence.report import labels, summary
from evidence.report.findings_terminal import coverage_lines
from evidence.report.templates import load_template


@dataclass(frozen=True, slots=True)
class DocumentReasons:
    """The reasons that speak of one document, or of none."""

    document: str | None
    reasons: tuple[Reason, ...]


def render(
    assessment: Assessment, language: Language = Language.VI, crops: Mapping[ProofSpot, bytes] | None = None
) -> str:
    """The whole page; with ``crops`` each reason shows the spot that proves it."""
    views = summary.group_by_unit(assessment)
    matrix = _Matrix(assessment, views)
    return load_template("report.html").render(
        assessment=assessment,
        views=views,
        matrix=matrix,
        counts=summary.count_by_status(assessment.findings),
        anchors=_anchors(assessment),
        coverage=coverage_lines(assessment.coverage, language),
        words=_Words(language),
        crops=_Crops(crops or {}),
        lang=language.value,
    )


def _anchors(assessment: Assessment) -> dict[str, str]:
    """Where each finding stands in the page, by unit and requirement; for a criterion, its most pressing one."""
    return {f"{finding.unit} {finding.requirement}": f"f{number}" for number, finding in enumerate(assessment.findings)}


class _Crops:
    """The crops as data URLs, which hold the image itself."""

    def __init__(self, crops: Mapping[ProofSpot, bytes]) -> None:
        self._crops = crops

    def __bool__(self) -> bool:
        return bool(self._crops)

    def of(self, block: DocumentReasons) -> list[tuple[int, str, list[Reason]]]:
        """The crops of a document, each once: page, data URL, and the reasons that it proves."""
        proven: dict[ProofSpot, list[Reason]] = {}
        for reason in block.reasons:
            if reason.document and reason.page and reason.box:
                spot = ProofSpot(reason.document, reason.page, reason.box)
                if spot in self._crops:
                    proven.setdefault(spot, []).append(reason)
        return [(spot.page, _data_url(self._crops[spot]), reasons) for spot, reasons in proven.items()]


def _data_url(image: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(image).decode('ascii')}"


class _Words:
    """What the template may call for its words and values, in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def label(self, code: str, **params: object) -> str:
        return labels.label(code, self.language, **params)

    def status(self, verdict: Verdict) -> str:
        return labels.status_label(verdict, self.language)

    def sign(self, verdict: Verdict) -> str:
        return labels.SIGNS[verdict]

    def sentence(self, reason: Reason) -> str:
        return say(reason.message, self.language)

    def headline(self, finding: Finding) -> str:
        return say(summary.headline(finding).message, self.language)

    def day(self, date: datetime.date | None) -> str:
        return labels.format_day(date, self.language)

    def points(self, amount: Decimal | None) -> str:
        return labels.format_points(amount, self.language)

    def box(self, corners: Box) -> str:
        return " · ".join(str(round(corner)) for corner in corners)

    def group_by_document(self, finding: Finding) -> tuple[DocumentReasons, ...]:
        return group_by_document(finding)


def group_by_document(finding: Finding) -> tuple[DocumentReasons, ...]:
    """The reasons by document, in the order in which documents first occur."""
    by_document: dict[str | None, list[Reason]] = {}
    for reason in finding.reasons:
        by_document.setdefault(reason.document, []).append(reason)
    return tuple(DocumentReasons(document, tuple(reasons)) for document, reasons in by_document.items())


@dataclass(frozen=True, slots=True)
class _Row:
    code: str
    title: str
    depth: int
    cells: tuple[summary.CriterionFindings | None, ...]
    heading: bool


class _Matrix:
    """Criteria as rows, units as columns; groups of criteria are headings."""

    def __init__(self, assessment: Assessment, views: tuple[summary.UnitFindings, ...]) -> None:
        groups = {(view.unit.code, group.criterion.code): group for view in views for group in view.groups}
        self.rows: list[_Row] = []
        self._walk(assessment.criteria.criteria, 0, groups, tuple(view.unit.code for view in views))

    def _walk(
        self,
        criteria: tuple[Criterion, ...],
        depth: int,
        groups: dict[tuple[str, str], summary.CriterionFindings],
        units: tuple[str, ...],
    ) -> None:
        for criterion in criteria:
            cells = tuple(groups.get((unit, criterion.code)) for unit in units)
            heading = bool(criterion.children) and not any(cells)
            self.rows.append(_Row(criterion.code, criterion.title, depth, cells, heading))
            self._walk(criterion.children, depth + 1, groups, units)

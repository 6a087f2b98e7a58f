"""Findings as one HTML page that needs nothing from elsewhere: no script, font, style or picture from the network.

Everything that comes from documents (paths, subjects, names) is escaped by the template; a content policy in the page
forbids any other source besides.
"""

from __future__ import annotations

import base64
import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from evidence.messages import Language, say
from evidence.model.appraisal import ProofSpot
from evidence.model.assessment import Assessment, Finding, Reason, Verdict
from evidence.model.criteria import Criterion
from evidence.model.geometry import Box
from evidence.report import labels, summary
from evidence.report.findings_terminal import coverage_lines


@dataclass(frozen=True, slots=True)
class Block:
    """The reasons that speak of one document, or of none."""

    document: str | None
    reasons: tuple[Reason, ...]


def render(
    assessment: Assessment, language: Language = Language.VI, crops: Mapping[ProofSpot, bytes] | None = None
) -> str:
    """The whole page; with ``crops`` each reason shows the spot that proves it."""
    views = summary.units(assessment)
    matrix = _Matrix(assessment, views)
    return _template().render(
        assessment=assessment,
        views=views,
        matrix=matrix,
        counts=summary.counts(assessment.findings),
        anchors=_anchors(assessment),
        coverage=coverage_lines(assessment.coverage, language),
        words=_Words(language),
        pictures=_Pictures(crops or {}),
        lang=language.value,
    )


def _anchors(assessment: Assessment) -> dict[str, str]:
    """Where each finding stands in the page, by unit and requirement; for a criterion, its most pressing one."""
    return {f"{one.unit} {one.requirement}": f"f{number}" for number, one in enumerate(assessment.findings)}


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("evidence.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html")


class _Pictures:
    """The crops as addresses that hold the picture itself."""

    def __init__(self, crops: Mapping[ProofSpot, bytes]) -> None:
        self._crops = crops

    def __bool__(self) -> bool:
        return bool(self._crops)

    def of(self, block: Block) -> list[tuple[int, str, list[Reason]]]:
        """The pictures of a document, each once: page, address, and the reasons that it proves."""
        found: dict[ProofSpot, list[Reason]] = {}
        for reason in block.reasons:
            if reason.document and reason.page and reason.box:
                place = ProofSpot(reason.document, reason.page, reason.box)
                if place in self._crops:
                    found.setdefault(place, []).append(reason)
        return [(place.page, _address(self._crops[place]), reasons) for place, reasons in found.items()]


def _address(image: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(image).decode('ascii')}"


class _Words:
    """What the template says, in one language."""

    def __init__(self, language: Language) -> None:
        self.language = language

    def label(self, code: str, **params: object) -> str:
        return labels.label(code, self.language, **params)

    def status(self, verdict: Verdict) -> str:
        return labels.status(verdict, self.language)

    def sign(self, verdict: Verdict) -> str:
        return labels.SIGNS[verdict]

    def sentence(self, reason: Reason) -> str:
        return say(reason.message, self.language)

    def headline(self, finding: Finding) -> str:
        return say(summary.headline(finding).message, self.language)

    def day(self, date: datetime.date | None) -> str:
        return labels.day(date, self.language)

    def points(self, amount: Decimal | None) -> str:
        return labels.points(amount, self.language)

    def box(self, corners: Box) -> str:
        return " · ".join(str(round(corner)) for corner in corners)

    def blocks(self, finding: Finding) -> tuple[Block, ...]:
        return blocks(finding)


def blocks(finding: Finding) -> tuple[Block, ...]:
    """The reasons by document, in the order in which documents first occur."""
    found: dict[str | None, list[Reason]] = {}
    for reason in finding.reasons:
        found.setdefault(reason.document, []).append(reason)
    return tuple(Block(document, tuple(reasons)) for document, reasons in found.items())


@dataclass(frozen=True, slots=True)
class _Row:
    code: str
    title: str
    depth: int
    cells: tuple[summary.Group | None, ...]
    heading: bool


class _Matrix:
    """Criteria as rows, units as columns; groups of criteria are headings."""

    def __init__(self, assessment: Assessment, views: tuple[summary.UnitView, ...]) -> None:
        groups = {(view.unit.code, group.criterion.code): group for view in views for group in view.groups}
        self.rows: list[_Row] = []
        self._walk(assessment.criteria.criteria, 0, groups, tuple(view.unit.code for view in views))

    def _walk(
        self,
        criteria: tuple[Criterion, ...],
        depth: int,
        groups: dict[tuple[str, str], summary.Group],
        units: tuple[str, ...],
    ) -> None:
        for one in criteria:
            cells = tuple(groups.get((unit, one.code)) for unit in units)
            heading = bool(one.children) and not any(cells)
            self.rows.append(_Row(one.code, one.title, depth, cells, heading))
            self._walk(one.children, depth + 1, groups, units)

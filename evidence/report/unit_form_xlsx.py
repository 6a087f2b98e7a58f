"""One unit's sheet, laid out as the official form: every criterion of the set in order, with its points and evidence.

Columns: STT, criterion, maximum, self points, suggested points, appraised points, finding, evidence, notes. What only a
person can decide is a range (``2 – 3,5``), never a silent zero.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from openpyxl.styles import Alignment
from openpyxl.workbook import Workbook

from evidence.messages import Language, say
from evidence.model.appraisal import Statements
from evidence.model.assessment import Assessment, Finding, Points, Verdict
from evidence.model.criteria import Criterion
from evidence.report import labels, summary
from evidence.report.findings_terminal import coverage_lines
from evidence.report.labels import label
from evidence.report.summary import ZERO, CriterionFindings, UnitFindings
from evidence.report.xlsx_sheet import SheetWriter, Value, fill_by_status
from evidence.vietnamese.text import fold

COLUMNS = ("order", "criterion", "max", "self", "suggested", "appraised", "finding", "evidence", "notes")
WIDTHS = (7, 34, 8, 8, 10, 10, 13, 44, 52)
MAX, FINDING = 2, 6  # places of the columns, from 0
MIDDLE = Alignment(wrap_text=True, vertical="top", horizontal="center")
DOCUMENTS_NAMED = 3  # files named for one requirement


@dataclass(frozen=True, slots=True)
class FormPoints:
    """What stands in the columns of points, for a criterion with all below it; ``applies`` is False for none of it.

    ``low`` and ``high`` are what the rules leave possible.
    """

    low: Decimal
    high: Decimal
    claimed: Decimal | None
    appraised: Decimal | None
    applies: bool = True


class UnitForm:
    """The form of one unit."""

    def __init__(self, assessment: Assessment, view: UnitFindings, language: Language, statements: Statements) -> None:
        self._assessment = assessment
        self._view = view
        self._language = language
        self._groups = {group.criterion.code: group for group in view.groups}
        names = {fold(view.unit.code), fold(view.unit.name)}
        claims = [claim for claim in statements.claims if fold(claim.unit) in names]
        decisions = [decision for decision in statements.decisions if fold(decision.unit) in names]
        self._claimed = {fold(claim.criterion): claim.points for claim in claims}
        self._decided = {
            fold(decision.criterion): decision.points for decision in decisions if decision.points is not None
        }
        self._notes = {
            fold(decision.criterion): f"{decision.note} ({decision.by})" for decision in decisions if decision.note
        }

    def write(self, book: Workbook) -> None:
        """Adds the sheet to the workbook."""
        language, unit = self._language, self._view.unit
        sheet = SheetWriter(book, unit.code, WIDTHS)
        sheet.write_line(label("form-title", language), bold=True, size=14, centre=True)
        sheet.write_line(self._assessment.criteria.title, centre=True)
        sheet.write_line(label("form-unit", language, name=unit.name, unit=unit.code), bold=True)
        sheet.write_header([label(f"form-{name}", language) for name in COLUMNS], freeze=2)
        for criterion in self._assessment.criteria.criteria:
            self._criterion(sheet, criterion, depth=0)
        self._total(sheet)
        sheet.write_line("")
        for text in coverage_lines(self._assessment.coverage, language):
            sheet.write_line(text, size=10)
        sheet.set_up_printing()

    def _criterion(self, sheet: SheetWriter, criterion: Criterion, depth: int) -> None:
        points, group = self._points(criterion), self._groups.get(criterion.code)
        status = self._status(criterion, points)
        values: list[Value] = [
            criterion.code,
            criterion.title,
            criterion.points,
            points.claimed,
            self._suggested(points),
            points.appraised,
        ]
        findings = group.findings if group else ()
        values += [self._word(status), self._evidence(findings), self._reasons(findings, criterion)]
        heading = bool(criterion.children) and not findings
        cells = sheet.write_row(values, bold=heading, group=heading and depth == 0)
        for cell in cells[MAX:FINDING]:
            cell.alignment = MIDDLE
        if status is not None:
            fill_by_status(cells[FINDING], status)
        for child in criterion.children:
            self._criterion(sheet, child, depth + 1)

    def _total(self, sheet: SheetWriter) -> None:
        parts = [self._points(criterion) for criterion in self._assessment.criteria.criteria]
        whole = self._assessment.criteria.points
        points = _add(parts)
        title = label("form-total", self._language)
        values: list[Value] = ["", title, whole, points.claimed, self._suggested(points), points.appraised, "", "", ""]
        for cell in sheet.write_row(values, bold=True, group=True)[MAX:FINDING]:
            cell.alignment = MIDDLE

    def _points(self, criterion: Criterion) -> FormPoints:
        """Points of the criterion: its own, or those of the criteria below it."""
        key = fold(criterion.code)
        claimed, decided = self._claimed.get(key), self._decided.get(key)
        if criterion.children:
            below = _add([self._points(child) for child in criterion.children])
            claimed = below.claimed if claimed is None else claimed
            return FormPoints(
                below.low, below.high, claimed, below.appraised if decided is None else decided, below.applies
            )
        group = self._groups.get(criterion.code)
        if group is None:
            return FormPoints(ZERO, criterion.points, claimed, decided)
        low, high = _possible_points(group)
        return FormPoints(low, high, claimed, decided, group.worst is not Verdict.NOT_APPLICABLE)

    def _suggested(self, points: FormPoints) -> Value:
        if not points.applies:
            return "–"
        if points.low == points.high:
            return points.low
        return (
            f"{labels.format_points(points.low, self._language)} – {labels.format_points(points.high, self._language)}"
        )

    def _status(self, criterion: Criterion, points: FormPoints) -> Verdict | None:
        group = self._groups.get(criterion.code)
        if group is not None:
            return group.worst
        return None if points.applies else Verdict.NOT_APPLICABLE

    def _word(self, status: Verdict | None) -> str:
        return f"{labels.SIGNS[status]} {labels.status_label(status, self._language)}" if status else ""

    def _evidence(self, findings: tuple[Finding, ...]) -> str:
        return "\n".join(self._evidence_line(finding) for finding in findings)

    def _evidence_line(self, finding: Finding) -> str:
        """What was asked, and the documents that answer it."""
        names = [self._document_name(sha256) for sha256 in finding.documents[:DOCUMENTS_NAMED]]
        rest = len(finding.documents) - DOCUMENTS_NAMED
        if rest > 0:
            names.append(f"+{rest}")
        return f"- {finding.title}: {'; '.join(names) if names else '…'}"

    def _document_name(self, sha256: str) -> str:
        """A document by its number and date where both are sure, else by its file."""
        record = self._assessment.records.get(sha256)
        path = self._assessment.paths.get(sha256, sha256).rsplit("/", 1)[-1]
        if record is None or not record.number.sure:
            return path
        date = record.date.value.to_date() if record.date.value and record.date.sure else None
        day = f", {labels.format_day(date, self._language)}" if date else ""
        return f"{record.number.value}{day}"

    def _reasons(self, findings: tuple[Finding, ...], criterion: Criterion) -> str:
        """Why, for all that is not simply met; and what an appraiser noted."""
        lines = []
        for finding in findings:
            if finding.status in (Verdict.MET, Verdict.NOT_APPLICABLE):
                continue
            due = (
                label("page-due", self._language, day=labels.format_day(finding.due, self._language))
                if finding.due
                else ""
            )
            head = f"{labels.status_label(finding.status, self._language)}{f' ({due})' if due else ''}"
            why = say(summary.headline(finding).message, self._language)
            lines.append(f"- {finding.title}: {head}. {why}" if len(findings) > 1 else f"{head}. {why}")
        note = self._notes.get(fold(criterion.code))
        return "\n".join([*lines, note] if note else lines)


def _add(parts: list[FormPoints]) -> FormPoints:
    """The sum; of claimed and appraised points only where every part that applies has some."""
    counted = [part for part in parts if part.applies]
    claimed = [part.claimed for part in counted if part.claimed is not None]
    decided = [part.appraised for part in counted if part.appraised is not None]
    whole = bool(counted) and len(decided) == len(counted)
    return FormPoints(
        sum((part.low for part in counted), ZERO),
        sum((part.high for part in counted), ZERO),
        sum(claimed, ZERO) if claimed and len(claimed) == len(counted) else None,
        sum(decided, ZERO) if whole else None,
        bool(counted),
    )


def _possible_points(group: CriterionFindings) -> tuple[Decimal, Decimal]:
    """The least and the most that the criterion can bring; a rule that deals its points out adds them up again."""
    worth = [finding.points for finding in group.findings if finding.status is not Verdict.NOT_APPLICABLE]
    ranges = [_range(points) for points in (worth if group.criterion.additive else worth[:1])]
    return sum((low for low, _ in ranges), ZERO), sum((high for _, high in ranges), ZERO)


def _range(points: Points) -> tuple[Decimal, Decimal]:
    if points.suggested is not None:
        return points.suggested, points.suggested
    low, high = points.suggested_min, points.suggested_max
    return ZERO if low is None else low, points.max if high is None else high

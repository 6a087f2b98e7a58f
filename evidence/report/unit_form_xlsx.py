"""One unit's sheet, laid out as the official form: every criterion of the set in order, with its points and evidence.

Columns: STT, criterion, maximum, self points, suggested points, appraised points, finding, evidence, what appraisers
said, notes. What only a person can decide is a range (``2 – 3,5``), never a silent zero. Requirements that wait for a
person's word stand as proposals: nothing was asked for them.
"""

from __future__ import annotations

from decimal import Decimal

from openpyxl.styles import Alignment
from openpyxl.workbook import Workbook

from evidence.messages import Language, Message, say
from evidence.model.appraisal import Decision, Statements
from evidence.model.assessment import Assessment, Finding, Verdict
from evidence.model.criteria import Criterion, Requirement
from evidence.report import labels, summary
from evidence.report.findings_terminal import coverage_lines
from evidence.report.labels import label
from evidence.report.summary import UnitFindings
from evidence.report.unit_points import TOTAL, FormPoints, is_of_unit, sum_unit_points
from evidence.report.xlsx_sheet import SheetWriter, Value, fill_by_status
from evidence.vietnamese.text import fold

COLUMNS = ("order", "criterion", "max", "self", "suggested", "appraised", "finding", "evidence", "opinion", "notes")
WIDTHS = (7, 32, 8, 8, 10, 10, 13, 40, 28, 44)
MAX, FINDING = 2, 6  # places of the columns, from 0
MIDDLE = Alignment(wrap_text=True, vertical="top", horizontal="center")
DOCUMENTS_NAMED = 3  # files named for one requirement
PROPOSED = "☐"


class UnitForm:
    """The form of one unit."""

    def __init__(self, assessment: Assessment, view: UnitFindings, language: Language, statements: Statements) -> None:
        self._assessment = assessment
        self._view = view
        self._language = language
        self._groups = {group.criterion.code: group for group in view.groups}
        self._points = sum_unit_points(assessment, view, statements)
        self._stages = {opened.id: f"round-stage-{opened.stage.value}" for opened in statements.rounds}
        self._decisions = [decision for decision in statements.decisions if is_of_unit(decision.unit, view.unit)]

    @property
    def total(self) -> FormPoints:
        """The points of the unit in all."""
        return self._points[TOTAL]

    def write(self, book: Workbook) -> None:
        """Adds the sheet to the workbook."""
        language, unit, criteria = self._language, self._view.unit, self._assessment.criteria
        sheet = SheetWriter(book, unit.code, WIDTHS, language=language, continued=True)
        sheet.write_line(label("form-title", language), bold=True, size=14, centre=True)
        sheet.write_line(criteria.title, centre=True)
        sheet.write_line(label("form-unit", language, name=unit.name, unit=unit.code), bold=True)
        if self.total.max != criteria.points:
            own, whole = (labels.format_points(points, language) for points in (self.total.max, criteria.points))
            sheet.write_line(label("form-scale", language, own=own, whole=whole))
        sheet.write_header([label(f"form-{name}", language) for name in COLUMNS], freeze=2)
        for criterion in criteria.criteria:
            self._criterion(sheet, criterion, depth=0)
        self._total(sheet)
        sheet.write_line("")
        for text in coverage_lines(self._assessment.coverage, language):
            sheet.write_line(text, size=10)
        sheet.set_up_printing()

    def _criterion(self, sheet: SheetWriter, criterion: Criterion, depth: int) -> None:
        points, group = self._points[fold(criterion.code)], self._groups.get(criterion.code)
        findings = group.findings if group else ()
        proposals = self._assessment.proposals.get(criterion.code, ()) if points.applies else ()
        values: list[Value] = [criterion.code, criterion.title, *self._amounts(criterion, points)]
        values += [self._word(self._status(criterion, points), proposals), self._evidence(findings, proposals)]
        values += [self._opinion(criterion), self._reasons(findings)]
        heading = bool(criterion.children) and not findings
        cells = sheet.write_row(values, bold=heading, group=heading and depth == 0)
        for cell in cells[MAX:FINDING]:
            cell.alignment = MIDDLE
        status = self._status(criterion, points)
        if status is not None:
            fill_by_status(cells[FINDING], status)
        for child in criterion.children:
            self._criterion(sheet, child, depth + 1)

    def _amounts(self, criterion: Criterion, points: FormPoints) -> list[Value]:
        """Maximum, self, suggested and appraised points; of bonus and penalty the maximum of the block."""
        most = criterion.points if criterion.block else points.max
        return [most if points.applies else "–", points.claimed, self._suggested(points), points.appraised]

    def _total(self, sheet: SheetWriter) -> None:
        language, points = self._language, self.total
        title, state = label("form-total", language), ""
        if points.decided_leaves:
            count, whole = points.decided_leaves, points.leaves
            decided = labels.format_points(points.decided, language)
            state = label("form-decided", language, points=decided, count=count, whole=whole)
        amounts: list[Value] = [points.max, points.claimed, self._suggested(points), points.appraised]
        rows: list[list[Value]] = [["", title, *amounts, "", "", state, ""]]
        if points.index:
            index = format_range(*points.index, language)
            rows.append(["", label("form-index", language), None, None, None, index, "", "", "", ""])
        for values in rows:
            for cell in sheet.write_row(values, bold=True, group=True)[MAX:FINDING]:
                cell.alignment = MIDDLE

    def _suggested(self, points: FormPoints) -> Value:
        return format_range(points.low, points.high, self._language) if points.applies else "–"

    def _status(self, criterion: Criterion, points: FormPoints) -> Verdict | None:
        group = self._groups.get(criterion.code)
        if group is not None:
            return group.worst
        return None if points.applies else Verdict.NOT_APPLICABLE

    def _word(self, status: Verdict | None, proposals: tuple[Requirement, ...]) -> str:
        if status is not None:
            return f"{labels.SIGNS[status]} {labels.status_label(status, self._language)}"
        return f"{PROPOSED} {label('form-proposed', self._language)}" if proposals else ""

    def _opinion(self, criterion: Criterion) -> str:
        """What appraisers decided and noted, round by round; of each round the last word."""
        last = {each.round: each for each in self._decisions if fold(each.criterion) == fold(criterion.code)}
        return "\n".join(self._opinion_line(decision) for decision in last.values())

    def _opinion_line(self, decision: Decision) -> str:
        language = self._language
        stage = self._stages.get(decision.round)
        head = f"{say(Message(stage), language).capitalize()}: " if stage else ""
        points = label("form-given", language, points=labels.format_points(decision.points, language))
        said = ". ".join(part for part in (points if decision.points is not None else "", decision.note) if part)
        return f"{head}{said} ({decision.by}, {labels.format_day(decision.at.date(), language)})"

    def _evidence(self, findings: tuple[Finding, ...], proposals: tuple[Requirement, ...]) -> str:
        lines = [self._evidence_line(finding) for finding in findings]
        return "\n".join([*lines, *(self._proposal_line(requirement) for requirement in proposals)])

    def _proposal_line(self, requirement: Requirement) -> str:
        day = labels.format_day(requirement.due, self._language)
        due = f" ({label('page-due', self._language, day=day)})" if day else ""
        return f"{PROPOSED} {label('form-proposal', self._language, title=requirement.title)}{due}"

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

    def _reasons(self, findings: tuple[Finding, ...]) -> str:
        """Why, for all that is not simply met."""
        lines = []
        for finding in findings:
            if finding.status in (Verdict.MET, Verdict.NOT_APPLICABLE):
                continue
            day = labels.format_day(finding.due, self._language)
            due = f" ({label('page-due', self._language, day=day)})" if day else ""
            head = f"{labels.status_label(finding.status, self._language)}{due}"
            why = say(summary.headline(finding).message, self._language)
            lines.append(f"- {finding.title}: {head}. {why}" if len(findings) > 1 else f"{head}. {why}")
        return "\n".join(lines)


def format_range(low: Decimal, high: Decimal, language: Language) -> Value:
    """A number where there is one, else the two ends in words: ``2 – 3,5``."""
    if low == high:
        return low
    return f"{labels.format_points(low, language)} – {labels.format_points(high, language)}"

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
from evidence.report.summary import ZERO, Group, UnitView
from evidence.report.xlsx_sheet import Sheet, Value, fill
from evidence.vietnamese.text import fold

COLUMNS = ("order", "criterion", "max", "self", "suggested", "appraised", "finding", "evidence", "notes")
WIDTHS = (7, 34, 8, 8, 10, 10, 13, 44, 52)
MAX, FINDING = 2, 6  # places of the columns, from 0
MIDDLE = Alignment(wrap_text=True, vertical="top", horizontal="center")
BEARS = 3  # files named for one requirement


@dataclass(frozen=True, slots=True)
class Sums:
    """What stands in the columns of points, for a criterion with all below it; ``applies`` is False for none of it.

    ``low`` and ``high`` are what the rules leave possible.
    """

    low: Decimal
    high: Decimal
    claimed: Decimal | None
    appraised: Decimal | None
    applies: bool = True


class Form:
    """The form of one unit."""

    def __init__(self, assessment: Assessment, view: UnitView, language: Language, standing: Statements) -> None:
        self._assessment = assessment
        self._view = view
        self._language = language
        self._groups = {group.criterion.code: group for group in view.groups}
        ours = {fold(view.unit.code), fold(view.unit.name)}
        claims = [one for one in standing.claims if fold(one.unit) in ours]
        decisions = [one for one in standing.decisions if fold(one.unit) in ours]
        self._claimed = {fold(one.criterion): one.points for one in claims}
        self._decided = {fold(one.criterion): one.points for one in decisions if one.points is not None}
        self._notes = {fold(one.criterion): f"{one.note} ({one.by})" for one in decisions if one.note}

    def write(self, book: Workbook) -> None:
        """Adds the sheet to the workbook."""
        language, unit = self._language, self._view.unit
        sheet = Sheet(book, unit.code, WIDTHS)
        sheet.line(label("form-title", language), bold=True, size=14, centre=True)
        sheet.line(self._assessment.criteria.title, centre=True)
        sheet.line(label("form-unit", language, name=unit.name, unit=unit.code), bold=True)
        sheet.header([label(f"form-{name}", language) for name in COLUMNS], freeze=2)
        for one in self._assessment.criteria.criteria:
            self._criterion(sheet, one, depth=0)
        self._total(sheet)
        sheet.line("")
        for text in coverage_lines(self._assessment.coverage, language):
            sheet.line(text, size=10)
        sheet.printed()

    def _criterion(self, sheet: Sheet, one: Criterion, depth: int) -> None:
        sums, group = self.sums(one), self._groups.get(one.code)
        status = self._status(one, sums)
        values: list[Value] = [one.code, one.title, one.points, sums.claimed, self._suggested(sums), sums.appraised]
        findings = group.findings if group else ()
        values += [self._word(status), self._evidence(findings), self._reasons(findings, one)]
        heading = bool(one.children) and not findings
        cells = sheet.cells(values, bold=heading, group=heading and depth == 0)
        for cell in cells[MAX:FINDING]:
            cell.alignment = MIDDLE
        if status is not None:
            fill(cells[FINDING], status)
        for child in one.children:
            self._criterion(sheet, child, depth + 1)

    def _total(self, sheet: Sheet) -> None:
        parts = [self.sums(one) for one in self._assessment.criteria.criteria]
        whole = sum((one.points for one in self._assessment.criteria.criteria), ZERO)
        sums = _add(parts)
        title = label("form-total", self._language)
        values: list[Value] = ["", title, whole, sums.claimed, self._suggested(sums), sums.appraised, "", "", ""]
        for cell in sheet.cells(values, bold=True, group=True)[MAX:FINDING]:
            cell.alignment = MIDDLE

    def sums(self, one: Criterion) -> Sums:
        """Points of the criterion: its own, or those of the criteria below it."""
        key = fold(one.code)
        claimed, decided = self._claimed.get(key), self._decided.get(key)
        if one.children:
            below = _add([self.sums(child) for child in one.children])
            claimed = below.claimed if claimed is None else claimed
            return Sums(below.low, below.high, claimed, below.appraised if decided is None else decided, below.applies)
        group = self._groups.get(one.code)
        if group is None:
            return Sums(ZERO, one.points, claimed, decided)
        low, high = _span(group)
        return Sums(low, high, claimed, decided, group.worst is not Verdict.NOT_APPLICABLE)

    def _suggested(self, sums: Sums) -> Value:
        if not sums.applies:
            return "–"
        if sums.low == sums.high:
            return sums.low
        return f"{labels.points(sums.low, self._language)} – {labels.points(sums.high, self._language)}"

    def _status(self, one: Criterion, sums: Sums) -> Verdict | None:
        group = self._groups.get(one.code)
        if group is not None:
            return group.worst
        return None if sums.applies else Verdict.NOT_APPLICABLE

    def _word(self, status: Verdict | None) -> str:
        return f"{labels.SIGNS[status]} {labels.status(status, self._language)}" if status else ""

    def _evidence(self, findings: tuple[Finding, ...]) -> str:
        return "\n".join(self._served(one) for one in findings)

    def _served(self, finding: Finding) -> str:
        """What was asked, and the documents that answer it."""
        names = [self._named(sha256) for sha256 in finding.documents[:BEARS]]
        rest = len(finding.documents) - BEARS
        if rest > 0:
            names.append(f"+{rest}")
        return f"- {finding.title}: {'; '.join(names) if names else '…'}"

    def _named(self, sha256: str) -> str:
        """A document by its number and date where both are sure, else by its file."""
        record = self._assessment.records.get(sha256)
        path = self._assessment.paths.get(sha256, sha256).rsplit("/", 1)[-1]
        if record is None or not record.number.sure:
            return path
        date = record.date.value.to_date() if record.date.value and record.date.sure else None
        day = f", {labels.day(date, self._language)}" if date else ""
        return f"{record.number.value}{day}"

    def _reasons(self, findings: tuple[Finding, ...], one: Criterion) -> str:
        """Why, for all that is not simply met; and what an appraiser noted."""
        lines = []
        for finding in findings:
            if finding.status in (Verdict.MET, Verdict.NOT_APPLICABLE):
                continue
            due = label("page-due", self._language, day=labels.day(finding.due, self._language)) if finding.due else ""
            head = f"{labels.status(finding.status, self._language)}{f' ({due})' if due else ''}"
            why = say(summary.headline(finding).message, self._language)
            lines.append(f"- {finding.title}: {head}. {why}" if len(findings) > 1 else f"{head}. {why}")
        note = self._notes.get(fold(one.code))
        return "\n".join([*lines, note] if note else lines)


def _add(parts: list[Sums]) -> Sums:
    """The sum; of claimed and appraised points only where every part that applies has some."""
    counted = [part for part in parts if part.applies]
    claimed = [part.claimed for part in counted if part.claimed is not None]
    decided = [part.appraised for part in counted if part.appraised is not None]
    whole = bool(counted) and len(decided) == len(counted)
    return Sums(
        sum((part.low for part in counted), ZERO),
        sum((part.high for part in counted), ZERO),
        sum(claimed, ZERO) if claimed and len(claimed) == len(counted) else None,
        sum(decided, ZERO) if whole else None,
        bool(counted),
    )


def _span(group: Group) -> tuple[Decimal, Decimal]:
    """The least and the most that the criterion can bring; a rule that deals its points out adds them up again."""
    worth = [one.points for one in group.findings if one.status is not Verdict.NOT_APPLICABLE]
    ends = [_ends(one) for one in (worth if group.criterion.additive else worth[:1])]
    return sum((low for low, _ in ends), ZERO), sum((high for _, high in ends), ZERO)


def _ends(worth: Points) -> tuple[Decimal, Decimal]:
    if worth.suggested is not None:
        return worth.suggested, worth.suggested
    low, high = worth.suggested_min, worth.suggested_max
    return ZERO if low is None else low, worth.max if high is None else high

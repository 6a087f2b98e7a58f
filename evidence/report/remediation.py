"""The remediation list in the administration's own columns: tồn tại, nhiệm vụ/giải pháp, chủ trì, phối hợp, thời gian.

Each finding that is not in order is one row. What no source says (who helps, by when, where no deadline is open) stays
blank for a person: a list that invents its dates is worse than one with blanks.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from io import StringIO

from rich import box
from rich.table import Table
from rich.text import Text

from evidence.messages import Language, say
from evidence.model.appraisal import LetterChoice
from evidence.model.assessment import Assessment, Finding, Verdict
from evidence.model.criteria import Unit, walk_criteria
from evidence.report import labels, summary
from evidence.report.findings_terminal import coverage_lines
from evidence.report.labels import label
from evidence.report.text.console import TerminalConsole
from evidence.vietnamese.text import fold

FAULTS = (Verdict.MISSING, Verdict.WRONG, Verdict.LATE, Verdict.UNCLEAR)
SURE = (Verdict.MISSING, Verdict.WRONG, Verdict.LATE)  # what may be asked of a unit without an appraiser's word
COLUMNS = ("order", "unit", "criterion", "fault", "task", "lead", "support", "when")
WIDTH = 160


@dataclass(frozen=True, slots=True)
class RemediationItem:
    """One thing to put right. ``support`` and ``when`` are empty where only a person can say; ``requirement`` is empty
    where an appraiser worded it for a criterion."""

    unit: str
    criterion: str
    status: Verdict
    fault: str
    task: str
    lead: str
    support: str
    when: str
    requirement: str = ""


def list_items(
    assessment: Assessment, language: Language = Language.VI, unit: str | None = None,
    until: datetime.date | None = None,
) -> tuple[RemediationItem, ...]:  # fmt: skip
    """What is to be put right, unit by unit in the order of the set; ``until`` is the day the appraisers gave."""
    return tuple(
        _item(finding, view.unit.name, group.criterion.title, language, until)
        for view in summary.group_by_unit(assessment)
        if unit is None or view.unit.code == unit
        for group in view.groups
        for finding in group.findings
        if finding.status in FAULTS
    )


def _item(
    finding: Finding, unit: str, criterion: str, language: Language, until: datetime.date | None
) -> RemediationItem:
    reason = say(summary.headline(finding).message, language)
    word = labels.status_label(finding.status, language)
    return RemediationItem(
        unit=unit,
        criterion=f"{finding.criterion} {criterion}",
        status=finding.status,
        fault=f"{finding.title}: {word}. {reason}",
        task=label(f"remedy-task-{finding.status.value}", language, title=finding.title),
        lead=unit,
        support="",
        when=_when(until, language),
        requirement=finding.requirement,
    )


def _when(until: datetime.date | None, language: Language) -> str:
    return label("remedy-before", language, day=labels.format_day(until, language)) if until else ""


def list_noted(
    assessment: Assessment, choice: LetterChoice, unit: Unit, language: Language = Language.VI,
    until: datetime.date | None = None,
) -> tuple[RemediationItem, ...]:  # fmt: skip
    """What appraisers ask of the unit in their own words."""
    titles = {fold(criterion.code): criterion.title for criterion in walk_criteria(assessment.criteria.criteria)}
    owners = {fold(finding.requirement): finding for finding in assessment.findings if finding.unit == unit.code}
    items = []
    for mark in choice.noted:
        finding = owners.get(fold(mark.code))
        code = finding.criterion if finding else mark.code
        name = f"{code} {titles.get(fold(code), '')}".strip()
        fault = f"{finding.title}: {mark.note}" if finding else mark.note
        task, when = label("remedy-task-noted", language), _when(until, language)
        items.append(RemediationItem(unit.name, name, Verdict.UNCLEAR, fault, task, unit.name, "", when, mark.code))
    return tuple(items)


def column_titles(language: Language) -> list[str]:
    return [label(f"remedy-{name}", language) for name in COLUMNS]


def item_cells(number: int, item: RemediationItem) -> list[str]:
    return [str(number), item.unit, item.criterion, item.fault, item.task, item.lead, item.support, item.when]


def render(assessment: Assessment, language: Language = Language.VI) -> str:
    """The list as a table of text."""
    out = StringIO()
    console = TerminalConsole(file=out, width=WIDTH, highlight=False, legacy_windows=False)
    table = Table(box=box.ASCII2, show_lines=True, expand=True)
    for name, ratio in zip(column_titles(language), (1, 3, 4, 8, 6, 3, 3, 3), strict=True):
        table.add_column(name, ratio=ratio, overflow="fold")
    for number, item in enumerate(list_items(assessment, language), start=1):
        table.add_row(*(Text(cell) for cell in item_cells(number, item)))
    console.print(Text(label("remedy-title", language), style="bold"))
    console.print(table)
    console.print(Text("\n".join(coverage_lines(assessment.coverage, language))))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"

"""Findings on a terminal: unit by unit, criterion by criterion, the coverage at the end."""

from __future__ import annotations

from io import StringIO

from rich import box
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from evidence.messages import Language, say
from evidence.model.assessment import Assessment, Coverage, Finding
from evidence.report import labels, summary
from evidence.report.labels import format_day, label
from evidence.report.text.console import TerminalConsole

WIDTH = 120  # where the width of the terminal is not known
SHOWN = 10  # unreadable files named one by one


def render(assessment: Assessment, language: Language = Language.VI, width: int = WIDTH, colour: bool = False) -> str:
    """The report as text of that width; with ``colour`` for a terminal that shows colours."""
    out = StringIO()
    console = TerminalConsole(
        file=out,
        width=max(width, 60),
        force_terminal=colour,
        color_system="256" if colour else None,
        highlight=False,
        legacy_windows=False,
    )
    console.print(Text(assessment.criteria.title, style="bold"))
    for view in summary.group_by_unit(assessment):
        console.print()
        console.print(_heading(view, language))
        console.print(_unit(view, language, width))
    console.print()
    console.print(_totals(assessment, language))
    console.print(_coverage(assessment.coverage, language))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _heading(view: summary.UnitFindings, language: Language) -> Text:
    text = Text(f"{view.unit.code} · {view.unit.name}", style="bold")
    total = view.points
    text.append(
        "   "
        + label(
            "points-line",
            language,
            sure=labels.format_points(total.sure, language),
            max=labels.format_points(total.max, language),
            open=labels.format_points(total.open, language),
        ),
        style="not bold",
    )
    return text


def _unit(view: summary.UnitFindings, language: Language, width: int) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True, show_edge=False)
    table.add_column(label("column-requirement", language), no_wrap=True, min_width=8)
    table.add_column(label("column-title", language), ratio=3, min_width=12)
    table.add_column(label("column-status", language), no_wrap=True, min_width=13)
    table.add_column(label("column-due", language), no_wrap=True)
    table.add_column(label("column-actual", language), no_wrap=True)
    table.add_column(label("column-points", language), justify="right", no_wrap=True)
    table.add_column(label("column-reason", language), ratio=5, min_width=16)
    for finding in view.findings:
        table.add_row(*_row(finding, language))
    return table


def _row(finding: Finding, language: Language) -> tuple[Text, ...]:
    status = f"{labels.SIGNS[finding.status]} {labels.status_label(finding.status, language)}"
    actual = format_day(finding.actual, language)
    if finding.days_late:
        actual += "\n" + label("days-late", language, days=finding.days_late)
    worth = finding.points
    points = f"{labels.format_points(worth.suggested, language)}/{labels.format_points(worth.max, language)}"
    reason = summary.headline(finding)
    return (
        Text(finding.requirement),
        Text(finding.title),
        Text(status, style=labels.STYLES[finding.status]),
        Text(format_day(finding.due, language)),
        Text(actual),
        Text(points),
        Text(say(reason.message, language)),
    )


def _totals(assessment: Assessment, language: Language) -> Text:
    text = Text(label("total", language) + " ", style="bold")
    for number, (verdict, count) in enumerate(summary.count_by_status(assessment.findings).items()):
        text.append(" · " if number else "", style="not bold")
        words = f"{labels.SIGNS[verdict]} {labels.status_label(verdict, language)}: {count}"
        text.append(words, style=f"not bold {labels.STYLES[verdict]}")
    return text


def _coverage(coverage: Coverage, language: Language) -> Padding:
    return Padding(Text("\n".join(coverage_lines(coverage, language))), (1, 0, 0, 0))


def coverage_lines(coverage: Coverage, language: Language) -> list[str]:
    """What the report rests on, sentence by sentence."""
    lines = [
        label(
            "coverage",
            language,
            files=coverage.files,
            pages=coverage.pages,
            ocr=coverage.pages_ocr,
            doubtful=coverage.doubtful,
            unreadable=len(coverage.unreadable),
            as_of=format_day(coverage.as_of, language),
        ),
        label("coverage-set", language, set=coverage.criteria_set, version=coverage.version),
    ]
    if coverage.proposed:
        lines.append(label("coverage-proposed", language, count=coverage.proposed))
    lines += [label("coverage-unreadable", language, path=path) for path in coverage.unreadable[:SHOWN]]
    if len(coverage.unreadable) > SHOWN:
        lines.append(label("coverage-more", language, n=len(coverage.unreadable) - SHOWN))
    return [*lines, label("only-read", language)]

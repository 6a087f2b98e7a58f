"""``evidence check``: the archive held against a criteria set; findings on stdout or into a file."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from evidence.archive.criteria_sets import load_figures
from evidence.archive.facade import Archive
from evidence.archive.proof_crops import ProofCrops
from evidence.cli.context import CliContext
from evidence.cli.criteria_argument import criteria_option, load_criteria_argument
from evidence.cli.localized_click import Command, DayType, Option
from evidence.cli.output import emit, printable, terminal_width, wants_colour, write_bytes, write_text
from evidence.errors import UsageError
from evidence.model.appraisal import NO_STATEMENTS
from evidence.model.assessment import Assessment, Verdict
from evidence.report import findings_html, findings_terminal
from evidence.report.formats import BINARY_FORMATS, TEXT_FORMATS

NOT_IN_ORDER = 10
# What --strict does not let pass. A wrong document counts as well: what the criterion asks for is not there.
FAULTS = frozenset({Verdict.MISSING, Verdict.LATE, Verdict.UNCLEAR, Verdict.WRONG})


@click.command("check", cls=Command)
@criteria_option("file", "cli-check-opt-criteria", required=True)
@click.option("--unit", "units", cls=Option, multiple=True, metavar="cli-meta-unit", help="cli-check-opt-unit")
@click.option("--as-of", cls=Option, type=DayType(), metavar="cli-meta-day", help="cli-check-opt-as-of")
@click.option(
    "--due-within",
    "within",
    cls=Option,
    type=click.IntRange(0, 3650),
    metavar="cli-meta-days",
    help="cli-check-opt-due-within",
)
@click.option(
    "--figures",
    "typed",
    cls=Option,
    type=click.Path(path_type=Path),
    metavar="cli-meta-file",
    help="cli-check-opt-figures",
)
@click.option(
    "--format", "form", cls=Option, type=click.Choice([*TEXT_FORMATS, *BINARY_FORMATS]), help="cli-check-opt-format"
)
@click.option(
    "-o",
    "--output",
    "target",
    cls=Option,
    type=click.Path(path_type=Path),
    metavar="cli-meta-file",
    help="cli-check-opt-output",
)
@click.option("--crops", cls=Option, is_flag=True, help="cli-check-opt-crops")
@click.option("--strict", cls=Option, is_flag=True, help="cli-check-opt-strict")
@click.pass_obj
def check(
    context: CliContext,
    file: Path,
    units: tuple[str, ...],
    as_of: datetime.date | None,
    within: int | None,
    typed: Path | None,
    form: str | None,
    target: Path | None,
    crops: bool,
    strict: bool,
) -> int:
    form = form or format_of_file(target)
    if form in BINARY_FORMATS and target is None:
        raise UsageError("cli-check-needs-file", form=form)
    if crops and form != "html":
        raise UsageError("cli-check-crops-html")
    criteria, day = load_criteria_argument(context, file), as_of or datetime.date.today()
    figures = load_figures(typed, criteria) if typed else ()
    with Archive.open(context.settings()) as archive:
        assessment = archive.check(criteria, units, day, figures, within)
        proofs = archive.crop_proofs(assessment) if crops else None
        statements = archive.appraisal.statements(criteria) if form in BINARY_FORMATS else NO_STATEMENTS
    if proofs is not None and proofs.left_out:
        context.tell("cli-check-crops-left", count=proofs.left_out)
    if target is None:
        emit(_terminal_text(context, form, assessment, proofs).rstrip("\n"))
    elif form in BINARY_FORMATS:
        write_bytes(target, BINARY_FORMATS[form](assessment, context.language, statements))
    else:
        write_text(target, _file_text(context, form, assessment, proofs))
    if target:
        context.tell("cli-written", path=printable(str(target)))
    return NOT_IN_ORDER if strict and any(finding.status in FAULTS for finding in assessment.findings) else 0


def _terminal_text(context: CliContext, form: str, assessment: Assessment, proofs: ProofCrops | None) -> str:
    """The report for stdout: a table is made for this terminal."""
    if form == "table":
        return findings_terminal.render(assessment, context.language, terminal_width(), wants_colour())
    return _file_text(context, form, assessment, proofs)


def _file_text(context: CliContext, form: str, assessment: Assessment, proofs: ProofCrops | None) -> str:
    if proofs is not None:
        return findings_html.render(assessment, context.language, proofs.crops)
    return TEXT_FORMATS[form](assessment, context.language)


def format_of_file(target: Path | None) -> str:
    """The format that the file's name asks for; a table where it asks for none.

    >>> format_of_file(Path("bao-cao.html")), format_of_file(None)
    ('html', 'table')
    """
    ending = target.suffix.removeprefix(".").lower() if target else ""
    return ending if ending in (*TEXT_FORMATS, *BINARY_FORMATS) else "table"

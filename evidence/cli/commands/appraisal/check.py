"""``evidence check``: the archive held against a criteria set; findings on stdout or into a file."""

from __future__ import annotations

import datetime
from dataclasses import replace
from pathlib import Path

import click

from evidence.archive.facade import Archive
from evidence.archive.proof_crops import Pictures
from evidence.cli.context import CliContext
from evidence.cli.criteria_argument import chosen
from evidence.cli.localized import Command, Day, Option
from evidence.cli.output import coloured, columns, emit, plain, write, write_bytes
from evidence.criteria.figures import load_figures
from evidence.errors import UsageError
from evidence.match.upcoming import due_within
from evidence.model.appraisal import NO_STATEMENTS
from evidence.model.assessment import Assessment, Verdict
from evidence.report import BINARY_FORMATS, TEXT_FORMATS, findings_html, findings_terminal

NOT_IN_ORDER = 10
# What --strict does not let pass. A wrong document counts as well: what the criterion asks for is not there.
FAULTS = frozenset({Verdict.MISSING, Verdict.LATE, Verdict.UNCLEAR, Verdict.WRONG})


@click.command("check", cls=Command)
@click.option(
    "--criteria",
    "file",
    cls=Option,
    required=True,
    type=click.Path(path_type=Path),
    metavar="cli-meta-set-or-file",
    help="cli-check-opt-criteria",
)
@click.option("--unit", "units", cls=Option, multiple=True, metavar="cli-meta-unit", help="cli-check-opt-unit")
@click.option("--as-of", cls=Option, type=Day(), metavar="cli-meta-day", help="cli-check-opt-as-of")
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
    form = form or form_of(target)
    if form in BINARY_FORMATS and target is None:
        raise UsageError("cli-check-needs-file", form=form)
    if crops and form != "html":
        raise UsageError("cli-check-crops-html")
    criteria, day = chosen(context, file), as_of or datetime.date.today()
    figures = load_figures(typed, criteria) if typed else ()
    with Archive.open(context.settings()) as archive:
        assessment = archive.check(criteria, units, day, figures)
        if within is not None:
            assessment = replace(assessment, findings=due_within(assessment.findings, day, within))
        found = archive.pictures(assessment) if crops else None
        standing = archive.appraisal.standing(criteria) if form in BINARY_FORMATS else NO_STATEMENTS
    if found is not None and found.left_out:
        context.tell("cli-check-crops-left", count=found.left_out)
    if target is None:
        emit(_printed(context, form, assessment, found).rstrip("\n"))
    elif form in BINARY_FORMATS:
        write_bytes(target, BINARY_FORMATS[form](assessment, context.language, standing))
    else:
        write(target, _text(context, form, assessment, found))
    if target:
        context.tell("cli-written", path=plain(str(target)))
    return NOT_IN_ORDER if strict and any(one.status in FAULTS for one in assessment.findings) else 0


def _printed(context: CliContext, form: str, assessment: Assessment, found: Pictures | None) -> str:
    """The report for stdout: a table is made for this terminal."""
    if form == "table":
        return findings_terminal.render(assessment, context.language, columns(), coloured())
    return _text(context, form, assessment, found)


def _text(context: CliContext, form: str, assessment: Assessment, found: Pictures | None) -> str:
    if found is not None:
        return findings_html.render(assessment, context.language, found.crops)
    return TEXT_FORMATS[form](assessment, context.language)


def form_of(target: Path | None) -> str:
    """The format that the file's name asks for; a table where it asks for none.

    >>> form_of(Path("bao-cao.html")), form_of(None)
    ('html', 'table')
    """
    ending = target.suffix.removeprefix(".").lower() if target else ""
    return ending if ending in (*TEXT_FORMATS, *BINARY_FORMATS) else "table"

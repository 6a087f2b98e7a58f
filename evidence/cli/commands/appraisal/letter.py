"""``evidence letter``: the request for an explanation or supplement, as a DOCX that a person completes and signs."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from evidence.archive.facade import Archive
from evidence.archive.units import find_unit
from evidence.cli.context import CliContext
from evidence.cli.criteria_argument import load_criteria_argument
from evidence.cli.localized_click import Command, DayType, Option
from evidence.cli.output import printable, write_bytes
from evidence.report import letter_docx


@click.command("letter", cls=Command)
@click.option(
    "--criteria", "file", cls=Option, required=True, type=click.Path(path_type=Path), metavar="cli-meta-set-or-file",
    help="cli-check-opt-criteria",
)  # fmt: skip
@click.option("--unit", cls=Option, required=True, metavar="cli-meta-unit", help="cli-letter-opt-unit")
@click.option("--as-of", cls=Option, type=DayType(), metavar="cli-meta-day", help="cli-check-opt-as-of")
@click.option("--until", cls=Option, type=DayType(), metavar="cli-meta-day", help="cli-letter-opt-until")
@click.option("--from", "sender", cls=Option, metavar="cli-meta-name", help="cli-letter-opt-from")
@click.option(
    "-o", "--output", "target", cls=Option, required=True, type=click.Path(path_type=Path), metavar="cli-meta-file",
    help="cli-letter-opt-output",
)  # fmt: skip
@click.pass_obj
def letter(
    context: CliContext,
    file: Path,
    unit: str,
    as_of: datetime.date | None,
    until: datetime.date | None,
    sender: str | None,
    target: Path,
) -> None:
    criteria = load_criteria_argument(context, file)
    with Archive.open(context.settings()) as archive:
        assessment = archive.check(criteria, (unit,), as_of or datetime.date.today())
    details = letter_docx.LetterDetails(find_unit(criteria, unit), sender, until)
    write_bytes(target, letter_docx.render(assessment, details, context.language))
    context.tell("cli-written", path=printable(str(target)))

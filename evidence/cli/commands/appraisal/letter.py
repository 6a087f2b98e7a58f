"""``evidence letter``: the request for an explanation or supplement, as a DOCX that a person completes and signs."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from evidence.archive.facade import Archive
from evidence.cli.context import CliContext
from evidence.cli.criteria_argument import chosen
from evidence.cli.localized import Command, Day, Option
from evidence.cli.output import plain, write_bytes
from evidence.report import letter_docx
from evidence.vietnamese.text import fold


@click.command("letter", cls=Command)
@click.option(
    "--criteria", "file", cls=Option, required=True, type=click.Path(path_type=Path), metavar="cli-meta-set-or-file",
    help="cli-check-opt-criteria",
)  # fmt: skip
@click.option("--unit", cls=Option, required=True, metavar="cli-meta-unit", help="cli-letter-opt-unit")
@click.option("--as-of", cls=Option, type=Day(), metavar="cli-meta-day", help="cli-check-opt-as-of")
@click.option("--until", cls=Option, type=Day(), metavar="cli-meta-day", help="cli-letter-opt-until")
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
    criteria = chosen(context, file)
    with Archive.open(context.settings()) as archive:
        assessment = archive.check(criteria, (unit,), as_of or datetime.date.today())
    named = next(one for one in criteria.units if fold(unit) in (fold(one.code), fold(one.name)))
    write_bytes(
        target, letter_docx.render(assessment, letter_docx.LetterDetails(named, sender, until), context.language)
    )
    context.tell("cli-written", path=plain(str(target)))

"""``evidence letter``: the request for an explanation or supplement, as a DOCX that a person completes and signs."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from evidence.archive.facade import Archive
from evidence.archive.letters import marks as letter_marks
from evidence.archive.units import find_unit
from evidence.cli.context import CliContext
from evidence.cli.criteria_argument import criteria_option, load_criteria_argument
from evidence.cli.localized_click import Command, DayType, Option
from evidence.cli.output import printable, write_bytes
from evidence.model.assessment import Verdict
from evidence.report import letter_docx


@click.command("letter", cls=Command)
@criteria_option("file", "cli-check-opt-criteria", required=True)
@click.option("--unit", cls=Option, required=True, metavar="cli-meta-unit", help="cli-letter-opt-unit")
@click.option("--as-of", cls=Option, type=DayType(), metavar="cli-meta-day", help="cli-check-opt-as-of")
@click.option("--until", cls=Option, type=DayType(), metavar="cli-meta-day", help="cli-letter-opt-until")
@click.option("--from", "sender", cls=Option, metavar="cli-meta-name", help="cli-letter-opt-from")
@click.option("--superior", cls=Option, metavar="cli-meta-name", help="cli-letter-opt-superior")
@click.option("--only", "codes", cls=Option, multiple=True, metavar="cli-meta-codes", help="cli-letter-opt-only")
@click.option(
    "--findings", "marked", cls=Option, type=click.Path(path_type=Path), metavar="cli-meta-file",
    help="cli-letter-opt-findings",
)  # fmt: skip
@click.option("--noted", cls=Option, is_flag=True, help="cli-letter-opt-noted")
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
    superior: str | None,
    codes: tuple[str, ...],
    marked: Path | None,
    noted: bool,
    target: Path,
) -> None:
    criteria, settings = load_criteria_argument(context, file), context.settings()
    addressee = find_unit(criteria, unit)
    with Archive.open(settings) as archive:
        assessment = archive.check(criteria, (addressee.code,), as_of or datetime.date.today())
        marks = letter_marks.parse_codes(codes)
        marks += letter_marks.read_marks_file(marked, addressee, settings) if marked else ()
        marks += letter_marks.noted_marks(archive.appraisal, criteria, addressee) if noted else ()
    choice = letter_marks.choose_findings(marks, assessment) if codes or marked or noted else None
    sender, superior = sender or settings.sender, settings.superior if superior is None else superior
    details = letter_docx.LetterDetails(addressee, sender, until, superior, choice)
    write_bytes(target, letter_docx.render(assessment, details, context.language))
    unclear = [finding for finding in assessment.findings if finding.status is Verdict.UNCLEAR]
    if choice is None and unclear:
        context.tell("cli-letter-unclear", count=len(unclear))
    context.tell("cli-written", path=printable(str(target)))

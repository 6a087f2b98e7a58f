"""``evidence claims``: what units claim of themselves, imported from their tables and held against the archive."""

from __future__ import annotations

import importlib
import json
from collections.abc import Iterable
from pathlib import Path

import click

from evidence.archive.appraisal import ClaimLine, ClaimOutcome, group_by_document
from evidence.archive.facade import Archive
from evidence.cli.context import CliContext
from evidence.cli.criteria_argument import criteria_option, load_criteria_argument
from evidence.cli.file_arguments import require_file
from evidence.cli.localized_click import Argument, Command, CommandGroup, Option
from evidence.cli.output import emit, printable, terminal_width, wants_colour, write_bytes, write_text
from evidence.errors import UsageError
from evidence.report import appraisal_json, appraisal_terminal, claims_html

FORMATS = ("table", "json", "xlsx", "html")
FILE_WIDTH = 120  # characters of a line in a table that is a file

claims = CommandGroup("claims", modules={"import": __name__, "check": __name__}, attributes={"import": "import_claims"})


@click.command("import", cls=Command)
@click.argument("file", cls=Argument, metavar="cli-meta-file", type=click.Path(path_type=Path))
@click.option("--unit", cls=Option, required=True, metavar="cli-meta-unit", help="cli-claims-opt-unit")
@click.option("--by", cls=Option, required=True, metavar="cli-meta-name", help="cli-desk-opt-by")
@criteria_option("criteria", "cli-claims-opt-criteria")
@click.pass_obj
def import_claims(context: CliContext, file: Path, unit: str, by: str, criteria: Path | None) -> None:
    require_file(file)
    criteria_set = load_criteria_argument(context, criteria) if criteria else None
    with Archive.open(context.settings(), create=True) as archive:
        imported = archive.appraisal.import_claims(file, unit, by, criteria_set)
    emit(context.say("cli-claims-imported", count=len(imported.claims), unit=unit, path=printable(str(file))))
    if imported.notes:
        emit(_table(group_by_document(imported.notes), context).rstrip("\n"))


@click.command("check", cls=Command)
@click.option("--unit", "units", cls=Option, multiple=True, metavar="cli-meta-unit", help="cli-check-opt-unit")
@criteria_option("criteria", "cli-claims-opt-criteria")
@click.option("--all", "everything", cls=Option, is_flag=True, help="cli-claims-opt-all")
@click.option("--format", "form", cls=Option, type=click.Choice(FORMATS), help="cli-claims-opt-format")
@click.option(
    "-o", "--output", "target", cls=Option, type=click.Path(path_type=Path), metavar="cli-meta-file",
    help="cli-claims-opt-output",
)  # fmt: skip
@click.option("--json", "as_json", cls=Option, is_flag=True, help="cli-opt-json")
@click.pass_obj
def check(
    context: CliContext,
    units: tuple[str, ...],
    criteria: Path | None,
    everything: bool,
    form: str | None,
    target: Path | None,
    as_json: bool,
) -> None:
    form = "json" if as_json else form or _format_of_file(target)
    if form == "xlsx" and target is None:
        raise UsageError("cli-check-needs-file", form=form)
    criteria_set = load_criteria_argument(context, criteria) if criteria else None
    with Archive.open(context.settings()) as archive:
        lines = group_by_document(archive.appraisal.check_claims(units, criteria_set))
    if target is not None:
        _write_file(target, form, lines, context)
        context.tell("cli-written", path=printable(str(target)))
    elif form == "table":
        _print_table(lines, everything, context)
    else:
        emit(_text(form, lines, context).rstrip("\n"))


def _print_table(lines: tuple[ClaimLine, ...], everything: bool, context: CliContext) -> None:
    """What wants a person's attention; with ``everything`` also what agrees."""
    differing = [line for line in lines if line.outcome is not ClaimOutcome.AGREES]
    emit(_table(lines if everything else differing, context).rstrip("\n"))
    if not everything:
        emit(context.say("cli-claims-agreeing", count=len(lines) - len(differing)))


def _write_file(target: Path, form: str, lines: tuple[ClaimLine, ...], context: CliContext) -> None:
    """A file holds every line, what agrees too."""
    if form == "xlsx":
        render = importlib.import_module("evidence.report.claims_xlsx").render  # openpyxl takes long to load
        write_bytes(target, render(context.say("cli-claims-title"), _rows(lines), context.language))
        return
    write_text(target, _text(form, lines, context))


def _text(form: str, lines: tuple[ClaimLine, ...], context: CliContext) -> str:
    rows = _rows(lines)
    if form == "json":
        trees = appraisal_json.render(rows, context.language)
        return "".join(f"{json.dumps(tree, ensure_ascii=False)}\n" for tree in trees)
    title = context.say("cli-claims-title")
    if form == "html":
        return claims_html.render(title, rows, context.language)
    return appraisal_terminal.render_table(title, rows, context.language, FILE_WIDTH)


def _format_of_file(target: Path | None) -> str:
    ending = target.suffix.removeprefix(".").lower() if target else ""
    return ending if ending in FORMATS else "table"


def _table(lines: Iterable[ClaimLine], context: CliContext) -> str:
    title = context.say("cli-claims-title")
    return appraisal_terminal.render_table(title, _rows(lines), context.language, terminal_width(), wants_colour())


def _rows(lines: Iterable[ClaimLine]) -> list[appraisal_terminal.AppraisalRow]:
    return [
        appraisal_terminal.AppraisalRow(
            printable(line.finding.unit),
            ", ".join(line.criteria),
            line.outcome.value,
            f"claims-outcome-{line.outcome.value}",
            line.finding.message,
            (line.finding.document,) if line.finding.document else (),
            line.finding.page,
            line.finding.box,
            printable(line.finding.text),
            line.criteria,
            tuple((message, ", ".join(criteria)) for message, criteria in line.others),
        )
        for line in lines
    ]

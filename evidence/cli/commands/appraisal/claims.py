"""``evidence claims``: what units claim of themselves, imported from their tables and held against the archive."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import click

from evidence.archive.appraisal import ClaimFinding, ClaimOutcome
from evidence.archive.facade import Archive
from evidence.cli.context import CliContext
from evidence.cli.criteria_argument import load_criteria_argument
from evidence.cli.file_arguments import require_file
from evidence.cli.localized_click import Argument, Command, CommandGroup, Option
from evidence.cli.output import emit, printable, terminal_width, wants_colour
from evidence.report import appraisal_json, appraisal_terminal

claims = CommandGroup("claims", modules={"import": __name__, "check": __name__}, attributes={"import": "import_claims"})


@click.command("import", cls=Command)
@click.argument("file", cls=Argument, metavar="cli-meta-file", type=click.Path(path_type=Path))
@click.option("--unit", cls=Option, required=True, metavar="cli-meta-unit", help="cli-claims-opt-unit")
@click.option("--by", cls=Option, required=True, metavar="cli-meta-name", help="cli-desk-opt-by")
@click.option(
    "--criteria", "criteria", cls=Option, type=click.Path(path_type=Path), metavar="cli-meta-set-or-file",
    help="cli-claims-opt-criteria",
)  # fmt: skip
@click.pass_obj
def import_claims(context: CliContext, file: Path, unit: str, by: str, criteria: Path | None) -> None:
    require_file(file)
    criteria_set = load_criteria_argument(context, criteria) if criteria else None
    with Archive.open(context.settings(), create=True) as archive:
        imported = archive.appraisal.import_claims(file, unit, by, criteria_set)
    emit(context.say("cli-claims-imported", count=len(imported.claims), unit=unit, path=printable(str(file))))
    if imported.notes:
        emit(_table(imported.notes, context).rstrip("\n"))


@click.command("check", cls=Command)
@click.option("--unit", "units", cls=Option, multiple=True, metavar="cli-meta-unit", help="cli-check-opt-unit")
@click.option(
    "--criteria", "criteria", cls=Option, type=click.Path(path_type=Path), metavar="cli-meta-set-or-file",
    help="cli-claims-opt-criteria",
)  # fmt: skip
@click.option("--all", "everything", cls=Option, is_flag=True, help="cli-claims-opt-all")
@click.option("--json", "as_json", cls=Option, is_flag=True, help="cli-opt-json")
@click.pass_obj
def check(context: CliContext, units: tuple[str, ...], criteria: Path | None, everything: bool, as_json: bool) -> None:
    criteria_set = load_criteria_argument(context, criteria) if criteria else None
    with Archive.open(context.settings()) as archive:
        checked = archive.appraisal.check_claims(units, criteria_set)
    if as_json:
        for row in appraisal_json.render(_lines(checked), context.language):
            emit(json.dumps(row, ensure_ascii=False))
        return
    differing = [claim for claim in checked if claim.outcome is not ClaimOutcome.AGREES]
    agreeing, shown = len(checked) - len(differing), checked if everything else differing
    emit(_table(shown, context).rstrip("\n"))
    if not everything:
        emit(context.say("cli-claims-agreeing", count=agreeing))


def _table(checked: Iterable[ClaimFinding], context: CliContext) -> str:
    title = context.say("cli-claims-title")
    return appraisal_terminal.render_table(title, _lines(checked), context.language, terminal_width(), wants_colour())


def _lines(checked: Iterable[ClaimFinding]) -> list[appraisal_terminal.AppraisalRow]:
    return [
        appraisal_terminal.AppraisalRow(
            printable(claim.unit), claim.criterion, claim.outcome.value, f"claims-outcome-{claim.outcome.value}",
            claim.message, (claim.document,) if claim.document else (), claim.page, claim.box,
        )
        for claim in checked
    ]  # fmt: skip

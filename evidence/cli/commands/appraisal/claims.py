"""``evidence claims``: what units claim of themselves, imported from their tables and held against the archive."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path

import click

from evidence.appraisal.claims import Checked, Outcome
from evidence.archive.facade import Archive
from evidence.cli.context import CliContext
from evidence.cli.criteria_argument import chosen
from evidence.cli.file_arguments import require_file
from evidence.cli.localized import Argument, Command, Group, Option
from evidence.cli.output import coloured, columns, emit, plain
from evidence.report import appraisal_json, appraisal_terminal

claims = Group("claims", modules={"import": __name__, "check": __name__}, attributes={"import": "import_claims"})


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
    found = chosen(context, criteria) if criteria else None
    with Archive.open(context.settings()) as archive:
        taken = archive.appraisal.import_claims(file, unit, by, found)
    emit(context.say("cli-claims-imported", count=len(taken.claims), unit=unit, path=plain(str(file))))
    if taken.notes:
        emit(_told(taken.notes, context).rstrip("\n"))


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
    found = chosen(context, criteria) if criteria else None
    with Archive.open(context.settings()) as archive:
        checked = archive.appraisal.check_claims(units, found)
    if as_json:
        for row in appraisal_json.render(_lines(checked), context.language):
            emit(json.dumps(row, ensure_ascii=False))
        return
    agreeing = sum(1 for one in checked if one.outcome is Outcome.AGREES)
    shown = checked if everything else [one for one in checked if one.outcome is not Outcome.AGREES]
    emit(_told(shown, context).rstrip("\n"))
    if not everything:
        emit(context.say("cli-claims-agreeing", count=agreeing))


def _told(checked: Iterable[Checked], context: CliContext) -> str:
    title = context.say("cli-claims-title")
    return appraisal_terminal.render_table(title, _lines(checked), context.language, columns(), coloured())


def _lines(checked: Iterable[Checked]) -> list[appraisal_terminal.AppraisalRow]:
    return [
        appraisal_terminal.AppraisalRow(
            plain(one.unit), one.criterion, one.outcome.value, f"claims-outcome-{one.outcome.value}", one.message,
            (one.document,) if one.document else (), one.page, one.box,
        )
        for one in checked
    ]  # fmt: skip

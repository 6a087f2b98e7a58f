"""``evidence criteria units``: the units of a set from a list or the folders of a dossier."""

from __future__ import annotations

from pathlib import Path

import click

from evidence.archive.facade import Archive
from evidence.archive.kept_sets.units import UnitsRequest
from evidence.cli.context import CliContext, login_name
from evidence.cli.localized_click import Argument, Command, Option
from evidence.cli.output import emit, printable
from evidence.errors import UsageError
from evidence.messages import say
from evidence.model.criteria import Unit


@click.command("units", cls=Command)
@click.argument("name", cls=Argument, metavar="cli-meta-set")
@click.argument("file", cls=Argument, metavar="cli-meta-path", type=click.Path(path_type=Path))
@click.option("--province", cls=Option, metavar="cli-meta-name", help="cli-units-opt-province")
@click.option("--by", cls=Option, metavar="cli-meta-name", help="cli-units-opt-by")
@click.option("--as", "target", cls=Option, metavar="cli-meta-set", help="cli-accept-opt-as")
@click.pass_obj
def set_units(
    context: CliContext, name: str, file: Path, province: str | None, by: str | None, target: str | None
) -> None:
    if not file.exists():
        raise UsageError("cli-no-file", path=printable(str(file)))
    request = UnitsRequest(file, by or login_name(), province, target)
    with Archive.open(context.settings()) as archive:
        kept = archive.keep_units(name, request)
    criteria = kept.criteria
    emit(
        context.say("cli-units-done", set=criteria.set, version=kept.version, count=len(criteria.units),
                    province=kept.province or context.say("cli-units-no-province"))
    )  # fmt: skip
    for unit in criteria.units:
        emit(f"  {_row(unit, context)}")
    for where, message in kept.remarks:
        sentence = ": ".join(say(part, context.language) for part in (where, message) if part)
        emit(f"{context.say('cli-import-remark')} {printable(sentence)}")


def _row(unit: Unit, context: CliContext) -> str:
    """Code, name, issuer where it is another, group and profile."""
    parts = [unit.name, *([unit.issuer] if unit.issuer != unit.name else [])]
    parts += [unit.group] if unit.group else []
    parts += [context.say("cli-units-profile", profile=unit.profile)] if unit.profile else []
    return printable(f"{unit.code}  {' · '.join(parts)}")

"""``evidence user``: who may sign in to the service. The first administrator is added here; the others on the pages."""

from __future__ import annotations

import sys

import click

from evidence.archive.facade import Archive
from evidence.cli.context import CliContext
from evidence.cli.localized_click import Argument, Command, CommandGroup, Option
from evidence.cli.output import emit, printable
from evidence.model.account import Account, AccountRole

user = CommandGroup(
    "user",
    modules=dict.fromkeys(("add", "list"), __name__),
    attributes={"add": "add_user", "list": "list_users"},
)


@click.command("add", cls=Command)
@click.argument("name", cls=Argument, metavar="cli-meta-name")
@click.option(
    "--role",
    cls=Option,
    required=True,
    type=click.Choice([role.value for role in AccountRole]),
    metavar="cli-meta-role",
    help="cli-user-opt-role",
)
@click.option("--unit", "units", cls=Option, multiple=True, metavar="cli-meta-unit", help="cli-user-opt-unit")
@click.option("--field", "fields", cls=Option, multiple=True, metavar="cli-meta-criterion", help="cli-user-opt-field")
@click.option("--full-name", cls=Option, default="", metavar="cli-meta-name", help="cli-user-opt-full-name")
@click.pass_obj
def add_user(
    context: CliContext, name: str, role: str, units: tuple[str, ...], fields: tuple[str, ...], full_name: str
) -> None:
    account = Account(0, name, full_name, AccountRole(role), units, fields, context.language)
    with Archive.open(context.settings(), create=True) as archive:
        added = archive.accounts.add(account, read_password(context))
    emit(context.say("cli-user-added", name=added.name, role=context.say(f"role-{added.role}")))


@click.command("list", cls=Command)
@click.pass_obj
def list_users(context: CliContext) -> None:
    with Archive.open(context.settings()) as archive:
        for account in archive.accounts.list_accounts():
            state = "" if account.active else context.say("cli-user-inactive")
            parts = [account.name, context.say(f"role-{account.role}"), account.full_name, *account.units, state]
            emit(printable(" · ".join(part for part in parts if part)))


def read_password(context: CliContext) -> str:
    """The password: asked for twice and not shown where a person sits there, else the first line of stdin."""
    if sys.stdin.isatty():
        prompt, again = context.say("cli-user-password"), context.say("cli-user-password-again")
        password: str = click.prompt(prompt, hide_input=True, confirmation_prompt=again, err=True)
        return password
    return sys.stdin.readline().rstrip("\r\n")

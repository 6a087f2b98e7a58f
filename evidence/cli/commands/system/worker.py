"""``evidence worker``: reads what was handed in, keeps findings up to date, draws pages."""

from __future__ import annotations

import click

from evidence.cli.context import CliContext
from evidence.cli.localized_click import Command, Option
from evidence.jobs.roles import WorkerRole, run_role
from evidence.jobs.worker import run_worker

ROLES = click.Choice([role.value for role in WorkerRole])


@click.command("worker", cls=Command)
@click.option("--once", cls=Option, is_flag=True, help="cli-worker-opt-once")
@click.option("--role", cls=Option, type=ROLES, help="cli-worker-opt-role")
@click.option("--name", cls=Option, hidden=True)
@click.pass_obj
def worker(context: CliContext, once: bool, role: str | None, name: str | None) -> None:
    if role is None:
        run_worker(context.settings(), once)
    else:
        run_role(context.settings(), WorkerRole(role), name or f"{role}-alone", once)

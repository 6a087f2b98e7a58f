"""``evidence worker``: reads what was handed in, keeps findings up to date, draws pages."""

from __future__ import annotations

import click

from evidence.cli.context import CliContext
from evidence.cli.localized_click import Command, Option
from evidence.jobs.queue.child import answer_requests
from evidence.jobs.roles import run_role
from evidence.jobs.worker import run_worker
from evidence.model.job import WorkerRole

ROLES = click.Choice([role.value for role in WorkerRole])


@click.command("worker", cls=Command)
@click.option("--once", cls=Option, is_flag=True, help="cli-worker-opt-once")
@click.option("--role", cls=Option, type=ROLES, help="cli-worker-opt-role")
@click.option("--jobs", "at_once", cls=Option, type=click.IntRange(1), metavar="cli-meta-count", help="cli-opt-jobs")
@click.option("--name", cls=Option, hidden=True)
@click.option("--child", cls=Option, is_flag=True, hidden=True)
@click.pass_obj
def worker(
    context: CliContext, once: bool, role: str | None, at_once: int | None, name: str | None, child: bool
) -> None:
    settings, part = context.settings(at_once), WorkerRole(role) if role is not None else None
    if part is None or name is None:
        run_worker(settings, once, part)
    elif child:
        answer_requests(settings, part, name)
    else:
        run_role(settings, part, name, once)

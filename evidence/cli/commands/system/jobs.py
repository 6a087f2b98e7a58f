"""``evidence jobs``: what waits for the worker, what it is at, what it could not do."""

from __future__ import annotations

import click

from evidence.archive.facade import Archive
from evidence.cli.context import CliContext
from evidence.cli.localized_click import Command, Option
from evidence.cli.output import emit, printable
from evidence.model.job import LEFT, JobState
from evidence.report.jobs.job_lines import job_json, job_line


@click.command("jobs", cls=Command)
@click.option("--all", "every", cls=Option, is_flag=True, help="cli-jobs-opt-all")
@click.option(
    "--limit", cls=Option, default=50, type=click.IntRange(1), metavar="cli-meta-count", help="cli-jobs-opt-limit"
)
@click.option("--json", "as_json", cls=Option, is_flag=True, help="cli-opt-json")
@click.pass_obj
def jobs(context: CliContext, every: bool, limit: int, as_json: bool) -> None:
    with Archive.open(context.settings()) as archive:
        listed = archive.jobs.list_jobs(frozenset(JobState) if every else LEFT, limit)
    for job in listed:
        emit(job_json(job, context.language) if as_json else printable(job_line(job, context.language)))
    if not listed:
        context.tell("jobs-none")

"""``evidence jobs``: what waits for the worker, what it is at, what it could not do, and how quickly it goes."""

from __future__ import annotations

import datetime

import click

from evidence.archive.facade import Archive
from evidence.cli.context import CliContext
from evidence.cli.localized_click import Command, Option
from evidence.cli.output import emit, printable
from evidence.model.job import LEFT, JobState
from evidence.report.jobs.job_lines import job_json, job_line, rates_json, rates_line


@click.command("jobs", cls=Command)
@click.option("--all", "every", cls=Option, is_flag=True, help="cli-jobs-opt-all")
@click.option(
    "--limit", cls=Option, default=50, type=click.IntRange(1), metavar="cli-meta-count", help="cli-jobs-opt-limit"
)
@click.option("--rates", "rates_alone", cls=Option, is_flag=True, help="cli-jobs-opt-rates")
@click.option("--json", "as_json", cls=Option, is_flag=True, help="cli-opt-json")
@click.pass_obj
def jobs(context: CliContext, every: bool, limit: int, rates_alone: bool, as_json: bool) -> None:
    states = frozenset(JobState) if every else LEFT
    with Archive.open(context.settings()) as archive:
        rates = archive.jobs.measure() if rates_alone or not as_json else None
        listed = archive.jobs.list_jobs(states, limit) if not rates_alone else ()
        names = archive.uploads.name_files(listed)
    for job in listed:
        show = job_json if as_json else job_line
        line = show(job, context.language, names.get(job.id, ""))
        emit(line if as_json else printable(line))
    if not listed and not rates_alone:
        context.tell("jobs-none")
    if rates is not None:
        emit(rates_json(rates) if as_json else printable(rates_line(rates, context.language, _local)))


def _local(moment: datetime.datetime) -> str:
    return f"{moment.astimezone():%d/%m/%Y %H:%M}"

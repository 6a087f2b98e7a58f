"""``evidence serve``: the web pages and the HTTP interface."""

from __future__ import annotations

from contextlib import nullcontext
from pathlib import Path

import click

from evidence.archive.facade import Archive
from evidence.cli.context import CliContext
from evidence.cli.localized_click import Command, Option
from evidence.jobs.worker import worker_beside
from evidence.model.job import WorkerRole
from evidence.web.serving import HOST, PORT, Listening, check_listening, serve_archive


@click.command("serve", cls=Command)
@click.option("--host", cls=Option, default=HOST, metavar="cli-meta-address", help="cli-serve-opt-host")
@click.option(
    "--port",
    cls=Option,
    default=PORT,
    type=click.IntRange(1, 65535),
    metavar="cli-meta-count",
    help="cli-serve-opt-port",
)
@click.option(
    "--certificate",
    cls=Option,
    type=click.Path(path_type=Path),
    metavar="cli-meta-file",
    help="cli-serve-opt-certificate",
)
@click.option("--key", cls=Option, type=click.Path(path_type=Path), metavar="cli-meta-file", help="cli-serve-opt-key")
@click.option("--proxies", cls=Option, default="127.0.0.1,::1", metavar="cli-meta-text", help="cli-serve-opt-proxies")
@click.option("--insecure", cls=Option, is_flag=True, help="cli-serve-opt-insecure")
@click.option("--no-worker", "alone", cls=Option, is_flag=True, help="cli-serve-opt-no-worker")
@click.pass_obj
def serve(
    context: CliContext,
    host: str,
    port: int,
    certificate: Path | None,
    key: Path | None,
    proxies: str,
    insecure: bool,
    alone: bool,
) -> None:
    listening = Listening(host, port, certificate, key, insecure, proxies)
    check_listening(listening)
    settings = context.settings()
    with Archive.open(settings, create=True) as archive:
        archive.keep_index()
        several = archive.queue_url is not None
        if not archive.accounts.list_accounts():
            context.tell("serve-no-accounts")
    context.tell("serve-ready", address=listening.address)
    part = WorkerRole.INDEXING if alone else None  # what other machines store is found here whoever works on it
    with worker_beside(settings, part) if several or not alone else nullcontext():
        serve_archive(settings, listening)

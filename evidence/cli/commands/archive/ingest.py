"""``evidence ingest``: what lies under files, folders and manifests into the archive; a line on stdout for each."""

from __future__ import annotations

import datetime
import json
import sys
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import NoReturn

import click

from evidence.archive.facade import Archive, Ingested, IngestEvent, SecondRoundBegins
from evidence.archive.ingest_request import IngestRequest, OfferedFile
from evidence.cli.context import CliContext
from evidence.cli.criteria_argument import criteria_option, load_criteria_argument
from evidence.cli.localized_click import Argument, Command, DayType, Option
from evidence.cli.output import emit, printable, terminal_width
from evidence.cli.progress import Progress
from evidence.errors import InterruptedRunError, UsageError
from evidence.messages import say
from evidence.report import placements_terminal, record_json
from evidence.report.document_title import document_title

UNREADABLE = 3


@click.command("ingest", cls=Command)
@click.argument(
    "paths", cls=Argument, nargs=-1, required=True, metavar="cli-meta-path", type=click.Path(path_type=Path)
)
@click.option("--unit", cls=Option, metavar="cli-meta-unit", help="cli-ingest-opt-unit")
@click.option("--criterion", cls=Option, metavar="cli-meta-criterion", help="cli-ingest-opt-criterion")
@click.option("--received", cls=Option, type=DayType(), metavar="cli-meta-day", help="cli-ingest-opt-received")
@click.option(
    "--manifest",
    cls=Option,
    type=click.Path(path_type=Path),
    metavar="cli-meta-file",
    help="cli-ingest-opt-manifest",
)
@click.option("--outside", cls=Option, is_flag=True, help="cli-ingest-opt-outside")
@criteria_option("criteria_file", "cli-ingest-opt-criteria")
@click.option("--watch", cls=Option, is_flag=True, help="cli-ingest-opt-watch")
@click.option("--headers-first", cls=Option, is_flag=True, help="cli-ingest-opt-headers-first")
@click.option("--rehash", cls=Option, is_flag=True, help="cli-ingest-opt-rehash")
@click.option("--jobs", cls=Option, type=click.IntRange(min=1), metavar="cli-meta-count", help="cli-opt-jobs")
@click.option("--json", "as_json", cls=Option, is_flag=True, help="cli-opt-json")
@click.pass_obj
def ingest(
    context: CliContext,
    paths: tuple[Path, ...],
    unit: str | None,
    criterion: str | None,
    received: datetime.date | None,
    manifest: Path | None,
    outside: bool,
    criteria_file: Path | None,
    watch: bool,
    headers_first: bool,
    rehash: bool,
    jobs: int | None,
    as_json: bool,
) -> int:
    request = IngestRequest(paths, unit, criterion, received, manifest, outside)
    offered = tuple(request.files())
    if watch:
        _watch(context, request, jobs, as_json, headers_first)
    if not offered:
        raise UsageError("cli-nothing-found", path=printable(", ".join(map(str, paths))))
    criteria = load_criteria_argument(context, criteria_file) if criteria_file else None
    printer = _ResultPrinter(context, as_json, len(offered))
    try:
        with Archive.open(context.settings(jobs), create=True) as archive:
            _take_in(archive, offered, rehash, headers_first, printer)
            summary = archive.summarise_placements(offered, printer.hashes, criteria)
    except KeyboardInterrupt:
        raise InterruptedRunError(
            "cli-ingest-interrupted", stored=printer.counts["stored"], left=printer.left
        ) from None
    if (summary.counts or summary.withdrawn) and not context.quiet:
        print(placements_terminal.render(summary, context.language, terminal_width()), file=sys.stderr)
    context.tell("cli-ingest-done", **{name: printer.counts[name] for name in ("stored", "known", "unreadable")})
    if printer.recalled:
        context.tell("cli-ingest-recalled", count=printer.recalled)
    return UNREADABLE if printer.counts["unreadable"] else 0


def _take_in(
    archive: Archive, offered: tuple[OfferedFile, ...], rehash: bool, headers_first: bool, printer: _ResultPrinter
) -> None:
    context = printer.context
    with Progress(context, total=len(offered)) as progress:
        for event in archive.ingest(offered, rehash, headers_first):
            _show(event, printer, progress, context)
            if context.stopped:
                raise KeyboardInterrupt


def _show(event: IngestEvent, printer: _ResultPrinter, progress: Progress, context: CliContext) -> None:
    progress.hide()
    if isinstance(event, SecondRoundBegins):
        context.tell("cli-ingest-headers-done", count=event.waiting)
        progress.begin("cli-progress-bodies", event.waiting)
        return
    printer.print(event)
    progress.show(event.path)


class _ResultPrinter:
    """Prints a line for each result, and counts them."""

    def __init__(self, context: CliContext, as_json: bool, total: int) -> None:
        self.context = context
        self._as_json = as_json
        self._total = total
        self.counts: Counter[str] = Counter()
        self.recalled = 0
        self.hashes: list[str] = []

    @property
    def left(self) -> int:
        """How many files offered have no result yet."""
        return max(0, self._total - (self.counts.total() - self.counts["header"]))

    def print(self, result: Ingested) -> None:
        self.counts[result.outcome] += 1
        self.recalled += result.recalled
        self.hashes += [result.sha256] if result.sha256 else []
        emit(_json(result, self.context) if self._as_json else _line(result, self.context))


def _watch(
    context: CliContext, request: IngestRequest, jobs: int | None, as_json: bool, headers_first: bool
) -> NoReturn:
    """Takes files as they arrive, until Ctrl-C."""
    counts: Counter[str] = Counter()
    context.tell("cli-watch-begun", path=printable(", ".join(map(str, request.paths))))
    try:
        with (
            Archive.open(context.settings(jobs), create=True) as archive,
            closing(archive.ingest_arrivals(request, headers_first)) as events,
        ):
            for event in events:
                if isinstance(event, Ingested):
                    counts[event.outcome] += 1
                    if event.outcome != "known":
                        emit(_json(event, context) if as_json else _line(event, context))
                if context.stopped:
                    raise KeyboardInterrupt
    except KeyboardInterrupt:
        pass
    raise InterruptedRunError("cli-watch-ended", stored=counts["stored"], unreadable=counts["unreadable"])


def _line(result: Ingested, context: CliContext) -> str:
    """Outcome, path, and what the document is, or why it could not be read."""
    parts = [f"{context.say(f'cli-outcome-{result.outcome}'):<14}", printable(result.path)]
    if result.problem:
        parts.append(f"({say(result.problem, context.language)})")
    elif result.record and (known := document_title(result.record, context.language)):
        parts += ["·", known]
    return " ".join(parts)


def _json(result: Ingested, context: CliContext) -> str:
    tree = {
        "path": result.path,
        "sha256": result.sha256,
        "outcome": result.outcome,
        "seconds": round(result.seconds, 3),
        "problem": say(result.problem, context.language) if result.problem else None,
        "record": record_json.render(result.record, context.language) if result.record else None,
    }
    return json.dumps(tree, ensure_ascii=False)

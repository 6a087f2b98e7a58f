"""``evidence ingest``: what lies under files, folders and manifests into the archive; a line on stdout for each."""

from __future__ import annotations

import datetime
import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any, NoReturn

import click

from evidence.archive.facade import Archive, Ingested
from evidence.archive.watch import arrivals
from evidence.cli.context import CliContext
from evidence.cli.document_title import title
from evidence.cli.localized import Argument, Command, Day, Option
from evidence.cli.output import emit, plain
from evidence.cli.progress import Progress
from evidence.errors import InterruptedRunError, UsageError
from evidence.ingest.sources.walk import OfferedFile, walk
from evidence.messages import say
from evidence.report import record_json

UNREADABLE = 3


@click.command("ingest", cls=Command)
@click.argument(
    "paths", cls=Argument, nargs=-1, required=True, metavar="cli-meta-path", type=click.Path(path_type=Path)
)
@click.option("--unit", cls=Option, metavar="cli-meta-unit", help="cli-ingest-opt-unit")
@click.option("--criterion", cls=Option, metavar="cli-meta-criterion", help="cli-ingest-opt-criterion")
@click.option("--received", cls=Option, type=Day(), metavar="cli-meta-day", help="cli-ingest-opt-received")
@click.option(
    "--manifest",
    cls=Option,
    type=click.Path(path_type=Path),
    metavar="cli-meta-file",
    help="cli-ingest-opt-manifest",
)
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
    watch: bool,
    headers_first: bool,
    rehash: bool,
    jobs: int | None,
    as_json: bool,
) -> int:
    look = partial(walk, paths, unit=unit, criterion=criterion, received=received, manifest=manifest)
    offered = tuple(look())
    if watch:
        _watch(context, look, paths, jobs, as_json, headers_first)
    if not offered:
        raise UsageError("cli-nothing-found", path=plain(", ".join(map(str, paths))))
    settings = context.settings(jobs)
    told = _Told(context, as_json, len(offered))
    try:
        with (
            Archive.open(settings, create=True) as archive,
            Progress(context, total=len(offered)) as progress,
        ):
            for one in archive.ingest(offered, rehash, headers_first, partial(_bodies, context, progress)):
                progress.hide()
                told.tell(one)
                progress.show(one.path)
                if context.stopped:
                    raise KeyboardInterrupt
    except KeyboardInterrupt:
        raise InterruptedRunError("cli-ingest-interrupted", stored=told.counts["stored"], left=told.left) from None
    context.tell("cli-ingest-done", **{name: told.counts[name] for name in ("stored", "known", "unreadable")})
    if told.recalled:
        context.tell("cli-ingest-recalled", count=told.recalled)
    return UNREADABLE if told.counts["unreadable"] else 0


class _Told:
    """What was told so far."""

    def __init__(self, context: CliContext, as_json: bool, total: int) -> None:
        self._door = context
        self._as_json = as_json
        self._total = total
        self.counts: Counter[str] = Counter()
        self.recalled = 0

    @property
    def left(self) -> int:
        """How many files offered were not told as done."""
        return max(0, self._total - (self.counts.total() - self.counts["header"]))

    def tell(self, one: Ingested) -> None:
        self.counts[one.outcome] += 1
        self.recalled += one.recalled
        emit(_json(one, self._door) if self._as_json else _line(one, self._door))


def _bodies(context: CliContext, progress: Progress, waiting: int) -> None:
    """All headers are stored; so many files are read on."""
    progress.hide()
    context.tell("cli-ingest-headers-done", count=waiting)
    progress.begin("cli-progress-bodies", waiting)


def _watch(
    context: CliContext,
    look: Callable[[], Iterator[OfferedFile]],
    paths: tuple[Path, ...],
    jobs: int | None,
    as_json: bool,
    headers_first: bool,
) -> NoReturn:
    """Takes files as they arrive, until Ctrl-C."""
    counts: Counter[str] = Counter()
    context.tell("cli-watch-begun", path=plain(", ".join(map(str, paths))))
    try:
        with Archive.open(context.settings(jobs), create=True) as archive, closing(arrivals(look, paths)) as lots:
            for lot in chain([()], lots):  # first what an earlier run left to be read whole
                for one in archive.ingest(lot, headers_first=headers_first):
                    counts[one.outcome] += 1
                    if one.outcome != "known":
                        emit(_json(one, context) if as_json else _line(one, context))
                    if context.stopped:
                        raise KeyboardInterrupt
    except KeyboardInterrupt:
        pass
    raise InterruptedRunError("cli-watch-ended", stored=counts["stored"], unreadable=counts["unreadable"])


def _line(one: Ingested, context: CliContext) -> str:
    """Outcome, path, and what the document is, or why it could not be read."""
    parts = [f"{context.say(f'cli-outcome-{one.outcome}'):<14}", plain(one.path)]
    if one.problem:
        parts.append(f"({say(one.problem, context.language)})")
    elif one.record and (known := title(one.record, context.language)):
        parts += ["·", known]
    return " ".join(parts)


def _json(one: Ingested, context: CliContext) -> str:
    tree: dict[str, Any] = {
        "path": one.path,
        "sha256": one.sha256,
        "outcome": one.outcome,
        "seconds": round(one.seconds, 3),
        "problem": say(one.problem, context.language) if one.problem else None,
        "record": record_json.render(one.record, context.language) if one.record else None,
    }
    return json.dumps(tree, ensure_ascii=False)

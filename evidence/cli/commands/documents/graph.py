"""``evidence graph``: what a document rests on, what rests on it, what ends it; as text, JSON, GraphML or a drawing."""

from __future__ import annotations

from pathlib import Path

import click

from evidence.archive.search.archive_search import EVERYTHING
from evidence.archive.search.documents import DocumentArchive
from evidence.cli.context import CliContext
from evidence.cli.localized_click import Argument, Command, Option
from evidence.cli.output import emit, printable, write_text
from evidence.errors import UsageError
from evidence.report.citation_graph import drawing, graph_json, graph_terminal, network

FORMATS = {
    "text": graph_terminal.render,
    "json": graph_json.render,
    "graphml": network.render_graphml,
    "svg": drawing.render,
}
DEEPEST = 10


@click.command("graph", cls=Command)
@click.argument("reference", cls=Argument, metavar="cli-meta-ref", required=False)
@click.option("--depth", cls=Option, type=click.IntRange(1, DEEPEST), default=1, metavar="cli-meta-count",
              help="cli-graph-opt-depth")  # fmt: skip
@click.option("--format", "form", cls=Option, type=click.Choice(list(FORMATS)), default="text",
              help="cli-graph-opt-format")  # fmt: skip
@click.option("--wanted", cls=Option, is_flag=True, help="cli-graph-opt-wanted")
@click.option("--limit", cls=Option, type=click.IntRange(min=1), default=20, metavar="cli-meta-count",
              help="cli-graph-opt-limit")  # fmt: skip
@click.option("-o", "--output", "file", cls=Option, type=click.Path(path_type=Path), metavar="cli-meta-path",
              help="cli-graph-opt-output")  # fmt: skip
@click.pass_obj
def graph(
    context: CliContext, reference: str | None, depth: int, form: str, wanted: bool, limit: int, file: Path | None
) -> None:
    if (reference is None) != wanted:
        raise UsageError("cli-graph-one-thing")
    with DocumentArchive.open(context.settings()) as archive:
        if reference is None:
            _list_wanted(archive, context, limit, form)
            return
        shown = archive.graph(reference, depth, EVERYTHING)
    text = FORMATS[form](shown, context.language)
    if file is None:
        emit(text.rstrip("\n"))
    else:
        write_text(file, text)
        context.tell("cli-graph-written", path=printable(str(file)), count=len(shown.nodes))


def _list_wanted(archive: DocumentArchive, context: CliContext, limit: int, form: str) -> None:
    """The numbers most cited that nobody handed in, one a line."""
    documents = archive.rank_wanted(limit, EVERYTHING)
    for document in documents:
        if form == "json":
            emit(graph_json.render_wanted(document))
        else:
            emit(graph_terminal.render_wanted(document, context.language))
    if not documents:
        context.tell("cli-graph-none-wanted")

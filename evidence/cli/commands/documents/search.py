"""``evidence search``: what the archive holds on a query; a document that bears a number before those that cite it.

With ``--list`` the query is a file of numbers, with ``--like`` a document; ``save NAME QUERY`` keeps a query,
``saved NAME`` asks it again.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path

import click

from evidence.archive.search.archive_search import EVERYTHING, Order, SearchRequest, SearchResult
from evidence.archive.search.open_search import open_search
from evidence.cli.commands.documents.search_json import render_hits
from evidence.cli.commands.documents.search_listing import list_hits, tell_rest
from evidence.cli.context import CliContext
from evidence.cli.localized_click import Argument, Command, Option
from evidence.cli.output import emit
from evidence.errors import ArchiveError, UsageError

UNANSWERED = ArchiveError.exit_code
COMMANDS = "evidence.cli.commands.documents"
NUMBERS = f"{COMMANDS}.search_numbers"  # these open all of the archive: three times as long to load as to search
SAVED = f"{COMMANDS}.search_saved"
SIMILAR = f"{COMMANDS}.search_similar"
KEPT = ("save", "saved")
LookUp = Callable[[CliContext, Path, bool], None]
ReadQuery = Callable[[CliContext, tuple[str, ...], str | None, bool], str | None]
FindSimilar = Callable[[CliContext, str, SearchRequest], SearchResult]


@click.command("search", cls=Command)
@click.argument("words", cls=Argument, nargs=-1, metavar="cli-meta-query")
@click.option(
    "--limit", cls=Option, type=click.IntRange(min=1), default=20, metavar="cli-meta-count", help="cli-search-opt-limit"
)
@click.option(
    "--sort",
    "order",
    cls=Option,
    type=click.Choice([order.value for order in Order]),
    default="relevance",
    help="cli-search-opt-sort",
)
@click.option("--after", cls=Option, metavar="cli-meta-cursor", help="cli-search-opt-after")
@click.option("--facets", cls=Option, is_flag=True, help="cli-search-opt-facets")
@click.option("--explain", cls=Option, is_flag=True, help="cli-search-opt-explain")
@click.option("--list", "numbers", cls=Option, type=click.Path(path_type=Path), metavar="cli-meta-path",
              help="cli-search-opt-list")  # fmt: skip
@click.option("--like", cls=Option, metavar="cli-meta-ref", help="cli-search-opt-like")
@click.option("--by", cls=Option, metavar="cli-meta-name", help="cli-search-opt-by")
@click.option("--json", "as_json", cls=Option, is_flag=True, help="cli-opt-json")
@click.pass_obj
def search(
    context: CliContext,
    words: tuple[str, ...],
    limit: int,
    order: str,
    after: str | None,
    facets: bool,
    explain: bool,
    numbers: Path | None,
    like: str | None,
    by: str | None,
    as_json: bool,
) -> None:
    if sum([bool(words), numbers is not None, like is not None]) != 1:
        raise UsageError("cli-search-one-thing")
    if numbers is not None:
        look_up: LookUp = importlib.import_module(NUMBERS).look_up_numbers
        look_up(context, numbers, as_json)
        return
    text = _read_query(context, words, by, as_json)
    if text is None:
        return
    asked = _ask(context, SearchRequest(text, limit, Order(order), after, facets), like)
    if explain:
        context.tell("cli-search-understood")
        for sentence in asked.understood:
            context.tell(sentence.code, **sentence.params)
    _show(context, asked, facets, as_json)


def _read_query(context: CliContext, words: tuple[str, ...], by: str | None, as_json: bool) -> str | None:
    """The query to ask: as typed, or as it was saved; None where there is nothing to ask."""
    if words[:1] and words[0] in KEPT and (words[0] == KEPT[0] or len(words) <= 2):
        read_query: ReadQuery = importlib.import_module(SAVED).read_query
        return read_query(context, words, by, as_json)
    return " ".join(words)


def _ask(context: CliContext, request: SearchRequest, like: str | None) -> SearchResult:
    if like:
        find_similar: FindSimilar = importlib.import_module(SIMILAR).find_similar
        return find_similar(context, like, request)
    return open_search(context.settings()).search(request, EVERYTHING)


def _show(context: CliContext, result: SearchResult, facets: bool, as_json: bool) -> None:
    for note in result.notes:
        context.tell(note.code, **note.params)
    for line in render_hits(result, facets, context) if as_json else list_hits(result.hits, context):
        emit(line)
    if not as_json:
        tell_rest(result, context)
    if not result.answered:
        raise click.exceptions.Exit(UNANSWERED)

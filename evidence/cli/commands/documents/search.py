"""``evidence search``: what the archive holds on a query; a document that bears a number before those that cite it."""

from __future__ import annotations

import json
from collections.abc import Iterator

import click

from evidence.archive.facade import Archive
from evidence.archive.search.archive_search import EVERYTHING, Order, SearchHit, SearchRequest, SearchResult, Snippet
from evidence.cli.context import CliContext
from evidence.cli.localized_click import Argument, Command, Option
from evidence.cli.output import emit, printable, wants_colour
from evidence.model.record import Record
from evidence.report import record_json
from evidence.report.document_title import format_partial_date

BOLD, END = "\x1b[1;33m", "\x1b[0m"
OPEN, CLOSE = "«", "»"  # where there are no colours


@click.command("search", cls=Command)
@click.argument("words", cls=Argument, nargs=-1, required=True, metavar="cli-meta-query")
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
    as_json: bool,
) -> None:
    request = SearchRequest(" ".join(words), limit, Order(order), after, facets)
    with Archive.open(context.settings()) as archive:
        result = archive.search(request, EVERYTHING)
    for note in result.notes:
        context.tell(note.code, **note.params)
    if explain:
        context.tell("cli-search-understood")
        for sentence in result.understood:
            context.tell(sentence.code, **sentence.params)
    lines = _json_lines(result, request, context) if as_json else _listing(result.hits, context)
    for line in lines:
        emit(line)
    if not as_json:
        _tell_rest(result, context)


def _tell_rest(result: SearchResult, context: CliContext) -> None:
    """How many there are, the counts of the fields, and how to go on."""
    for name, values in result.facets.items():
        counted = ", ".join(f"{printable(value)} ({count})" for value, count in values.items())
        if counted:
            context.tell("cli-search-facet", field=name, values=counted)
    context.tell("cli-search-total", shown=len(result.hits), total=result.total)
    if result.next:
        context.tell("cli-search-next", cursor=result.next)


def _listing(hits: tuple[SearchHit, ...], context: CliContext) -> Iterator[str]:
    """The hits in their order, under a heading where bearers and citers of a number are told apart."""
    by_number = any(hit.bears or hit.cites for hit in hits)
    heading = None
    for count, hit in enumerate(hits, start=1):
        section = "bears" if hit.bears else "cites" if hit.cites else "others"
        if by_number and section != heading:
            heading = section
            yield context.say(f"cli-section-{section}")
        yield from _entry(count, hit, context)


def _entry(count: int, hit: SearchHit, context: CliContext) -> Iterator[str]:
    """Number, date, kind and issuer; subject; path and hash; the passages."""
    record = hit.record
    draft = [context.say("cli-search-draft")] if hit.draft else []
    known = " · ".join([*_known(record, context), *draft]) or context.say("cli-nothing-known")
    yield f"{count:>3}. {printable(known)}"
    if record.subject.value:
        yield "     " + printable(record.subject.value)
    yield f"     {printable(hit.path)}  ({hit.sha256[:12]})"
    for snippet in hit.snippets:
        yield "     " + context.say("cli-page", page=snippet.page) + " … " + _marked(snippet) + " …"


def _known(record: Record, context: CliContext) -> Iterator[str]:
    """What is known of the head of the document; a value that is not sure bears a question mark."""
    for value, text in (
        (record.number, str(record.number.value)),
        (record.date, format_partial_date(record.date.value, context.language) if record.date.value else ""),
        (record.kind, record.kind.value.name if record.kind.value else ""),
        (record.issuer, record.issuer.value.name if record.issuer.value else ""),
    ):
        if value.value is not None:
            yield text if value.sure else f"{text} (?)"


def _marked(snippet: Snippet) -> str:
    before, after = (BOLD, END) if wants_colour() else (OPEN, CLOSE)
    parts, last = [], 0
    for start, end in _joined(snippet):
        parts += [_flat(snippet.text[last:start]), before, _flat(snippet.text[start:end]), after]
        last = end
    return "".join([*parts, _flat(snippet.text[last:])])


def _joined(snippet: Snippet) -> list[tuple[int, int]]:
    """The marks, those with nothing but blanks between them made one."""
    joined: list[tuple[int, int]] = []
    for start, end in snippet.marks:
        if joined and not snippet.text[joined[-1][1] : start].strip():
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _flat(text: str) -> str:
    return printable(text.replace("\n", " "))


def _json_lines(result: SearchResult, request: SearchRequest, context: CliContext) -> Iterator[str]:
    for hit in result.hits:
        yield json.dumps(_json_hit(hit, context), ensure_ascii=False)
    if request.facets:
        rest = {"facets": result.facets, "total": result.total, "next": result.next}
        yield json.dumps(rest, ensure_ascii=False)


def _json_hit(hit: SearchHit, context: CliContext) -> dict[str, object]:
    """The shape of the contract, then all that is known."""
    record, first = hit.record, hit.snippets[0] if hit.snippets else None
    kind, issuer = record.kind.value, record.issuer.value
    return {
        "sha256": hit.sha256,
        "number": str(record.number.value) if record.number.value else None,
        "date": str(record.date.value) if record.date.value else None,
        "kind": kind.name if kind else None,
        "issuer": issuer.name if issuer else None,
        "subject": record.subject.value,
        "unit": hit.units[0] if hit.units else None,
        "units": list(hit.units),
        "draft": hit.draft,
        "bears": hit.bears,
        "cites": hit.cites,
        "page": first.page if first else None,
        "box": list(hit.box) if hit.box else None,
        "snippet": first.text if first else None,
        "score": round(hit.score, 4),
        "path": hit.path,
        "snippets": [
            {
                "page": snippet.page,
                "start": snippet.start,
                "text": snippet.text,
                "marks": [list(mark) for mark in snippet.marks],
            }
            for snippet in hit.snippets
        ],
        "record": record_json.render(hit.record, context.language),
    }

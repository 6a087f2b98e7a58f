"""``evidence search``: what the archive holds on a query; a document that bears a number before those that cite it."""

from __future__ import annotations

import json
from collections.abc import Iterator

import click

from evidence.archive.facade import Archive
from evidence.archive.search import SearchHit, Snippet
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
@click.option("--json", "as_json", cls=Option, is_flag=True, help="cli-opt-json")
@click.pass_obj
def search(context: CliContext, words: tuple[str, ...], limit: int, as_json: bool) -> None:
    with Archive.open(context.settings()) as archive:
        result = archive.search(" ".join(words), limit)
    for note in result.notes:
        context.tell(note.code, **note.params)
    lines = (_json(hit, context) for hit in result.hits) if as_json else _listing(result.hits, context)
    for line in lines:
        emit(line)
    context.tell("cli-search-total", shown=len(result.hits), total=result.total)


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
    yield f"{count:>3}. " + printable(" · ".join(_known(record, context)) or context.say("cli-nothing-known"))
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


def _json(hit: SearchHit, context: CliContext) -> str:
    tree = {
        "sha256": hit.sha256,
        "path": hit.path,
        "bears": hit.bears,
        "cites": hit.cites,
        "score": round(hit.score, 4),
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
    return json.dumps(tree, ensure_ascii=False)

"""The answer of a search for people: numbered entries with their passages, then counts and how to go on."""

from __future__ import annotations

from collections.abc import Iterator

from evidence.archive.search.archive_search import SearchHit, SearchResult, Snippet
from evidence.cli.context import CliContext
from evidence.cli.output import printable, wants_colour
from evidence.model.record import Record
from evidence.report.document_title import format_partial_date

BOLD, END = "\x1b[1;33m", "\x1b[0m"
WORDED = ("status", "origin")  # facets whose values are words of the program
OPEN, CLOSE = "«", "»"  # where there are no colours


def tell_rest(result: SearchResult, context: CliContext) -> None:
    """How many there are, the counts of the fields, and how to go on."""
    for name, values in result.facets.items():
        counted = ", ".join(f"{_facet_value(name, value, context)} ({count})" for value, count in values.items())
        if counted:
            context.tell("cli-search-facet", field=context.say(f"cli-facet-{name}"), values=counted)
    context.tell("cli-search-total", shown=len(result.hits), total=result.total)
    if result.next:
        context.tell("cli-search-next", cursor=result.next)


def _facet_value(name: str, value: str, context: CliContext) -> str:
    return context.say(f"cli-facet-{name}-{value}") if name in WORDED else printable(value)


def list_hits(hits: tuple[SearchHit, ...], context: CliContext) -> Iterator[str]:
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
    known = " · ".join([*name_document(record, context), *draft]) or context.say("cli-nothing-known")
    yield f"{count:>3}. {printable(known)}"
    if record.subject.value:
        yield "     " + printable(record.subject.value)
    yield f"     {printable(hit.path)}  ({hit.sha256[:12]})"
    for snippet in hit.snippets:
        yield "     " + context.say("cli-page", page=snippet.page) + " … " + _marked(snippet) + " …"


def name_document(record: Record, context: CliContext) -> Iterator[str]:
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

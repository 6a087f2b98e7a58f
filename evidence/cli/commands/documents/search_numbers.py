"""``evidence search --list``: of each number of a list whether the archive holds it, only cites it, or knows none."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from evidence.archive.facade import Archive
from evidence.archive.number_list.holdings import HeldDocument, NumberHolding, Standing
from evidence.archive.search.archive_search import EVERYTHING
from evidence.cli.commands.documents.search_listing import name_document
from evidence.cli.context import CliContext
from evidence.cli.file_arguments import require_file
from evidence.cli.output import emit, printable

SKIPPED = 5  # lines without a number that are shown


def look_up_numbers(context: CliContext, file: Path, as_json: bool) -> None:
    """Prints a line a number, in the order of the list; the counts on stderr."""
    require_file(file)
    with Archive.open(context.settings()) as archive:
        found = archive.look_up_numbers(file, EVERYTHING)
    for holding in found.holdings:
        if as_json:
            emit(json.dumps(_tree(holding), ensure_ascii=False))
            continue
        for line in _lines(holding, context):
            emit(line)
    for note in found.notes:
        context.tell(note.code, **note.params)
    counts = Counter(holding.standing for holding in found.holdings)
    context.tell("cli-list-total", **{standing.value: counts[standing] for standing in Standing})
    if found.skipped:
        shown = "".join(f"\n  {printable(line[:100])}" for line in found.skipped[:SKIPPED])
        context.tell("cli-list-skipped", count=len(found.skipped), lines=shown)


def _lines(holding: NumberHolding, context: CliContext) -> Iterator[str]:
    """The number and how it stands; below it the documents."""
    listed = holding.listed
    day = f" ({listed.date})" if listed.date else ""
    number = str(listed.number) if listed.number else listed.text
    yield f"{printable(number)}{day}: " + context.say(
        f"cli-list-{holding.standing.value}", count=len(holding.documents), citing=len(holding.cited_by)
    )
    for held in holding.documents:
        yield "  " + _document(held, context) + ("" if held.sure or not listed.date else " (?)")
    for held in holding.others:
        yield "  " + context.say("cli-list-other", document=_document(held, context))
    if not holding.documents:
        for sha256 in holding.cited_by:
            yield "  " + context.say("cli-list-cited-by", sha256=sha256[:12])


def _document(held: HeldDocument, context: CliContext) -> str:
    """Hash, head and subject on one line."""
    parts = [*name_document(held.record, context), *([held.record.subject.value] if held.record.subject.value else [])]
    return f"{held.sha256[:12]}  {printable(' · '.join(parts) or held.path)}"


def _tree(holding: NumberHolding) -> dict[str, object]:
    listed = holding.listed
    return {
        "text": listed.text,
        "number": str(listed.number) if listed.number else None,
        "date": str(listed.date) if listed.date else None,
        "page": listed.page,
        "row": listed.row,
        "status": holding.standing.value,
        "documents": [_document_tree(held) for held in holding.documents],
        "others": [_document_tree(held) for held in holding.others],
        "cited_by": list(holding.cited_by),
    }


def _document_tree(held: HeldDocument) -> dict[str, object]:
    record = held.record
    kind, issuer = record.kind.value, record.issuer.value
    return {
        "sha256": held.sha256,
        "path": held.path,
        "number": str(record.number.value) if record.number.value else None,
        "date": str(record.date.value) if record.date.value else None,
        "kind": kind.name if kind else None,
        "issuer": issuer.name if issuer else None,
        "subject": record.subject.value,
        "sure": held.sure,
    }

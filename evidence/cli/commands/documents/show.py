"""``evidence show``: one document of the archive, the proof of its values, what it cites and what cites it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import click

from evidence.archive.facade import Archive, Shown
from evidence.cli.context import CliContext
from evidence.cli.localized import Argument, Command, Option
from evidence.cli.output import coloured, columns, emit, plain
from evidence.report import record_json, record_terminal
from evidence.store.corrections import part_on, printed

FIELDS = ("number", "date", "place", "issuer", "parent", "kind", "subject", "signer", "recipients")


@click.command("show", cls=Command)
@click.argument("reference", cls=Argument, metavar="cli-meta-ref")
@click.option("--why", cls=Option, is_flag=True, help="cli-show-opt-why")
@click.option("--json", "as_json", cls=Option, is_flag=True, help="cli-opt-json")
@click.pass_obj
def show(context: CliContext, reference: str, why: bool, as_json: bool) -> None:
    with Archive.open(context.settings()) as archive:
        shown = archive.show(reference)
    if as_json:
        emit(json.dumps(_tree(shown, context), ensure_ascii=False))
        return
    emit(record_terminal.render(shown.record, context.language, columns(), coloured(), cites=False).rstrip("\n"))
    for line in [*(_proofs(shown, context) if why else ()), *_around(shown, context)]:
        emit(line)


def _proofs(shown: Shown, context: CliContext) -> Iterator[str]:
    """Where each value stands: field, printed text, page, box, confidence."""
    tree = record_json.render(shown.record, context.language)
    yield context.say("cli-show-why")
    for field in FIELDS:
        one = tree[field]
        if one["raw"] is None:
            continue
        box = ", ".join(map(str, one["box"])) if one["box"] else "-"
        name = context.say(f"report-record-{field}")
        proof = context.say("cli-show-proof", page=one["page"] or "-", box=box, confidence=f"{one['confidence']:.2f}")
        yield f"  {name}: “{plain(' '.join(one['raw'].split()))}” {proof}"
        if one["note"]:
            yield f"    {one['note']}"


def _around(shown: Shown, context: CliContext) -> Iterator[str]:
    """Where the document was handed in, which of its citations lie in the archive, and what cites it."""
    yield from _corrections(shown, context)
    yield context.say("cli-show-handed-in")
    for one in shown.submissions:
        place = " / ".join(plain(part) for part in (one.unit, one.criterion) if part)
        yield "  " + (f"{place}: " if place else "") + plain(one.path)
    here = [one for one in shown.cites if one.sha256]
    yield context.say("cli-show-cites", count=len(shown.cites), here=len(here))
    for cited in shown.cites:
        for sha256, mark in ((cited.sha256, " "), *((one, "?") for one in cited.may_be)):
            if sha256:
                yield f"  {sha256[:12]}{mark} " + _place(cited.citation.text, cited.citation.span.page, context)
    yield context.say("cli-show-cited-by", count=len(shown.cited_by))
    for citing in shown.cited_by:
        yield f"  {citing.sha256[:12]}  " + _place(citing.citation.text, citing.citation.span.page, context)


def _corrections(shown: Shown, context: CliContext) -> Iterator[str]:
    """Every word of an appraiser, in order, beside what the machine had read."""
    if shown.corrections:
        yield context.say("cli-show-corrections")
    for one in shown.corrections:
        value = plain(one.value) if one.value is not None else context.say("cli-show-withdrawn")
        own = getattr(part_on(shown.machine, one.page), one.field)
        machine = printed(one.field, own) or context.say("cli-correct-nothing-read")
        name, at = context.say(f"report-record-{one.field}"), one.at[:16].replace("T", " ")
        yield context.say(
            "cli-show-correction", at=at, field=name, value=value, by=plain(one.author), machine=plain(machine)
        )


def _place(text: str, page: int, context: CliContext) -> str:
    return f"{context.say('cli-page', page=page)} {plain(' '.join(text.split()))}"


def _tree(shown: Shown, context: CliContext) -> dict[str, Any]:
    """The record's own tree; each citation with the document that bears it; where it was handed in; what cites it."""
    tree = record_json.render(shown.record, context.language)
    for citation, cited in zip(tree["citations"], shown.cites, strict=True):
        citation["sha256"] = cited.sha256
        citation["may_be"] = list(cited.may_be)
    tree["parts"] = [record_json.render(one, context.language) for one in shown.record.parts]
    tree["corrections"] = [
        {
            "field": one.field,
            "value": one.value,
            "page": one.page,
            "machine": printed(one.field, getattr(part_on(shown.machine, one.page), one.field)),
            "by": one.author,
            "at": one.at,
        }
        for one in shown.corrections
    ]
    tree["submissions"] = [
        {
            "path": one.path,
            "unit": one.unit,
            "criterion": one.criterion,
            "received": one.received.isoformat() if one.received else None,
        }
        for one in shown.submissions
    ]
    tree["cited_by"] = [
        {
            "sha256": one.sha256,
            "relation": one.citation.relation.value,
            "text": one.citation.text,
            "page": one.citation.span.page,
            "start": one.citation.span.start,
            "end": one.citation.span.end,
        }
        for one in shown.cited_by
    ]
    return tree

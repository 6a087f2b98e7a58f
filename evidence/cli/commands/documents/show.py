"""``evidence show``: one document of the archive, the proof of its values, what it cites and what cites it."""

from __future__ import annotations

import json
from collections.abc import Iterator

import click

from evidence.archive.search.archive_search import EVERYTHING
from evidence.archive.search.documents import DocumentArchive
from evidence.archive.views import CitingDocument, CorrectionView, DocumentView, PartView, SubmissionChange
from evidence.cli.context import CliContext
from evidence.cli.localized_click import Argument, Command, Option
from evidence.cli.output import emit, printable, show_place, terminal_width, wants_colour
from evidence.model.citation_graph import DocumentForce
from evidence.model.placement import Submission
from evidence.model.record import Record
from evidence.report import record_json, record_terminal
from evidence.report.citation_graph import graph_json, graph_terminal

FIELDS = ("number", "date", "place", "issuer", "parent", "kind", "subject", "signer", "recipients")


@click.command("show", cls=Command)
@click.argument("reference", cls=Argument, metavar="cli-meta-ref")
@click.option("--why", cls=Option, is_flag=True, help="cli-show-opt-why")
@click.option("--json", "as_json", cls=Option, is_flag=True, help="cli-opt-json")
@click.pass_obj
def show(context: CliContext, reference: str, why: bool, as_json: bool) -> None:
    with DocumentArchive.open(context.settings()) as archive:
        view = archive.show(reference, EVERYTHING)
    if as_json:
        emit(json.dumps(_tree(view, context), ensure_ascii=False))
        return
    emit(_head(view.record, context))
    for line in [*(_proofs(view, context) if why else ()), *_around(view, context), *_further(view, context)]:
        emit(line)


def _head(record: Record, context: CliContext) -> str:
    return record_terminal.render(record, context.language, terminal_width(), wants_colour(), cites=False).rstrip("\n")


def _proofs(view: DocumentView, context: CliContext) -> Iterator[str]:
    """Where each value stands: field, printed text, page, box, confidence."""
    tree = record_json.render(view.record, context.language)
    yield context.say("cli-show-why")
    for field in FIELDS:
        value = tree[field]
        if value["raw"] is None:
            continue
        box = ", ".join(map(str, value["box"])) if value["box"] else "-"
        name = context.say(f"report-record-{field}")
        proof = context.say(
            "cli-show-proof", page=value["page"] or "-", box=box, confidence=f"{value['confidence']:.2f}"
        )
        yield f"  {name}: “{printable(' '.join(value['raw'].split()))}” {proof}"
        if value["note"]:
            yield f"    {value['note']}"


def _around(view: DocumentView, context: CliContext) -> Iterator[str]:
    """Where the document was handed in, which of its citations lie in the archive, and what cites it."""
    yield from _force(view.force, context)
    yield from _corrections(view, context)
    yield context.say("cli-show-handed-in")
    for submission in view.submissions:
        place = " / ".join(printable(part) for part in (submission.unit, submission.criterion) if part)
        yield "  " + (f"{place}: " if place else "") + printable(submission.path)
    yield from _changes(view, context)
    yield from _citations(view, context)


def _further(view: DocumentView, context: CliContext) -> Iterator[str]:
    """The further documents of the file, each with its own force and citations."""
    for place, part in enumerate(view.parts, start=2):
        first = part.record.first_page or "-"
        yield "\n" + context.say("cli-show-part", place=place, first=first, last=part.record.last_page or first)
        yield _head(part.record, context)
        yield from _force(part.force, context)
        yield from _citations(part, context)


def _force(force: DocumentForce, context: CliContext) -> Iterator[str]:
    yield context.say("cli-show-force")
    for line in graph_terminal.render_force(force, context.language):
        yield f"  {line}"


def _citations(view: DocumentView | PartView, context: CliContext) -> Iterator[str]:
    here = sum(cited.sha256 is not None for cited in view.cites)
    yield context.say("cli-show-cites", count=len(view.cites), here=here)
    for cited in view.cites:
        for sha256, mark in ((cited.sha256, " "), *((candidate, "?") for candidate in cited.may_be)):
            if sha256:
                yield f"  {sha256[:12]}{mark} " + _place(cited.citation.text, cited.citation.span.page, context)
    yield context.say("cli-show-cited-by", count=len(view.cited_by))
    for citing in view.cited_by:
        yield f"  {citing.sha256[:12]}  " + _place(citing.citation.text, citing.citation.span.page, context)


def _changes(view: DocumentView, context: CliContext) -> Iterator[str]:
    """What was moved or withdrawn, in order: when, from where to where, by whom, why."""
    if view.changes:
        yield context.say("cli-show-changes")
    for change in view.changes:
        yield context.say(
            f"cli-show-change-{change.action.value}", at=change.at[:16].replace("T", " "), path=printable(change.path),
            before=printable(show_place(change.from_unit, change.from_criterion)),
            after=printable(show_place(change.unit, change.criterion)), by=printable(change.author),
            note=printable(change.note),
        )  # fmt: skip


def _corrections(view: DocumentView, context: CliContext) -> Iterator[str]:
    """Every word of an appraiser, in order, beside what the machine had read."""
    if view.corrections:
        yield context.say("cli-show-corrections")
    for corrected in view.corrections:
        correction = corrected.correction
        value = printable(correction.value) if correction.value is not None else context.say("cli-show-withdrawn")
        machine = corrected.machine or context.say("cli-correct-nothing-read")
        yield context.say(
            "cli-show-correction", at=correction.at[:16].replace("T", " "), value=value,
            field=context.say(f"report-record-{correction.field}"), by=printable(correction.author),
            machine=printable(machine),
        )  # fmt: skip


def _place(text: str, page: int, context: CliContext) -> str:
    return f"{context.say('cli-page', page=page)} {printable(' '.join(text.split()))}"


def _tree(view: DocumentView, context: CliContext) -> dict[str, object]:
    """The record's own tree; each citation with the document that bears it; where it was handed in; what cites it."""
    return {
        **_record_tree(view, context),
        "parts": [_record_tree(part, context) for part in view.parts],
        "corrections": [_correction_tree(corrected) for corrected in view.corrections],
        "submissions": [_submission_tree(submission) for submission in view.submissions],
        "submission_changes": [_change_tree(change) for change in view.changes],
    }


def _record_tree(view: DocumentView | PartView, context: CliContext) -> dict[str, object]:
    tree = record_json.render(view.record, context.language)
    for citation, cited in zip(tree["citations"], view.cites, strict=True):
        citation["sha256"] = cited.sha256
        citation["may_be"] = list(cited.may_be)
    cited_by = [_citing_tree(citing) for citing in view.cited_by]
    return {**tree, "force": graph_json.render_force(view.force), "cited_by": cited_by}


def _correction_tree(view: CorrectionView) -> dict[str, object]:
    correction = view.correction
    return {
        "field": correction.field,
        "value": correction.value,
        "page": correction.page,
        "machine": view.machine,
        "by": correction.author,
        "at": correction.at,
    }


def _submission_tree(submission: Submission) -> dict[str, object]:
    return {
        "path": submission.path,
        "unit": submission.unit,
        "criterion": submission.criterion,
        "received": submission.received.isoformat() if submission.received else None,
    }


def _change_tree(change: SubmissionChange) -> dict[str, object]:
    return {
        "action": change.action.value,
        "path": change.path,
        "from": {"unit": change.from_unit, "criterion": change.from_criterion},
        "unit": change.unit,
        "criterion": change.criterion,
        "by": change.author,
        "note": change.note,
        "at": change.at,
    }


def _citing_tree(citing: CitingDocument) -> dict[str, object]:
    citation = citing.citation
    return {
        "sha256": citing.sha256,
        "relation": citation.relation.value,
        "text": citation.text,
        "page": citation.span.page,
        "start": citation.span.start,
        "end": citation.span.end,
    }

"""``evidence read``: files to records on stdout, in the order given; nothing is stored."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from evidence.cli.context import CliContext
from evidence.cli.file_arguments import require_file
from evidence.cli.localized import Argument, Command, Option
from evidence.cli.output import coloured, columns, emit, plain
from evidence.config import Settings
from evidence.errors import UnreadableError
from evidence.ingest.member_sources import INTO
from evidence.ingest.sources.identify import display, identify
from evidence.model.document import Document, Page, Source
from evidence.model.problem import Problem, ProblemCode
from evidence.model.record import Record, Status
from evidence.pipeline import scheduler as pipeline
from evidence.report import record_json, record_terminal

UNREADABLE = 3
PAGE_END = "\f"  # as pdftotext ends a page


@dataclass(frozen=True, slots=True)
class Form:
    """What to print of a file."""

    json: bool
    text: bool
    tables: bool

    @property
    def pages(self) -> bool:
        return self.text or self.tables


@click.command("read", cls=Command)
@click.argument(
    "files", cls=Argument, nargs=-1, required=True, metavar="cli-meta-file", type=click.Path(path_type=Path)
)
@click.option("--json", "as_json", cls=Option, is_flag=True, help="cli-opt-json")
@click.option("--text", cls=Option, is_flag=True, help="cli-read-opt-text")
@click.option("--tables", cls=Option, is_flag=True, help="cli-read-opt-tables")
@click.option("--jobs", cls=Option, type=click.IntRange(min=1), metavar="cli-meta-count", help="cli-opt-jobs")
@click.pass_obj
def read(
    context: CliContext, files: tuple[Path, ...], as_json: bool, text: bool, tables: bool, jobs: int | None
) -> int:
    for file in files:
        require_file(file)
    form = Form(as_json, text, tables)
    unreadable = False
    for document, record in read_all(files, context.settings(jobs), tables):
        failed = record.status is Status.UNREADABLE
        unreadable |= failed
        if form.json:
            emit(as_line(record, document, form, context))
        elif not form.pages:
            for one in (record, *record.parts):
                emit(record_terminal.render(one, context.language, columns(), coloured()))
        elif failed:
            print(record_terminal.render(record, context.language), file=sys.stderr)
        else:
            for page in document.pages:
                emit(page_text(page, form, context), end="")
    return UNREADABLE if unreadable else 0


def read_all(files: Sequence[Path], settings: Settings, tables: bool) -> Iterator[tuple[Document, Record]]:
    """Each file's document and record, in the order of the files however long each takes.

    Files inside a file follow it.
    """
    asked: list[tuple[Document, Record] | Source] = []
    for file in files:
        try:
            asked.append(identify(file, settings.limits))
        except UnreadableError as error:
            asked.append(refused(file, error))
    done: dict[tuple[str, str], tuple[Document, Record]] = {}  # by path and hash
    with closing(pipeline.read_files([one for one in asked if isinstance(one, Source)], settings, tables)) as running:
        for one in asked:
            if not isinstance(one, Source):
                yield one
                continue
            waiting = [(one.path, one.sha256)]
            while waiting:
                wanted = waiting.pop(0)
                while wanted not in done:
                    outcome = next(running)
                    done[outcome.source.path, outcome.source.sha256] = (outcome.document, outcome.record)
                yield done[wanted]
                members = done[wanted][1].members
                waiting[:0] = [(f"{wanted[0]}{INTO}{member.path}", member.sha256) for member in members]


def refused(file: Path, error: UnreadableError) -> tuple[Document, Record]:
    """What stands for a file that could not even be opened: no hash, no size, one problem."""
    source = Source(display(file), "", "application/octet-stream", 0)
    problems = (Problem(ProblemCode(error.problem), error.message),)
    return Document(source, (), problems), Record(source, Status.UNREADABLE, problems=problems)


def as_line(record: Record, document: Document, form: Form, context: CliContext) -> str:
    """One line a file; of a file that holds several documents the first one's record, with the others in ``parts``."""
    tree = as_tree(record, document, form, context)
    if record.parts:
        tree["parts"] = [as_tree(part, document, form, context) for part in record.parts]
    return json.dumps(tree, ensure_ascii=False)


def as_tree(record: Record, document: Document, form: Form, context: CliContext) -> dict[str, Any]:
    """A record's JSON, with the text and tables of each of its pages where they are asked for."""
    tree: dict[str, Any] = record_json.render(record, context.language)
    pages = {page.number: page for page in document.pages}
    for shown in tree["pages"]:
        page = pages[shown["number"]]
        if form.text:
            shown["text"] = page.text
        if form.tables:
            shown["tables"] = [{"rows": table.rows, "box": table.box} for table in page.tables]
    return tree


def page_text(page: Page, form: Form, context: CliContext) -> str:
    """The page's text as its spans count it, then its tables, cells between bars; ends as a page ends."""
    parts = [page.text] if form.text else []
    for count, table in enumerate(page.tables if form.tables else (), start=1):
        parts.append(context.say("cli-read-table", page=page.number, table=count))
        parts += [" | ".join(plain(cell or "") for cell in row) for row in table.rows]
    return "\n".join([*parts, PAGE_END if form.text else ""]) if parts else ""

"""``evidence read``: files to records on stdout, in the order given; nothing is stored."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from pathlib import Path

import click

from evidence.archive.file_reading import read_documents
from evidence.cli.context import CliContext
from evidence.cli.file_arguments import require_file
from evidence.cli.localized_click import Argument, Command, Option
from evidence.cli.output import emit, printable, terminal_width, wants_colour
from evidence.model.document import Document, Page
from evidence.model.record import Record, Status
from evidence.report import record_json, record_terminal
from evidence.report.text.visible import escape_hidden

UNREADABLE = 3
PAGE_END = "\f"  # as pdftotext ends a page


@dataclass(frozen=True, slots=True)
class _OutputChoice:
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
    choice = _OutputChoice(as_json, text, tables)
    unreadable = False
    for document, record in read_documents(files, context.settings(jobs), tables):
        failed = record.status is Status.UNREADABLE
        unreadable |= failed
        if choice.json:
            emit(_json_line(record, document, choice, context))
        elif not choice.pages:
            for part in (record, *record.parts):
                emit(record_terminal.render(part, context.language, terminal_width(), wants_colour()))
        elif failed:
            print(record_terminal.render(record, context.language), file=sys.stderr)
        else:
            for page in document.pages:
                emit(_page_text(page, choice, context), end="")
    return UNREADABLE if unreadable else 0


def _json_line(record: Record, document: Document, choice: _OutputChoice, context: CliContext) -> str:
    """One line a file; of a file that holds several documents the first one's record, with the others in ``parts``."""
    tree = _record_tree(record, document, choice, context)
    if record.parts:
        tree["parts"] = [_record_tree(part, document, choice, context) for part in record.parts]
    return json.dumps(tree, ensure_ascii=False)


def _record_tree(record: Record, document: Document, choice: _OutputChoice, context: CliContext) -> dict[str, object]:
    """A record's JSON, with the text and tables of each of its pages where they are asked for."""
    tree = record_json.render(record, context.language)
    pages = {page.number: page for page in document.pages}
    for shown in tree["pages"]:
        page = pages[shown["number"]]
        if choice.text:
            shown["text"] = page.text
        if choice.tables:
            shown["tables"] = [{"rows": table.rows, "box": table.box} for table in page.tables]
    return tree


def _page_text(page: Page, choice: _OutputChoice, context: CliContext) -> str:
    """The page's text as its spans count it, then its tables, cells between bars; ends as a page ends."""
    parts = [escape_hidden(page.text)] if choice.text else []
    for count, table in enumerate(page.tables if choice.tables else (), start=1):
        parts.append(context.say("cli-read-table", page=page.number, table=count))
        parts += [" | ".join(printable(cell or "") for cell in row) for row in table.rows]
    return "\n".join([*parts, PAGE_END if choice.text else ""]) if parts else ""

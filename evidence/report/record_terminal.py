"""One record on a terminal: each field with what was printed, page, confidence; doubtful values marked in words."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from typing import TypeVar

from rich import box
from rich.table import Table
from rich.text import Text

from evidence.messages import Language, say
from evidence.model.document import Origin
from evidence.model.record import Citation, FieldValue, Record
from evidence.report.findings_terminal import WIDTH
from evidence.report.labels import label
from evidence.report.text.console import TerminalConsole

T = TypeVar("T")
RAW = 80  # characters of the printed text shown beside a value


def render(
    record: Record, language: Language = Language.VI, width: int = WIDTH, colour: bool = False, cites: bool = True
) -> str:
    """The record as text of that width; ``cites`` lists the documents it names."""
    out = StringIO()
    console = TerminalConsole(
        file=out,
        width=max(width, 60),
        force_terminal=colour,
        color_system="256" if colour else None,
        highlight=False,
        legacy_windows=False,
    )
    console.print(_heading(record, language))
    if record.pages:
        console.print(_fields(record, language))
    if cites and (record.citations or record.standards):
        console.print(Text(label("record-cites", language), style="bold"))
        for line in (*map(_citation, record.citations), *_standards(record)):
            console.print(Text(f"  {line}"))
    if record.problems:
        console.print(Text(label("record-problems", language), style="bold"))
        for problem in record.problems:
            page = f" ({label('record-page', language).lower()} {problem.page})" if problem.page else ""
            console.print(Text(f"  ! {say(problem.message, language)}{page}"))
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _heading(record: Record, language: Language) -> Text:
    text = Text(record.source.path, style="bold")
    text.append(f"  {record.source.sha256[:12]}  {label(f'record-{record.status.value}', language)}", "not bold")
    if record.pages:
        ocr = sum(1 for page in record.pages if page.origin is Origin.OCR)
        text.append("  " + label("record-pages", language, pages=len(record.pages), ocr=ocr), "not bold")
    return text


def _fields(record: Record, language: Language) -> Table:
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_edge=False, expand=True)
    table.add_column(label("record-field", language), no_wrap=True)
    table.add_column(label("record-value", language), ratio=3, overflow="fold")
    table.add_column(label("record-raw", language), ratio=3, overflow="fold")
    table.add_column(label("record-page", language), justify="right", no_wrap=True)
    table.add_column(label("record-sure", language), no_wrap=True)
    rows: list[tuple[str, FieldValue[str]]] = [
        ("number", _as_text(record.number, str)),
        ("date", _as_text(record.date, str)),
        ("place", record.place),
        ("issuer", _as_text(record.issuer, lambda agency: agency.name)),
        ("parent", _as_text(record.parent, lambda agency: agency.name)),
        ("kind", _as_text(record.kind, lambda kind: kind.name)),
        ("subject", record.subject),
        (
            "signer",
            _as_text(
                record.signer, lambda signer: " · ".join(filter(None, (signer.name, signer.title, signer.authority)))
            ),
        ),
        ("recipients", _as_text(record.recipients, "; ".join)),
        *(("annex", annex) for annex in record.annexes),
    ]
    for name, field in rows:
        table.add_row(*_row(name, field, language))
    return table


def _as_text(field: FieldValue[T], show: Callable[[T], str]) -> FieldValue[str]:
    value = None if field.value is None else show(field.value)
    return FieldValue(value, field.raw, field.span, field.confidence, field.note)


def _row(name: str, field: FieldValue[str], language: Language) -> tuple[Text, ...]:
    if field.value is None:
        missing = label("record-unread" if field.raw else "record-absent", language)
        value, sure = Text(missing, style="italic" if field.raw else "bright_black"), Text("")
    else:
        value = Text(field.value, style="" if field.sure else "magenta")
        shown = f"{field.confidence:.2f}"
        sure = Text(shown) if field.sure else Text(label("record-doubtful", language, confidence=shown), "magenta")
    if field.note:
        value.append(f"\n{say(field.note, language)}", style="italic")
    raw = " ".join((field.raw or "").split())
    return (
        Text(label(f"record-{name}", language)),
        value,
        Text(raw if len(raw) <= RAW else raw[: RAW - 1] + "…"),
        Text(str(field.span.page) if field.span else ""),
        sure,
    )


def _standards(record: Record) -> list[str]:
    """Each standard once, with the page of its first mention."""
    first: dict[str, int] = {}
    for standard in record.standards:
        if standard.value and standard.span:
            first.setdefault(str(standard.value), standard.span.page)
    return [f"{name} · {page}" for name, page in first.items()]


def _citation(citation: Citation) -> str:
    head = " ".join(
        filter(
            None,
            (citation.kind.name if citation.kind else None, str(citation.number) if citation.number else citation.name),
        )
    )
    date = f" ({citation.date})" if citation.date else ""
    return f"{head or citation.text}{date} · {citation.relation.value} · {citation.span.page}"

"""A text file stands for a document: builders of records, and a reader of such files in the place of the pipeline."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator

from evidence.config import Settings
from evidence.ingest import problems as reasons
from evidence.messages import Message
from evidence.model.document import Document, Line, Origin, Page, Source, Word
from evidence.model.placement import Submission
from evidence.model.problem import Problem, ProblemCode
from evidence.model.record import Citation, FieldValue, PageSummary, Record, Relation, Span, Status
from evidence.pipeline.requests import FileRequest, FileResult
from evidence.store.store import Store
from evidence.values import agency, date, kind, number

GRAMMAR = 1000
UNREADABLE = "KHÔNG ĐỌC ĐƯỢC"
TOO_SLOW = "QUÁ LÂU"
NO_PROGRAM = "THIẾU CHƯƠNG TRÌNH"
PROBLEMS: dict[str, Problem | None] = {
    UNREADABLE: Problem(ProblemCode.DAMAGED, Message("problem-damaged")),
    TOO_SLOW: Problem(ProblemCode.TIME_OUT, Message("problem-time-out"), retriable=True),
    NO_PROGRAM: Problem(ProblemCode.UNSUPPORTED, Message("antiword-missing", {"command": "apt"}), retriable=True),
}


def page(count: int, text: str) -> Page:
    """A page with that text; each word has a box."""
    rows = tuple(
        Line(tuple(Word(word, (50.0 + at, 20.0 * row, 90.0, 20.0 * row + 12)) for at, word in enumerate(line.split())))
        for row, line in enumerate(text.splitlines())
    )
    return Page(count, 595.0, 842.0, Origin.TEXT if text else Origin.BLANK, rows)


def source(path: str, content: bytes) -> Source:
    return Source(path, hashlib.sha256(content).hexdigest(), "text/plain", len(content))


def document(text: str, path: str = "SNV/1.2/bc.txt") -> Document:
    """A document whose pages are parted by form feeds."""
    parts = text.split("\f")
    return Document(source(path, text.encode()), tuple(page(at, part) for at, part in enumerate(parts, start=1)))


def record(of: Document) -> Record:
    """The record by the rows ``Số:``, ``Ngày:``, ``Loại:``, ``Cơ quan:``, ``Về:``; other numbers are cited."""
    text = of.pages[0].text if of.pages else ""
    pages = tuple(PageSummary(page.number, page.width, page.height, page.origin, page.confidence) for page in of.pages)
    agent = find_row(text, "Cơ quan")
    return Record(
        source=of.source,
        status=Status.READ if of.pages else Status.UNREADABLE,
        pages=pages,
        kind=field_value(kind.by_name(find_row(text, "Loại") or "")),
        number=field_value(number.parse(find_row(text, "Số") or "")),
        date=field_value(date.parse(find_row(text, "Ngày") or "")),
        issuer=field_value(agency.parse(agent) if agent else None),
        subject=field_value(find_row(text, "Về")),
        citations=tuple(_citations(of)),
        problems=of.problems,
        grammar=GRAMMAR,
    )


def find_row(text: str, name: str) -> str | None:
    """What stands behind the name of a row."""
    match = re.search(rf"^{name}: (.+)$", text, re.MULTILINE)
    return match[1].strip() if match else None


def field_value(value: object) -> FieldValue:  # type: ignore[type-arg]
    return FieldValue(value, str(value), Span(1, 0, 1), 0.95) if value else FieldValue()


def _citations(of: Document) -> Iterator[Citation]:
    for printed in of.pages:
        for match in number.search(printed.text):
            before = printed.text[: match.start]
            if not before.endswith("Số: "):
                span = Span(printed.number, match.start, match.end)
                yield Citation(printed.text[match.start : match.end], span, Relation.CITES, number=match.number)


def submission(of: Document, unit: str | None = "SNV", criterion: str | None = "1.2") -> Submission:
    return Submission(of.source.sha256, of.source.path, unit, criterion)


def read_text_files(
    requests: Iterable[FileRequest],
    _settings: Settings,
    tables: bool = False,
    headers: bool = False,
    **_more: object,
) -> Iterator[FileResult]:
    """Reads text files: what ``pipeline.read_files`` does, without children or programs."""
    for request in requests:
        source_file = request.source
        text = request.file.read_text("utf-8", errors="replace")
        if problem := PROBLEMS.get(text):
            unread = Document(source_file, (), (problem,))
            yield FileResult(source_file, unread, record(unread), 0.01)
            continue
        pages = tuple(page(at, part) for at, part in enumerate(text.split("\f"), start=1))
        read = Document(source_file, pages)
        if headers and len(pages) > 1:
            read = Document(source_file, pages[:1], (reasons.of_unread(len(pages)),))
        yield FileResult(source_file, read, record(read), 0.01)


def store_text(store: Store, text: str, path: str = "SNV/1.2/bc.txt") -> str:
    """Stores the document of that text, without an original; its hash."""
    stored = document(text, path)
    store.put(stored, record(stored), None, [submission(stored)])
    return stored.source.sha256

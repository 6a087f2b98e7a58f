"""Files that stand in a Word document in place of text (``altChunk``, ECMA-376, 17.17.2): Word shows them as its own.

Web programs write the whole document as one piece of HTML or MHT and leave the rest to Word.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from evidence.errors import UnreadableError
from evidence.ingest.formats import html, mhtml, rtf_text, txt
from evidence.ingest.layout.line_builder import LineBuilder
from evidence.ingest.reader_protocol import ReadRequest, ReadResult
from evidence.model.document import Cell

PACKAGE = b"PK\x03\x04"
RICH_TEXT = b"{\\rtf"
HEADS = (b"mime-version", b"content-type", b"from:", b"message-id")
HTML_TYPES = ("html", "xml")  # in a content type: ``text/html``, ``application/xhtml+xml``

ReadPackage = Callable[[ReadRequest], ReadResult]


def read_inserted(data: bytes, content_type: str, name: str, request: ReadRequest, package: ReadPackage) -> ReadResult:
    """What an inserted file says; ``package`` reads another Word document.

    UnreadableError for what is none of the kinds that Word inserts, or damaged.
    """
    wide = data.startswith(html.UTF_16)
    head = data[:1024].decode("utf-16", "ignore").encode() if wide else data[:1024]
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    file = request.scratch / "inserted"
    file.write_bytes(data)
    inner = replace(request, file=file, name=name)
    if data.startswith(PACKAGE):
        return package(inner)
    if start.startswith(RICH_TEXT):
        return rtf_text.read_stripped(data)
    if start.startswith(HEADS):
        return mhtml.read(inner)
    if start.startswith(b"<") or any(mark in content_type for mark in HTML_TYPES):
        return html.read(inner)
    if b"\x00" in data and not wide:
        raise UnreadableError("damaged", "damaged-office", kind=name)
    return txt.read(inner)


def add_result(result: ReadResult, lines: LineBuilder, cell: Cell | None) -> None:
    """The lines and tables of an inserted file among those of the document; inside a cell all of it is that cell's."""
    for page in result.pages:
        numbers = [lines.next_table() for _ in page.tables] if cell is None else []
        for line in page.lines:
            own = line.cell
            place = cell or (replace(own, table=numbers[own.table]) if own and own.table < len(numbers) else None)
            lines.add(line.text, place)
        if cell is None:
            lines.tables += page.tables

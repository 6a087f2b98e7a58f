"""CSV as spreadsheets write it -> one page with its cells as one table, where tables are asked for."""

from __future__ import annotations

import csv
import io

from evidence.errors import UnreadableError
from evidence.ingest.encoding import charsets
from evidence.ingest.formats.sheet_rows import ROWS, Rows, compose_text, make_page
from evidence.ingest.reader_protocol import ReadRequest, ReadResult

DELIMITERS = (",", ";", "\t")


def read(request: ReadRequest) -> ReadResult:
    """UTF-8, UTF-16 or Windows-1258, with commas, semicolons or tabs. UnreadableError for what is no text, and for
    quotes left open."""
    text = charsets.decode_table(request.file.read_bytes())
    if text is None:
        raise UnreadableError("damaged", "damaged-csv")
    try:
        cells = list(csv.reader(io.StringIO(text), delimiter=_delimiter(text), strict=True))
    except csv.Error as error:
        raise UnreadableError("damaged", "damaged-csv") from error
    width = max((len(row) for row in cells), default=0)
    rows: Rows = [[*map(compose_text, row), *[""] * (width - len(row))] for row in cells[:ROWS]]
    return ReadResult((make_page(1, rows, None),))


def _delimiter(text: str) -> str:
    """The one that cuts most lines into the most pieces."""
    head = text.splitlines()[:50]
    return max(DELIMITERS, key=lambda sign: sum(min(line.count(sign), 20) for line in head))

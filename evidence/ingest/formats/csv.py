"""CSV as spreadsheets write it -> one page with its cells as one table, where tables are asked for."""

from __future__ import annotations

import codecs
import csv
import io

from evidence.errors import UnreadableError
from evidence.ingest.encoding import charsets
from evidence.ingest.formats.sheet_rows import ROWS, Rows, compose_text, make_page, mend_letters
from evidence.ingest.reader_protocol import ReadRequest, ReadResult
from evidence.ingest.sources.csv_text import decode_csv, split_separator


def read(request: ReadRequest) -> ReadResult:
    """UTF-8, UTF-16 or Windows-1258, with commas, semicolons or tabs. UnreadableError for what is no text, and for
    quotes left open."""
    data = request.file.read_bytes()
    # letters of old fonts too: a table has enough of them to tell
    text = decode_csv(data) if _is_unicode(data) or b"\0" in data else charsets.decode_bytes(data).text
    if text is None:
        raise UnreadableError("damaged", "damaged-csv")
    delimiter, text = split_separator(text)
    try:
        cells = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise UnreadableError("damaged", "damaged-csv") from error
    width = max((len(row) for row in cells), default=0)
    rows: Rows = [[*map(compose_text, row), *[""] * (width - len(row))] for row in cells[:ROWS]]
    sheets, encodings = mend_letters([("", rows)])
    problems = [problem for encoding in encodings for problem in charsets.encoding_problems(encoding)]
    return ReadResult((make_page(1, sheets[0][1], None),), (), tuple(problems))


def _is_unicode(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return charsets.detect_wide(data) is not None or data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    return True

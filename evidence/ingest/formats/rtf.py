"""RTF -> lines: by LibreOffice where it is installed and gets through, else by ``striprtf``.

LibreOffice keeps tables, text boxes and fonts (old letters are told by them); ``striprtf`` gives the bare text, rows of
tables as cells between ``|``.
"""

from __future__ import annotations

from striprtf import striprtf

from evidence.errors import UnreadableError
from evidence.ingest.encoding.fonts import OldFonts, make_result
from evidence.ingest.formats import docx
from evidence.ingest.formats.txt import read_bytes
from evidence.ingest.layout.line_builder import LineBuilder, add_paragraphs
from evidence.ingest.reader_protocol import ReadRequest, ReadResult


def read(request: ReadRequest) -> ReadResult:
    """The document's text on one page. UnreadableError where there is none."""
    data = read_bytes(request)
    return docx.read_converted(request) or read_stripped(data)


def read_stripped(data: bytes) -> ReadResult:
    """The bare text, without LibreOffice. UnreadableError where there is none."""
    try:
        text = str(striprtf.rtf_to_text(data.decode("latin-1"), errors="replace"))  # type: ignore[no-untyped-call]
    except (ValueError, IndexError, KeyError, LookupError, ArithmeticError, TypeError, AttributeError) as error:
        raise UnreadableError("damaged", "damaged-office", kind="RTF") from error
    lines = LineBuilder()
    add_paragraphs(lines, text.encode("utf-8", "replace").decode("utf-8").replace("\x00", ""))
    if not lines.lines:
        raise UnreadableError("damaged", "damaged-office", kind="RTF")
    return make_result(lines, OldFonts())

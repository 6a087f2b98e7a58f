"""The bare text of RTF by ``striprtf``: where LibreOffice fails or is absent, and of RTF inserted in Word documents."""

from __future__ import annotations

from striprtf import striprtf

from evidence.errors import UnreadableError
from evidence.ingest.encoding.fonts import OldFonts, make_result
from evidence.ingest.layout.line_builder import LineBuilder, add_paragraphs
from evidence.ingest.reader_protocol import ReadResult


def read_stripped(data: bytes) -> ReadResult:
    """The text on one page, rows of tables as cells between ``|``. UnreadableError where there is none."""
    try:
        text = str(striprtf.rtf_to_text(data.decode("latin-1"), errors="replace"))  # type: ignore[no-untyped-call]
    except (ValueError, IndexError, KeyError, LookupError, ArithmeticError, TypeError, AttributeError) as error:
        raise UnreadableError("damaged", "damaged-office", kind="RTF") from error
    lines = LineBuilder()
    add_paragraphs(lines, text.encode("utf-8", "replace").decode("utf-8").replace("\x00", ""))
    if not lines.lines:
        raise UnreadableError("damaged", "damaged-office", kind="RTF")
    return make_result(lines, OldFonts())

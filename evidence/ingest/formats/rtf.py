"""RTF -> lines: by LibreOffice where it is installed and gets through, else by ``striprtf``.

LibreOffice keeps tables, text boxes and fonts (old letters are told by them); ``striprtf`` gives the bare text, rows of
tables as cells between ``|``.
"""

from __future__ import annotations

from evidence.ingest.formats import docx
from evidence.ingest.formats.rtf_text import read_stripped
from evidence.ingest.formats.txt import read_bytes
from evidence.ingest.reader_protocol import ReadRequest, ReadResult


def read(request: ReadRequest) -> ReadResult:
    """The document's text on one page. UnreadableError where there is none."""
    data = read_bytes(request)
    return docx.read_converted(request) or read_stripped(data)

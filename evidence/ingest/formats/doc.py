"""Word 97-2003 (.doc) -> lines: by LibreOffice where it is installed and gets through, else by ``antiword``.

LibreOffice keeps what antiword loses or moves (decision 0010): tables at a file's end, text boxes at their place (the
letterhead, ``DỰ THẢO``), fonts, and files that antiword refuses. antiword looks first all the same: it takes 10 ms,
knows a password when it meets one, and its text stands by for files that LibreOffice fails at. It lays tables out with
``|`` between columns; texts in the old TCVN3 and VNI fonts come out as the bytes they are, told by their letters only.
"""

from __future__ import annotations

import shutil
import subprocess

from evidence.errors import MissingProgramError, UnreadableError
from evidence.ingest.encoding.fonts import OldFonts, make_result
from evidence.ingest.formats import docx, libreoffice
from evidence.ingest.layout.line_builder import LineBuilder, add_paragraphs
from evidence.ingest.reader_protocol import ReadRequest, ReadResult

APT = "sudo apt-get install antiword"
SECONDS = 30


def read(request: ReadRequest) -> ReadResult:
    """The document's text on one page. UnreadableError where neither program finds any or a password shuts it;
    MissingProgramError where neither is installed."""
    text = _antiword_text(request)
    converted = docx.read_converted(request)
    if converted is not None:
        return converted
    if text is None:
        raise UnreadableError("damaged", "damaged-doc")
    return _read_text(text)


def _read_text(text: str) -> ReadResult:
    """What antiword printed, as one page."""
    lines = LineBuilder()
    add_paragraphs(lines, text)
    if not lines.lines:
        raise UnreadableError("damaged", "empty-doc")
    return make_result(lines, OldFonts())


def _antiword_text(request: ReadRequest) -> str | None:
    """What antiword prints; ``None`` where it refuses the file, or is not there and LibreOffice is."""
    if shutil.which("antiword") is None:
        if libreoffice.find_library() is None:
            raise MissingProgramError("antiword-missing", command=APT)
        return None
    command = ["antiword", "-w", "0", "-m", "UTF-8.txt", str(request.file)]
    done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False)
    if "encrypted" in done.stderr.decode("utf-8", "replace").lower():
        raise UnreadableError("encrypted", "encrypted-office")
    return done.stdout.decode("utf-8", "replace") if done.returncode == 0 else None

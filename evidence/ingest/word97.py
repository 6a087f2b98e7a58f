"""Word 97-2003 (.doc) -> lines, by the program ``antiword``.

antiword lays tables out with ``|`` between columns; texts in the old TCVN3 and VNI fonts come out as the bytes they
are, which is said, not guessed at.
"""

from __future__ import annotations

import shutil
import subprocess

from evidence.errors import MissingProgramError, UnreadableError
from evidence.ingest import triage
from evidence.ingest.plain import Lines
from evidence.ingest.reading import Order, Reading
from evidence.messages import Message
from evidence.model import Cell, Problem, ProblemCode

APT = "sudo apt-get install antiword"
SECONDS = 30


def read(order: Order) -> Reading:
    """The document's text on one page. UnreadableError where antiword finds none."""
    text = _text(order)
    lines = Lines()
    _fill(lines, text)
    if not lines.lines:
        raise UnreadableError("damaged", "empty-doc")
    page = lines.page()
    problems = (_legacy(),) if triage.broken(page.text) else ()
    return Reading((page,), (), problems)


def _text(order: Order) -> str:
    if shutil.which("antiword") is None:
        raise MissingProgramError("antiword-missing", command=APT)
    done = subprocess.run(
        ["antiword", "-w", "0", "-m", "UTF-8.txt", str(order.file)], capture_output=True, timeout=SECONDS, check=False
    )
    told = done.stderr.decode("utf-8", "replace").lower()
    if "encrypted" in told:
        raise UnreadableError("encrypted", "encrypted-office")
    if done.returncode != 0:
        raise UnreadableError("damaged", "damaged-doc")
    return done.stdout.decode("utf-8", "replace")


def _legacy() -> Problem:
    return Problem(ProblemCode.LEGACY_ENCODING, Message("legacy-encoding"))


def _fill(lines: Lines, text: str) -> None:
    """Paragraphs as lines; rows between ``|`` as the cells of a table."""
    table = -1
    row = -1
    for line in text.splitlines():
        if line.startswith("|") and line.rstrip().endswith("|"):
            if row < 0:
                table = lines.next_table()
            row += 1
            for column, cell in enumerate(line.strip().strip("|").split("|")):
                lines.add(cell, Cell(table, row, column))
        else:
            if line.strip():
                row = -1
            lines.add(line)

"""Word 97-2003 (.doc) -> lines, by the program ``antiword``.

antiword lays tables out with ``|`` between columns; texts in the old TCVN3 and VNI fonts come out as the bytes they
are and are converted (``legacy``), which is said.
"""

from __future__ import annotations

import shutil
import subprocess

from evidence.errors import MissingProgramError, UnreadableError
from evidence.ingest import legacy, triage
from evidence.ingest.plain import Lines, fill
from evidence.ingest.reading import Order, Reading
from evidence.messages import Message
from evidence.model import Problem, ProblemCode

APT = "sudo apt-get install antiword"
SECONDS = 30


def read(order: Order) -> Reading:
    """The document's text on one page. UnreadableError where antiword finds none."""
    found = legacy.convert(_text(order))
    lines = Lines()
    fill(lines, found.text)
    if not lines.lines:
        raise UnreadableError("damaged", "empty-doc")
    page = lines.page()
    problems = legacy.told(found.encoding)
    if not problems and triage.broken(page.text):
        problems = (Problem(ProblemCode.LEGACY_ENCODING, Message("legacy-encoding")),)
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


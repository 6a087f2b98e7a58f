"""A first look at a file that just came in: is it shut by a password, of a kind that nobody reads, cut off?

It takes a tenth of a second and says what a person can mend at once; what it does not see, the reading will say.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

from evidence.config import Limits
from evidence.errors import UnreadableError
from evidence.ingest import media_types, problems
from evidence.ingest.pdf.reader import open_pdf
from evidence.ingest.sources.identify import identify
from evidence.messages import Message
from evidence.sandbox.policy import Permissions
from evidence.sandbox.pool import Pool
from evidence.sandbox.task import Task

SECONDS = 5.0  # of the processor's time; a file that takes longer is left to the reading


def look_at_file(file: Path, name: str, limits: Limits) -> Message | None:
    """Why that file, called ``name`` by whoever sent it, cannot be read at all; None where nothing speaks against it.
    Forks: the caller must hold no threads."""
    try:
        source = replace(identify(file, limits), path=name)
    except UnreadableError as error:
        return error.message
    refused = problems.of_type(source)
    if refused is not None or source.media_type != media_types.PDF:
        return refused.message if refused else None
    with Pool(1, limits) as pool:
        pool.start(Task("look", partial(_open, file), SECONDS, Permissions(reads=(file,))))
        while pool.busy:
            for reply in pool.wait():
                return reply.failure.message if reply.failure else None
    return None


def _open(file: Path) -> bytes:
    """In the child. UnreadableError: a password or damage keeps it shut."""
    pdf = open_pdf(file)
    try:
        return str(len(pdf)).encode()
    finally:
        pdf.close()

"""Marks on objects that are being removed from a bucket, kept as facts of the archive.

A removal is asked for outside any transaction, by a process that may be killed: the request may still be carried out
after that. So the mark is committed before, and taken away once the answer is there; whoever writes a record of that
original meanwhile is refused. A mark that its process left behind stands until no request of it can be under way.
"""

from __future__ import annotations

import time

from sqlalchemy import delete
from sqlalchemy.orm import Session

from evidence.store.schema import Fact

REMOVING = "removing "  # and the hash: the name of such a fact; its value: when, in seconds since 1970
LONGEST = 600.0  # seconds; the client of the object store gives a request up after two minutes


def mark_removal(session: Session, sha256: str) -> None:
    """The object of that original is removed from now on."""
    session.merge(Fact(name=REMOVING + sha256, value=f"{time.time():.0f}"))


def clear_removal(session: Session, sha256: str) -> None:
    """It is removed, or it stays."""
    session.execute(delete(Fact).where(Fact.name == REMOVING + sha256))


def is_being_removed(session: Session, sha256: str) -> bool:
    """Whether a removal may be under way."""
    mark = session.get(Fact, REMOVING + sha256)
    return mark is not None and time.time() - float(mark.value) < LONGEST

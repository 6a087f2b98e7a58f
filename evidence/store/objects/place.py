"""Where an archive's originals are, as its database says: nothing where they are in the archive's folder."""

from __future__ import annotations

from sqlalchemy import delete
from sqlalchemy.orm import Session

from evidence.store.schema import Fact

ORIGINALS = "originals"  # the name of that fact


def load_place(session: Session) -> str | None:
    """The address of the object store."""
    fact = session.get(Fact, ORIGINALS)
    return fact.value if fact is not None else None


def save_place(session: Session, url: str | None) -> None:
    """The originals are there from now on."""
    session.execute(delete(Fact).where(Fact.name == ORIGINALS))
    if url is not None:
        session.add(Fact(name=ORIGINALS, value=url))

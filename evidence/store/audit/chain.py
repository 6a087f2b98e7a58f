"""The chain: each row's hash is SHA-256 over the hash of the row before it and its own values as JSON.

One changed byte, a row taken out or put in breaks it from there on; ``facts`` holds the last link, so that rows cut off
at the end are missed too. Who can write the whole file can forge a whole new chain: against that, export it, or note
its last hash elsewhere.
"""

from __future__ import annotations

import hashlib
import json

from sqlalchemy import select
from sqlalchemy.orm import Session

from evidence.model.account import Actor
from evidence.store.audit.actor import current_actor
from evidence.store.audit.tables import AuditRow
from evidence.store.schema import Fact

HEAD = "audit"  # the fact that holds number and hash of the last row
START = ""  # what the first row is chained to


def append_entry(
    session: Session, at: str, action: str, subject: str, detail: str, before: str | None, after: str | None
) -> None:
    """Adds a row by whoever acts now. The caller's transaction writes, so no other adds one between."""
    last = session.execute(select(AuditRow.id, AuditRow.hash).order_by(AuditRow.id.desc()).limit(1)).first()
    number, link = (last[0] + 1, last[1]) if last else (1, START)
    actor: Actor = current_actor()
    row = AuditRow(
        id=number,
        at=at,
        action=action,
        subject=subject,
        detail=detail,
        actor=actor.name,
        role=actor.role,
        address=actor.address,
        before=before,
        after=after,
    )
    row.hash = hash_row(link, row)
    session.add(row)
    session.merge(Fact(name=HEAD, value=f"{number} {row.hash}"))
    session.flush()


def hash_row(link: str, row: AuditRow) -> str:
    """The hash of that row, chained to the one before."""
    values = [
        link, row.id, row.at, row.action, row.subject, row.detail, row.actor, row.role, row.address, row.before,
        row.after,
    ]  # fmt: skip
    return hashlib.sha256(
        json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    ).hexdigest()


def find_break(session: Session) -> int | None:
    """The number of the first row that is not what was written, or is missing; None where the chain is whole."""
    link, number = START, 0
    for row in session.scalars(select(AuditRow).order_by(AuditRow.id).execution_options(yield_per=1000)):
        number += 1
        if row.id != number or row.hash != hash_row(link, row):
            return number
        link = row.hash
        session.expunge(row)
    head = session.get(Fact, HEAD)
    expected = f"{number} {link}" if number else None
    return None if (head.value if head else None) == expected else number + 1

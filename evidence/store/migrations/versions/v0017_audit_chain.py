"""The audit names who acted and from where, what stood before and after, and chains its rows by hashes; triggers refuse
to change or remove one. Rows that stand there already are chained as they are."""

from __future__ import annotations

import hashlib
import json

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the columns, computes the chain, notes its last link, creates the triggers."""
    for name in ("actor", "role", "address"):
        op.add_column("audit", sa.Column(name, sa.String(), nullable=False, server_default=""))
    for name in ("before", "after"):
        op.add_column("audit", sa.Column(name, sa.String()))
    op.add_column("audit", sa.Column("hash", sa.String(64), nullable=False, server_default=""))
    connection = op.get_bind()
    number, link = 0, ""
    rows = connection.execute(sa.text("SELECT id, at, action, subject, detail FROM audit ORDER BY id")).fetchall()
    for row in rows:
        number += 1
        values = [link, number, row[1], row[2], row[3], row[4], "", "", "", None, None]
        text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
        link = hashlib.sha256(text.encode()).hexdigest()
        connection.execute(
            sa.text("UPDATE audit SET id = :number, hash = :link WHERE id = :id"),
            {"number": number, "link": link, "id": row[0]},
        )
    if number:
        head = {"value": f"{number} {link}"}
        connection.execute(sa.text("INSERT OR REPLACE INTO facts (name, value) VALUES ('audit', :value)"), head)
    for act in ("update", "delete"):
        op.execute(
            f"CREATE TRIGGER tr_audit_{act} BEFORE {act.upper()} ON audit "
            "BEGIN SELECT RAISE(ABORT, 'audit are append-only'); END"
        )

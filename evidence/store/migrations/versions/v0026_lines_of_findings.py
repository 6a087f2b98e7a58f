"""What lists show of a finding (its title, its documents) beside it, so that a list is drawn without unpacking any;
``data`` goes to the end of the row, for what stands behind it is read with all of it. Indexes that hold all that a
list is counted and chosen by, and what was handed in by unit."""

from __future__ import annotations

import json

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

KEPT = (
    "criteria_set, whole, unit, requirement, unit_order, place, field, criterion, status, points_max, points_low, "
    "points_high, due, facts, judged, decision, at"
)
BATCH = 500  # findings moved at a time: about 5 MB


def upgrade() -> None:
    """Makes the table of findings anew with the rows that are there, and the indexes."""
    op.create_table(
        "findings_with_lines",
        _text("criteria_set"), sa.Column("whole", sa.Boolean(), nullable=False), _text("unit"), _text("requirement"),
        _number("unit_order"), _number("place"), _text("field"), _text("criterion"), _text("status"),
        _text("points_max"), _text("points_low"), _text("points_high"), _text("due", True), _text("facts"),
        _text("judged"), _number("decision", True), _text("at"), _text("title"), _text("documents"),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("criteria_set", "whole", "unit", "requirement", name="pk_findings"),
    )  # fmt: skip
    _move_rows()
    op.drop_table("findings")
    op.rename_table("findings_with_lines", "findings")
    op.create_index("ix_findings_place", "findings", ["criteria_set", "whole", "unit_order", "place"])
    listed = ["unit_order", "field", "criterion", "status", "judged", "requirement", "decision", "due"]
    op.create_index("ix_findings_unit", "findings", ["criteria_set", "whole", "unit", "place", *listed])
    op.drop_index("ix_submissions_unit", "submissions")
    op.create_index("ix_submissions_unit", "submissions", ["unit", "sha256"])
    op.create_index("ix_records_unread", "records", ["sha256"], sqlite_where=sa.text("status = 'unreadable'"))


def _move_rows() -> None:
    connection = op.get_bind()
    marks = ", ".join("?" for _ in range(KEPT.count(",") + 4))
    last = 0
    while True:
        rows = connection.exec_driver_sql(
            f"SELECT rowid, {KEPT}, data FROM findings WHERE rowid > ? ORDER BY rowid LIMIT {BATCH}", (last,)
        ).all()
        if not rows:
            return
        last = rows[-1][0]
        moved = [(*row[1:-1], *_read_line(row[-1]), row[-1]) for row in rows]
        connection.exec_driver_sql(
            f"INSERT INTO findings_with_lines ({KEPT}, title, documents, data) VALUES ({marks})", moved
        )


def _read_line(data: bytes) -> tuple[str, str]:
    finding = json.loads(data)
    return finding["title"], " ".join(finding["documents"])


def _text(name: str, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(), nullable=nullable)


def _number(name: str, nullable: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=nullable)

"""What people decided on the proposals of a criteria set, the versions that came of it, and what is remembered."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates the three ledgers, and triggers that refuse to change or remove what stands in them."""
    _versions()
    _answers()
    for ledger in ("criteria_versions", "review_answers", "wording_rules"):
        for act in ("update", "delete"):
            op.execute(
                f"CREATE TRIGGER tr_{ledger}_{act} BEFORE {act.upper()} ON {ledger} "
                f"BEGIN SELECT RAISE(ABORT, '{ledger} are append-only'); END"
            )


def _versions() -> None:
    op.create_table(
        "criteria_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("act", sa.String(), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("answers", sa.LargeBinary(), nullable=False),
        sa.Column("last_answer", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(64), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_criteria_versions"),
        sa.ForeignKeyConstraint(["name"], ["criteria_sets.name"], name="fk_criteria_versions_name"),
    )
    op.create_index("ix_criteria_versions_name", "criteria_versions", ["name"])


def _answers() -> None:
    op.create_table(
        "review_answers",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_review_answers"),
        sa.ForeignKeyConstraint(["name"], ["criteria_sets.name"], name="fk_review_answers_name"),
    )
    op.create_index("ix_review_answers_name", "review_answers", ["name"])
    op.create_table(
        "wording_rules",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("rule", sa.LargeBinary(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_wording_rules"),
    )
    op.create_index("ix_wording_rules_words", "wording_rules", ["words"])

"""Who signs in by a provider of OpenID Connect as which account."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates the table; accounts of before sign in by password alone."""
    op.create_table(
        "account_identities",
        sa.Column("issuer", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("account", sa.Integer(), nullable=False),
        sa.Column("managed", sa.Boolean(), nullable=False),
        sa.Column("at", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("issuer", "subject", name="pk_account_identities"),
        sa.ForeignKeyConstraint(["account"], ["accounts.id"], name="fk_account_identities_account"),
    )
    op.create_index("ix_account_identities_account", "account_identities", ["account"])

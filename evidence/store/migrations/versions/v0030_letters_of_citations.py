"""Citations by the letters of their number (615/QĐ-UBND -> qdubnd): what cites a unit's papers is found by them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None

LETTERS = "substr(number_key, length(rtrim(number_key, replace(number_key, '/', ''))) + 1, 40)"


def upgrade() -> None:
    """Adds the index."""
    op.create_index("ix_citations_letters", "citations", [sa.text(LETTERS)])

"""Run by Alembic: all migrations inside the one transaction that the caller opened, so a kill leaves the old state."""

from alembic import context

import evidence.store.accounts.tables
import evidence.store.audit.tables
import evidence.store.findings.tables
import evidence.store.jobs.tables
import evidence.store.plans.tables
import evidence.store.receipts.tables
import evidence.store.schema
import evidence.store.searches.tables
import evidence.store.slips.tables
import evidence.store.worklist.tables  # noqa: F401  (the tables)
from evidence.store.schema_base import Base

config = getattr(context, "config", None)  # None where this file is only imported, by a test collector
if config is not None:
    context.configure(connection=config.attributes["connection"], target_metadata=Base.metadata, render_as_batch=True)
    context.run_migrations()

"""Run by Alembic: all migrations inside the one transaction that the caller opened, so a kill leaves the old state."""

from alembic import context

from evidence.store.engines.all_tables import METADATA

config = getattr(context, "config", None)  # None where this file is only imported, by a test collector
if config is not None:
    context.configure(connection=config.attributes["connection"], target_metadata=METADATA, render_as_batch=True)
    context.run_migrations()

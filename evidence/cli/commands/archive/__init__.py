"""Commands on the archive as a whole: ingest, backup, restore, verify, reindex, reread."""

"""Search over an archive: the index kept in step with the store, and what is asked of it."""

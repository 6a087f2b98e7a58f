"""The audit: what was done to the archive, by whom, from where; a chain of hashes that only grows."""

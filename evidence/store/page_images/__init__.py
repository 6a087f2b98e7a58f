"""Pictures of pages as browsers show them: a cache on the disk."""

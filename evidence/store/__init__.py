"""The database of record and the originals by content hash. What stands here was read and is kept."""

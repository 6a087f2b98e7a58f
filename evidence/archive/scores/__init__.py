"""The scoring year over an archive: surveys taken in, points joined, units ranked, losses explained, years compared."""

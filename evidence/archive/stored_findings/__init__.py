"""Findings kept in the archive: found anew where something changed, counted and walked through without a check."""

"""Findings as they are kept: by set and unit, what they rest on, what waits to be found anew."""

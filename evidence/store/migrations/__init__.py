"""The database's versions, from the first table on. ``HEAD`` is the one this program reads and writes."""

LAST = 30
KNOWN = tuple(f"{number:04}" for number in range(1, LAST + 1))
HEAD = KNOWN[-1]

"""The database's versions, from the first table on. ``HEAD`` is the one this program reads and writes."""

HEAD = "0014"
KNOWN = ("0001", "0002", "0003", "0004", "0005", "0006", "0007", "0008", "0009", "0010", "0011", "0012", "0013", "0014")

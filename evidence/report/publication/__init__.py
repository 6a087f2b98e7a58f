"""A published index for people: annexes, report and charts, one file a format."""

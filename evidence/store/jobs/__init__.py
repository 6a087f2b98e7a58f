"""Jobs: work that other processes do, waiting in a table."""

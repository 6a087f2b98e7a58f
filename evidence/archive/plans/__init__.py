"""Plans of work: taken in from the table as issued, and held against what was handed in."""

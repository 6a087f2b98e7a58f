"""What a unit has to do and what became of what it handed in."""

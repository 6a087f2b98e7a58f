"""What was sent to units, and their answers: append-only."""

"""What was handed in: what a run took it as, and how people put it right."""

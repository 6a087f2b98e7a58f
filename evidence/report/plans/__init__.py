"""A plan and its progress for machines and for the terminal."""

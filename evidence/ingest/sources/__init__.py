"""Which files are handed in, what each of them is, and when new ones arrive."""

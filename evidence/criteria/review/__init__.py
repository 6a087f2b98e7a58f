"""Reviewing the proposals of a set: what is shown, what people write, what becomes of the set."""

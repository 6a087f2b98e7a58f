"""Rounds that were closed."""

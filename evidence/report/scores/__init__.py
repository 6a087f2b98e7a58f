"""Points, indexes and ranks for people and machines."""

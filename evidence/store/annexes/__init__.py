"""The files that criteria sets were read from, and where on their pages each proposal stands."""

"""Several engines' readings of one row: what they agree on, and how sure that is."""

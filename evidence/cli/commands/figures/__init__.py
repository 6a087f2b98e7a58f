"""Commands on figures: what papers state, and what counts."""

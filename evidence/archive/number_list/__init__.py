"""A list of document numbers as an office keeps it, and what the archive holds of them."""

"""Commands on single documents: read, search, show, correct."""

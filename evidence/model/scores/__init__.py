"""The nouns of a year that is published."""

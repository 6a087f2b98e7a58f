"""Fonts that print other letters than the file says: signs by which such a text layer is doubted."""

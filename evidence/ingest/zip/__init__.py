"""ZIP as people hand it in: one broken name, header or member costs that member alone."""

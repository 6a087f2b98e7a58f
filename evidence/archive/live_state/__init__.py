"""What changes while people look on: how far jobs are, which units' findings are new ones."""

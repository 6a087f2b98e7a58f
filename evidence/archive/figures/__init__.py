"""Figures: proposed from what papers state, confirmed by people, joined with those that come with a command."""

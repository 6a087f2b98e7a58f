"""Figures as people and machines see them: proposals, those that count, what one paper states."""

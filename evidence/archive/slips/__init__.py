"""Slips: what appraisers send the units at once."""

"""Commands of the scoring year: score, survey."""

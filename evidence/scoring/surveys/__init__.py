"""Surveys: the map that says what a table means, the table counted, the counts turned into points. Pure."""

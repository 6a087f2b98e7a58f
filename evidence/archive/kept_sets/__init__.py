"""Sets kept in the archive as people go on with them: reviewed, given their units."""

"""A document's pages become its record: zones, then values with their proof. Pure: no files, no clock, no network."""

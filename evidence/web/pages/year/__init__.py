"""The scoring year in pages: charts and workbook of the ranking, a unit's year, surveys, plans of work."""

"""A criteria set as data: its file, requirements, due dates, calendars, formulas; the import of annexes. Pure."""

"""Which database an archive is kept in: SQLite by default, PostgreSQL by a URL. What differs between them is here."""

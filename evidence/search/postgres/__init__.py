"""PostgreSQL's full text: the index in the archive's own database, for several machines with nothing more to run."""

"""Workers of an archive on PostgreSQL: Procrastinate hands out the jobs, single-threaded children do them."""

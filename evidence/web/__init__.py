"""The pages and the HTTP API: a door to the archive, as the command line is."""

"""One file -> its record, many in parallel: the only package that knows both ingest and extract."""

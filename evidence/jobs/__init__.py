"""Work that other processes do: jobs taken from a table, and the worker that runs them."""

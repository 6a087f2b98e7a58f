"""Plans of work that were imported, and what people marked of their tasks."""

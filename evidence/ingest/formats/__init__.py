"""One file a format that is read, and the registry that finds it by media type."""

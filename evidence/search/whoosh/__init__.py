"""The search engine on Whoosh: schema, writer, index, and queries planned for it."""

"""The search engine on Whoosh: schema and writer; the index read as arrays, and plans evaluated on them."""

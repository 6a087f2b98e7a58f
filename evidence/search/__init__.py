"""Finding documents again. The index is a cache: made from the store, thrown away and made again at any time."""

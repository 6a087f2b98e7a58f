"""The language: composition, folding, syllables, words. Knows nothing of documents."""

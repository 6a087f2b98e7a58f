"""From a recogniser's letters to words: CTC, syllable bigrams, spelling, punctuation."""

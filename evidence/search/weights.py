"""What each kind of match weighs, beside one word of the text at 1. Chosen on one half of a scripted set of queries and
shown on the other (``docs/benchmarks.md``)."""

BEARS = 1000.0  # above any sum of word scores (BM25 of the longest real query stayed under 300)
BORNE = 20.0  # the document bears the number
CHANGES = 200.0  # above a signed paper that names it often: it amends, replaces or repeals the document of that number
CITES_PART = 60.0  # it cites a number of which a part was typed
SIGNED = 60.0  # it is no draft: above what a short paper gains by naming the number (15 to 40)
NAMED = 6.0  # its text names the number or the date
TITLE = 1.0  # a word in kind or subject
MARKED = 0.3  # a word with the marks that were typed
PAIR = 0.5  # two words side by side
RUN = 6.0  # all the words side by side
TITLE_RUN = 6.0  # the same in kind and subject

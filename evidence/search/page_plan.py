"""Which pages of a long file show why it was found."""

from __future__ import annotations

from itertools import pairwise

from evidence.search import analyzer
from evidence.search.abbreviations import flatten_words
from evidence.search.conditions import cited_start, find_number_pieces
from evidence.search.plan import PhraseTerms, Plan, PrefixTerm, Should, Term
from evidence.search.query import PhraseSought, Query, Words
from evidence.search.weights import NAMED, PAIR, RUN


def plan_pages(query: Query) -> Plan | None:
    """What brings up the pages of a long file on which it shows why it was found; None where nothing of its text was
    looked for."""
    runs = [flatten_words(leaf.terms) for leaf in query.wanted() if isinstance(leaf, Words | PhraseSought)]
    runs += [flatten_words(part.typed) for part in query.number_parts]
    runs += [flatten_words(sought.typed) for sought in query.dates]
    runs += [flatten_words(wording) for sought in query.periods for wording in sought.wordings]
    words: list[Plan] = [Term("page_f", term) for run in runs for term in dict.fromkeys(run)]
    sides: list[Plan] = [PhraseTerms("page_f", run, RUN) for run in runs if len(run) > 1]
    sides += [PhraseTerms("page_f", pair, PAIR) for run in runs for pair in dict.fromkeys(pairwise(run))]
    figures = [analyzer.number_term(number) for number in (*query.own_numbers, *query.cited_numbers)]
    figures += [str(sought.date) for sought in query.dates]
    starts: list[Plan] = [PrefixTerm("page_f", start) for start in query.starts]
    parts = [PrefixTerm("page_n", cited_start(pieces), NAMED) for pieces in find_number_pieces(query)]
    either = (*words, *sides, *starts, *(Term("page_n", term, NAMED) for term in figures), *parts)
    return Should(either) if either else None

"""A plan in Tantivy's own queries."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from tantivy import FieldType, Occur, Query, Schema, Searcher

from evidence.search.entries import DOCUMENT
from evidence.search.plan import (
    Constant,
    Everything,
    MinShould,
    Must,
    PhraseTerms,
    Plan,
    PrefixTerm,
    Range,
    Should,
    Term,
    Without,
)

PAIRED = ("body_f", "title_f")
"""Fields whose neighbouring terms are kept as terms of their own too: where every document has both words, to look for
them beside each other costs twenty times as much by their positions as by one list of documents."""
BETWEEN = "\x1f"  # between the two terms of a pair


def name_pairs(field: str) -> str:
    """The field that keeps the pairs of a field."""
    return f"{field}_2"


def join_pairs(terms: Sequence[str]) -> Iterator[str]:
    """Each term with the next, as one term."""
    return (f"{left}{BETWEEN}{right}" for left, right in pairwise(terms))


class PlanCompiler:
    """Makes queries of the engine for what one searcher sees."""

    def __init__(self, schema: Schema, searcher: Searcher) -> None:
        self.schema, self._searcher = schema, searcher

    def compile(self, plan: Plan) -> Query:
        """The query that matches and scores as the plan says."""
        if isinstance(plan, Everything):
            return Query.const_score_query(Query.term_query(self.schema, "sort", DOCUMENT, "basic"), 1.0)
        if isinstance(plan, Term | PhraseTerms | PrefixTerm | Range):
            return self._compile_leaf(plan)
        if isinstance(plan, Constant):
            return Query.const_score_query(self.compile(plan.part), plan.score)
        if isinstance(plan, Must):
            return self._join(Occur.Must, plan.parts)
        if isinstance(plan, Should):
            return self._join(Occur.Should, plan.parts)
        if isinstance(plan, MinShould):
            parts = [(Occur.Should, self.compile(part)) for part in plan.parts]
            return Query.boolean_query(parts, minimum_number_should_match=plan.least)
        if isinstance(plan, Without):
            excluded = (Occur.MustNot, self.compile(plan.excluded))
            return Query.boolean_query([(Occur.Must, self.compile(plan.part)), excluded])
        boosts = [(Occur.Should, self.compile(boost)) for boost in plan.boosts]
        return Query.boolean_query([(Occur.Must, self.compile(plan.part)), *boosts])

    def _compile_leaf(self, plan: Term | PhraseTerms | PrefixTerm | Range) -> Query:
        if isinstance(plan, Range):
            return Query.range_query(self.schema, plan.field, FieldType.Integer, plan.first, plan.last)
        boost = plan.boost
        if isinstance(plan, Term):
            query = Query.term_query(self.schema, plan.field, plan.term, "freq")
        elif isinstance(plan, PhraseTerms) and len(plan.terms) == 2 and plan.field in PAIRED:
            (pair,) = join_pairs(plan.terms)
            query = Query.term_query(self.schema, name_pairs(plan.field), pair, "freq")
            boost *= self._weigh_phrase(plan) / self._weigh(name_pairs(plan.field), pair)
        elif isinstance(plan, PhraseTerms):
            query = self._compile_phrase(plan)
        else:
            query = Query.regex_query(self.schema, plan.field, re.escape(plan.start) + ".*")
        return query if boost == 1.0 else Query.boost_query(query, boost)

    def _compile_phrase(self, plan: PhraseTerms) -> Query:
        """Where pairs are kept, the positions are read of those documents alone that have every pair."""
        phrase = Query.phrase_query(self.schema, plan.field, list(plan.terms))
        if plan.field not in PAIRED or len(plan.terms) < 2:
            return phrase
        field = name_pairs(plan.field)
        pairs = [Query.term_query(self.schema, field, pair, "basic") for pair in dict.fromkeys(join_pairs(plan.terms))]
        having = Query.const_score_query(Query.boolean_query([(Occur.Must, pair) for pair in pairs]), 0.0)
        return Query.boolean_query([(Occur.Must, having), (Occur.Must, phrase)])

    def _weigh_phrase(self, plan: PhraseTerms) -> float:
        """A phrase weighs what its terms weigh together, as in every engine: a pair is the rarer word."""
        return sum(self._weigh(plan.field, term) for term in plan.terms)

    def _weigh(self, field: str, term: str) -> float:
        """The engine's weight of a term, by how many documents have it (BM25)."""
        having = self._searcher.doc_freq(field, term)
        return math.log1p((max(self._searcher.num_docs, having) - having + 0.5) / (having + 0.5))

    def _join(self, occur: Occur, parts: Iterable[Plan]) -> Query:
        return Query.boolean_query([(occur, self.compile(part)) for part in parts])

"""A plan in Tantivy's own queries."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tantivy import FieldType, Occur, Query, Schema

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


def compile_plan(plan: Plan, schema: Schema) -> Query:
    """The query of the engine that matches and scores as the plan says."""
    if isinstance(plan, Everything):
        return Query.const_score_query(Query.term_query(schema, "sort", DOCUMENT, "basic"), 1.0)
    if isinstance(plan, Term | PhraseTerms | PrefixTerm | Range):
        return _compile_leaf(plan, schema)
    if isinstance(plan, Constant):
        return Query.const_score_query(compile_plan(plan.part, schema), plan.score)
    if isinstance(plan, Must):
        return _join(Occur.Must, plan.parts, schema)
    if isinstance(plan, Should):
        return _join(Occur.Should, plan.parts, schema)
    if isinstance(plan, MinShould):
        parts = [(Occur.Should, compile_plan(part, schema)) for part in plan.parts]
        return Query.boolean_query(parts, minimum_number_should_match=plan.least)
    if isinstance(plan, Without):
        excluded = (Occur.MustNot, compile_plan(plan.excluded, schema))
        return Query.boolean_query([(Occur.Must, compile_plan(plan.part, schema)), excluded])
    boosts = [(Occur.Should, compile_plan(boost, schema)) for boost in plan.boosts]
    return Query.boolean_query([(Occur.Must, compile_plan(plan.part, schema)), *boosts])


def _compile_leaf(plan: Term | PhraseTerms | PrefixTerm | Range, schema: Schema) -> Query:
    if isinstance(plan, Range):
        return Query.range_query(schema, plan.field, FieldType.Integer, plan.first, plan.last)
    if isinstance(plan, Term):
        query = Query.term_query(schema, plan.field, plan.term, "freq")
    elif isinstance(plan, PhraseTerms):
        query = Query.phrase_query(schema, plan.field, list(plan.terms))
    else:
        query = Query.regex_query(schema, plan.field, re.escape(plan.start) + ".*")
    return query if plan.boost == 1.0 else Query.boost_query(query, plan.boost)


def _join(occur: Occur, parts: Iterable[Plan], schema: Schema) -> Query:
    return Query.boolean_query([(occur, compile_plan(part, schema)) for part in parts])

"""A plan in Whoosh's own queries."""

from __future__ import annotations

from itertools import pairwise

from whoosh import query as engine
from whoosh.query import Query as EngineQuery

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
from evidence.search.whoosh.at_least import AtLeast
from evidence.search.whoosh.schema import PAIRS


def compile_plan(plan: Plan) -> EngineQuery:
    """The query of the engine that matches and scores as the plan says."""
    if isinstance(plan, Everything):
        return engine.ConstantScoreQuery(engine.Term("sort", DOCUMENT))
    if isinstance(plan, Term | PhraseTerms | PrefixTerm | Range):
        return _compile_leaf(plan)
    if isinstance(plan, Constant):
        return engine.ConstantScoreQuery(compile_plan(plan.part), score=plan.score)
    if isinstance(plan, Must):
        return engine.And([compile_plan(part) for part in plan.parts])
    if isinstance(plan, Should):
        return engine.Or([compile_plan(part) for part in plan.parts])
    if isinstance(plan, MinShould):
        return AtLeast(tuple(compile_plan(part) for part in plan.parts), plan.least)
    if isinstance(plan, Without):
        return engine.AndNot(compile_plan(plan.part), compile_plan(plan.excluded))
    boosts = [compile_plan(boost) for boost in plan.boosts]
    return engine.AndMaybe(compile_plan(plan.part), boosts[0] if len(boosts) == 1 else engine.Or(boosts))


def _compile_leaf(plan: Term | PhraseTerms | PrefixTerm | Range) -> EngineQuery:
    if isinstance(plan, Term):
        return engine.Term(plan.field, plan.term, boost=plan.boost)
    if isinstance(plan, PrefixTerm):
        return engine.Prefix(plan.field, plan.start, boost=plan.boost)
    if isinstance(plan, Range):
        last = plan.last if plan.last is not None else 99_999_999
        return engine.NumericRange("date", plan.first if plan.first is not None else 1, last)
    return _phrase(plan)


def _phrase(plan: PhraseTerms) -> EngineQuery:
    """A phrase of two words in the body is one of the pairs; a longer one stands only where all its pairs stand."""
    if plan.field != "body_f":
        return engine.Phrase(plan.field, list(plan.terms), boost=plan.boost)
    pairs = [engine.Term(PAIRS, f"{left}_{right}") for left, right in dict.fromkeys(pairwise(plan.terms))]
    if len(plan.terms) == 2:
        (pair,) = pairs
        return engine.Term(PAIRS, pair.text, boost=plan.boost)
    return engine.Require(engine.Phrase(plan.field, list(plan.terms), boost=plan.boost), engine.And(pairs))

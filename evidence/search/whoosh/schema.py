"""The fields of the index, each fed ready terms: none is split by the engine."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import pairwise

from whoosh import fields
from whoosh.analysis import SpaceSeparatedTokenizer

from evidence.search.entries import FACETS, FREQUENCIES, KEYS, POSITIONS, IndexEntry, PageTerms, analyze_entry
from evidence.search.whoosh.writer import TermField

PAIRS = "big"  # the pairs of neighbours of body_f, each as one term: a phrase of two without its positions
FACET_END = "\x1e"  # between the values of a facet


def build_schema() -> fields.Schema:
    """The fields. Nothing of the text is stored in the index."""
    words = SpaceSeparatedTokenizer()
    schema = fields.Schema(
        id=fields.ID(unique=True, stored=True),
        revision=fields.STORED,
        page=fields.STORED,
        date=fields.NUMERIC(numtype=int, bits=32, sortable=True, default=0),
    )
    for name in POSITIONS:
        schema.add(name, TermField(analyzer=words))
    for name in (*FREQUENCIES, PAIRS):
        schema.add(name, TermField(analyzer=words, phrase=False))
    for name in KEYS:
        schema.add(name, TermField(analyzer=words, phrase=False))
    for name in FACETS:
        schema.add(name, TermField(analyzer=words, phrase=False, end=FACET_END))
    return schema


def page_fields(page: PageTerms) -> Mapping[str, object]:
    """A page of a long file as the engine takes it."""
    return {"page": page.number, **{name: " ".join(terms) for name, terms in page.terms.items() if terms}}


def index_fields(entry: IndexEntry) -> Mapping[str, object]:
    """The entry as the engine takes it."""
    analyzed = analyze_entry(entry)
    pairs = [f"{left}_{right}" for left, right in pairwise(analyzed.terms["body_f"])]
    dated = {"date": analyzed.date} if analyzed.date is not None else {}
    return {
        "id": entry.sha256,
        "revision": entry.revision,
        **{name: " ".join(terms) for name, terms in analyzed.terms.items() if terms},
        **{name: FACET_END.join(values) for name, values in analyzed.facets.items() if values},
        PAIRS: " ".join(pairs),
        **dated,
    }

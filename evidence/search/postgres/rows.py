"""The rows that a document becomes in the tables of the index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from evidence.search.entries import IndexEntry, analyze_entry, analyze_pages
from evidence.search.postgres.frequencies import pack_frequencies
from evidence.search.postgres.schema import (
    OFTEN,
    PAIRED,
    RUNS,
    STRONG,
    USUAL,
    make_lexeme,
    make_pair,
    quote_lexeme,
)

VECTOR = 400_000  # bytes of lexemes in one row; PostgreSQL takes a million
K1, B = 1.2, 0.75
COUNTED = ("body_f", "title_f")
"""Fields of which the index knows how often a term stands there."""


@dataclass(frozen=True, slots=True)
class EntryRows:
    """``vectors``: all lexemes, as the texts of tsvectors; ``words``: the terms of ``body_f``, each once; ``facets``:
    field and value; ``runs``: the terms of each field of ``RUNS`` as text; ``pages``: number, terms, figures."""

    sha256: str
    revision: int
    date: int | None
    body_length: int
    title_length: int
    frequencies: bytes
    vectors: tuple[str, ...]
    words: tuple[str, ...]
    facets: tuple[tuple[str, str], ...]
    runs: tuple[str | None, ...]
    pages: tuple[tuple[int, str, str], ...]


def make_rows(entry: IndexEntry) -> EntryRows:
    analyzed = analyze_entry(entry)
    terms = {name: values for name, values in analyzed.terms.items() if name != "sort"}
    lexemes = Counter({make_lexeme(name, term): 0 for name, values in terms.items() for term in values})
    for name in COUNTED:
        lexemes.update(make_lexeme(name, term) for term in terms[name])
    for name in PAIRED:
        lexemes.update(make_pair(name, left, right) for left, right in pairwise(terms[name]))
    frequencies = pack_frequencies(lexemes)
    body = Counter(terms["body_f"])
    strong = (
        make_lexeme(STRONG, term) for term, count in body.items() if weigh_count(count, len(terms["body_f"])) > OFTEN
    )
    facets = tuple((name, value) for name, values in analyzed.facets.items() for value in dict.fromkeys(values))
    every = [*lexemes, *strong, *(make_lexeme(name, value) for name, value in facets)]
    return EntryRows(
        sha256=entry.sha256,
        revision=entry.revision,
        date=analyzed.date,
        body_length=len(terms["body_f"]),
        title_length=len(terms["title_f"]),
        frequencies=frequencies,
        vectors=tuple(_write_vectors(every)),
        words=tuple(make_lexeme("body_f", term) for term in body),
        facets=facets,
        runs=tuple(join_terms(terms[name]) if terms[name] else None for name in RUNS),
        pages=tuple(
            (page.number, join_terms(page.terms["page_f"]), join_terms(page.terms["page_n"]))
            for page in analyze_pages(entry)
        ),
    )


def join_terms(terms: Sequence[str]) -> str:
    """Terms as text, each between two blanks, so that a run of them is found as a piece of it."""
    return f" {' '.join(terms)} "


def weigh_count(count: float, length: int) -> float:
    """What a term weighs that stands there so often in a text of so many terms, beside one of usual length (BM25)."""
    return count * (K1 + 1) / (count + K1 * (1 - B + B * length / USUAL))


def _write_vectors(lexemes: Sequence[str]) -> Iterator[str]:
    """Texts of tsvectors, none longer than PostgreSQL takes."""
    parts: list[str] = []
    size = 0
    for lexeme in dict.fromkeys(lexemes):
        quoted = quote_lexeme(lexeme)
        parts.append(quoted)
        size += len(quoted.encode())
        if size > VECTOR:
            yield " ".join(parts)
            parts, size = [], 0
    if parts:
        yield " ".join(parts)

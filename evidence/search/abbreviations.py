"""Abbreviations both ways: index and query write them out alike, so ``CCHC`` and its words are the same run of terms.

From the one table; an index made with another table is another index (``entries.ANALYSIS``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache

from evidence.search import analyzer
from evidence.values.abbreviation import Use, expansions


def expand(word: str) -> list[tuple[str, ...]]:
    """What a word (folded, marks kept or not) is short for, without marks; empty where it is none.

    >>> expand("cchc"), expand("qppl")[0]
    ([('cai', 'cach', 'hanh', 'chinh')], ('quy', 'pham', 'phap', 'luat'))
    """
    return _full_forms().get(analyzer.strip_term_marks([word])[0], [])


def write_out(flat: Iterable[str]) -> list[str]:
    """The words (without marks) with every abbreviation written out.

    >>> write_out(["kiem", "soat", "tthc"])
    ['kiem', 'soat', 'thu', 'tuc', 'hanh', 'chinh']
    """
    table = _full_forms()
    return [term for word in flat for term in (table[word][0] if word in table else (word,))]


def flatten_words(words: Iterable[str]) -> tuple[str, ...]:
    """The words (folded) as the index has them: without marks, abbreviations written out."""
    return tuple(write_out(analyzer.strip_term_marks(words)))


def table_version() -> str:
    """What tells one table from another."""
    return hashlib.sha256(repr(sorted(_full_forms().items())).encode()).hexdigest()[:12]


def find_short_forms(flat: tuple[str, ...], at: int) -> tuple[tuple[str, ...], int]:
    """The abbreviations of the longest run of words (without marks) that begins at ``at``, and its length; 0: none.

    >>> find_short_forms(("bao", "cao", "cai", "cach", "hanh", "chinh"), 2)
    (('cchc',), 4)
    """
    table = _short_forms()
    for size in range(min(_longest(), len(flat) - at), 1, -1):
        short = table.get(flat[at : at + size])
        if short:
            return short, size
    return (), 0


@cache
def _full_forms() -> dict[str, list[tuple[str, ...]]]:
    table: dict[str, list[tuple[str, ...]]] = {}
    for short, full in expansions(Use.QUERY).items():
        terms = analyzer.strip_term_marks(analyzer.extract_terms(short))
        if len(terms) == 1:
            table.setdefault(terms[0], []).append(tuple(analyzer.strip_term_marks(analyzer.extract_terms(full))))
    return table


@cache
def _short_forms() -> dict[tuple[str, ...], tuple[str, ...]]:
    table: dict[tuple[str, ...], tuple[str, ...]] = {}
    for short, runs in _full_forms().items():
        for run in runs:
            table[run] = (*table.get(run, ()), short)
    return table


@cache
def _longest() -> int:
    return max(map(len, _short_forms()), default=0)

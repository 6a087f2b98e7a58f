"""Abbreviations both ways: index and query write them out alike, so ``CCHC`` and its words are the same run of terms.

From the one table; an index made with another table is another index (``entries.ANALYSIS``).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
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


def place_words(flat: Iterable[str]) -> tuple[list[str], list[int]]:
    """The words written out, and of which word each is a part.

    >>> place_words(["so", "cchc"])
    (['so', 'cai', 'cach', 'hanh', 'chinh'], [0, 1, 1, 1, 1])
    """
    table = _full_forms()
    written: list[str] = []
    places: list[int] = []
    for at, word in enumerate(flat):
        full = table[word][0] if word in table else (word,)
        written += full
        places += [at] * len(full)
    return written, places


def list_short_forms(wanted: Callable[[str], bool]) -> set[str]:
    """The abbreviations that are written out with a wanted word among others.

    >>> "tthc" in list_short_forms(lambda term: term == "tuc")
    True
    """
    return {short for short, full in _full_forms().items() if any(map(wanted, full[0]))}


def flatten_words(words: Iterable[str]) -> tuple[str, ...]:
    """The words (folded) as the index has them: without marks, abbreviations written out."""
    return tuple(write_out(analyzer.strip_term_marks(words)))


def table_version() -> str:
    """What tells one table from another."""
    return hashlib.sha256(repr(sorted(_full_forms().items())).encode()).hexdigest()[:12]


@cache
def _full_forms() -> dict[str, list[tuple[str, ...]]]:
    table: dict[str, list[tuple[str, ...]]] = {}
    for short, full in expansions(Use.QUERY).items():
        terms = analyzer.strip_term_marks(analyzer.extract_terms(short))
        if len(terms) == 1:
            table.setdefault(terms[0], []).append(tuple(analyzer.strip_term_marks(analyzer.extract_terms(full))))
    return table

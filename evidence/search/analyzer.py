"""Text as search sees it: analysed once, here, the same for the index, the query and the highlighter.

A term is a run of letters and digits, folded (``text.fold``): tones in one place, one đ, lower case. No word is too
short or too common to be kept: Whoosh's own analyzer drops one-digit numbers (``5/QĐ-UBND``) and takes ``an``, ``in``,
``to`` for English stop words. Beside the exact terms stand the folded ones, without marks, for what is typed without
marks, and their bigrams, which bring documents up where the syllables stand side by side (MRR .500 -> .539).

>>> extract_terms("Uỷ ban, 5/QĐ-UBND")
['ủy', 'ban', '5', 'qđ', 'ubnd']
>>> join_bigrams(strip_term_marks(extract_terms("cải cách hành chính")))
['cai_cach', 'cach_hanh', 'hanh_chinh']
>>> extract_figures("Quyết định số 05/QĐ-UBND ngày 3 tháng 2 năm 2024")
['5/qdubnd', '2024-02-03']
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from evidence.values import date as dates
from evidence.values import number as numbers
from evidence.values.number import Number
from evidence.vietnamese.text import fold, fold_map, strip_marks

_TERM = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Token:
    """A term and the characters ``start:end`` of the text that it comes from."""

    term: str
    start: int
    end: int


def tokenize(text: str) -> list[Token]:
    """The terms of a text with their places in it, as it was given."""
    folded, offsets = fold_map(text)
    ends = [*offsets[1:], len(text)]
    return [Token(match.group(), offsets[match.start()], ends[match.end() - 1]) for match in _TERM.finditer(folded)]


def extract_terms(text: str) -> list[str]:
    """The terms of a text."""
    return _TERM.findall(fold(text))


def strip_term_marks(terms: Iterable[str]) -> list[str]:
    """The terms without their marks."""
    return [_strip_marks(term) for term in terms]


@lru_cache(maxsize=100_000)
def _strip_marks(term: str) -> str:
    return term if term.isascii() else strip_marks(term)


def join_bigrams(terms: list[str]) -> list[str]:
    """Each two neighbours as one term."""
    return [f"{left}_{right}" for left, right in pairwise(terms)]


def extract_figures(text: str) -> list[str]:
    """The numbers of documents and the dates in a text: one term each, however they are written."""
    figures = [number_term(match.number) for match in numbers.search(text)]
    return figures + [str(match.date) for match in dates.search(text) if match.date]


def number_term(number: Number) -> str:
    """The term of a document's number."""
    return number.key.replace(" ", "")


def split_number(number: Number) -> list[str]:
    """What a document's own number is found by beside the whole: its pieces, exact and without marks.

    >>> split_number(numbers.parse("615/QĐ-UBND"))
    ['615', 'qđ', 'ubnd', 'qd']
    """
    pieces = extract_terms(str(number.plain))
    return list(dict.fromkeys([*pieces, *strip_term_marks(pieces)]))


def label_term(text: str) -> str:
    """A code or name as one term without marks: of a unit, a kind.

    >>> label_term("Quyết định")
    'quyet_dinh'
    """
    return "_".join(strip_term_marks(extract_terms(text)))


def criterion_terms(code: str) -> list[str]:
    """A criterion's code and those it stands under, each as one term.

    >>> criterion_terms("1.2.1")
    ['1', '1_2', '1_2_1']
    """
    pieces = strip_term_marks(extract_terms(code))
    return ["_".join(pieces[: depth + 1]) for depth in range(len(pieces))]

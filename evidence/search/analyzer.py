"""Text as search sees it: analysed once, here, the same for the index, the query and the highlighter.

A term is a run of letters and digits, folded (``text.fold``): tones in one place, one đ, lower case. No word is too
short or too common to be kept: Whoosh's own analyzer drops one-digit numbers (``5/QĐ-UBND``) and takes ``an``, ``in``,
``to`` for English stop words. Beside the exact terms stand the folded ones, without marks, for what is typed without
marks, and their bigrams, which bring documents up where the syllables stand side by side (MRR .500 -> .539).

>>> terms("Uỷ ban, 5/QĐ-UBND")
['ủy', 'ban', '5', 'qđ', 'ubnd']
>>> bigrams(bare(terms("cải cách hành chính")))
['cai_cach', 'cach_hanh', 'hanh_chinh']
>>> figures("Quyết định số 05/QĐ-UBND ngày 3 tháng 2 năm 2024")
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


def tokens(text: str) -> list[Token]:
    """The terms of a text with their places in it, as it was given."""
    folded, offsets = fold_map(text)
    ends = [*offsets[1:], len(text)]
    return [Token(match.group(), offsets[match.start()], ends[match.end() - 1]) for match in _TERM.finditer(folded)]


def terms(text: str) -> list[str]:
    """The terms of a text."""
    return _TERM.findall(fold(text))


def bare(of: Iterable[str]) -> list[str]:
    """The terms without their marks."""
    return [_bare(term) for term in of]


@lru_cache(maxsize=100_000)
def _bare(term: str) -> str:
    return term if term.isascii() else strip_marks(term)


def bigrams(of: list[str]) -> list[str]:
    """Each two neighbours as one term."""
    return [f"{left}_{right}" for left, right in pairwise(of)]


def figures(text: str) -> list[str]:
    """The numbers of documents and the dates in a text: one term each, however they are written."""
    found = [token(match.number) for match in numbers.search(text)]
    return found + [str(match.date) for match in dates.search(text) if match.date]


def token(number: Number) -> str:
    """The term of a document's number."""
    return number.key.replace(" ", "")


def parts(number: Number) -> list[str]:
    """What a document's own number is found by beside the whole: its pieces, exact and without marks.

    >>> parts(numbers.parse("615/QĐ-UBND"))
    ['615', 'qđ', 'ubnd', 'qd']
    """
    pieces = terms(str(number.plain))
    return list(dict.fromkeys([*pieces, *bare(pieces)]))


def label(text: str) -> str:
    """A code or name as one term without marks: of a unit, a kind.

    >>> label("Quyết định")
    'quyet_dinh'
    """
    return "_".join(bare(terms(text)))


def branches(code: str) -> list[str]:
    """A criterion's code and those it stands under, each as one term.

    >>> branches("1.2.1")
    ['1', '1_2', '1_2_1']
    """
    pieces = bare(terms(code))
    return ["_".join(pieces[: depth + 1]) for depth in range(len(pieces))]

"""Where on a page anything that a query looks for stands: numbers, dates, words, words side by side.

Words are found by a pattern of all of them in the flat text (0.1 ms a page), and what stands there is told by the
analyser; only a page whose characters cannot be flattened one by one is split into words as a whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from evidence.search import analyzer
from evidence.search.abbreviations import flatten_words, list_short_forms, place_words
from evidence.search.conditions import find_number_pieces, number_piece
from evidence.search.passages.flat_text import flatten_in_place
from evidence.search.query import Query
from evidence.values import date as dates
from evidence.values import number as numbers

FIGURE, DAY, RUN = 6.0, 4.0, 3.0  # what a number, a date, words side by side weigh against one word

_LETTER = re.compile(r"[^\W_]")
# folding makes "ki" and "kí" "ky": in the flat text either may stand
_EITHER = re.compile(r"(?<![a-z])([hklmst]|qu)[iy](?![a-z])")
_BREAK = ""  # a term that is none: what stands before and behind it does not stand side by side


@dataclass(frozen=True, slots=True)
class SoughtPlace:
    """Characters ``start:end`` of a text, what of the query stands there, and what it weighs."""

    start: int
    end: int
    what: str
    weight: float


class SoughtPlaces:
    """What one query looks for in the text of pages; made once for all of them."""

    def __init__(self, query: Query) -> None:
        self._numbers = _number_terms(query)
        self._parts = tuple(frozenset(map(number_piece, pieces)) for pieces in find_number_pieces(query))
        self._days = frozenset(str(sought.date) for sought in query.dates)
        self._singles = _single_terms(query)
        self._starts = query.starts
        self._runs = _run_terms(query)
        self._pattern = _make_pattern({*self._singles, *chain(*self._runs)}, self._starts)
        figures = FIGURE * (len(self._numbers) + len(self._parts))
        phrases = RUN * len(set(query.phrases))
        self.full_score = figures + DAY * len(query.dates) + phrases + len(self._singles)
        """The score of a window in which each thing that is looked for stands once."""

    def find(self, text: str) -> list[SoughtPlace]:
        """Where anything that is looked for stands, in order, none inside another."""
        places = [*self._find_figures(text), *self._find_words(text)]
        kept: list[SoughtPlace] = []
        for place in sorted(places, key=lambda place: (place.start, -place.end, -place.weight)):
            if not kept or place.start >= kept[-1].end:
                kept.append(place)
        return kept

    def _find_figures(self, text: str) -> Iterator[SoughtPlace]:
        for match in numbers.search(text) if self._numbers or self._parts else ():
            term = analyzer.number_term(match.number)
            pieces = frozenset((term, *analyzer.split_number(match.number)))
            if term in self._numbers or any(part <= pieces for part in self._parts):
                yield SoughtPlace(match.start, match.end, term, FIGURE)
        for day in dates.search(text) if self._days else ():
            if str(day.date) in self._days:
                yield SoughtPlace(day.start, day.end, str(day.date), DAY)

    def _find_words(self, text: str) -> Iterator[SoughtPlace]:
        """Single words and runs of words, marks aside, abbreviations by the words they are short for."""
        if self._pattern is None:
            return
        flat = flatten_in_place(text)
        tokens = analyzer.tokenize(text) if flat is None else list(_scan(text, flat, self._pattern, bool(self._runs)))
        terms, origins = place_words(analyzer.strip_term_marks(token.term for token in tokens))
        for term, origin in zip(terms, origins, strict=True):
            if term in self._singles or (self._starts and term.startswith(self._starts)):
                yield SoughtPlace(tokens[origin].start, tokens[origin].end, term, 1.0)
        for run in self._runs:
            for at in _find_run(terms, run):
                first, last = tokens[origins[at]], tokens[origins[at + len(run) - 1]]
                yield SoughtPlace(first.start, last.end, " ".join(run), RUN)


def _number_terms(query: Query) -> frozenset[str]:
    return frozenset(analyzer.number_term(number) for number in (*query.own_numbers, *query.cited_numbers))


def _single_terms(query: Query) -> frozenset[str]:
    words = [word for word in query.words if len(flatten_words((word,))) == 1]
    words += [term for part in query.number_parts for term in part.typed]
    words += [phrase[0] for phrase in query.phrases if len(flatten_words(phrase)) == 1]
    return frozenset(analyzer.strip_term_marks(words))


def _run_terms(query: Query) -> list[tuple[str, ...]]:
    """The words that are looked for side by side: abbreviations written out, phrases, dates and periods as typed."""
    typed: list[tuple[str, ...]] = [(word,) for word in query.words]
    typed += [*query.phrases, *(sought.typed for sought in query.dates if sought.typed)]
    typed += [wording for sought in query.periods for wording in sought.wordings]
    return [run for words in dict.fromkeys(typed) if len(run := flatten_words(words)) > 1]


def _make_pattern(terms: set[str], starts: Sequence[str]) -> re.Pattern[str] | None:
    """Every word that may be one of the terms, begin as one of ``starts``, or be short for one, up to its end; behind
    whatever stands before it. None where no word is looked for."""
    words = terms | list_short_forms(lambda term: term in terms or term.startswith(tuple(starts)))
    wanted = [_loosen(re.escape(word)) for word in sorted(words)]
    wanted += [rf"{_loosen(re.escape(start))}[^\W_]*" for start in starts]
    return re.compile(rf"(?:{'|'.join(wanted)})(?![^\W_])") if wanted else None


def _loosen(word: str) -> str:
    return _EITHER.sub(r"\1[iy]", word)


def _scan(text: str, flat: str, pattern: re.Pattern[str], apart: bool) -> Iterator[analyzer.Token]:
    """The words that the pattern finds, as the analyser has them; ``apart``: with a break where others stand between
    two of them."""
    behind = 0
    for match in pattern.finditer(flat):
        start, end = match.span()
        if start and _LETTER.match(flat, start - 1):
            continue  # the end of a longer word
        if apart and _LETTER.search(flat, behind, start):
            yield analyzer.Token(_BREAK, start, start)
        behind = end
        terms = analyzer.extract_terms(text[start:end])
        yield analyzer.Token(terms[0], start, end)


def _find_run(terms: Sequence[str], run: tuple[str, ...]) -> Iterable[int]:
    """Where the words stand side by side."""
    size = len(run)
    return [at for at in range(len(terms) - size + 1) if terms[at] == run[0] and tuple(terms[at : at + size]) == run]

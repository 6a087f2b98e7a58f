"""What is shown of a hit: the places of the stored text where the words stand, with exact offsets.

Made by our own highlighter from the stored pages, only for the hits that are shown (1.4 ms a document).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evidence.model.document import Page
from evidence.model.geometry import Box, enclose
from evidence.search import analyzer
from evidence.search.abbreviations import flatten_words, place_words
from evidence.search.conditions import find_number_pieces, number_piece
from evidence.search.query import Query
from evidence.values import date as dates
from evidence.values import number as numbers

WIDTH = 220  # characters shown around the densest place
MOST = 2  # pages shown of one document
POOR = 0.4  # share of the best page's score from which on a second page is worth showing
FIGURE, DAY, RUN = 6.0, 4.0, 3.0  # what a number, a date, words side by side weigh against one word


@dataclass(frozen=True, slots=True)
class Snippet:
    """Characters ``start:start+len(text)`` of the page's text; ``marks`` are the places found, counted in ``text``."""

    page: int
    start: int
    text: str
    marks: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int
    what: str
    weight: float


def make_snippets(pages: Iterable[tuple[int, str]], query: Query) -> tuple[Snippet, ...]:
    """The best places on at most two pages, in order of pages."""
    scored = []
    enough = _full_score(query)
    for number, text in pages:
        places = _places(text, query)
        if places:
            score, window = _densest(places)
            scored.append((score, number, _cut(number, text, window)))
        if sum(score >= enough for score, _, _ in scored) >= MOST:
            break  # no page can show more, and a file may have 500
    best = sorted(scored, key=lambda page: (-page[0], page[1]))[:MOST]
    best = [page for page in best if page[0] >= POOR * best[0][0]]
    return tuple(cut for _, _, cut in sorted(best, key=lambda page: page[1]))


def find_mark(page: Page, snippet: Snippet) -> Box | None:
    """The box round the first thing that was found in the passage, in points of its page."""
    if not snippet.marks:
        return None
    start, end = snippet.marks[0]
    at, boxes = 0, []
    for line in page.lines:
        for word in line.words:
            if word.box and at < snippet.start + end and at + len(word.text) > snippet.start + start:
                boxes.append(word.box)
            at += len(word.text) + 1
        at += not line.words  # the end of an empty line
    return enclose(tuple(boxes))


def _full_score(query: Query) -> float:
    """The score of a window in which each thing that is looked for stands once."""
    days = sum(DAY for _ in query.dates)
    figures = FIGURE * (len(_number_terms(query)) + len(_number_pieces(query)))
    return figures + days + RUN * len(set(query.phrases)) + len(_single_terms(query))


def _places(text: str, query: Query) -> list[_Place]:
    """Where anything that is looked for stands, in order, none inside another."""
    places = [*_figures(text, query), *_words(text, query)]
    kept: list[_Place] = []
    for place in sorted(places, key=lambda place: (place.start, -place.end, -place.weight)):
        if not kept or place.start >= kept[-1].end:
            kept.append(place)
    return kept


def _figures(text: str, query: Query) -> list[_Place]:
    wanted, parts = _number_terms(query), _number_pieces(query)
    days = {str(sought.date) for sought in query.dates}
    places = []
    for match in numbers.search(text) if wanted or parts else ():
        term = analyzer.number_term(match.number)
        pieces = frozenset((term, *analyzer.split_number(match.number)))
        if term in wanted or any(part <= pieces for part in parts):
            places.append(_Place(match.start, match.end, term, FIGURE))
    if days:
        dated = ((match, str(match.date)) for match in dates.search(text))
        places += [_Place(match.start, match.end, key, DAY) for match, key in dated if key in days]
    return places


def _number_terms(query: Query) -> frozenset[str]:
    return frozenset(analyzer.number_term(number) for number in (*query.own_numbers, *query.cited_numbers))


def _number_pieces(query: Query) -> tuple[frozenset[str], ...]:
    """The numbers that are looked for by a part of them, each by its pieces."""
    return tuple(frozenset(map(number_piece, pieces)) for pieces in find_number_pieces(query))


def _words(text: str, query: Query) -> list[_Place]:
    """Where single words and runs of words stand, marks aside, abbreviations by the words they are short for."""
    tokens = analyzer.tokenize(text)
    terms, origins = place_words(analyzer.strip_term_marks(token.term for token in tokens))
    singles = _single_terms(query)
    starts = tuple(analyzer.strip_term_marks(query.prefixes))
    places = [
        _Place(tokens[origin].start, tokens[origin].end, term, 1.0)
        for term, origin in zip(terms, origins, strict=True)
        if term in singles or (starts and term.startswith(starts))
    ]
    for run in _run_terms(query):
        for at in _runs(terms, run):
            first, last = tokens[origins[at]], tokens[origins[at + len(run) - 1]]
            places.append(_Place(first.start, last.end, " ".join(run), RUN))
    return places


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


def _runs(terms: Sequence[str], run: tuple[str, ...]) -> Iterable[int]:
    """Where the words stand side by side."""
    size = len(run)
    return [at for at in range(len(terms) - size + 1) if terms[at] == run[0] and tuple(terms[at : at + size]) == run]


def _densest(places: list[_Place]) -> tuple[float, list[_Place]]:
    """The run of places within one window that shows most different things, each counted once (again: a tenth)."""
    best: tuple[float, list[_Place]] = (0.0, [])
    first = 0
    for last in range(len(places)):
        while first < last and places[last].end - places[first].start > WIDTH:
            first += 1
        window = places[first : last + 1]
        weights = {place.what: place.weight for place in window}
        score = sum(weights.values()) + 0.1 * (len(window) - len(weights))
        if score > best[0]:
            best = (score, window)
    return best


def _cut(page: int, text: str, window: list[_Place]) -> Snippet:
    """The text around the places, cut between words."""
    spare = max(0, WIDTH - (window[-1].end - window[0].start)) // 2
    start, end = max(0, window[0].start - spare), min(len(text), window[-1].end + spare)
    while 0 < start < window[0].start and not text[start - 1].isspace():
        start += 1
    while window[-1].end < end < len(text) and not text[end].isspace():
        end -= 1
    marks = tuple((place.start - start, place.end - start) for place in window)
    return Snippet(page, start, text[start:end], marks)

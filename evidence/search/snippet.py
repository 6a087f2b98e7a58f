"""What is shown of a hit: the places of the stored text where the words stand, with exact offsets.

Made by our own highlighter from the stored pages, only for the hits that are shown (1.4 ms a document).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from evidence.model.document import Page
from evidence.model.geometry import Box, enclose
from evidence.search import analyzer
from evidence.search.abbreviations import expand, find_short_forms
from evidence.search.query import Query
from evidence.values import date as dates
from evidence.values import number as numbers

WIDTH = 220  # characters shown around the densest place
MOST = 2  # pages shown of one document
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
    figures = FIGURE * len({analyzer.number_term(number) for number in (*query.numbers, *query.cited_numbers)})
    return figures + days + RUN * len(set(query.phrases)) + len(_single_terms(query))


def _places(text: str, query: Query) -> list[_Place]:
    """Where anything that is looked for stands, in order, none inside another."""
    places = [*_figures(text, query), *_words(text, query)]
    kept: list[_Place] = []
    for place in sorted(places, key=lambda place: (place.start, -place.end)):
        if not kept or place.start >= kept[-1].end:
            kept.append(place)
    return kept


def _figures(text: str, query: Query) -> list[_Place]:
    wanted = {analyzer.number_term(number) for number in (*query.numbers, *query.cited_numbers)}
    days = {str(sought.date) for sought in query.dates}
    places = []
    if wanted:
        keyed = ((match, analyzer.number_term(match.number)) for match in numbers.search(text))
        places += [_Place(match.start, match.end, key, FIGURE) for match, key in keyed if key in wanted]
    if days:
        dated = ((match, str(match.date)) for match in dates.search(text))
        places += [_Place(match.start, match.end, key, DAY) for match, key in dated if key in days]
    return places


def _words(text: str, query: Query) -> list[_Place]:
    """Where single words and runs of words stand, marks aside."""
    tokens = analyzer.tokenize(text)
    terms = analyzer.strip_term_marks(token.term for token in tokens)
    singles = _single_terms(query)
    starts = tuple(analyzer.strip_term_marks(query.prefixes))
    places = [
        _Place(token.start, token.end, term, 1.0)
        for token, term in zip(tokens, terms, strict=True)
        if term in singles or (starts and term.startswith(starts))
    ]
    for run in _run_terms(query):
        for at in _runs(terms, run):
            places.append(_Place(tokens[at].start, tokens[at + len(run) - 1].end, " ".join(run), RUN))
    return places


def _single_terms(query: Query) -> frozenset[str]:
    words = tuple(analyzer.strip_term_marks(query.words))
    short = (form for at in range(len(words)) for form in find_short_forms(words, at)[0])
    parts = (term for part in query.number_parts for term in part.typed)
    return frozenset([*words, *short, *analyzer.strip_term_marks(parts)])


def _run_terms(query: Query) -> list[tuple[str, ...]]:
    """The words that are looked for side by side: abbreviations written out, phrases, dates and periods as typed."""
    written_out = [run for word in query.words for run in expand(word)]
    typed = [*query.phrases, *(sought.typed for sought in query.dates if sought.typed)]
    typed += [wording for sought in query.periods for wording in sought.wordings]
    return [*written_out, *(tuple(analyzer.strip_term_marks(run)) for run in typed)]


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

"""What is shown of a hit: the places of the stored text where the words stand, with exact offsets.

Made by our own highlighter from the stored pages, only for the hits that are shown (0.4 ms a page).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from evidence.search.passages.sought_places import SoughtPlace, SoughtPlaces

WIDTH = 220  # characters shown around the densest place
MOST = 2  # pages shown of one document
POOR = 0.4  # share of the best page's score from which on a second page is worth showing


@dataclass(frozen=True, slots=True)
class Snippet:
    """Characters ``start:start+len(text)`` of the page's text; ``marks`` are the places found, counted in ``text``."""

    page: int
    start: int
    text: str
    marks: tuple[tuple[int, int], ...]


def make_snippets(pages: Iterable[tuple[int, str]], sought: SoughtPlaces) -> tuple[Snippet, ...]:
    """The best places on at most two pages, in order of pages."""
    scored = []
    for number, text in pages:
        places = sought.find(text)
        if places:
            score, window = _densest(places)
            scored.append((score, number, _cut(number, text, window)))
        if sum(score >= sought.full_score for score, _, _ in scored) >= MOST:
            break  # no page can show more, and a file may have 500
    best = sorted(scored, key=lambda page: (-page[0], page[1]))[:MOST]
    best = [page for page in best if page[0] >= POOR * best[0][0]]
    return tuple(cut for _, _, cut in sorted(best, key=lambda page: page[1]))


def _densest(places: list[SoughtPlace]) -> tuple[float, list[SoughtPlace]]:
    """The run of places within one window that shows most different things, each counted once (again: a tenth)."""
    best, chosen = 0.0, slice(0)
    counts: Counter[str] = Counter()
    first, weight, different = 0, 0.0, 0
    for last, place in enumerate(places):
        if not counts[place.what]:
            weight, different = weight + place.weight, different + 1
        counts[place.what] += 1
        while first < last and place.end - places[first].start > WIDTH:
            left = places[first]
            counts[left.what] -= 1
            if not counts[left.what]:
                weight, different = weight - left.weight, different - 1
            first += 1
        score = weight + 0.1 * (last - first + 1 - different)
        if score > best:
            best, chosen = score, slice(first, last + 1)
    return best, places[chosen]


def _cut(page: int, text: str, window: list[SoughtPlace]) -> Snippet:
    """The text around the places, cut between words."""
    spare = max(0, WIDTH - (window[-1].end - window[0].start)) // 2
    start, end = max(0, window[0].start - spare), min(len(text), window[-1].end + spare)
    while 0 < start < window[0].start and not text[start - 1].isspace():
        start += 1
    while window[-1].end < end < len(text) and not text[end].isspace():
        end -= 1
    marks = tuple((place.start - start, place.end - start) for place in window)
    return Snippet(page, start, text[start:end], marks)

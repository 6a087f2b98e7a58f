"""At least so many of the parts: Whoosh has no such query of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from whoosh.matching import ListMatcher, Matcher, NullMatcher
from whoosh.query import Query
from whoosh.reading import IndexReader
from whoosh.searching import SearchContext, Searcher


class AtLeast(Query):  # type: ignore[misc]
    """Documents that match at least ``least`` of the parts; the scores of those matched are added."""

    def __init__(self, parts: tuple[Query, ...], least: int) -> None:
        self._parts = parts
        self._least = least
        self.boost = 1.0

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AtLeast) and (self._parts, self._least) == (other._parts, other._least)

    def __hash__(self) -> int:
        return hash((self._parts, self._least))

    def apply(self, function: Callable[[Query], Query]) -> Query:
        return AtLeast(tuple(function(part) for part in self._parts), self._least)

    def children(self) -> Iterator[Query]:
        return iter(self._parts)

    def is_leaf(self) -> bool:
        return False

    def normalize(self) -> Query:
        return self

    def estimate_size(self, reader: IndexReader) -> int:
        return max((part.estimate_size(reader) for part in self._parts), default=0)

    def estimate_min_size(self, reader: IndexReader) -> int:
        return 0

    def matcher(self, searcher: Searcher, context: SearchContext | None = None) -> Matcher:
        """A document that matches enough must match one of the rarest parts: only those are read whole."""
        matchers = [part.matcher(searcher, context) for part in self._parts]
        sizes = [part.estimate_size(searcher.reader()) for part in self._parts]
        order = sorted(range(len(matchers)), key=sizes.__getitem__)
        whole = len(matchers) - self._least + 1
        counts: dict[int, int] = {}
        scores: dict[int, float] = {}
        for at in order[:whole]:
            _read_all(matchers[at], counts, scores)
        candidates = sorted(counts)
        for at in order[whole:]:
            _look_up(matchers[at], candidates, counts, scores)
        kept = [document for document in candidates if counts[document] >= self._least]
        return ListMatcher(kept, [scores[document] for document in kept]) if kept else NullMatcher()


def _read_all(matcher: Matcher, counts: dict[int, int], scores: dict[int, float]) -> None:
    while matcher.is_active():
        _count(matcher, counts, scores)
        matcher.next()


def _look_up(matcher: Matcher, candidates: list[int], counts: dict[int, int], scores: dict[int, float]) -> None:
    for document in candidates:
        if not matcher.is_active():
            return
        if matcher.id() < document:
            matcher.skip_to(document)
        if matcher.is_active() and matcher.id() == document:
            _count(matcher, counts, scores)


def _count(matcher: Matcher, counts: dict[int, int], scores: dict[int, float]) -> None:
    document = matcher.id()
    counts[document] = counts.get(document, 0) + 1
    scores[document] = scores.get(document, 0.0) + matcher.score()

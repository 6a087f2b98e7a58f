"""Misspelt words mended from the archive's own vocabulary: it knows its names and its trade better than any list.

A word is doubtful where no document holds it, or where it is rare and stands beside its neighbours in none: syllables
that lost a letter are often syllables (``iện``, ``ơn``), so the neighbours tell. Only what the scope shows is counted:
else a word put in would tell of a document that the reader may not see.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from evidence.search.abbreviations import expand
from evidence.search.conditions import plan_walls
from evidence.search.engine import FindRequest, SearchEngine
from evidence.search.plan import Everything, PhraseTerms, Plan, Term
from evidence.search.scope import Scope

SHORTEST, LONGEST = 2, 16  # letters of a word that is mended: each letter more is 53 more words to look up
RARE = 0.05  # share of the documents up to which a word that stands beside neither neighbour is doubtful
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


class Speller:
    """Asks the index; made for one query, for the index moves."""

    def __init__(self, engine: SearchEngine, scope: Scope) -> None:
        self._engine = engine
        self._scope = scope

    @cached_property
    def _all(self) -> int:
        return self._seen(self._engine.count_all(), Everything())

    def mend(self, words: tuple[str, ...]) -> tuple[str, ...]:
        """The words (without marks), each doubtful one replaced by a word of the archive that is one letter away (left
        out, put in, changed, turned): the one that stands beside its neighbours in most documents."""
        mended = list(words)
        for at, word in enumerate(words):
            if not (SHORTEST <= len(word) <= LONGEST and word.isascii() and word.isalpha()) or expand(word):
                continue
            left = mended[at - 1] if at else None
            right = words[at + 1] if at + 1 < len(words) else None
            if self._is_doubtful(word, left, right):
                mended[at] = self._best(word, left, right)
        return tuple(mended)

    def _is_doubtful(self, word: str, left: str | None, right: str | None) -> bool:
        count = self._count(word)
        if not count:
            return len(word) > SHORTEST
        if (left is None and right is None) or count > RARE * self._all:
            return False
        return not self._beside(word, left, right)

    def _best(self, word: str, left: str | None, right: str | None) -> str:
        """The near word that fits best; the word itself where none is known. One that stands beside no neighbour must
        be unknown to be changed at all."""
        held = self._engine.count_documents("body_f", sorted(set(_neighbours(word))))
        known = [(count, near) for near, most in held.items() if (count := self._seen(most, Term("body_f", near)))]
        fitting = [(self._beside(near, left, right), count, near) for count, near in known]
        beside, _, best = max(fitting, default=(0, 0, word))
        return best if beside or not self._count(word) else word

    def _beside(self, word: str, left: str | None, right: str | None) -> int:
        """In how many documents the word stands behind ``left`` or before ``right``."""
        pairs = [*([(left, word)] if left else []), *([(word, right)] if right else [])]
        held = self._engine.count_pairs(pairs)
        return sum(self._seen(count, PhraseTerms("body_f", pair)) for pair, count in held.items())

    def _count(self, word: str) -> int:
        return self._seen(self._engine.count_documents("body_f", (word,))[word], Term("body_f", word))

    def _seen(self, count: int, plan: Plan) -> int:
        """How many of the documents that match the scope shows; ``count`` of them there are."""
        if not count or self._scope.units is None:
            return count
        return self._engine.find(FindRequest(plan, plan_walls(self._scope), 1)).total


def _neighbours(word: str) -> Iterator[str]:
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in _LETTERS:
            yield head + letter + tail
            if tail:
                yield head + letter + tail[1:]

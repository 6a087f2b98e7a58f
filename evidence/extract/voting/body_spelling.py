"""How the text of a document spells the words of its head: OCR loses tones in capitals that it keeps below.

``LIÊN ĐOÀN VÕ THUÁT CÓ TRUYÈN`` stands three times in the text as *Liên đoàn Võ thuật cổ truyền*. Only diacritics are
taken from there, never a letter, and only for runs of two words and more that have the same letters.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from evidence.extract.layout.segments import Segment
from evidence.extract.voting import text_votes
from evidence.vietnamese.syllable import is_syllable
from evidence.vietnamese.text import fold, strip_marks

LONGEST, SHORTEST = 8, 2  # words of a run that is looked for
SEVERAL = 2  # as often a run stands in the text that its spelling is believed
_WORD = re.compile(r"[^\W\d_]+")
_Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BodySpelling:
    """The runs of words of a text by their letters without diacritics: how each is spelled there, and how often."""

    runs: dict[_Words, Counter[_Words]]

    def respell(self, text: str) -> str:
        """The text with the diacritics of its runs as the body has them, in the text's own case."""
        places = list(_WORD.finditer(text))
        words = [fold(place[0]) for place in places]
        spelled, _ = self._spell(words)
        out, end = [], 0
        for place, old, new in zip(places, words, spelled, strict=True):
            out += [text[end : place.start()], place[0] if old == new else _in_case(new, place[0])]
            end = place.end()
        return "".join(out) + text[end:]

    def backs(self, text: str) -> bool:
        """Whether every word stands in a run that the body spells so several times."""
        words = [fold(word) for word in _WORD.findall(text)]
        spelled, counts = self._spell(words)
        return bool(words) and spelled == words and min(counts) >= SEVERAL

    def _spell(self, words: list[str]) -> tuple[list[str], list[int]]:
        spelled, counts, at = list(words), [0] * len(words), 0
        while at < len(words):
            size = self._longest_run(words, at)
            if size:
                run, count = self._usual(tuple(words[at : at + size]))
                spelled[at : at + size], counts[at : at + size] = run, [count] * size
            at += size or 1
        return spelled, counts

    def _longest_run(self, words: list[str], at: int) -> int:
        for size in range(min(LONGEST, len(words) - at), SHORTEST - 1, -1):
            if tuple(map(strip_marks, words[at : at + size])) in self.runs:
                return size
        return 0

    def _usual(self, words: _Words) -> tuple[_Words, int]:
        """The usual spelling; of equally usual ones the text's own."""
        spellings = self.runs[tuple(map(strip_marks, words))]
        best = max(spellings, key=lambda run: (spellings[run], run == words))
        return best, spellings[best]


def read_body_spelling(segments: Iterable[Segment]) -> BodySpelling:
    """The spelling of a text's runs of Vietnamese words, as each line's own engine read them."""
    runs: dict[_Words, Counter[_Words]] = defaultdict(Counter)
    words: list[str] = []
    for segment in segments:
        words += [*(fold(word) for word in _WORD.findall(text_votes.vote_text(segment).text))]
    bare = [strip_marks(word) for word in words]
    known = [is_syllable(word) for word in words]
    for at in range(len(words)):
        for size in range(SHORTEST, LONGEST + 1):
            if at + size > len(words) or not known[at + size - 1] or not known[at]:
                break
            runs[tuple(bare[at : at + size])][tuple(words[at : at + size])] += 1
    return BodySpelling(dict(runs))


def _in_case(word: str, pattern: str) -> str:
    if pattern.isupper() and (len(pattern) > 1 or len(word) == 1):
        return word.upper()
    return word.capitalize() if pattern[:1].isupper() else word

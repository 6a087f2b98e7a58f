"""How the text of a document spells the words of its head: OCR loses tones in capitals that it keeps below.

``LIÊN ĐOÀN VÕ THUÁT CÓ TRUYÈN`` stands three times in the text as *Liên đoàn Võ thuật cổ truyền*. Diacritics are taken
from there for runs of two words and more that have the same letters; a letter only in a word that is no Vietnamese word
(``klen thưởng``), where the text has one that differs in one letter beside the same neighbour (*khen thưởng*).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from evidence.extract.layout.segments import Segment
from evidence.extract.voting import text_votes
from evidence.vietnamese.syllable import is_syllable
from evidence.vietnamese.text import fold, strip_marks

LONGEST, SHORTEST = 8, 2  # words of a run that is looked for
SEVERAL = 2  # as often a run stands in the text that its spelling is believed
OFTENER = 3  # times as often as the head's own spelling, where that stands in the text too
SHORT_WORD = 3  # letters of a word that one letter can be told wrong in
_WORD = re.compile(r"[^\W\d_]+")
_Words = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BodySpelling:
    """The runs of words of a text by their letters without diacritics: how each is spelled there, and how often."""

    runs: dict[_Words, Counter[_Words]]
    words: Counter[str]

    def respell(self, text: str, least: int = 1) -> str:
        """The text with the diacritics of its runs as the body has them ``least`` times, in the text's own case."""
        words = [fold(word) for word in _WORD.findall(text)]
        return _replace_words(text, self._spell(words, least)[0])

    def mend_words(self, text: str) -> str:
        """The text with words that are none as the body spells them, and what it spells several times so."""
        words = [fold(word) for word in _WORD.findall(text)]
        mended = [self._like_word(words, at) if self._is_strange(word) else word for at, word in enumerate(words)]
        return self.respell(_replace_words(text, mended), SEVERAL)

    def backs(self, text: str) -> bool:
        """Whether every word stands in a run that the body spells so several times."""
        words = [fold(word) for word in _WORD.findall(text)]
        spelled, counts = self._spell(words, 1)
        return bool(words) and spelled == words and min(counts) >= SEVERAL

    def _is_strange(self, word: str) -> bool:
        return len(word) >= SHORT_WORD and not is_syllable(word) and not self.words[word]

    def _like_word(self, words: list[str], at: int) -> str:
        """The body's word of the same letters but one that stands there beside the same neighbour."""
        bare = [strip_marks(word) for word in words]
        for pair in self.runs:
            if len(pair) != SHORTEST:
                continue
            before = at > 0 and pair[0] == bare[at - 1] and Levenshtein.distance(pair[1], bare[at]) <= 1
            after = at + 1 < len(bare) and pair[1] == bare[at + 1] and Levenshtein.distance(pair[0], bare[at]) <= 1
            if before or after:
                usual = self.runs[pair].most_common(1)[0][0]
                return usual[1] if before else usual[0]
        return words[at]

    def _spell(self, words: list[str], least: int) -> tuple[list[str], list[int]]:
        spelled, counts, at = list(words), [0] * len(words), 0
        while at < len(words):
            size = self._longest_run(words, at, least)
            if size:
                run, count = self._usual(tuple(words[at : at + size]))
                spelled[at : at + size], counts[at : at + size] = run, [count] * size
            at += size or 1
        return spelled, counts

    def _longest_run(self, words: list[str], at: int, least: int) -> int:
        for size in range(min(LONGEST, len(words) - at), SHORTEST - 1, -1):
            spellings = self.runs.get(tuple(map(strip_marks, words[at : at + size])))
            if spellings and max(spellings.values()) >= least:
                return size
        return 0

    def _usual(self, words: _Words) -> tuple[_Words, int]:
        """The usual spelling; the text's own where that is not much rarer."""
        spellings = self.runs[tuple(map(strip_marks, words))]
        best = max(spellings, key=lambda run: spellings[run])
        best = words if OFTENER * spellings[words] > spellings[best] else best
        return best, spellings[best]


def read_body_spelling(segments: Iterable[Segment]) -> BodySpelling:
    """The spelling of a text's runs of Vietnamese words, as the engines agree on each line."""
    runs: dict[_Words, Counter[_Words]] = defaultdict(Counter)
    words: list[str] = []
    for segment in segments:
        words += [fold(word) for word in _WORD.findall(text_votes.vote_text(segment).text)]
    bare = [strip_marks(word) for word in words]
    known = [is_syllable(word) for word in words]
    for at in range(len(words)):
        for size in range(SHORTEST, LONGEST + 1):
            if at + size > len(words) or not known[at + size - 1] or not known[at]:
                break
            runs[tuple(bare[at : at + size])][tuple(words[at : at + size])] += 1
    return BodySpelling(dict(runs), Counter(words))


def _replace_words(text: str, words: list[str]) -> str:
    out, end = [], 0
    for place, new in zip(_WORD.finditer(text), words, strict=True):
        out += [text[end : place.start()], place[0] if fold(place[0]) == new else _in_case(new, place[0])]
        end = place.end()
    return "".join(out) + text[end:]


def _in_case(word: str, pattern: str) -> str:
    if pattern.isupper() and (len(pattern) > 1 or len(word) == 1):
        return word.upper()
    return word.capitalize() if pattern[:1].isupper() else word

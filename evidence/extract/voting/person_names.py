"""The name of a person in one segment, as all engines and crops read it: ink hides letters from one, not from another.

OCR drops marks from names and no list can put them all back, so only two engines that read the same make a name sure.
Where readings differ, each word is voted on: a spelling that names have weighs more than one that no name has, and
where none was read, the usual spelling of the letters is proposed. Raw text stays beside it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from evidence.extract.layout.segments import Segment
from evidence.extract.voting import text_votes
from evidence.model.document import Document
from evidence.model.reading import ReadingRole
from evidence.model.record import FieldValue, Signer
from evidence.values import person
from evidence.vietnamese.syllable import is_syllable
from evidence.vietnamese.text import fold, strip_marks

CLEAR = 0.8  # confidence of the least sure word, for a name that two engines agree on
ONE_ENGINE = 0.85  # what one OCR engine alone says of a name
STRANGE = 0.3  # weight of a spelling that no name in the lists has
NEAR = 0.5  # of a reading that is one letter off a name that was read too
TWICE = 2  # as often a name stands elsewhere in the document that its spelling is taken
MENDED = 0.6  # of one whose marks were put back


def read_person_name(segment: Segment) -> FieldValue[str]:
    """The person named in a segment; no value where no engine read a name."""
    own = person.search(segment.text, glued=segment.is_ocr)
    if not segment.is_ocr:
        return FieldValue(own, segment.text, None, 0.96) if own else FieldValue()
    # a seal's rim between two words is read as a hyphen
    readings = [
        (reading, person.search(reading.text.replace("-", " "), glued=True))
        for reading in segment.readings
        if reading.role is not ReadingRole.SPELLED
    ]
    agreed = any(reading.is_row_text and name == own for reading, name in readings)
    if own and agreed and segment.confidence >= CLEAR and person.has_family_name(own):
        return FieldValue(own, segment.text, None, text_votes.AGREED)
    names = [(name, reading.confidence) for reading, name in readings if name]
    names += [(own, segment.confidence)] if own else []
    if not names:
        return FieldValue()
    return FieldValue(elect(names), segment.text, None, min(ONE_ENGINE, max(segment.confidence, 0.5)))


def as_named_elsewhere(signer: FieldValue[Signer], document: Document) -> FieldValue[Signer]:
    """A doubtful name as the rest of the document spells it, where that is one letter off or has other marks."""
    if signer.value is None or signer.sure:
        return signer
    words = signer.value.name.split()
    named: Counter[str] = Counter()
    for page in document.pages:
        for match in re.finditer(r"[^\W\d_]+", page.text):
            if strip_marks(match[0]) == strip_marks(words[0]):
                others = page.text[match.start() :].split(maxsplit=len(words))[: len(words)]
                named[" ".join(word.strip(".,;:()-") for word in others)] += 1
    alike = [name for name, count in named.items() if count >= TWICE and _is_alike(name.split(), words)]
    best = max(alike, key=lambda name: named[name], default=signer.value.name)
    return replace(signer, value=replace(signer.value, name=best))


def _is_alike(named: list[str], words: list[str]) -> bool:
    """Whether two names are one but for marks, and for one letter of one word."""
    if len(named) != len(words) or not all(word[:1].isupper() for word in named):
        return False
    pairs = zip(named, words, strict=True)
    return sum(Levenshtein.distance(strip_marks(a).lower(), strip_marks(b).lower()) for a, b in pairs) <= 1


def elect(names: Sequence[tuple[str, float]]) -> str:
    """The name that most of the readings (name, confidence) give, word by word.

    >>> elect([("Tràn Lữu Quang", 0.94), ("Trần Lau Quang", 0.93), ("Trân Lưu Quang", 0.92), ("Tran Luu Quang", 0.94)])
    'Trần Lưu Quang'
    """
    words = [
        (person.mend_person_name(name).split(), sure, 1.0 if person.mend_person_name(name) == name else MENDED)
        for name, sure in names
    ]
    support: dict[int, float] = defaultdict(float)
    for name, sure, _ in words:
        # a reading that lost words at one end speaks for the whole name too
        for length in {len(other) for other, _, _ in words if name in (other[-len(name) :], other[: len(name)])}:
            support[length] += sure * (1.0 if person.has_family_name(" ".join(name)) else STRANGE)
    length = max(support, key=lambda n: (support[n], n))
    full = [(name, sure, mended) for name, sure, mended in words if len(name) == length]
    family = _word([(name[0], sure * mended) for name, sure, mended in full], first=True)
    return " ".join([family, *(_word([(name[at], sure) for name, sure, _ in full]) for at in range(1, length))])


def _word(readings: list[tuple[str, float]], first: bool = False) -> str:
    """The letters that weigh most, in the spelling of them that weighs most."""
    if len({word for word, _ in readings}) == 1:
        word = readings[0][0]
        return word if first or is_syllable(fold(word)) else person.usual_given_name(word)
    like = _family if first else person.given_name_likeness
    spellings: dict[str, float] = defaultdict(float)
    letters: dict[str, float] = defaultdict(float)
    for word, sure in readings:
        spellings[word] += sure * like(word)
        letters[strip_marks(word).lower()] += sure * (1.0 if first else like(person.usual_given_name(word)))
    for word, sure in readings if not first else ():  # "Euu" is no name, but speaks for the "Luu" that was read too
        near = [
            other
            for other in letters
            if _differs_by_one(other, word) and person.is_given(person.usual_given_name(other))
        ]
        for other in near if not person.is_given(person.usual_given_name(word)) else ():
            letters[other] += NEAR * sure * like(person.usual_given_name(other)) / len(near)
    best = max(letters, key=lambda spelled: letters[spelled])
    winner = max((w for w in spellings if strip_marks(w).lower() == best), key=lambda word: spellings[word])
    return winner if first or person.is_given(winner) else person.usual_given_name(winner)


def _differs_by_one(letters: str, word: str) -> bool:
    return Levenshtein.distance(letters, strip_marks(word).lower(), score_cutoff=1) == 1


def _family(word: str) -> float:
    return 1.0 if person.has_family_name(word) else STRANGE

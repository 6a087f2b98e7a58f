"""Words with a wrong mark that are words too: ``tập thế`` for ``tập thể``, ``tố chức``, ``đế nâng cao``.

Whether they may be right their neighbours tell, by the counts of published documents (``bigrams``). Names are not
judged: a word with a capital in a row of small letters, a part of a number's symbol.

>>> find_wrong_tone("Kế hoạch tố chức hội nghị"), find_wrong_tone("Kế hoạch tổ chức hội nghị")
(('tố', 'tổ'), None)
>>> find_wrong_tone("Khen thưởng bà Nguyễn Thị Tố Uyên") is None
True
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from evidence.vietnamese import bigrams
from evidence.vietnamese.bigrams import END, NUMBER
from evidence.vietnamese.lexicon import is_pair
from evidence.vietnamese.text import fold, nfc, strip_marks

# By how much another spelling must be likelier between its neighbours (natural logarithm: 9 is 8,000 times): as a rule,
# where the word list has it beside one of them, and where the list has what stands there
LESS_LIKELY, LISTED, KNOWN = 9.0, 6.0, 10.0
WORD = re.compile(r"[^\W\d_]+|\d+|[^\w\s]")
JOINTS = frozenset("/-&+.")  # beside them stand abbreviations: 12-KH/TU
CAPITALS = 0.5  # share of words in capitals from which capitals tell no name


def find_wrong_tone(text: str) -> tuple[str, str] | None:
    """The word of the text, folded, whose marks are the least likely ones, with the likelier spelling; ``None`` where
    no other is by far more likely."""
    parts = [match.group() for match in WORD.finditer(nfc(text))]
    folded = [_fold_part(part) for part in parts]
    doubts = [(gain, folded[place], other) for place in _judged(parts) for gain, other in _likelier(folded, place)]
    if not doubts:
        return None
    _, word, other = max(doubts)
    return word, other


def _judged(parts: list[str]) -> Iterator[int]:
    """The places of words that are no name and no part of a symbol."""
    words = [part for part in parts if part.isalpha()]
    capitals = sum(part.isupper() for part in words) > CAPITALS * len(words)
    for place, part in enumerate(parts):
        named = not capitals and (part.isupper() or (place > 0 and part[0].isupper()))
        if part.isalpha() and len(part) > 1 and not named and not JOINTS & {*parts[max(0, place - 1) : place + 2]}:
            yield place


def _likelier(folded: list[str], place: int) -> Iterator[tuple[float, str]]:
    """Other spellings of the word there that are by far more likely, and by how much."""
    model = bigrams.load_model()
    before = folded[place - 1] if place else END
    after = folded[place + 1] if place + 1 < len(folded) else END
    word = folded[place]
    mine = model.after(before, word) + model.after(word, after)
    known = _is_listed(before, word, after)
    for other in model.spellings(strip_marks(word)):
        gain = model.after(before, other) + model.after(other, after) - mine
        least = KNOWN if known else LISTED if _is_listed(before, other, after) else LESS_LIKELY
        if other != word and gain > least:
            yield gain, other


def _is_listed(before: str, word: str, after: str) -> bool:
    """Whether the word makes one of the word list with a neighbour."""
    return is_pair(before, word) or is_pair(word, after)


def _fold_part(part: str) -> str:
    if part.isalpha():
        return fold(part)
    return NUMBER if part.isdigit() else END

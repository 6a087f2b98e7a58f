"""Rows set with space between their letters (``Q U Y Ế T   Đ Ị N H``), joined to words by their gaps.

Blanks typed between the letters and a font's own spacing come alike: as words of one letter. Where the gaps between
words are wider than those between letters they tell the words; where all are alike the syllables do.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from evidence.model.document import Word
from evidence.model.geometry import enclose
from evidence.vietnamese.syllable import is_syllable

LEAST = 5  # words of one letter on end from which they may be such a row
WIDEST = 1.3  # heights between two letters of a row at most; between two words
APART = 3.0
SHARED = 0.7  # share of the height that neighbours of a row have in common
WIDER = 1.6  # times the usual gap, from which a gap parts two words
STEP = 0.08  # heights by which it is wider at least
LONGEST = 7  # letters of a syllable (nghiêng)
SINGLE = re.compile(f"1{{{LEAST},}}")  # so many words of one letter on end
PIECE = re.compile(r"[^\W\d_]+|\d+|[\W_]+")


def join_spaced_letters(words: list[Word]) -> list[Word]:
    """The words in their order, spaced rows joined."""
    joined: list[Word] = []
    done = 0
    lengths = "".join(["1" if len(word.text) == 1 else "." for word in words])
    for letters in SINGLE.finditer(lengths):
        start, end = letters.span()
        joined += words[done:start]
        for run in _runs(words[start:end]):
            joined += _join(run) if len(run) >= LEAST else run
        done = end
    return joined + words[done:] if done else words


def _runs(words: Sequence[Word]) -> Iterator[list[Word]]:
    """Words of one letter, those that follow each other in a row together."""
    run: list[Word] = []
    for word in words:
        if run and _gap(run[-1], word) is None:
            yield run
            run = []
        run.append(word)
    if run:
        yield run


def _gap(word: Word, after: Word) -> float | None:
    """How many heights lie between two words; ``None`` where the second does not follow the first in its row."""
    if word.box is None or after.box is None:
        return None
    (_, top, right, bottom), (left, upper, _, lower) = word.box, after.box
    height = max(min(bottom - top, lower - upper), 0.1)
    if min(bottom, lower) - max(top, upper) < SHARED * height or not -0.1 < (left - right) / height < APART:
        return None
    return (left - right) / height


def _join(run: list[Word]) -> list[Word]:
    """The letters as words; as they were where no words come of it (``A B C D`` over columns)."""
    gaps = [_gap(word, after) or 0.0 for word, after in pairwise(run)]
    usual = sorted(gaps)[len(gaps) // 2 if len(gaps) < 2 * LEAST else len(gaps) // 3]
    if usual > WIDEST:
        return run
    parts: list[list[Word]] = [[run[0]]]
    for gap, word in zip(gaps, run[1:], strict=True):
        if gap > max(WIDER * usual, usual + STEP):
            parts.append([])
        parts[-1].append(word)
    texts = [split for part in parts for split in _split("".join(word.text for word in part))]
    if not _are_words(texts):
        return run
    joined: list[Word] = []
    for text in texts:
        letters, run = run[: len(text)], run[len(text) :]
        joined.append(Word(text, enclose(tuple(word.box for word in letters if word.box)), 1.0, letters[0].origin))
    return joined


def _are_words(texts: Sequence[str]) -> bool:
    """Whether most of the letters stand in syllables or in the code of a number."""
    whole = sum(map(len, texts))
    told = sum(len(text) for text in texts if _is_word(text) or ("/" in text and any(map(str.isdigit, text))))
    return 2 * told > whole and any(len(text) > 1 and any(map(str.isalpha, text)) for text in texts)


def _is_word(text: str) -> bool:
    bare = text.strip(",.;:-–()")
    return len(bare) > 1 and is_syllable(bare.lower())


def _split(text: str) -> list[str]:
    """One word as it stands, or several of which the gaps told nothing: ``ngày15tháng3``, ``QUYẾTĐỊNH``.

    >>> [_split(text) for text in ("QUYẾTĐỊNH", "Số:615/QĐ-UBND", "ngày15tháng3", "THÔNG", "UBND")]
    [['QUYẾT', 'ĐỊNH'], ['Số:', '615/QĐ-UBND'], ['ngày', '15', 'tháng', '3'], ['THÔNG'], ['UBND']]
    """
    words: list[str] = []
    glued = False
    for piece in PIECE.findall(text):
        parts = _syllables(piece) if piece.isalpha() else [piece]
        mark = not piece[0].isalnum()
        if words and (glued or mark):
            words[-1] += parts.pop(0)
        words += parts
        glued = mark and piece[-1] not in ":,;"
    return words


def _syllables(text: str) -> list[str]:
    """The fewest syllables that make up the text; the text itself where none do."""
    if is_syllable(text.lower()):
        return [text]
    best: list[list[str] | None] = [[]] + [None] * len(text)
    for end in range(1, len(text) + 1):
        for start in range(max(0, end - LONGEST), end):
            before = best[start]
            if before is not None and is_syllable(text[start:end].lower()):
                known = best[end]
                if known is None or len(before) + 1 < len(known):
                    best[end] = [*before, text[start:end]]
    return best[-1] or [text]

"""How far read text is from known text.

Both are NFC with runs of blanks folded to one. Each printed row is compared with the words whose middle stands on it,
from left to right; so the reading order of rows plays no part, line breaks cost nothing, and a word put in the wrong
place counts twice (missing there, too many here). Letters, case, marks, punctuation and digits all count. What was read
where nothing is printed counts as too many, but for what is made of seal and signature themselves, told beside.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from rapidfuzz.distance import Levenshtein

from evidence.model.document import Line, Word

Place = tuple[float, float, float, float]
NEAR = 0.75  # row heights between the middle of a word and that of its row
ASIDE = 12.0  # points that a word's middle may stand outside its row


def words_of(text: str) -> list[str]:
    """The words without the marks at their ends.

    >>> words_of("nộp hồ sơ. - Trình (mới); 17,45%.")
    ['nộp', 'hồ', 'sơ', 'Trình', 'mới', '17,45']
    """
    return [word for word in (re.sub(r"^\W+|\W+$", "", token) for token in text.split()) if word]


def folded(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


@dataclass(slots=True)
class Score:
    """Errors and sizes, by letters and by words; ``worst`` holds (errors, printed, read)."""

    letters: int = 0
    letter_errors: int = 0
    words: int = 0
    word_errors: int = 0
    tokens: int = 0  # words with their marks
    token_errors: int = 0
    pages: int = 0
    aside: int = 0  # letters read from seal and signature
    worst: list[tuple[int, str, str]] = field(default_factory=list)

    def add(self, printed: str, read: str) -> None:
        printed, read = folded(printed), folded(read)
        errors = Levenshtein.distance(printed, read)
        self.letters += len(printed)
        self.letter_errors += errors
        self.words += len(words_of(printed))
        self.word_errors += Levenshtein.distance(words_of(printed), words_of(read))
        self.tokens += len(printed.split())
        self.token_errors += Levenshtein.distance(printed.split(), read.split())
        if errors:
            self.worst.append((errors, printed, read))

    def take(self, other: Score) -> None:
        """Adds the other's counts to these."""
        for name in ("letters", "letter_errors", "words", "word_errors", "tokens", "token_errors", "pages", "aside"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.worst += other.worst

    @property
    def cer(self) -> float:
        return 100 * self.letter_errors / max(1, self.letters)

    @property
    def wer(self) -> float:
        return 100 * self.word_errors / max(1, self.words)

    @property
    def rates(self) -> str:
        marked = 100 * self.token_errors / max(1, self.tokens)
        return f"CER {self.cer:5.2f} %  WER {self.wer:5.2f} % ({marked:.2f} %)"

    def __str__(self) -> str:
        return f"{self.pages:3d} pages {self.letters:7d} letters  {self.rates}  from seals and hands: {self.aside}"


def page_score(
    rows: Sequence[tuple[str, Place]],
    lines: Iterable[Line],
    turned: float,
    size: tuple[float, float],
    marks: Sequence[Place],
) -> Score:
    """The page's score. ``turned`` is by how many degrees clockwise the paper lay; boxes are those of the page as seen.

    ``marks`` are the places of seal and signature, on the upright paper as the rows are.
    """
    found: list[list[tuple[float, str]]] = [[] for _ in rows]
    score = Score(pages=1)
    for word in (word for line in lines for word in line.words if word.box):
        x, y = _upright(word, turned, size)
        row = _row_of(x, y, rows)
        if row is not None:
            found[row].append((x, word.text))
        elif any(left <= x <= right and top <= y <= bottom for left, top, right, bottom in marks):
            score.aside += len(word.text)
        else:
            score.add("", word.text)
    for (text, _), words in zip(rows, found, strict=True):
        score.add(text, " ".join(word for _, word in sorted(words)))
    return score


def _upright(word: Word, turned: float, size: tuple[float, float]) -> tuple[float, float]:
    """The word's middle on the paper as it was printed."""
    assert word.box
    x, y = (word.box[0] + word.box[2]) / 2 - size[0] / 2, (word.box[1] + word.box[3]) / 2 - size[1] / 2
    angle = math.radians(-turned)
    return (
        x * math.cos(angle) - y * math.sin(angle) + size[0] / 2,
        x * math.sin(angle) + y * math.cos(angle) + size[1] / 2,
    )


def _row_of(x: float, y: float, rows: Sequence[tuple[str, Place]]) -> int | None:
    best: tuple[float, int] | None = None
    for order, (_, (left, top, right, bottom)) in enumerate(rows):
        aside = max(left - x, x - right, 0.0)
        apart = abs(y - (top + bottom) / 2)
        if aside <= ASIDE and apart <= NEAR * (bottom - top) and (best is None or apart + aside < best[0]):
            best = (apart + aside, order)
    return best[1] if best else None


def show(score: Score, count: int) -> None:
    """The rows with most errors, printed over read."""
    for errors, printed, read in sorted(score.worst, key=lambda one: -one[0])[:count]:
        print(f"  {errors:3d}  {printed}\n    -> {read}")

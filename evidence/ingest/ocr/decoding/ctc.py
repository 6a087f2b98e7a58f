"""What a CTC recogniser gives for a row -> letters, each with its place and what else it may be.

At each step (four pixels) the network gives every sign a probability; a run of steps with the same best sign is one
letter. The other signs of these steps are what the letter may be instead: a faint tone mark leaves ``ô`` close behind
``ộ``, and the words around it can tell which (``spelling``).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

BLANK = 0  # the network's sign for "between letters"
THOUGHT = -4.0  # log probability from which a sign between letters is told: 2 %


@dataclass(frozen=True, slots=True)
class Letter:
    """``left`` and ``right`` in pixels; ``scores``: the log probability of each sign that was thought of here.

    ``after``: of each sign that was clearly thought of between this letter and the next, and not taken: a faint full
    stop.
    """

    text: str
    left: float
    right: float
    scores: dict[str, float]
    after: dict[str, float] = field(default_factory=dict)

    @property
    def sure(self) -> float:
        return math.exp(self.scores[self.text])


def decode_letters(
    which: NDArray[np.int64], scores: NDArray[np.float32], signs: Sequence[str], start: float, step: float
) -> list[Letter]:
    """The letters of one row. ``which`` and ``scores``: of each step the likeliest signs, best first; sign ``n`` is
    ``signs[n - 1]``. ``start``: the pixel of the first step; ``step``: pixels a step.

    >>> which, scores = np.array([[1, 2], [1, 2], [0, 1], [2, 1]]), np.log(np.array([[.9, .1], [.8, .2]] * 2))
    >>> [(letter.text, letter.left, letter.right) for letter in decode_letters(which, scores, "ôộ", 0.0, 4.0)]
    [('ô', 0.0, 8.0), ('ộ', 12.0, 16.0)]
    """
    letters: list[Letter] = []
    ids, logs = which.tolist(), scores.tolist()
    first = 0
    while first < len(ids):
        last, best = first + 1, ids[first][0]
        while last < len(ids) and ids[last][0] == best:
            last += 1
        if best != BLANK or any(log[1] > THOUGHT for log in logs[first:last]):  # most blanks are nothing but blank
            seen = _seen(ids[first:last], logs[first:last], signs)
            sign = signs[best - 1] if best != BLANK else ""
            if letters and not sign.strip():
                _beside(letters).after.update(_better(seen, _beside(letters).after))
            if sign:
                letters.append(Letter(sign, start + first * step, start + last * step, seen))
        first = last
    return letters


def _beside(letters: Sequence[Letter]) -> Letter:
    """The last letter that is no blank, of the last two."""
    return letters[-1] if letters[-1].text.strip() or len(letters) == 1 else letters[-2]


def _better(seen: Mapping[str, float], known: Mapping[str, float]) -> dict[str, float]:
    return {sign: score for sign, score in seen.items() if score > known.get(sign, -math.inf)}


def _seen(ids: Sequence[Sequence[int]], logs: Sequence[Sequence[float]], signs: Sequence[str]) -> dict[str, float]:
    """The best score of each sign in these steps."""
    seen: dict[str, float] = {}
    for each, scores in zip(ids, logs, strict=True):
        for sign, score in zip(each, scores, strict=True):
            if sign != BLANK and score > seen.get(signs[sign - 1], -99.0):
                seen[signs[sign - 1]] = score
    return seen


def row_text(row: Sequence[Letter]) -> str:
    """The row's text, runs of blanks as one."""
    return " ".join("".join(letter.text for letter in row).split())


def decode_greedy(which: NDArray[np.int64], sure: NDArray[np.float32], signs: Sequence[str]) -> tuple[str, float]:
    """The text of the best sign of each step, and the mean of their probabilities where a letter begins.

    >>> decode_greedy(np.array([1, 1, 0, 1, 2]), np.array([.9, .7, .9, .5, .7]), "ab")
    ('aab', 0.7)
    """
    kept = [at for at, sign in enumerate(which) if sign != BLANK and (at == 0 or which[at - 1] != sign)]
    text = " ".join("".join(signs[which[at] - 1] for at in kept).split())
    return text, round(float(np.mean(sure[kept])), 6) if kept else 0.0

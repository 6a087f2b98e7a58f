"""The likeliest way through the choices of a page's words (Viterbi)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evidence.ingest.ocr.decoding.bigrams import END, NUMBER, BigramModel

WEIGHT = 0.8  # of the recogniser's probabilities against the model's: 0.5 to 1.2 give the same within 0.02 %
Way = dict[str | None, tuple[str | None, str | None]]  # the last word -> the word here, and the one before


@dataclass(frozen=True, slots=True)
class WordStep:
    """One place: the words that may stand here with what the recogniser thinks less of each than of what it read; none
    at a number or a symbol. ``ends``: a sentence ends behind it."""

    costs: Mapping[str, float]
    number: bool
    ends: bool


def best_words(steps: Sequence[WordStep], model: BigramModel) -> list[str | None]:
    """The word at each place.

    >>> from evidence.ingest.ocr.decoding.bigrams import load_model
    >>> steps = WordStep({"tô": 0.0, "tổ": -1.5}, False, False), WordStep({"chức": 0.0}, False, False)
    >>> best_words(steps, load_model())
    ['tổ', 'chức']
    """
    ways: dict[str | None, float] = {None: 0.0}  # the last word -> log probability of the best way to it
    came: list[Way] = []
    for step in steps:
        ways, way = _onward(step, ways, model)
        came.append(way)
    state: str | None = max(ways, key=lambda word: ways[word])
    words: list[str | None] = []
    for way in reversed(came):
        word, state = way[state]
        words.append(word)
    return words[::-1]


def _onward(
    step: WordStep, ways: Mapping[str | None, float], model: BigramModel
) -> tuple[dict[str | None, float], Way]:
    further: dict[str | None, float] = {}
    way: Way = {}
    for word, cost in step.costs.items():
        before = max(ways, key=lambda last: ways[last] + model.after(last, word))
        further[word] = ways[before] + model.after(before, word) + WEIGHT * cost
        way[word] = (word, before)
    if not further and step.number:
        before = max(ways, key=lambda last: ways[last] + model.after(last, NUMBER))
        further, way = {NUMBER: ways[before] + model.after(before, NUMBER)}, {NUMBER: (None, before)}
    elif not further:  # a symbol parts what it stands between
        last = max(ways, key=lambda word: ways[word])
        further, way = {None: ways[last]}, {None: (None, last)}
    if step.ends:
        last = max(further, key=lambda word: further[word] + model.after(word, END))
        further, way = {END: further[last] + model.after(last, END)}, {END: way[last]}
    return further, way

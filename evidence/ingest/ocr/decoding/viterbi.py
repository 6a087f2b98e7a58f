"""The likeliest path through the choices of a page's words (Viterbi)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evidence.vietnamese.bigrams import END, NUMBER, BigramModel

WEIGHT = 0.8  # of the recogniser's probabilities against the model's: 0.5 to 1.2 give the same within 0.02 %
Backlinks = dict[str | None, tuple[str | None, str | None]]  # the last word -> the word here, and the one before


@dataclass(frozen=True, slots=True)
class WordStep:
    """One place: the words that may stand here with what the recogniser thinks less of each than of what it read; none
    at a number or a symbol. ``ends``: a sentence ends behind it."""

    costs: Mapping[str, float]
    number: bool
    ends: bool


def best_words(steps: Sequence[WordStep], model: BigramModel) -> list[str | None]:
    """The word at each place.

    >>> from evidence.vietnamese.bigrams import load_model
    >>> steps = WordStep({"tô": 0.0, "tổ": -1.5}, False, False), WordStep({"chức": 0.0}, False, False)
    >>> best_words(steps, load_model())
    ['tổ', 'chức']
    """
    paths: dict[str | None, float] = {None: 0.0}  # the last word -> log probability of the best path to it
    history: list[Backlinks] = []
    for step in steps:
        paths, backlinks = _extend_paths(step, paths, model)
        history.append(backlinks)
    state: str | None = max(paths, key=lambda word: paths[word])
    words: list[str | None] = []
    for backlinks in reversed(history):
        word, state = backlinks[state]
        words.append(word)
    return words[::-1]


def _extend_paths(
    step: WordStep, paths: Mapping[str | None, float], model: BigramModel
) -> tuple[dict[str | None, float], Backlinks]:
    further: dict[str | None, float] = {}
    backlinks: Backlinks = {}
    for word, cost in step.costs.items():
        before = max(paths, key=lambda last: paths[last] + model.after(last, word))
        further[word] = paths[before] + model.after(before, word) + WEIGHT * cost
        backlinks[word] = (word, before)
    if not further and step.number:
        before = max(paths, key=lambda last: paths[last] + model.after(last, NUMBER))
        further, backlinks = {NUMBER: paths[before] + model.after(before, NUMBER)}, {NUMBER: (None, before)}
    elif not further:  # a symbol parts what it stands between
        last = max(paths, key=lambda word: paths[word])
        further, backlinks = {None: paths[last]}, {None: (None, last)}
    if step.ends:
        last = max(further, key=lambda word: further[word] + model.after(word, END))
        further, backlinks = {END: further[last] + model.after(last, END)}, {END: backlinks[last]}
    return further, backlinks

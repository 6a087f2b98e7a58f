"""The likeliest way through the choices of a page's words (Viterbi)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from evidence.ingest.ocr.decoding.bigrams import END, NUMBER, Model

WEIGHT = 0.8  # of the recogniser's probabilities against the model's: 0.5 to 1.2 give the same within 0.02 %
Way = dict[str | None, tuple[str | None, str | None]]  # the last word -> the word here, and the one before


@dataclass(frozen=True, slots=True)
class Step:
    """One place: the words that may stand here with what the recogniser thinks less of each than of what it read; none
    at a number or a symbol. ``ends``: a sentence ends behind it."""

    costs: Mapping[str, float]
    number: bool
    ends: bool


def best(steps: Sequence[Step], model: Model) -> list[str | None]:
    """The word at each place.

    >>> from evidence.ingest.ocr.decoding import bigrams as diacritics
    >>> best([Step({"tô": 0.0, "tổ": -1.5}, False, False), Step({"chức": 0.0}, False, False)], diacritics.load())
    ['tổ', 'chức']
    """
    ways: dict[str | None, float] = {None: 0.0}  # the last word -> log probability of the best way to it
    came: list[Way] = []
    for step in steps:
        ways, way = _onward(step, ways, model)
        came.append(way)
    state: str | None = max(ways, key=lambda one: ways[one])
    found: list[str | None] = []
    for way in reversed(came):
        word, state = way[state]
        found.append(word)
    return found[::-1]


def _onward(step: Step, ways: Mapping[str | None, float], model: Model) -> tuple[dict[str | None, float], Way]:
    further: dict[str | None, float] = {}
    way: Way = {}
    for word, cost in step.costs.items():
        before = max(ways, key=lambda one: ways[one] + model.after(one, word))
        further[word] = ways[before] + model.after(before, word) + WEIGHT * cost
        way[word] = (word, before)
    if not further and step.number:
        before = max(ways, key=lambda one: ways[one] + model.after(one, NUMBER))
        further, way = {NUMBER: ways[before] + model.after(before, NUMBER)}, {NUMBER: (None, before)}
    elif not further:  # a symbol parts what it stands between
        last = max(ways, key=lambda one: ways[one])
        further, way = {None: ways[last]}, {None: (None, last)}
    if step.ends:
        last = max(further, key=lambda one: further[one] + model.after(one, END))
        further, way = {END: further[last] + model.after(last, END)}, {END: way[last]}
    return further, way

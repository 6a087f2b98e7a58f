"""Documents named a second time by pointing back: ``Nghị quyết 282 nêu trên``, ``Quyết định nói trên``.

What is pointed at stands before it in the same text: the citation of that kind with that serial or, where no serial is
printed, the only one of that kind so far. Two that it could mean are none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from evidence.values import kind as kinds
from evidence.values.kind import Kind
from evidence.values.number import Number

POINTING = re.compile(
    rf"(?<!\w)(?P<kind>(?i:{kinds.names_pattern()}))(?:\s+(?:số\s+)?(?P<serial>\d{{1,5}}[a-zđ]?))?"
    r"\s+(?:nêu\s+trên|nói\s+trên|trên\s+đây|đã\s+dẫn)(?!\w)",
)
POINTERS = re.compile(r"(?:nêu\s+trên|nói\s+trên|trên\s+đây|đã\s+dẫn)(?!\w)")
REACH = 200  # characters before the pointing words in which the kind begins
SEVERAL = re.compile(r"(?:các|những|dự\s+thảo)\s+$", re.IGNORECASE)  # "các Quyết định nêu trên" means more than one


@dataclass(frozen=True, slots=True)
class Antecedent:
    """A citation that can be pointed at; ``place`` is the caller's name for it."""

    end: int
    kind: Kind | None
    number: Number
    place: int


@dataclass(frozen=True, slots=True)
class BackReference:
    """Characters ``start:end`` mean the citation ``place``."""

    start: int
    end: int
    place: int


def find_back_references(text: str, antecedents: Iterable[Antecedent]) -> Iterator[BackReference]:
    """The places of a text that point back at a citation before them; ``antecedents`` in the order of the text."""
    waiting = list(antecedents)
    seen: dict[str, dict[str, dict[str, int]]] = {}  # kind -> serial -> key of the number -> first place
    at = 0
    for match in _pointing(text):
        while at < len(waiting) and waiting[at].end <= match.start():
            antecedent = waiting[at]
            if antecedent.kind is not None:
                serials = seen.setdefault(antecedent.kind.name, {})
                serials.setdefault(antecedent.number.serial.lstrip("0"), {}).setdefault(
                    antecedent.number.key, antecedent.place
                )
            at += 1
        if SEVERAL.search(text, max(0, match.start() - 12), match.start()) or not match["kind"][0].isupper():
            continue  # "theo các quy định nêu trên" means no document
        kind = kinds.by_name(match["kind"])
        meant = _meant(seen.get(kind.name, {}) if kind else {}, match["serial"])
        if meant is not None:
            yield BackReference(match.start(), match.end(), meant)


def _pointing(text: str) -> Iterator[re.Match[str]]:
    """The matches of ``POINTING``, looked for only before the few places that have the words it ends with."""
    end = 0
    for pointer in POINTERS.finditer(text):
        match = POINTING.search(text, max(end, pointer.start() - REACH), pointer.end())
        if match is not None:
            end = match.end()
            yield match


def _meant(serials: dict[str, dict[str, int]], serial: str | None) -> int | None:
    if serial is not None:
        places = serials.get(serial.lstrip("0"), {})
    else:
        places = next(iter(serials.values())) if len(serials) == 1 else {}
    return next(iter(places.values())) if len(places) == 1 else None

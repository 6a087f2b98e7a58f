"""The numbers that OpenDocument counts by itself: of lists and of headings (ODF 1.3, 16.30 to 16.34). They are printed
and stand nowhere in the text.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field

from evidence.ingest.formats.safe_xml import Element, local_attribute, local_name
from evidence.ingest.word.number_formats import format_number

FORMS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}
NUMBER_LEVELS = frozenset({"list-level-style-number", "outline-level-style"})
LEVELS = NUMBER_LEVELS | {"list-level-style-bullet"}
OUTLINE = "\0outline"  # the style of headings, of which a document has one
DEEPEST = 10  # levels of a list
USUAL_BULLET = "•"
ON = "true"


@dataclass(frozen=True, slots=True)
class ListLevel:
    """How a level is marked: ``form`` of its number, none for a bullet or for no mark at all."""

    form: str = ""
    before: str = ""
    behind: str = ""
    shown_levels: int = 1
    start: int = 1
    bullet: str = ""


@dataclass(frozen=True, slots=True)
class ListPlace:
    """Where in a list a paragraph stands: the list's style, and its level from 1."""

    style: str
    level: int


@dataclass(slots=True)
class ListCounters:
    """The list styles of a document, and how far each has counted."""

    styles: dict[str, dict[int, ListLevel]]
    counts: dict[str, list[int]] = field(default_factory=dict)

    def enter(self, element: Element, outer: ListPlace | None) -> ListPlace:
        """A list inside another one, or by itself: it then begins anew, where it does not say that it goes on."""
        style = local_attribute(element, "style-name") or (outer.style if outer else "")
        level = min(outer.level + 1 if outer else 1, DEEPEST)
        goes_on = local_attribute(element, "continue-numbering") == ON or local_attribute(element, "continue-list")
        if outer is None and not goes_on:
            self.counts.pop(style, None)
        return ListPlace(style, level)

    def next_label(self, place: ListPlace, start: str = "") -> str:
        """What stands in front of the next item there; ``start``: the number that it is given."""
        levels = self.styles.get(place.style, {})
        own = levels.get(place.level, ListLevel())
        if not own.form:
            return f"{own.bullet} " if own.bullet else ""
        counts = self.counts.get(place.style, [])[: place.level]
        begun = len(counts)
        counts += [levels.get(level, ListLevel()).start for level in range(begun + 1, place.level + 1)]
        if begun == place.level:
            counts[-1] += 1
        if start.isdecimal() and len(start) < 9:
            counts[-1] = int(start)
        self.counts[place.style] = counts
        first = max(1, place.level - own.shown_levels + 1)
        forms = ((level, levels.get(level, ListLevel()).form) for level in range(first, place.level + 1))
        number = ".".join(format_number(counts[level - 1], form) for level, form in forms if form)
        return f"{own.before}{number}{own.behind} "

    def heading_label(self, heading: Element) -> str:
        """What stands in front of a heading outside of lists."""
        level = local_attribute(heading, "outline-level")
        if local_attribute(heading, "is-list-header") == ON or OUTLINE not in self.styles or not level.isdecimal():
            return ""
        return self.next_label(ListPlace(OUTLINE, min(max(int(level[:3]), 1), DEEPEST)))


def read_list_styles(roots: Iterable[Element]) -> ListCounters:
    """The styles of lists and of headings."""
    styles: dict[str, dict[int, ListLevel]] = {}
    for root in roots:
        for style in root.iter("{*}list-style", "{*}outline-style"):
            name = OUTLINE if local_name(style) == "outline-style" else local_attribute(style, "name")
            levels = (child for child in style if local_name(child) in LEVELS)
            styles[name] = {_number(child, "level"): _read_level(child) for child in levels}
    return ListCounters(styles)


def _read_level(element: Element) -> ListLevel:
    before, behind = (local_attribute(element, f"num-{side}") for side in ("prefix", "suffix"))
    if local_name(element) not in NUMBER_LEVELS:
        bullet = local_attribute(element, "bullet-char")[:1]
        return ListLevel(bullet=USUAL_BULLET if not bullet or unicodedata.category(bullet) == "Co" else bullet)
    form = FORMS.get(local_attribute(element, "num-format"), "")
    return ListLevel(form, before, behind, _number(element, "display-levels"), _number(element, "start-value"))


def _number(element: Element, name: str) -> int:
    value = local_attribute(element, name)
    return int(value) if value.isdecimal() and len(value) < 6 else 1

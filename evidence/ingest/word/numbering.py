"""The numbers that Word counts by itself (ECMA-376, 17.9): ``Điều 1.``, ``1.1.``, ``a)``, ``-``. They stand nowhere in
the text; a table's column of serial numbers is often nothing else.

A number is counted in the order in which paragraphs stand. Lists with the same abstract numbering count on together,
unless one of them starts anew (``startOverride``).
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass

from evidence.ingest.formats.safe_xml import Element
from evidence.ingest.word.names import VAL, is_on, value_of, w
from evidence.ingest.word.number_formats import format_number
from evidence.ingest.word.styles import P_PR, R_FONTS, R_PR, Styles, own_font

PLACE = re.compile(r"%([1-9])")
LEVELS = 9
LONGEST = 200  # characters of a label
NONE = "0"  # the number of no list: takes a paragraph out of the one of its style


@dataclass(frozen=True, slots=True)
class Label:
    """What stands before a paragraph's text: the number with what is around it, the gap behind it, its font."""

    text: str
    gap: str
    font: str
    is_bullet: bool


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    pattern: str
    text: str
    start: int
    gap: str
    restart: int | None
    legal: bool  # numbers of all levels in figures
    font: str
    style: str | None


class Numbering:
    """Counts through one document; ``root`` is the numbering part's XML, ``None`` where there is none."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        of_kind = [] if root is None else list(root)
        self._abstracts = {item.get(w("abstractNumId")): item for item in of_kind if item.tag == w("abstractNum")}
        self._lists = {item.get(w("numId")): item for item in of_kind if item.tag == w("num")}
        self._levels: dict[tuple[str, int], _Level | None] = {}
        self._counts: dict[str | None, dict[int, int]] = defaultdict(dict)
        self._of_style: dict[str | None, tuple[str | None, str | None]] = {}
        self._started: set[tuple[str, int]] = set()

    def next_label(self, paragraph: Element) -> Label | None:
        """The number before this paragraph, which counts; ``None`` where it has none."""
        if not self._lists:
            return None
        number, level = self._place(paragraph)
        known = self._level(number, level) if number is not None else None
        if number is None or known is None:
            return None
        counts = self._count(number, level, known)
        text = PLACE.sub(lambda place: self._shown(number, int(place[1]) - 1, counts, known), known.text)[:LONGEST]
        return Label(text, known.gap, known.font, known.form == "bullet")

    def _count(self, number: str, level: int, known: _Level) -> dict[int, int]:
        """Counts one on, and deeper levels anew."""
        counts = self._counts[self._abstract_of(number)]
        override = self._start_override(number, level)
        if override is not None and (number, level) not in self._started:
            self._started.add((number, level))
            counts[level] = override
        else:
            counts[level] = counts[level] + 1 if level in counts else known.start
        for deeper in [each for each in counts if each > level]:
            below = self._level(number, deeper)
            if below is None or below.restart is None or level < below.restart:
                del counts[deeper]
        return counts

    def _shown(self, number: str, at: int, counts: dict[int, int], asking: _Level) -> str:
        known = self._level(number, at)
        if known is None:
            return ""
        count = counts.get(at, known.start)
        return format_number(count, "decimal" if asking.legal else known.form, known.pattern)

    def _place(self, paragraph: Element) -> tuple[str | None, int]:
        """The list and level of a paragraph, by itself or by its style."""
        properties = paragraph.find(P_PR)
        own = properties.find(w("numPr")) if properties is not None else None
        number, level = value_of(own, "numId"), value_of(own, "ilvl")
        if number is None:
            style = self._styles.style_of(paragraph)
            if style not in self._of_style:
                self._of_style[style] = self._place_of_style(style)
            number, inherited_level = self._of_style[style]
            level = level or inherited_level
        return (None if number in (None, NONE) else number), _digits(level, 0)

    def _place_of_style(self, style: str | None) -> tuple[str | None, str | None]:
        """The list and level that a style gives, by itself or by one it is based on."""
        for name, element in self._styles.chain(style):
            inherited = element.find(f"{P_PR}/{w('numPr')}")
            if inherited is not None and (number := value_of(inherited, "numId")) is not None:
                return number, self._level_of_style(number, style, name) or value_of(inherited, "ilvl")
        return None, None

    def _level_of_style(self, number: str, *names: str | None) -> str | None:
        """The level that a list ties to one of these styles."""
        for name in names:
            for at in range(LEVELS):
                level = self._level(number, at)
                if level is not None and level.style is not None and level.style == name:
                    return str(at)
        return None

    def _abstract_of(self, number: str) -> str | None:
        """The abstract numbering of a list, through the styles that lists are tied to."""
        abstract = value_of(self._lists.get(number), "abstractNumId")
        linked = value_of(self._abstracts.get(abstract), "numStyleLink")
        if linked is None:
            return abstract
        for _, style in self._styles.chain(linked):
            other = value_of(self._lists.get(value_of(style.find(f"{P_PR}/{w('numPr')}"), "numId")), "abstractNumId")
            if other is not None:
                return other
        tied = (key for key, item in self._abstracts.items() if value_of(item, "styleLink") == linked)
        return next(tied, abstract)

    def _override(self, number: str, level: int) -> Element | None:
        own = self._lists.get(number)
        overrides = [] if own is None else own.findall(w("lvlOverride"))
        return next((item for item in overrides if item.get(w("ilvl")) == str(level)), None)

    def _start_override(self, number: str, level: int) -> int | None:
        start = value_of(self._override(number, level), "startOverride")
        return None if start is None else _digits(start, 1)

    def _level(self, number: str, level: int) -> _Level | None:
        if (number, level) not in self._levels:
            self._levels[number, level] = self._read_level(number, level)
        return self._levels[number, level]

    def _read_level(self, number: str, level: int) -> _Level | None:
        override = self._override(number, level)
        own = override.find(w("lvl")) if override is not None else None
        abstract = self._abstracts.get(self._abstract_of(number))
        general = [] if abstract is None else abstract.findall(w("lvl"))
        element = own if own is not None else next((x for x in general if x.get(w("ilvl")) == str(level)), None)
        if element is None:
            return None
        form = next(element.iter(w("numFmt")), None)  # of two alternatives the first: newer formats stand there
        fonts = element.find(f"{R_PR}/{R_FONTS}")
        restart = value_of(element, "lvlRestart")
        return _Level(
            form=form.get(VAL, "decimal") if form is not None else "decimal",
            pattern=form.get(w("format"), "") if form is not None else "",
            text=value_of(element, "lvlText") or "",
            start=_digits(value_of(element, "start"), 0),
            gap="" if value_of(element, "suff") == "nothing" else " ",
            restart=None if restart is None else _digits(restart, 0),
            legal=is_on(element.find(w("isLgl"))),
            font=own_font(fonts) if fonts is not None else "",
            style=value_of(element, "pStyle"),
        )


def _digits(text: str | None, otherwise: int) -> int:
    return int(text) if text is not None and text.isdecimal() and len(text) < 9 else otherwise

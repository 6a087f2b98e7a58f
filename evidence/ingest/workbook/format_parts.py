"""A number format of a spreadsheet (ECMA-376, 18.8.31) cut into its sections and their signs.

``0"/QĐ-UBND"`` is one section of a figure and a text; ``#,##0;[Red]-#,##0;"-"`` are three: for what is above nought,
below it and nought; a fourth is for text.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from functools import cache

TOKEN = re.compile(
    r'"(?P<text>[^"]*)"?|\\(?P<escaped>.)|_(?P<space>.)|\*(?P<fill>.)|\[(?P<bracket>[^\]]*)\]'
    r"|(?P<general>General)|(?P<clock>AM/PM|A/P|SA/CH)|(?P<date>[yY]+|[mM]+|[dD]+|[hH]+|[sS]+|[bB]{2,4}|[eE](?![+-])|[gG]+)"
    r"|(?P<exponent>[eE][+-])|(?P<digit>[0#?])|(?P<sign>[.,%/@])|(?P<other>.)",
    re.IGNORECASE | re.DOTALL,
)
LONGEST = 1_000  # characters of a format
CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
CURRENCY = re.compile(r"\$([^-]*)")
ELAPSED = re.compile(r"h+|m+|s+", re.IGNORECASE)
COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<=": operator.le, ">=": operator.ge, "<>": operator.ne, "<": operator.lt, ">": operator.gt, "=": operator.eq,
}  # fmt: skip


class Part(StrEnum):
    """What a sign of a format stands for."""

    TEXT = "text"
    DIGIT = "digit"
    SIGN = "sign"  # . , % /
    TYPED = "typed"  # @, the text itself
    EXPONENT = "exponent"
    DATE = "date"
    ELAPSED = "elapsed"
    CLOCK = "clock"
    GENERAL = "general"


@dataclass(frozen=True, slots=True)
class FormatSection:
    """The signs of one section in their order; ``condition`` says of which numbers it speaks, where the format does."""

    parts: tuple[tuple[Part, str], ...]
    condition: tuple[str, float] | None = None

    @property
    def is_date(self) -> bool:
        return any(part in (Part.DATE, Part.ELAPSED) for part, _ in self.parts)

    @property
    def is_typed(self) -> bool:
        return any(part is Part.TYPED for part, _ in self.parts)

    def applies(self, value: float) -> bool:
        """Whether the condition holds; true where there is none."""
        return self.condition is None or COMPARE[self.condition[0]](value, self.condition[1])


@cache
def parse_format(code: str) -> tuple[FormatSection, ...]:
    """The sections of a format; an empty one shows nothing."""
    sections: list[list[tuple[Part, str]]] = [[]]
    conditions: dict[int, tuple[str, float]] = {}
    for match in TOKEN.finditer(code[:LONGEST]):
        kind, sign = match.lastgroup or "other", match[match.lastgroup or "other"]
        if kind == "other" and sign == ";":
            sections.append([])
        elif kind == "bracket":
            condition = CONDITION.fullmatch(sign.strip())
            if condition:
                conditions[len(sections) - 1] = (condition[1], float(condition[2]))
            else:
                sections[-1] += _bracketed(sign)
        else:
            sections[-1].append(_part(kind, sign))
    return tuple(FormatSection(tuple(parts), conditions.get(at)) for at, parts in enumerate(sections[:4]))


def _bracketed(sign: str) -> list[tuple[Part, str]]:
    """A currency, or time that runs on behind 24 hours; colours and languages show nothing."""
    currency = CURRENCY.match(sign)
    if currency:
        return [(Part.TEXT, currency[1])] if currency[1] else []
    return [(Part.ELAPSED, sign.lower())] if ELAPSED.fullmatch(sign) else []


def _part(kind: str, sign: str) -> tuple[Part, str]:
    if kind in ("text", "escaped", "other"):
        return Part.TEXT, sign
    if kind in ("space", "fill"):
        return Part.TEXT, " " if kind == "space" else ""
    if kind == "sign":
        return (Part.TYPED if sign == "@" else Part.SIGN), sign
    if kind == "date":
        return Part.DATE, sign.lower()
    kinds = {"digit": Part.DIGIT, "exponent": Part.EXPONENT, "clock": Part.CLOCK, "general": Part.GENERAL}
    return kinds[kind], sign

"""The printed part of a number whose serial is still blank: drafts, and scans where the serial is written by hand.

Decree 30/2020/NĐ-CP, Article 16: number and date are added after signing, so ``Số:      /QĐ-UBND`` is a normal
draft. On scans the printed suffix is read right in 75 % of cases, the number itself in 25 %: the suffix is the anchor.

>>> parse_suffix("Số:      /QĐ-UBND")
Suffix(symbol='QĐ-UBND', year=None, joint='/')
>>> parse_suffix("/UBND-NCKSTTHC").symbol, parse_suffix("Số: ..... /2019/QÐ-UBND").year
('UBND-NCKSTTHC', 2019)
>>> parse_suffix("Số: 615/QĐ-UBND") is None
True
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from evidence.values import symbol as symbols
from evidence.values.number import FIRST, GAP, SYMBOL, YEAR, Number
from evidence.values.symbol import FOREIGN, LOWER, UPPER
from evidence.vietnamese.text import canon, plain_map, swap

_FILL = r"[ .…_*]{0,60}"
_REST = rf"(?P<joint>[/-]){GAP}(?:(?P<year>{YEAR}){FIRST})?(?P<symbol>{SYMBOL})(?![{LOWER}])"
_WHOLE = re.compile(rf"\s*(?:S[ốôoó6]|\$[6ốo])?\s*:?{_FILL}{_REST}", re.VERBOSE | re.IGNORECASE)
_START = r"(?:(?<!\w)[Ss][ốôoó6][ ]{0,5}:?[ .…_]{1,60}|(?<=\n)[ \t]{0,20}|\A[ \t]{0,20})"
_SEARCH = re.compile(rf"{_START}{_REST}", re.VERBOSE)
_CASED = re.compile(rf"[{UPPER}]")
_BLANKS = re.compile(r"\s*([-/&])\s*")


@dataclass(frozen=True, slots=True)
class Suffix:
    """What is printed of a number: ``/QĐ-UBND``, ``-KH/TU``, ``/2019/QĐ-UBND``."""

    symbol: str
    year: int | None = None
    joint: str = "/"

    def __str__(self) -> str:
        return f"/{self.year}/{self.symbol}" if self.year else f"{self.joint}{self.symbol}"

    def with_serial(self, serial: str) -> Number:
        """The number, once its serial is known."""
        return Number(serial, self.symbol, self.year, "/" if self.year else self.joint)


@dataclass(frozen=True, slots=True)
class SuffixMatch:
    """A blank number in a text: characters ``start:end``, "Số:" included where it stands."""

    start: int
    end: int
    suffix: Suffix


def parse_suffix(text: str) -> Suffix | None:
    """The suffix that the whole text is, "Số:" and a blank before it or not; None where a serial stands or none is."""
    bare = swap(canon(plain_map(text)[0]), FOREIGN).strip()
    match = _WHOLE.match(bare)
    if match is None or bare[match.end() :].strip(" .,;"):
        return None
    return _make(match) if _CASED.match(match.group("symbol")) else None


def search_blank(text: str) -> Iterator[SuffixMatch]:
    """The blank numbers in a text: after "Số:", or at the beginning of a line.

    >>> [(str(match.suffix), match.start) for match in search_blank("Quyết định số:    /QĐ-UBND ngày    tháng 3")]
    [('/QĐ-UBND', 11)]
    """
    composed, offsets = plain_map(text)
    for match in _SEARCH.finditer(swap(canon(composed), FOREIGN)):
        suffix = _make(match)
        if suffix is None or not symbols.is_known(suffix.symbol):
            continue
        start, last = match.start(), match.end() - 1
        if offsets is not None:
            start, last = offsets[start], offsets[last]
        yield SuffixMatch(start, last + 1, suffix)


def _make(match: re.Match[str]) -> Suffix | None:
    symbol = _BLANKS.sub(r"\1", match.group("symbol")).strip(" \n&.")
    year = match.group("year")
    if len(symbol) < 2:
        return None
    return Suffix(symbol, int(year) if year else None, "/" if year else match.group("joint"))

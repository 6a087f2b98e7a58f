"""Standards and technical regulations: ``TCVN ISO 9001:2015``, ``QCVN 102:2016/BTTTT``. No document numbers.

Tiêu chuẩn and quy chuẩn kỹ thuật of the Law on Standards and Technical Regulations (68/2006/QH11): series, number with
its part, colon, year; a technical regulation and a company's standard name their issuer behind a slash. Older ones have
a hyphen before the year (``TCVN 2737-1995``); without a year the last edition is meant.

>>> [str(one.standard) for one in search("TCVN 5719-1 : 2009 (ISO 4344:2004), QCVN 41:2024/BGTVT và TCVN 2737-1995")]
['TCVN 5719-1:2009', 'ISO 4344:2004', 'QCVN 41:2024/BGTVT', 'TCVN 2737:1995']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_GAP = r"[ \t]{0,2}\n?[ \t]{0,2}"
_ABROAD = r"ISO(?:/(?:IEC|TS|TR|ASTM))?|IEC"
_YEAR = r"(?:19[5-9]|20[0-4])\d"
# TCVN ISO/IEC 27001:2019 · QCVN 08-MT:2015/BTNMT · TCVN-7079: 2002 · QCVN:01-2008/BLĐTBXH · TCCS01:2009/CKOTUB
_STANDARD = re.compile(
    rf"(?<![\w/])(?P<series>TCVN(?:{_GAP}(?:{_ABROAD}))?|QCVN|QCĐP|TCCS|TCXDVN|TCXD|{_ABROAD})"
    rf"(?P<lead>{_GAP}[:-]?{_GAP})"
    r"(?P<number>\d{1,5}(?:-(?:\d{1,3}|[A-ZĐ]{1,3}))*)"
    rf"(?:[ ]?(?::{_GAP}|-|/(?=\d{{4}}/))(?P<year>{_YEAR}))?"
    rf"(?:[ ]?/{_GAP}(?P<issuer>[A-ZĐ]{{2,12}})(?!\w))?"
    r"(?(year)(?!\w|[-:/]\d)|(?!\w|[ ]?[-:/,][ ]?\d))"  # a range, a list of parts: no standard bears what stands before
)
_SHORTEST = {"QCVN": 2, "QCĐP": 2}  # digits of a number that is believed without a year
_SHORT, _SHORT_ABROAD = 3, 4


@dataclass(frozen=True, slots=True)
class Standard:
    """``number`` with its part (``5719-1``), as printed; ``issuer`` is an abbreviation."""

    series: str
    number: str
    year: int | None = None
    issuer: str | None = None

    def __str__(self) -> str:
        year = f":{self.year}" if self.year else ""
        return f"{self.series} {self.number}{year}{f'/{self.issuer}' if self.issuer else ''}"


@dataclass(frozen=True, slots=True)
class StandardMatch:
    """A standard named by the characters ``start:end``."""

    standard: Standard
    start: int
    end: int


def parse(text: str) -> Standard | None:
    """The standard that the whole text names; ``None`` where it names none.

    >>> parse("TCVN ISO/IEC 27001:2019")
    Standard(series='TCVN ISO/IEC', number='27001', year=2019, issuer=None)
    """
    match = _STANDARD.fullmatch(text.strip())
    return _standard(match) if match else None


def search(text: str) -> Iterator[StandardMatch]:
    """The standards that a text names, with their characters."""
    for match in _STANDARD.finditer(text):
        standard = _standard(match)
        if standard is not None:
            yield StandardMatch(standard, match.start(), match.end())


def _standard(match: re.Match[str]) -> Standard | None:
    """``None``: a word in capitals with a figure behind it (``ISO 100``, a table's heading and its next row)."""
    series = " ".join(match["series"].split())
    if match["year"] is None:
        abroad = not series.startswith(("TC", "QC"))
        least = _SHORT_ABROAD if abroad else _SHORTEST.get(series, _SHORT)
        if "\n" in match["lead"] or len(match["number"].partition("-")[0]) < least:
            return None
    return Standard(series, match["number"], int(match["year"]) if match["year"] else None, match["issuer"])

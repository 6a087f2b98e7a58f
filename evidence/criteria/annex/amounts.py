"""Points as annexes print them: ``9.50``, ``14,5``, ``2,0 điểm``, ``(15 điểm)``.

>>> parse_points("14,5"), parse_points("2,0 điểm"), parse_points("(15đ)"), parse_points("9.50")
(Decimal('14.5'), Decimal('2.0'), Decimal('15'), Decimal('9.50'))
>>> parse_points("=SUM(C3:C5)"), parse_points("1-2"), parse_points("100%"), parse_points("")
(None, None, None, None)
"""

from __future__ import annotations

import re
from decimal import Decimal

_POINTS = re.compile(r"\(?\s*\+?\s*(\d{1,4}(?:[.,]\d{1,4})?)\s*(?:điểm|đ)?\s*\.?\s*\)?", re.IGNORECASE)
_INSIDE = re.compile(r"\(\s*(?:tối đa\s*)?(\d{1,4}(?:[.,]\d{1,4})?)\s*(?:điểm|đ)\s*\)", re.IGNORECASE)


def parse_points(text: str | None) -> Decimal | None:
    """The points that are all of the text; ``None`` where they are not a plain number."""
    match = _POINTS.fullmatch((text or "").strip())
    return to_decimal(match[1]) if match else None


def parse_signed(text: str | None) -> tuple[Decimal | None, bool]:
    """The points that are all of the text, and whether they are printed as taken.

    >>> parse_signed("-5"), parse_signed("– 0,5 điểm"), parse_signed("5")
    ((Decimal('5'), True), (Decimal('0.5'), True), (Decimal('5'), False))
    """
    plain = (text or "").strip()
    taken = plain[:1] in ("-", "–", "−") and len(plain) > 1
    return parse_points(plain[1:] if taken else plain), taken


def parse_percent(text: str | None) -> Decimal | None:
    """A weight: ``15%``, ``15``, ``0,15``.

    >>> parse_percent("12,5 %"), parse_percent("0,15"), parse_percent("x")
    (Decimal('12.5'), Decimal('0.15'), None)
    """
    return parse_points((text or "").replace("%", " ").strip())


def points_in_brackets(text: str) -> Decimal | None:
    """The points that a heading names in brackets.

    >>> points_in_brackets("CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH (15 điểm)")
    Decimal('15')
    """
    amounts = _INSIDE.findall(text)
    return to_decimal(amounts[0]) if len(amounts) == 1 else None


def to_decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))

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


def points_in_brackets(text: str) -> Decimal | None:
    """The points that a heading names in brackets.

    >>> points_in_brackets("CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH (15 điểm)")
    Decimal('15')
    """
    amounts = _INSIDE.findall(text)
    return to_decimal(amounts[0]) if len(amounts) == 1 else None


def to_decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))

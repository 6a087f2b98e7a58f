"""Points as annexes print them: ``9.50``, ``14,5``, ``2,0 điểm``, ``(15 điểm)``.

>>> parse("14,5"), parse("2,0 điểm"), parse("(15đ)"), parse("9.50")
(Decimal('14.5'), Decimal('2.0'), Decimal('15'), Decimal('9.50'))
>>> parse("=SUM(C3:C5)"), parse("1-2"), parse("100%"), parse("")
(None, None, None, None)
"""

from __future__ import annotations

import re
from decimal import Decimal

_POINTS = re.compile(r"\(?\s*\+?\s*(\d{1,4}(?:[.,]\d{1,4})?)\s*(?:điểm|đ)?\s*\.?\s*\)?", re.IGNORECASE)
_INSIDE = re.compile(r"\(\s*(?:tối đa\s*)?(\d{1,4}(?:[.,]\d{1,4})?)\s*(?:điểm|đ)\s*\)", re.IGNORECASE)


def parse(text: str | None) -> Decimal | None:
    """The points that are all of the text; ``None`` where they are not a plain number."""
    match = _POINTS.fullmatch((text or "").strip())
    return decimal(match[1]) if match else None


def inside(text: str) -> Decimal | None:
    """The points that a heading names in brackets.

    >>> inside("CÔNG TÁC CHỈ ĐẠO, ĐIỀU HÀNH (15 điểm)")
    Decimal('15')
    """
    found = _INSIDE.findall(text)
    return decimal(found[0]) if len(found) == 1 else None


def decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))

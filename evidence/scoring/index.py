"""The index: points of the maximum that applies, in percent, from unrounded points.

>>> str(round_index(compute_index(Decimal("78.826"), Decimal(87))))
'90.60'
>>> str(round_index(compute_index(Decimal("78.83"), Decimal(87))))  # from points rounded first: another index
'90.61'
"""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Context, Decimal

HUNDRED = Decimal(100)
PLACES = 2
# One division of numbers of few digits: rounded at the 50th digit, two indexes are equal where their fractions are.
_EXACT = Context(prec=50)


def compute_index(points: Decimal, most: Decimal) -> Decimal:
    """Points in percent of ``most``, which is not zero, to fifty digits."""
    return _EXACT.divide(points * HUNDRED, most)


def round_index(index: Decimal, places: int = PLACES) -> Decimal:
    """The index as it is printed: half up."""
    return index.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)

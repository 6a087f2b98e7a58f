"""Bands in words -> bands with sides: ``Từ 80% - dưới 100%`` is 80 and more, less than 100.

>>> from decimal import Decimal as D
>>> scoring = read_bands([("Có từ 2 sáng kiến trở lên", D(2)), ("Có 1 sáng kiến", D(1)), ("Không có sáng kiến", D(0))])
>>> [(str(one.points), str(one.low), str(one.high)) for one in scoring.bands]
[('0', 'None', '1'), ('1', '1', '2'), ('2', '2', 'None')]
>>> read_bands([("100% TTHC cấp tỉnh", D(1)), ("100% TTHC cấp xã", D(1))]) is None  # two sums, no bands
True
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from evidence.criteria.annex.amounts import to_decimal
from evidence.criteria.annex.columns import plain_letters
from evidence.model.criteria import Band, Scoring

NUMBER = r"(\d{1,3}(?:[.,]\d{1,3})?)"
SHARE = rf"{NUMBER}\s*%"
WHOLE = Decimal(100)
# without marks: "tu 80% - duoi 100%", "80% den duoi 100%", "tren 70% den 90%"
BETWEEN = re.compile(rf"(tu|tren)?\s*{NUMBER}\s*%?\s*(?:-|–|den|toi)\s*(duoi)?\s*{SHARE}")
LEAST = re.compile(rf"(?:(tu|dat|tren|>=|≥|>)\s*)?{SHARE}\s*(?:[^\d%]*?)(tro len)?")
LESS = re.compile(rf"(duoi|<|nho hon|it hon|thap hon)\s*{SHARE}")
MORE_THAN = re.compile(rf"(tren|>|hon)\s*{SHARE}")
COUNT_UP = re.compile(r"\b(?:tu|it nhat)\s*(\d{1,3})\b.*\btro len\b|\b(\d{1,3})\b.*\btro len\b")
COUNT = re.compile(r"\b(?:co\s+)?(\d{1,3})\s+[a-z]")
NONE = re.compile(r"^(?:khong|chua) (?:co|phat sinh)\b")


def read_bands(cases: Sequence[tuple[str, Decimal]]) -> Scoring | None:
    """The bands of all cases, lowest first; ``None`` where one is none, or they do not join."""
    shares = any("%" in when for when, _ in cases)
    found = [_share(when, points) if shares else _count(when, points) for when, points in cases]
    every = [one for one in found if one is not None]
    if len(every) < len(found):
        return None
    every.sort(key=lambda one: (one.low is not None, one.low or Decimal(0)))
    return Scoring(of="ty_le" if shares else "so_luong", bands=tuple(every)) if _whole(every) else None


def _share(when: str, points: Decimal) -> Band | None:
    told = plain_letters(when)
    if len(re.findall(r"%", told)) > 2:
        return None
    if between := BETWEEN.search(told):
        low, high = to_decimal(between[2]), to_decimal(between[4])
        return Band(points, low, between[1] != "tren", high, between[3] is None)
    if less := LESS.search(told):
        return Band(points, None, False, to_decimal(less[2]), False)
    if more := MORE_THAN.search(told):
        return Band(points, to_decimal(more[2]), False)
    least = LEAST.search(told)
    if least is None:
        return None
    low = to_decimal(least[2])
    return Band(points, low) if low == WHOLE or "tro len" in told or least[1] in (">=", "≥") else None


def _count(when: str, points: Decimal) -> Band | None:
    told = plain_letters(when)
    if up := COUNT_UP.search(told):
        return Band(points, to_decimal(up[1] or up[2]))
    if NONE.match(told):
        return Band(points, None, False, Decimal(1), False)
    match = COUNT.match(told)
    return Band(points, to_decimal(match[1]), True, to_decimal(match[1]) + 1, False) if match else None


def _whole(every: Sequence[Band]) -> bool:
    """From the bottom to the top without gap or overlap, and never fewer points for more."""
    if len(every) < 2 or every[0].low is not None or every[-1].high is not None:
        return False
    pairs = list(pairwise(every))
    joined = all(one.high is not None and one.high == two.low and one.high_in != two.low_in for one, two in pairs)
    return joined and all(one.points <= two.points for one, two in pairs)

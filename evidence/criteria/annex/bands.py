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
from evidence.criteria.tables.header_phrases import plain_letters
from evidence.model.score_rule import Band, Scoring

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
ANOTHER = re.compile(r"%.*\bhoac (?:khong|chua)\b")  # a further condition beside the share
REFUSED = re.compile(r"^(?:neu )?(?:khong|chua)\b")
# "vượt dự toán", "đạt dự toán", "không đạt dự toán": more than all of it, all of it, less
TARGET = re.compile(
    r"\b(khong|chua|vuot)?\s*(?:muc )?(dat|hoan thanh|vuot)?\s*((?:muc )?(?:du toan|chi tieu|ke hoach|dinh muc))\b"
)


def read_bands(cases: Sequence[tuple[str, Decimal]]) -> Scoring | None:
    """The bands of all cases, lowest first; ``None`` where one is none, or they do not join."""
    shares = any("%" in when for when, _ in cases)
    read = _target(cases) or [_share(when, points) if shares else _count(when, points) for when, points in cases]
    if shares and read[-1] is None and len(read) > 1:
        read[-1] = _refused(cases[-1], read[:-1])
    bands = [band for band in read if band is not None]
    if len(bands) < len(read):
        return None
    bands.sort(key=lambda band: (band.low is not None, band.low or Decimal(0), not band.low_in))
    of = "so_luong" if not shares and not _target(cases) else "ty_le"
    return Scoring(of=of, bands=tuple(bands)) if _is_scale(bands) else None


def _refused(case: tuple[str, Decimal], read: Sequence[Band | None]) -> Band | None:
    """ "Chưa hoàn thành công bố …: 0" below bands in percent: all that is less than the lowest of them."""
    lows = [band.low for band in read if band is not None and band.low is not None]
    if case[1] or not REFUSED.match(plain_letters(case[0])) or len(lows) < len(read):
        return None
    return Band(case[1], None, False, min(lows), False)


def _target(cases: Sequence[tuple[str, Decimal]]) -> list[Band | None]:
    """The bands of a target that is passed, met and not met; none where one of the three is not said."""
    found = [TARGET.search(plain_letters(when)) for when, _ in cases]
    if len(cases) not in (2, 3) or any("%" in when for when, _ in cases) or any(match is None for match in found):
        return []
    states = ["not" if match[1] in ("khong", "chua") else "over" if "vuot" in (match[1], match[2]) else "met"
              for match in found if match]  # fmt: skip
    if any(state == "met" and match and not match[2] for state, match in zip(states, found, strict=True)):
        return []
    same = len({match[3] for match in found if match}) == 1
    points = dict(zip(states, (points for _, points in cases), strict=True))
    if not same or list(points) != ["over", "met", "not"]:
        return []
    return [
        Band(points["over"], WHOLE, False),
        Band(points["met"], WHOLE, True, WHOLE, True),
        Band(points["not"], None, False, WHOLE, False),
    ]


def _share(when: str, points: Decimal) -> Band | None:
    text = plain_letters(when)
    if len(re.findall(r"%", text)) > 2 or ANOTHER.search(text):
        return None
    if between := BETWEEN.search(text):
        low, high = to_decimal(between[2]), to_decimal(between[4])
        return Band(points, low, between[1] != "tren", high, between[3] is None)
    if less := LESS.search(text):
        return Band(points, None, False, to_decimal(less[2]), False)
    if more := MORE_THAN.search(text):
        return Band(points, to_decimal(more[2]), False)
    least = LEAST.search(text)
    if least is None:
        return None
    low = to_decimal(least[2])
    return Band(points, low) if low == WHOLE or "tro len" in text or least[1] in (">=", "≥") else None


def _count(when: str, points: Decimal) -> Band | None:
    text = plain_letters(when)
    if up := COUNT_UP.search(text):
        return Band(points, to_decimal(up[1] or up[2]))
    if NONE.match(text):
        return Band(points, None, False, Decimal(1), False)
    match = COUNT.match(text)
    return Band(points, to_decimal(match[1]), True, to_decimal(match[1]) + 1, False) if match else None


def _is_scale(bands: Sequence[Band]) -> bool:
    """Bands that join, and never give fewer points for more."""
    return are_joined(bands) and all(lower.points <= upper.points for lower, upper in pairwise(bands))


def are_joined(bands: Sequence[Band]) -> bool:
    """From the bottom to the top without gap or overlap."""
    if len(bands) < 2 or bands[0].low is not None or bands[-1].high is not None:
        return False
    pairs = pairwise(bands)
    return all(
        lower.high is not None and lower.high == upper.low and lower.high_in != upper.low_in for lower, upper in pairs
    )

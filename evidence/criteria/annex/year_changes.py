"""Cases that compare a year with the one before -> the bands of the change.

"Tăng so với năm trước liền kề: 1; không tăng: 0"; "Tăng từ 5% trở lên so với năm trước: 1". The change is counted in
the direction that earns the points: ``tang`` upwards, ``giam`` downwards, with ``_ty_le`` in percent of the year
before.

>>> from decimal import Decimal as D
>>> how = read_year_change([("Giảm so với năm trước liền kề", D(1)), ("Không giảm so với năm trước liền kề", D(0))])
>>> how.of, [(str(band.points), str(band.low), band.low_in, str(band.high), band.high_in) for band in how.bands]
('giam', [('0', 'None', False, '0', True), ('1', '0', False, 'None', False)])
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from evidence.criteria.annex.amounts import to_decimal
from evidence.criteria.annex.bands import NUMBER, are_joined
from evidence.criteria.tables.header_phrases import plain_letters
from evidence.model.score_rule import Band, Scoring

COMPARED = re.compile(
    r"\bso (?:voi )?(?:cung ky )?(?:ket qua |so lieu )?(?:cua )?(?:nam|ky) (?:truoc|lien ke)|\bso (?:voi )?cung ky"
)
CHANGE = re.compile(r"\b(khong|chua)?\s*(tang|giam|cao hon|thap hon)\b")
ALIKE = re.compile(r"\b(?:bang|giu nguyen|khong thay doi|khong doi|duy tri|tuong duong)\b")
UPWARDS = {"tang": True, "cao hon": True, "giam": False, "thap hon": False}
BETWEEN = re.compile(rf"tu {NUMBER}\s*%?\s*(?:-|–|den)\s*(duoi)?\s*{NUMBER}\s*%")
LEAST = re.compile(rf"(?:tu {NUMBER}\s*%\s*tro len|(?:it nhat|toi thieu) {NUMBER}\s*%)")
LESS = re.compile(rf"duoi {NUMBER}\s*%")
RATE = re.compile(r"\b(?:ty|ti) (?:le|so|suat|trong)\b|\bchi so\b")
ZERO = Decimal(0)


def read_year_change(cases: Sequence[tuple[str, Decimal]], title: str = "") -> Scoring | None:
    """The bands of all cases; ``None`` where they compare nothing, or do not join, or where a rate changes by percent:
    points of it or of what it was, nobody says."""
    texts = [plain_letters(when) for when, _ in cases]
    if not any(COMPARED.search(text) for text in texts):
        return None
    shares = any("%" in text for text in texts)
    if shares and any(RATE.search(text) for text in (*texts, plain_letters(title))):
        return None
    best = max(range(len(cases)), key=lambda at: cases[at][1])
    direction = CHANGE.search(texts[best])
    if direction is None or direction[1]:
        return None
    upwards = UPWARDS[direction[2]]
    read = [_band(text, points, upwards) for text, (_, points) in zip(texts, cases, strict=True)]
    bands = [band for band in read if band is not None]
    bands.sort(key=lambda band: (band.low is not None, band.low or ZERO, not band.low_in))
    if len(bands) < len(read) or not are_joined(bands):
        return None
    name = "tang" if upwards else "giam"
    return Scoring(of=f"{name}_ty_le" if shares else name, bands=tuple(bands))


def _band(text: str, points: Decimal, upwards: bool) -> Band | None:
    """The part of the line of changes that a case speaks of; better lies above zero."""
    change = CHANGE.search(text)
    if change is None:
        return Band(points, ZERO, True, ZERO, True) if ALIKE.search(text) else None
    better = UPWARDS[change[2]] is upwards
    if change[1]:
        return Band(points, None, False, ZERO, True) if better else Band(points, ZERO, True)
    if not better:
        return None if "%" in text else Band(points, None, False, ZERO, False)
    if between := BETWEEN.search(text):
        return Band(points, to_decimal(between[1]), True, to_decimal(between[3]), between[2] is None)
    if least := LEAST.search(text):
        return Band(points, to_decimal(least[1] or least[2]))
    if less := LESS.search(text):
        return Band(points, ZERO, False, to_decimal(less[1]), False)
    return None if "%" in text else Band(points, ZERO, False, None, False)

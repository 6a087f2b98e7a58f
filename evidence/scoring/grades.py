"""Grades: names with the index from which a unit has them. 1187/QĐ-BNV: 90/80/70; Lâm Đồng 2025: 80/65/50.

The index that is graded is the unrounded one: 79.996 is printed as 80.00 and has not reached 80; where rounding would
hide that, more digits are shown (``ranking``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from evidence.errors import UsageError
from evidence.model.scoring import Grade
from evidence.vietnamese.text import fold, nfc

_GRADE = re.compile(r"\s*(?P<name>[^:=,;]*[^:=,;\s])\s*[:=]\s*(?P<least>\d{1,3}(?:[.,]\d{1,6})?)\s*%?\s*(?:[,;]|$)")


def parse_grades(text: str) -> tuple[Grade, ...]:
    """Grades as they are typed, the highest first. UsageError for what is none, and for what is given twice.

    >>> [(grade.name, str(grade.threshold)) for grade in parse_grades("TỐT:80, TRUNG BÌNH:50,5, KHÁ:65")]
    [('TỐT', '80'), ('KHÁ', '65'), ('TRUNG BÌNH', '50.5')]
    """
    grades: list[Grade] = []
    at, text = 0, nfc(text).strip().rstrip(",;")
    while at < len(text):
        match = _GRADE.match(text, at)
        if match is None:
            raise UsageError("grades-wrong", value=text[at:].strip() or text)
        grades.append(Grade(" ".join(match["name"].split()), Decimal(match["least"].replace(",", "."))))
        at = match.end()
    names, thresholds = {fold(grade.name) for grade in grades}, {grade.threshold for grade in grades}
    if not grades or len(names) < len(grades) or len(thresholds) < len(grades):
        raise UsageError("grades-twice" if grades else "grades-wrong", value=text)
    return tuple(sorted(grades, key=lambda grade: grade.threshold, reverse=True))


def find_grade(index: Decimal, grades: Sequence[Grade]) -> str | None:
    """The highest grade whose threshold the index reaches; None below the last one."""
    reached = [grade for grade in grades if index >= grade.threshold]
    return max(reached, key=lambda grade: grade.threshold).name if reached else None

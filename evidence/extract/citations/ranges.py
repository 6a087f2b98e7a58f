"""Ranges of numbers: ``từ số 496/QĐ-TTg đến 521/QĐ-TTg``, ``từ số 496 đến số 521/QĐ-TTg``.

Both ends are citations where both are printed whole; the lower one knows the upper. What lies between is not written
out: a range names documents of one series, not all of which need exist.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from evidence.messages import Message
from evidence.values.number import Number

FROM = re.compile(r"(?<!\w)từ\s+(?:số\s+)?$", re.IGNORECASE)
SERIAL = r"(?P<serial>[1-9]\d?\.\d{3}|\d{1,5})"
FROM_SERIAL = re.compile(rf"(?<!\w)từ\s+(?:số\s+)?{SERIAL}\s+đến\s+(?:hết\s+)?(?:số\s+)?$", re.IGNORECASE)
TO = re.compile(r"\s*đến\s+(?:hết\s+)?(?:số\s+)?", re.IGNORECASE)
TO_SERIAL = re.compile(rf"\s*đến\s+(?:hết\s+)?số\s+{SERIAL}(?![\w/.-])", re.IGNORECASE)
WINDOW = 40


@dataclass(frozen=True, slots=True)
class RangeEnd:
    """A citation: where it begins, where its number does, where it ends with its issuer."""

    start: int
    number_start: int
    stop: int
    number: Number | None


@dataclass(frozen=True, slots=True)
class NumberRange:
    """``low`` to ``high``; ``start``: where the citation begins now."""

    start: int
    low: Number
    high: Number

    @property
    def note(self) -> Message:
        return Message("citation-range", {"low": str(self.low), "high": str(self.high)})


def read_range(text: str, citation: RangeEnd, following: RangeEnd | None) -> NumberRange | None:
    """The range that begins with the citation; ``following`` is the next one. ``None``: it is no end of a range."""
    if citation.number is None:
        return None
    before = text[max(0, citation.number_start - WINDOW) : citation.number_start]
    bare = FROM_SERIAL.search(before)
    if bare is not None:
        start = min(citation.start, citation.number_start - len(before) + bare.start())
        return _range(start, replace(citation.number, serial=bare["serial"].replace(".", "")), citation.number)
    if FROM.search(before) is None and FROM.search(text[max(0, citation.start - WINDOW) : citation.start]) is None:
        return None
    if following is not None and following.number is not None and TO.fullmatch(text, citation.stop, following.start):
        return _range(citation.start, citation.number, following.number)
    serial = TO_SERIAL.match(text, citation.stop)
    return (
        _range(citation.start, citation.number, replace(citation.number, serial=serial["serial"].replace(".", "")))
        if serial
        else None
    )


def _range(start: int, low: Number, high: Number) -> NumberRange | None:
    """Of two numbers of one series, the second the higher."""
    if not (low.serial.isdigit() and high.serial.isdigit()) or int(low.serial) >= int(high.serial):
        return None
    same = replace(low, serial="1").key == replace(high, serial="1").key
    return NumberRange(start, low, high) if same else None

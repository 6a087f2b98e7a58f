"""The code of a criterion as annexes print it: ``1.3.1.``, ``II``, ``A``, ``I.2``, ``a)``, ``TCTP 1.3.1 -``.

No decree prescribes it. Sets number their fields 1, 2, 3 or I, II, III (parts A, B above them), criteria 1.1, parts of
criteria 1.1.1, and sometimes a), b) below. A code of several parts names its parent; one of a single part stands where
its style stands in the outline.

>>> str(parse_code("1.3.1.")), str(parse_code("III")), parse_code("Ghi chú")
('1.3.1', 'III', None)
>>> str(parse_code("TCTP 1.3.1")), str(parse_code("1. 10"))
('1.3.1', '1.10')
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum


class Style(StrEnum):
    """How a code's single or first part is written, from the outermost on."""

    UPPER = "A"
    ROMAN = "I"
    DECIMAL = "1"
    LOWER = "a"


@dataclass(frozen=True, slots=True)
class Code:
    """``parts`` as printed, without dots."""

    parts: tuple[str, ...]

    def __str__(self) -> str:
        return ".".join(self.parts)

    @property
    def style(self) -> Style:
        return _style(self.parts[0])

    @property
    def last(self) -> int:
        """The place among its siblings that the last part claims."""
        return ordinal_of(self.parts[-1])


WORDS = r"(?:tiêu\s+chí\s+thành\s+phần|tiêu\s+chí|lĩnh\s+vực|nội\s+dung|tctp|tc|mục|phần|chương|lv)"
PART = r"(?:\d{1,3}|[IVX]{1,6}|[A-ZĐ]|[a-zđ])"
ALONE = re.compile(rf"\(?(?:{WORDS}\s*)?({PART}(?:[.,]{PART})*)[.,):\-–/]*", re.IGNORECASE)
# A code before its title in one cell: "TC 2.2.- Công bố …", "1.1. Kế hoạch", "I. CÔNG TÁC …", "Lĩnh vực 1: …"
BEFORE = re.compile(
    rf"(?:(?P<word>{WORDS})[\s.]*)?(?P<code>{PART}(?:\s?\.\s?{PART})*)\s?(?P<end>[.):]?\s*[-–:]|[.)](?!\d)|(?=\s))\s*(?P<rest>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
VALUES = {"I": 1, "V": 5, "X": 10}
LETTERS = "abcdđeghiklmnopqrstuvxy"


def parse_code(text: str) -> Code | None:
    """The code that is all of the text."""
    plain = "".join(text.split())
    match = ALONE.fullmatch(plain) or ALONE.fullmatch(text.strip())
    return _code(re.split(r"[.,]", match[1])) if match else None


def split_leading_code(text: str, named: bool = False) -> tuple[Code, str] | None:
    """The code at the start of a title, and the title; with ``named`` only behind a word such as ``TC``.

    >>> [str(one) for one in split_leading_code("TC 2.2.- Công bố danh mục")]
    ['2.2', 'Công bố danh mục']
    >>> [str(one) for one in split_leading_code("IV. CẢI CÁCH TỔ CHỨC BỘ MÁY")]
    ['IV', 'CẢI CÁCH TỔ CHỨC BỘ MÁY']
    >>> split_leading_code("Có từ 3 sáng kiến: 1.5"), split_leading_code("1.5 điểm nếu đạt")
    (None, None)
    """
    match = BEFORE.match(text.strip())
    if not match or (named and not match["word"]) or match["rest"][0].islower():
        return None
    parts = re.split(r"\s?\.\s?", match["code"])
    bare = not match["end"] and not match["word"]
    if bare and len(parts) == 1:  # "5 sáng kiến", "I" alone before a word is no code without its dot
        return None
    code = _code(parts)
    return (code, match["rest"].strip()) if code else None


def _code(parts: list[str]) -> Code | None:
    """Codes mix styles only downwards: I.1.a, never 1.I."""
    ranks = [list(Style).index(_style(part)) for part in parts]
    if ranks != sorted(ranks) or any(part == "0" * len(part) for part in parts):
        return None
    return Code(tuple(part.lstrip("0") if part.isdigit() else part for part in parts))


def _style(part: str) -> Style:
    if part.isdigit():
        return Style.DECIMAL
    if ROMAN.fullmatch(part):
        return Style.ROMAN
    return Style.UPPER if part.isupper() else Style.LOWER


def ordinal_of(part: str) -> int:
    """Which of its siblings a part claims to be.

    >>> ordinal_of("7"), ordinal_of("IX"), ordinal_of("C"), ordinal_of("đ")
    (7, 9, 3, 5)
    """
    if part.isdigit():
        return int(part)
    if ROMAN.fullmatch(part):
        return _roman(part)
    letter = part.lower()
    return "abcdefghijklmnopqrstuvwxyz".index(letter) + 1 if part.isupper() and letter != "đ" else _vietnamese(letter)


def _vietnamese(letter: str) -> int:
    return LETTERS.index(letter) + 1 if letter in LETTERS else 0


def _roman(text: str) -> int:
    values = [VALUES[letter] for letter in text]
    pairs = zip(values, [*values[1:], 0], strict=True)
    return sum(-value if value < after else value for value, after in pairs)

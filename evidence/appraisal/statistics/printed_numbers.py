"""Numbers as reports print them that count something: no dates, document numbers, years, ordinals or paragraph numbers.

>>> [(str(number.value), number.is_percent) for number in find_numbers("năm 2025 có 1.234 hồ sơ, đạt 95,5%")]
[('1234', False), ('95.5', True)]
>>> [str(number.value) for number in find_numbers("Quyết định số 615/QĐ-UBND ngày 15/3/2019 giao 45 nhiệm vụ, Điều 5")]
['45']
>>> [(str(number.value), str(number.whole)) for number in find_numbers("hoàn thành 43/45 nhiệm vụ (lần 2)")]
[('43', '45')]
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

_N = r"\d{1,3}(?:[. ]\d{3})+(?!\d)|\d+(?:,\d+)?|\d+\.\d{1,2}(?!\d)"
_NUMBER = re.compile(
    rf"(?<![\w/.,\-–])(?P<value>{_N})(?:\s*/\s*(?P<whole>{_N}))?(?P<percent>\s*%)?(?![\d\w]|[.,/\-–]\d|/[A-ZĐ])"
)
_ORDINAL = re.compile(
    r"(?:\bnăm|\btháng|\bngày|\bquý|\bsố|\bđiều|\bkhoản|\bđiểm|\bphụ lục|\bmục|\bbiểu|\bmẫu|\blần|\bthứ|\btrang|\bkỳ|"
    r"\bcấp độ|\bmức độ|\bmức|\bgiai đoạn|\bchương|\bphần|\bbảng|\bnhiệm kỳ|\bkhóa|\bhạng|\bhồi|\blúc)\s*:?\s*$",
    re.IGNORECASE,
)
_COUNTED = re.compile(r"(?:tổng|được|có|là|lượng|các)\s+số\s*:?\s*$|số\s*:\s*$", re.IGNORECASE)
_UNIT_OF_TIME = re.compile(r"\s*(?:tháng đầu|tháng cuối|tháng năm|tháng\b(?! tuổi)|giờ\b|phút\b)", re.IGNORECASE)
_POINTS = re.compile(r"\s*(?:điểm|đ)\b", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_LISTING = re.compile(r"^\s*\d{1,2}(?:\.\d{1,2})*[.)]?\s+(?=[A-ZĐÀ-Ỹ])")


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """A number with its place in the text; ``whole``: of how many ("43/45")."""

    value: Decimal
    start: int
    end: int
    is_percent: bool = False
    whole: Decimal | None = None


def find_numbers(text: str) -> Iterator[PrintedNumber]:
    """The numbers of a sentence or cell that count something, in order."""
    listed = _LISTING.match(text)
    for match in _NUMBER.finditer(text):
        before, after = text[: match.start()], text[match.end() :]
        whole = match["whole"]
        bare = match["value"]
        if listed and match.start() < listed.end():
            continue
        if _ORDINAL.search(before) and not _COUNTED.search(before) and not match["percent"]:
            continue
        if _UNIT_OF_TIME.match(after) or _POINTS.match(after):
            continue
        if whole is None and _YEAR.fullmatch(bare) and not match["percent"]:
            continue
        if whole is not None and (_YEAR.fullmatch(whole) or read_number(bare) > read_number(whole)):
            continue  # a month of a year, a day of a month
        yield PrintedNumber(
            read_number(bare), match.start(), match.end(), bool(match["percent"]),
            read_number(whole) if whole is not None else None,
        )  # fmt: skip


def read_number(text: str) -> Decimal:
    """The number as it is printed in Vietnamese: a comma before decimals; dots or blanks between thousands.

    >>> str(read_number("1.234")), str(read_number("12,5")), str(read_number("95.5")), str(read_number("045"))
    ('1234', '12.5', '95.5', '45')
    """
    if re.fullmatch(r"\d{1,3}(?:[. ]\d{3})+", text):
        return Decimal(re.sub(r"\D", "", text))
    return Decimal(text.replace(",", "."))

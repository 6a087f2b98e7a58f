"""Lists of documents that share what is printed once: ``số 152 và 153/QĐ-SXD ngày 10/7/2018``, ``các Quyết định số
53/QĐ-UBND, 54/QĐ-UBND cùng ngày 20/7/2018``.

A serial alone has the symbol of the number that its list ends in, and its date and issuer. A date that stands behind
the last of several whole numbers is that of all where "cùng ngày" says so; of "các Quyết định số …, … ngày …" it is
concluded.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from evidence.values import kind as kinds
from evidence.values.date import PartialDate
from evidence.values.number import Number

REACH = 120  # characters before a number in which serials of its list stand
_SERIAL = r"(?:[1-9]\d?\.\d{3}|\d{1,5})[a-zđ]?(?![\w/.-])"
_JOINT = r"\s*(?:,\s*và|,|;|và|&)\s*(?:(?:số|sô)\s*:?\s*)?"
_LIST = re.compile(
    rf"(?<!\w)(?:(?:số|sô)\s*:?|{kinds.names_pattern()})\s*(?P<serials>{_SERIAL}(?:{_JOINT}{_SERIAL})*){_JOINT}$",
    re.IGNORECASE,
)
# what stands right before the number of every list: cheap to look for
_JOINT_BEFORE = re.compile(r"(?:[,;&]|và)\s*(?:(?:số|sô)\s*:?\s*)?$", re.IGNORECASE)
# what else is counted by "số"
_NO_DOCUMENTS = re.compile(
    r"(?<!\w)(?:mẫu|biểu|phụ\s+lục|bảng|điều|khoản|điểm|mục|chương|phần|lô|thửa|tờ|quyển|nhà|phòng|đường|tổ|khu)\s*$",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"(?<!\w)(?:các|những|hai|ba|bốn|0?[2-9])\s+$", re.IGNORECASE)
_BETWEEN = re.compile(r"\s*(?:,\s*và|,|;|và|đến)\s*(?:(?:các\s+)?(?:số|sô)\s*:?\s*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class ListedSerial:
    """A serial at ``start:end`` that shares the symbol of ``number``."""

    start: int
    end: int
    number: Number


@dataclass(frozen=True, slots=True)
class ListMember:
    """A citation of a list: where it begins, where its number does, where it ends with its issuer."""

    start: int
    number_start: int
    stop: int
    number: Number | None
    date: PartialDate | None
    shared: bool  # "cùng ngày" stands before its date


@dataclass(frozen=True, slots=True)
class SharedDate:
    """The date of the citation at ``index``; ``concluded`` where nothing but the list tells it."""

    index: int
    date: PartialDate
    concluded: bool


def find_listed_serials(text: str, floor: int, start: int, number: Number) -> tuple[ListedSerial, ...]:
    """The serials before the number at ``start`` that have its symbol, not reaching back beyond ``floor``.

    >>> from evidence.values.number import parse
    >>> text = "các Quyết định số 12, 13 và 14/QĐ-SXD"
    >>> [str(listed.number) for listed in find_listed_serials(text, 0, text.index("14"), parse("14/QĐ-SXD"))]
    ['12/QĐ-SXD', '13/QĐ-SXD']
    """
    low = max(floor, start - REACH)
    match = _LIST.search(text[low:start]) if _JOINT_BEFORE.search(text, low, start) else None
    if match is None or _NO_DOCUMENTS.search(text[max(0, low + match.start() - 12) : low + match.start()]):
        return ()
    listed = []
    for serial in re.finditer(_SERIAL, match["serials"], re.IGNORECASE):
        at = low + match.start("serials") + serial.start()
        bare = serial.group().replace(".", "")
        listed.append(ListedSerial(at, at + len(serial.group()), replace(number, serial=bare)))
    return tuple(listed)


def find_shared_dates(text: str, members: Sequence[ListMember]) -> list[SharedDate]:
    """The dates of citations without one that the end of their list tells; ``members`` in the order of the text."""
    shared: list[SharedDate] = []
    last = len(members) - 1
    while last > 0:
        first = last
        while first > 0 and _goes_on(text, members[first - 1], members[first], members[last].shared):
            first -= 1
        date = members[last].date
        if date is not None and date.whole and first < last:
            said = members[last].shared
            if said or _may_share(text, members[first : last + 1], date):
                shared += [SharedDate(index, date, not said) for index in range(first, last)]
        last = min(first, last - 1)
    return shared


def _goes_on(text: str, before: ListMember, member: ListMember, shared: bool) -> bool:
    """Whether only a comma or "và" stands between two numbers, and the first has no date.

    ``shared``: their date is said to be that of both; then they may be of two kinds.
    """
    if before.date is not None or before.number is None or member.number is None:
        return False
    ends = (member.number_start, member.start) if shared else (member.number_start,)
    return any(_BETWEEN.fullmatch(text, before.stop, end) is not None for end in ends if end > before.stop)


def _may_share(text: str, members: Sequence[ListMember], date: PartialDate) -> bool:
    """``các Quyết định số 56-QĐ/ĐU, 57-QĐ/ĐU ngày …``: of one symbol, no year of its own against the date's."""
    if not _SEVERAL.search(text, max(0, members[0].start - 8), members[0].start):
        return False
    keys = {replace(member.number, serial="1").key for member in members if member.number}
    return len(keys) == 1 and all(member.number and member.number.year in (None, date.year) for member in members)

"""When two mentions mean one document: never by the number alone.

Decree 30/2020/NĐ-CP, Article 15: a number is unique in one agency, one year and one series; the Party numbers through a
term of its committee (HD 36-HD/VPTW). ``QĐ-UBND`` is issued by every people's committee, and one committee may run two
series at once, its own and its chairman's. So the identity is issuer (as it stood on that day), authority, symbol,
serial and year or term, with the whole date to settle what is left open.

>>> from evidence.values import agency, date, number
>>> def decision(issuer, day): return make_identity(number.parse("615/QĐ-UBND"), date.parse(day), agency.parse(issuer))
>>> lang_son = decision("UBND tỉnh Lạng Sơn", "15/3/2019")
>>> compare_identities(lang_son, decision("UỶ BAN NHÂN DÂN TỈNH LẠNG SƠN", "ngày 15 tháng 3 năm 2019"))
True
>>> compare_identities(lang_son, decision("UBND tỉnh Cao Bằng", "15/3/2019"))
False
>>> compare_identities(lang_son, decision("UBND tỉnh", "2019")) is None
True
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from evidence.values import agency as agencies
from evidence.values import gazetteer, registry
from evidence.values.agency import Agency
from evidence.values.date import PartialDate
from evidence.values.number import Number
from evidence.vietnamese.text import fold

# Congresses of the Party: a term begins with each (the numbers of the central bodies begin anew)
CONGRESSES = (
    (1996, 6, 28), (2001, 4, 19), (2006, 4, 18), (2011, 1, 12), (2016, 1, 20), (2021, 1, 25), (2026, 1, 19),
)  # fmt: skip
_HEAD = re.compile(r"^(?:phó )?(?:chủ tịch|bộ trưởng|thứ trưởng|giám đốc|cục trưởng|tổng cục trưởng) (?!nước)")
_RELATIVE = re.compile(
    r"(?:^|.* )(?:tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|tỉnh ủy|thành ủy|huyện ủy|nhân dân)$"
)
_CENTRAL = ("trung-uong", "bo")


class Authority(StrEnum):
    """In whose name it is issued: the collective body (TM.) or its head."""

    COLLECTIVE = "collective"
    HEAD = "head"


@dataclass(frozen=True, slots=True)
class Identity:
    """What is known of a document's identity. ``issuer`` is the body, ``None`` where it is unknown or relative."""

    number: str
    issuer: Agency | None = None
    authority: Authority | None = None
    period: str | None = None  # the year, or the Party's term as "t2021"
    date: PartialDate | None = None


def make_identity(
    number: Number, date: PartialDate | None, issuer: Agency | None, authority: Authority | None = None
) -> Identity:
    """The identity of a document of that number; a central body is known by the symbol, whatever is printed."""
    body = _by_symbol(number) or (_body(issuer.name) if issuer else None)
    if authority is None and issuer is not None and _HEAD.match(fold(issuer.name)):
        authority = Authority.HEAD
    return Identity(number.key, Agency(body) if body else None, authority, _period(number, date), date)


def compare_identities(identity: Identity, other: Identity) -> bool | None:
    """True: one document. False: two. None: what is known does not tell."""
    if identity.number != other.number:
        return False
    if identity.period and other.period and identity.period != other.period:
        return False
    same = _same_body(identity, other)
    if same is False or _two_series(identity, other):
        return False
    days = {identity.date, other.date}
    whole = all(day is not None and day.whole for day in days)
    if whole and len(days) == 1:
        return True  # the same number of the same day: two issuers would be an accident
    if whole:
        return None if same else False  # of one issuer: a slip in a date, 3.2 % of numbers have one
    return True if same and identity.period and other.period else None


def _same_body(identity: Identity, other: Identity) -> bool | None:
    """Whether both name one body; ``None`` where one is not known, or bears a name it did not have on that day."""
    if identity.issuer is None or other.issuer is None:
        return None
    if agencies.is_same_agency(identity.issuer, other.issuer):
        return True
    return False if _of_its_day(identity) and _of_its_day(other) else None


def _of_its_day(known: Identity) -> bool:
    day = known.date.to_date() if known.date else None
    return known.issuer is None or day is None or registry.valid_on(known.issuer, day)


def _two_series(identity: Identity, other: Identity) -> bool:
    return identity.authority is not None and other.authority is not None and identity.authority is not other.authority


@lru_cache(maxsize=4096)
def _body(name: str) -> str | None:
    """The body whose head is named, without its head; ``None`` for a relative name ("UBND tỉnh")."""
    full = agencies.parse(name).name
    match = _HEAD.match(fold(full))
    full = full[match.end() :] if match else full
    return None if _RELATIVE.fullmatch(fold(full)) else full


def _by_symbol(number: Number) -> str | None:
    """The body that the symbol alone names: only bodies of the centre have one abbreviation each."""
    if re.match(r"(?:UBTV)?QH\d", number.symbol):
        return "Ủy ban Thường vụ Quốc hội" if number.symbol.startswith("UBTV") else "Quốc hội"
    name = gazetteer.by_abbreviation(number.issuer_code or "")
    return name if name and gazetteer.level_of(name) in _CENTRAL else None


def _period(number: Number, date: PartialDate | None) -> str | None:
    """The year that the number belongs to, or the Party's term."""
    if number.year is not None:
        return str(number.year)
    if date is None:
        return None
    if not number.is_party:
        return str(date.year)
    if not number.symbol.endswith("/TW") or not date.whole:
        return None  # committees of provinces begin their terms on days of their own
    day = (date.year, date.month or 1, date.day or 1)
    begun = [congress[0] for congress in CONGRESSES if congress <= day]
    return f"t{begun[-1]}" if begun else None

"""A unit as a list names it -> code, name and issuer, by the registry of agencies.

>>> place = UnitListContext("so", 2025, "Lâm Đồng")
>>> derive_code("Sở Xây dựng"), derive_code("Ban Quản lý các khu công nghiệp"), derive_code("UBND xã Tân An")
('SXD', 'BQLCKCN', 'XTA')
>>> derive_issuer("Sở Xây dựng", place), derive_issuer("Thanh tra tỉnh", place)
('Sở Xây dựng tỉnh Lâm Đồng', 'Thanh tra tỉnh Lâm Đồng')
>>> derive_issuer("Phường Xuân Hương", place)
'Ủy ban nhân dân phường Xuân Hương'
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from functools import cache

from evidence.values import agency as agencies
from evidence.values import gazetteer, registry
from evidence.vietnamese.text import fold, strip_marks

_COMMITTEE = re.compile(
    r"^(?:ủy ban nhân dân|ubnd) (?=(?:xã|phường|đặc khu|thị trấn|huyện|quận|thị xã|thành phố|tỉnh) )"
)
_TERRITORY = re.compile(r"(?:xã|phường|đặc khu|thị trấn|huyện|quận|thị xã|thành phố|tỉnh) \S")
_TAIL = re.compile(r" (?:tỉnh|thành phố)$")
_WORDS = re.compile(r"[^\W\d_]+")
LESSER = frozenset({"và"})  # words that lend an abbreviation no letter
OWN_PROVINCE = frozenset({"so", "tinh", "dang", "doan-the"})  # levels whose name is not whole without the province


@dataclass(frozen=True, slots=True)
class UnitListContext:
    """What the units belong to: the level and year of the set, the province where it is known."""

    level: str
    year: int
    province: str | None = None


def expand_name(text: str) -> str:
    """The name behind an abbreviation that stands alone; anything else as it is.

    >>> expand_name("SXD"), expand_name("Sở Xây dựng")
    ('Sở Xây dựng', 'Sở Xây dựng')
    """
    return gazetteer.by_abbreviation(text) or text


def known_agency(text: str) -> bool:
    """Whether the registry, or the level that a name tells, knows what that is."""
    return bool(gazetteer.by_abbreviation(text) or _registered(text) or agencies.agency_level(agencies.parse(text)))


def derive_code(name: str) -> str:
    """The abbreviation that the registry has for the agency, else the initials of its name."""
    known = _registered(name)
    return known or _initials(_COMMITTEE.sub("", fold(agencies.parse(name).name)))


def longer_code(name: str) -> str:
    """A code that tells two units of the same initials apart.

    >>> longer_code("Xã Tân An"), longer_code("Xã Thuận An")
    ('XTANAN', 'XTHUANAN')
    """
    head, *rest = _WORDS.findall(_COMMITTEE.sub("", fold(agencies.parse(name).name)))
    plain = strip_marks("".join(rest)).replace("đ", "d")
    return str(head[:1] + plain).upper()


def derive_issuer(name: str, context: UnitListContext) -> str:
    """The name as it stands at the head of the unit's documents, with the province where that is known."""
    province = context.province
    if fold(name) in _province_names():
        name = f"{_unit_of(name)} {name}"
    full: str = agencies.parse(f"Ủy ban nhân dân {_lower_first(name)}" if _TERRITORY.match(fold(name)) else name).name
    if province is None or registry.province_in(full) is not None:
        return full
    if _TAIL.search(fold(full)):
        return str(agencies.parse(f"{full} {province}").name)
    if agencies.agency_level(agencies.parse(full)) in OWN_PROVINCE or _registered(name):
        return agencies.parse(f"{full} {_unit_of(province)} {province}").name
    return full


def find_province(texts: list[str]) -> str | None:
    """The one province that the texts name; None where they name none or several.

    >>> find_province(["Bộ chỉ số của các sở thuộc UBND tỉnh Lâm Đồng năm 2025"])
    'Lâm Đồng'
    """
    names = {name for text in texts for name in _province_pattern().findall(fold(text))}
    return _province_names()[names.pop()] if len(names) == 1 else None


def match_province(text: str) -> str | None:
    """The province of that name, however it is written: ``lâm đồng``, ``Tỉnh Lâm Đồng``, ``Lam Dong``."""
    lean = re.sub(r"^(?:tỉnh|thành phố|tp\.?) ", "", fold(text))
    plain = {strip_marks(name): name for name in _province_names()}
    folded = lean if lean in _province_names() else plain.get(strip_marks(lean))
    return _province_names()[folded] if folded else None


def province_by_initials(code: str) -> str | None:
    """The province with those initials, where only one has them.

    >>> province_by_initials("LĐ"), province_by_initials("LC")
    ('Lâm Đồng', None)
    """
    wanted = strip_marks(fold(code))
    names = [name for name in _province_names().values() if strip_marks(fold(_initials(fold(name)))) == wanted]
    return names[0] if len(names) == 1 else None


def ended_agency(name: str, context: UnitListContext) -> str | None:
    """The agency that came after, where that one was gone before the year of the set; None where it was not."""
    agency = agencies.parse(name)
    day = datetime.date(context.year, 12, 31)
    if registry.valid_on(agency, datetime.date(context.year, 6, 30)) or registry.valid_on(agency, day):
        return None
    return registry.successor(agency, day).name


@cache
def _registered(name: str) -> str | None:
    """The abbreviation of the registered agency whose name that is, the place at its end aside."""
    folded = fold(agencies.parse(name).name)
    province = registry.province_in(folded) or registry.province_in(agencies.parse(name).name)
    if province:
        folded = folded.removesuffix(fold(province)).strip()
    folded = _TAIL.sub("", folded)
    for issuer in gazetteer.issuers():
        if issuer.level not in (None, "trung-uong") and fold(issuer.name) == folded:
            return issuer.abbreviation
    return None


def _initials(folded: str) -> str:
    return "".join(word[0] for word in _WORDS.findall(folded) if word not in LESSER).upper()


def _lower_first(text: str) -> str:
    return text[:1].lower() + text[1:]


def _unit_of(province: str) -> str:
    named = {fold(known.name): known for known in gazetteer.provinces()}
    known = named.get(fold(province))
    return "thành phố" if known and known.is_city else "tỉnh"


@cache
def _province_names() -> dict[str, str]:
    return {fold(province.name): province.name for province in gazetteer.provinces()}


@cache
def _province_pattern() -> re.Pattern[str]:
    names = "|".join(map(re.escape, sorted(_province_names(), key=len, reverse=True)))
    return re.compile(rf"(?:tỉnh|thành phố) ({names})(?!\w)")

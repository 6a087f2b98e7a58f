"""The lists behind agency names: issuers and their abbreviations, provinces, phrases with their capitals."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import cast

from evidence import resources
from evidence.values.abbreviation import Use, expansions
from evidence.vietnamese.text import fold

UNITS = ("tỉnh", "thành phố", "huyện", "quận", "thị xã", "xã", "phường", "thị trấn", "đặc khu")
_LEVEL_OF_UNIT = {
    "tỉnh": "tinh",
    "huyện": "huyen",
    "quận": "huyen",
    "thị xã": "huyen",
    "xã": "xa",
    "phường": "xa",
    "thị trấn": "xa",
    "đặc khu": "xa",
}
SHORT = (
    ("Ủy ban nhân dân", "UBND"),
    ("Hội đồng nhân dân", "HĐND"),
    ("Mặt trận Tổ quốc", "MTTQ"),
    ("đại biểu Quốc hội", "ĐBQH"),
    ("Đại biểu Quốc hội", "ĐBQH"),
)


@dataclass(frozen=True, slots=True)
class Issuer:
    abbreviation: str
    name: str
    level: str | None
    variants: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Province:
    name: str
    is_city: bool
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words as the canon writes them; ``head``: the word after takes a capital; ``unit``: names of places follow."""

    words: tuple[str, ...]
    head: bool = False
    unit: bool = False


@cache
def _data(name: str) -> dict[str, object]:
    return cast("dict[str, object]", resources.load_yaml("evidence.values", name))


@cache
def issuers() -> tuple[Issuer, ...]:
    rows = cast("list[dict[str, object]]", _data("agencies.yaml")["agencies"])
    return tuple(
        Issuer(
            str(row["abbr"]),
            str(row["name"]),
            cast("str | None", row["level"]),
            tuple(cast("list[str]", row.get("variants", []))),
        )
        for row in rows
    )


@cache
def provinces() -> tuple[Province, ...]:
    """The 63 units before July 2025 and older ones."""
    rows = cast("list[dict[str, object]]", _data("provinces.yaml")["provinces"])
    return tuple(
        Province(str(row["name"]), row["type"] == "thanh-pho", tuple(cast("list[str]", row.get("aliases", []))))
        for row in rows
    )


def issuer_abbreviations() -> tuple[str, ...]:
    """All abbreviations of issuers, variants too."""
    return tuple(code for issuer in issuers() for code in (issuer.abbreviation, *issuer.variants))


@cache
def _by_abbreviation() -> dict[str, Issuer]:
    index: dict[str, Issuer] = {}
    for issuer in issuers():
        for code in (issuer.abbreviation, *issuer.variants):
            index.setdefault(code.upper(), issuer)
    return index


def by_abbreviation(code: str) -> str | None:
    """The name behind an abbreviation that stands alone: ``BNV`` -> Bộ Nội vụ."""
    issuer = _by_abbreviation().get(code.upper()) if code[1:2].isupper() else None
    return issuer.name if issuer else None


def abbreviations_of(name: str) -> tuple[str, ...]:
    """The abbreviations that an agency's numbers bear: of the longest known name that it begins with.

    >>> abbreviations_of("Sở Xây dựng tỉnh Lâm Đồng")
    ('SXD',)
    """
    folded = fold(name)
    known = [issuer for issuer in issuers() if f"{folded} ".startswith(f"{fold(issuer.name)} ")]
    longest = max(known, key=lambda issuer: len(issuer.name), default=None)
    return (longest.abbreviation, *longest.variants) if longest else ()


def inner_abbreviation(code: str) -> str | None:
    """The words behind an abbreviation inside a longer name."""
    return _inner_abbreviations().get(code)


@cache
def _inner_abbreviations() -> dict[str, str]:
    return expansions(Use.NAME)


@cache
def _alias_pattern() -> tuple[re.Pattern[str], dict[str, str]]:
    names = {
        fold(alias): ("thành phố " if province.is_city else "") + province.name
        for province in provinces()
        for alias in province.aliases
        if len(alias) > 2
    }
    ordered = sorted(names, key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(map(re.escape, ordered)) + r")(?!\w)", re.IGNORECASE), names


def expand_provinces(text: str) -> str:
    """Other spellings of provinces made the usual one: ``TP.HCM`` -> ``thành phố Hồ Chí Minh``."""
    pattern, names = _alias_pattern()
    return pattern.sub(lambda match: names.get(fold(match.group()), match.group()), text)


@cache
def phrases() -> dict[tuple[str, ...], Phrase]:
    data = _data("agencies.yaml")
    table: dict[tuple[str, ...], Phrase] = {}

    def add(name: str, head: bool = False, unit: bool = False) -> None:
        words = tuple(re.findall(r"[^\s,\-/]+|[,\-/]", name))
        table.setdefault(tuple(fold(word) for word in words), Phrase(words, head, unit))

    for issuer in issuers():
        add(issuer.name, issuer.name in ("Ủy ban nhân dân", "Hội đồng nhân dân", "Thanh tra"))
    for province in provinces():
        add(province.name)
        for alias in province.aliases:
            if len(alias) > 2:
                add(alias)
    for unit in UNITS:
        add(unit, unit=True)
    for name in cast("list[str]", data["heads"]):
        add(name, head=True)
    for name in cast("list[str]", data["proper"]):
        add(name)
    return table


LONGEST_PHRASE = 12


def longest_phrase(words: list[str], at: int) -> Phrase | None:
    """The longest known phrase that begins there; ``words`` are folded."""
    table = phrases()
    for size in range(min(LONGEST_PHRASE, len(words) - at), 0, -1):
        phrase = table.get(tuple(words[at : at + size]))
        if phrase is not None:
            return phrase
    return None


def shorten_agency_name(name: str) -> str:
    """The code of a canonical name: its usual abbreviations, the rest as it stands."""
    for long, short in SHORT:
        name = name.replace(long, short)
    return name


@cache
def folded_provinces() -> str:
    """A pattern of all provinces' folded names."""
    return "|".join(re.escape(fold(re.sub(r"[^\w ]+", " ", province.name))) for province in provinces())


@cache
def _cities() -> frozenset[str]:
    return frozenset(fold(province.name) for province in provinces() if province.is_city) | {"đồng nai"}


@cache
def _levels() -> tuple[tuple[str, str], ...]:
    known = [(fold(issuer.name), issuer.level) for issuer in issuers() if issuer.level]
    return tuple(sorted(((name, level) for name, level in known), key=lambda pair: -len(pair[0])))


_PARTY = re.compile(r"(?:^|.* )(?:(?:tỉnh|thành|huyện|quận|thị|đảng|quân) ủy|bộ chính trị|ban bí thư|chi bộ|đảng bộ)\b")
_UNION = re.compile(r"(?:tỉnh đoàn|thành đoàn|huyện đoàn|hội |liên đoàn|đoàn thanh niên|liên hiệp|.*mặt trận tổ quốc)")
_OFFICE = re.compile(r"(?:văn phòng|sở|thanh tra|ban dân tộc|ban quản lý khu|công an|trung tâm phục vụ)\b")
_NO_LEVEL = re.compile(r"(?:trường|đại học|học viện|bệnh viện|công ty|tổng công ty|hiệp hội)\b")
_PLACE = re.compile(r"\b(" + "|".join(sorted(UNITS, key=len, reverse=True)) + r")\b(?: ([^,\-]+))?")
_MINISTRY = re.compile(r"(?:bộ trưởng |thứ trưởng )?bộ (?!chỉ huy|tư lệnh|đội|chính trị|phận)")


def level_of(name: str) -> str | None:
    """The level of a canonical name."""
    folded = fold(name)
    if (exact := dict(_levels()).get(folded)) is not None:
        return exact
    if _PARTY.match(folded):
        return "dang"
    if _UNION.match(folded) and not folded.startswith("hội đồng"):
        return "doan-the"
    if _MINISTRY.match(folded):
        return "bo"
    if _NO_LEVEL.match(folded):
        return None
    place = _place_level(folded)
    if _OFFICE.match(folded):
        return "so" if place in (None, "tinh") else place
    if place:
        return place
    if folded.startswith(("ủy ban nhân dân ", "hội đồng nhân dân ")):
        return "tinh" if folded.split("nhân dân ", 1)[1] in {fold(p.name) for p in provinces()} else None
    return next((level for known, level in _levels() if folded.startswith(known)), None)


def _place_level(folded: str) -> str | None:
    """The level of the first unit named: ``tinh`` for a province, and for a city under central rule."""
    match = _PLACE.search(folded)
    if match is None:
        return None
    unit, place = match.group(1), (match.group(2) or "").strip()
    if unit != "thành phố":
        return _LEVEL_OF_UNIT[unit]
    return "tinh" if place in _cities() or not place else "huyen"

"""Which agency existed when, and what became of it.

Facts: 63 provinces to 30 June 2025 and 34 from 1 July 2025 (resolution 202/2025/QH15), with no district level and no
thị trấn from then on, and đặc khu new; 14 ministries and 3 bodies of their rank from 1 March 2025 (176/2025/QH15);
departments of provinces followed in February and March 2025, each province on its own day. They stand in
``data/agencies.yaml`` and ``data/provinces.yaml``.

>>> from evidence.values.agency import parse
>>> day = datetime.date(2025, 10, 9)
>>> valid_on(parse("UBND tỉnh Bình Thuận"), day), valid_on(parse("UBND tỉnh Lâm Đồng"), day)
(False, True)
>>> successor(parse("Sở Nội vụ tỉnh Bắc Giang"), day).name
'Sở Nội vụ tỉnh Bắc Ninh'
>>> successor(parse("Bộ Giao thông vận tải"), day).name
'Bộ Xây dựng'
"""

from __future__ import annotations

import datetime
import re
from calendar import monthrange
from dataclasses import dataclass
from functools import cache, lru_cache

from evidence import resources
from evidence.values import agency as agencies
from evidence.values.agency import Agency
from evidence.vietnamese.text import fold

MERGER = datetime.date(2025, 7, 1)
SLACK = datetime.timedelta(days=60)  # departments were made over weeks; an old letterhead is used up
_HEADED = re.compile(r"^(?:(?:phó )?(?:bộ trưởng|chủ nhiệm|tổng cục trưởng|cục trưởng|giám đốc|trưởng ban|chủ tịch) )+")
_DISTRICT = re.compile(r"(?:^| )(?:huyện|quận|thị xã) (?!đội)|(?:^|\W)(?:huyện|quận|thị) ủy\b")
_TOWNSHIP = re.compile(r"(?:^| )thị trấn ")
_SPECIAL_ZONE = re.compile(r"(?:^| )đặc khu ")


@dataclass(frozen=True, slots=True)
class Lifespan:
    """First and last day, as far as they are known, and who came after."""

    first: datetime.date | None = None
    last: datetime.date | None = None
    successor: str | None = None

    def covers(self, day: datetime.date, slack: datetime.timedelta) -> bool:
        """Whether the agency may have issued something that day."""
        return not (self.first and day < self.first - slack) and not (self.last and day > self.last + slack)


def valid_on(agency: Agency, day: datetime.date) -> bool:
    """Whether an agency of that name may have existed that day; what no list knows may."""
    return all(life.covers(day, slack) for life, slack in _lives(agency.name))


def successor(agency: Agency, day: datetime.date) -> Agency:
    """The agency that does that agency's work on that day: itself, or what it became."""
    name = agency.name
    for _ in range(3):  # HĐCP -> HĐBT -> Chính phủ
        if valid_on(Agency(name), day):
            break
        following = _following(name, day)
        if following is None or following == name:
            break
        name = following
    return agency if name == agency.name else agencies.parse(name)


def formed_by_merger(province: str) -> bool:
    """Whether a province of that name took others in on 1 July 2025: before that day it was a smaller one.

    >>> formed_by_merger("Lâm Đồng"), formed_by_merger("Lạng Sơn")
    (True, False)
    """
    return fold(province) in {fold(life.successor) for life in _provinces().values() if life.successor}


def is_province(place: str) -> bool:
    """Whether a province or city under central rule, of today or before July 2025, bears that name."""
    return fold(place) in _provinces()


def is_central_city(place: str) -> bool:
    """Whether a city under central rule bears that name.

    >>> is_central_city("Hải Phòng"), is_central_city("Lạng Sơn")
    (True, False)
    """
    return fold(place) in _cities()


def is_merged(place: str, other: str) -> bool:
    """Whether one of the two provinces took the other in, or both went into one.

    >>> is_merged("Lâm Đồng", "Bình Thuận"), is_merged("Đắk Nông", "Bình Thuận"), is_merged("Lâm Đồng", "Lạng Sơn")
    (True, True, False)
    """
    heirs = [life.successor if (life := _provinces().get(fold(name))) else None for name in (place, other)]
    heir, other_heir = (fold(heir or name) for heir, name in zip(heirs, (place, other), strict=True))
    return heir == other_heir and fold(place) != fold(other)


def took_over_from(body: str, other: str) -> bool:
    """Whether one of the two bodies does the other's work today; names without their place.

    >>> took_over_from("Sở Xây dựng", "Sở Giao thông vận tải"), took_over_from("Sở Xây dựng", "Sở Nội vụ")
    (True, False)
    """
    names = (fold(body), fold(other))
    heirs = [life.successor if (life := _agencies().get(name)) else None for name in names]
    return any(heir is not None and fold(heir) == name for heir, name in zip(heirs, reversed(names), strict=True))


@lru_cache(maxsize=4096)
def _lives(name: str) -> tuple[tuple[Lifespan, datetime.timedelta], ...]:
    folded, none = fold(name), datetime.timedelta(0)
    lives: list[tuple[Lifespan, datetime.timedelta]] = []
    if known := _agencies().get(_HEADED.sub("", _placeless(folded))):
        lives.append((known, SLACK))
    if (province := province_in(name)) is not None:
        lives.append((_provinces()[fold(province)], none))
    district = not folded.startswith("phòng ") and agencies.agency_level(Agency(name)) == "huyen"
    if district or _DISTRICT.search(folded) or _TOWNSHIP.search(folded):
        lives.append((Lifespan(last=MERGER - datetime.timedelta(days=1)), none))
    if _SPECIAL_ZONE.search(folded):
        lives.append((Lifespan(first=MERGER), none))
    return tuple(lives)


def _following(name: str, day: datetime.date) -> str | None:
    """The name of what came after: of the body itself, else in the province that took its province in."""
    folded = fold(name)
    body = _HEADED.sub("", _placeless(folded))
    known = _agencies().get(body)
    if known is not None and not known.covers(day, SLACK):
        if known.successor is None:
            return None
        at = folded.find(body)
        return name[:at] + known.successor + name[at + len(body) :]
    province = province_in(name)
    life = _provinces().get(fold(province)) if province else None
    if life is None or life.successor is None or life.covers(day, datetime.timedelta(0)):
        return None
    unit = "thành phố" if fold(life.successor) in _cities() else "tỉnh"
    old = re.compile(rf"(?:(?:tỉnh|thành phố) )?{re.escape(province or '')}")
    return old.sub(f"{unit} {life.successor}", name)


def province_in(name: str) -> str | None:
    """The province or city under central rule that a canonical name ends in.

    >>> province_in("Ủy ban nhân dân tỉnh Lạng Sơn"), province_in("Ủy ban nhân dân thành phố Lạng Sơn")
    ('Lạng Sơn', None)
    """
    match = _at_end(fold(name))
    return _names()[match["name"]] if match else None


def _at_end(folded: str) -> re.Match[str] | None:
    match = _province_pattern().search(folded)
    if match is None or (match["unit"] in ("thành phố", "thành ủy") and match["name"] not in _cities()):
        return None  # a city of a province bears its name
    return match


def _placeless(folded: str) -> str:
    """A folded name without the province at its end."""
    match = _at_end(folded)
    if match is None:
        return folded
    end = match.start() if match["unit"] in ("tỉnh", "thành phố") else match.start("name")
    return folded[:end].rstrip(" ,-")


# --- the lists ------------------------------------------------------------------------------------------------------


@cache
def _rows(name: str, key: str) -> tuple[dict[str, str], ...]:
    return tuple(resources.load_yaml("evidence.values", name)[key])


def _day(text: str | None, last: bool) -> datetime.date | None:
    """A day, month or year of the lists as its first or last day."""
    if not text:
        return None
    year, month, day = ([int(part) for part in str(text).split("-")] + [0, 0])[:3]
    if day:
        return datetime.date(year, month, day)
    month = month or (12 if last else 1)
    return datetime.date(year, month, monthrange(year, month)[1] if last else 1)


def _life(row: dict[str, str]) -> Lifespan:
    return Lifespan(_day(row.get("from"), False), _day(row.get("to"), True), row.get("successor"))


@cache
def _agencies() -> dict[str, Lifespan]:
    """Folded name -> life, for names whose beginning or end is known; a name that two bodies bear tells nothing."""
    rows = _rows("agencies.yaml", "agencies")
    names = [fold(row["name"]) for row in rows]
    lives = {fold(row["name"]): _life(row) for row in rows if row.get("from") or row.get("to")}
    shared = {name for name in lives if names.count(name) > 1 or name.startswith(("chủ tịch", "phòng "))}
    return {name: life for name, life in lives.items() if name not in shared}


@cache
def _provinces() -> dict[str, Lifespan]:
    return {fold(row["name"]): _life(row) for row in _rows("provinces.yaml", "provinces")}


@cache
def _names() -> dict[str, str]:
    return {fold(row["name"]): row["name"] for row in _rows("provinces.yaml", "provinces")}


@cache
def _cities() -> frozenset[str]:
    rows = _rows("provinces.yaml", "provinces")
    return frozenset(fold(row["name"]) for row in rows if row["type"] == "thanh-pho")


@cache
def _province_pattern() -> re.Pattern[str]:
    names = "|".join(sorted(map(re.escape, _names()), key=len, reverse=True))
    units = "tỉnh|thành phố|thành ủy|tỉnh ủy|nhân dân|tỉnh đoàn|thành đoàn"
    return re.compile(rf"(?:^|(?<= ))(?P<unit>{units}) (?P<name>{names})$")

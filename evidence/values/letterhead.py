"""Who issued a document, by the lines of its letterhead: an agency is what it is and where it is, not a text.

Decree 30/2020/NĐ-CP, Appendix I, II.2: the agency's name stands below that of the agency above it, and says its place
only where the line above does not. So ``SỞ NỘI VỤ`` below ``UBND TỈNH LẠNG SƠN`` is "Sở Nội vụ tỉnh Lạng Sơn", and
``VĂN PHÒNG`` there is "Văn phòng UBND tỉnh Lạng Sơn". A person asked for ("Chủ tịch UBND tỉnh") is the agency that the
person heads; "tỉnh" without a name is the province of whoever is asked.

>>> lines = Letterhead("Sở Nội vụ", "Ủy ban nhân dân tỉnh Lạng Sơn", "Lạng Sơn")
>>> compare_letterhead("Sở Nội vụ tỉnh Lạng Sơn", lines), compare_letterhead("Giám đốc Sở Nội vụ tỉnh Cao Bằng", lines)
(<Likeness.SAME: 'same'>, <Likeness.OTHER: 'other'>)
>>> compare_letterhead("Chủ tịch UBND tỉnh", Letterhead("UBND tỉnh Lạng Sơn"), home="Sở Tài chính tỉnh Lạng Sơn")
<Likeness.SAME: 'same'>
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from evidence.values import agency as agencies
from evidence.values import gazetteer, registry
from evidence.vietnamese.text import fold

PROVINCE, CITY = fold("tỉnh"), fold("thành phố")
# from the innermost out; the first that a name has is the level of its agency
UNITS = tuple(
    fold(unit) for unit in ("phường", "thị trấn", "đặc khu", "xã", "quận", "thị xã", "huyện", "thành phố", "tỉnh")
)
RANK = {unit: 0 if at < 4 else 1 if at < 8 else 2 for at, unit in enumerate(UNITS)}
CENTRAL = ("bo", "trung-uong")
BARE = 2  # words of a name that says nothing without the line above: "Văn phòng", "Thanh tra"
_HEAD = re.compile(
    r"(?:(?:quyền|q\.|phó) )?(?:chủ tịch(?! nước)|bộ trưởng|thứ trưởng|giám đốc|cục trưởng|tổng cục trưởng|chánh"
    r"|thủ trưởng|trưởng ban(?= quản lý)|trưởng(?= phòng)) "
)
_UNIT = re.compile(rf"(?<!hợp tác )(?:(?<= )|^)({'|'.join(UNITS)})(?= |$)(?! (?:hội|ủy|đoàn)\b)")
_EDGE = " ,.;:-–"


class Likeness(StrEnum):
    """``PARTLY``: one name may be short for the other. ``MERGED``: one took over the work of the other."""

    SAME = "same"
    PARTLY = "partly"
    MERGED = "merged"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The agency's line, the line above it, and the place before the date, as far as they could be read."""

    issuer: str
    parent: str | None = None
    place: str | None = None


@dataclass(frozen=True, slots=True)
class _Agency:
    """What it is (``core``, folded), and where: by unit the name of the place, empty where only the unit is named."""

    core: str
    places: Mapping[str, str]

    @property
    def rank(self) -> int | None:
        """0 for a commune, 1 for a district, 2 for a province; None where no unit is named."""
        return min((RANK[unit] for unit in self.places), default=None)


@lru_cache(maxsize=20_000)
def compare_letterhead(wanted: str, letterhead: Letterhead, home: str | None = None) -> Likeness:
    """Whether the letterhead is that of the agency wanted. ``home``: the agency whose province and district are meant
    where the wanted name leaves them out."""
    asked = _at_home(_dissect(wanted), home)
    printed = _printed(letterhead)
    body = _compare_bodies(asked.core, letterhead)
    if body is Likeness.OTHER:
        return body
    return max(body, _compare_places(asked, printed, letterhead), key=list(Likeness).index)


@lru_cache(maxsize=4096)
def _dissect(name: str) -> _Agency:
    """The name without the head who signs for it, split where the first unit of the administration stands."""
    folded = re.sub(r"[^\w &]+", " ", fold(agencies.parse(name).name))
    folded = " ".join(folded.split())
    while (head := _HEAD.match(folded)) and head.end() < len(folded):
        folded = folded[head.end() :]
    units = list(_UNIT.finditer(folded))
    if not units:
        province = _province_at_end(folded)
        core = folded.removesuffix(province).strip(_EDGE) if province else folded
        return _Agency(core, {PROVINCE: province} if province and core else {})
    ends = [unit.start() for unit in units[1:]] + [len(folded)]
    places: dict[str, str] = {}
    for unit, end in zip(units, ends, strict=True):
        place = folded[unit.end() : end].strip(_EDGE)
        places.setdefault(_unit_of(unit[1], place), place)
    return _Agency(folded[: units[0].start()].strip(_EDGE), places)


def _unit_of(unit: str, place: str) -> str:
    """A city under central rule is a province; a city of a province bears the name of a place too."""
    return PROVINCE if unit == CITY and registry.is_central_city(place) else unit


def _province_at_end(folded: str) -> str | None:
    """A province that a name ends in without the word for it: ``Sở Nội vụ Lạng Sơn``."""
    words = folded.split()
    ends = (" ".join(words[-size:]) for size in (4, 3, 2, 1) if size < len(words))
    return next((end for end in ends if registry.is_province(end)), None)


def _at_home(asked: _Agency, home: str | None) -> _Agency:
    """With the places that the name leaves to whoever asks. Bodies of the centre have none."""
    if home is None or _is_central(asked.core):
        return asked
    own = _dissect(home).places
    places = {unit: place or own.get(unit, "") for unit, place in asked.places.items()}
    if own.get(PROVINCE):
        places.setdefault(PROVINCE, own[PROVINCE])
    return _Agency(asked.core, places)


def _printed(letterhead: Letterhead) -> _Agency:
    """The agency with the places of the line above, where its own line does not name them."""
    issuer = _dissect(letterhead.issuer)
    if letterhead.parent is None:
        return issuer
    above = _dissect(letterhead.parent).places
    return _Agency(
        issuer.core, {**above, **{unit: place or above.get(unit, "") for unit, place in issuer.places.items()}}
    )


def _compare_bodies(asked: str, letterhead: Letterhead) -> Likeness:
    """By the agency's own line, or that with the line above: ``VĂN PHÒNG`` below ``UBND TỈNH``."""
    own = _dissect(letterhead.issuer).core
    alone = _compare_cores(asked, own)
    if alone is Likeness.SAME or letterhead.parent is None:
        return alone
    joined = _compare_cores(asked, f"{own} {_dissect(letterhead.parent).core}")
    if joined is Likeness.SAME or len(own.split()) <= BARE:
        return joined
    return alone


def full_name(letterhead: Letterhead) -> str:
    """The agency with the line above it, as a sentence names it.

    >>> full_name(Letterhead("Sở Nội vụ", "Ủy ban nhân dân tỉnh Lạng Sơn"))
    'Sở Nội vụ (Ủy ban nhân dân tỉnh Lạng Sơn)'
    """
    beside = letterhead.parent or letterhead.place
    if beside is None:
        return letterhead.issuer
    bare = letterhead.parent is not None and len(_dissect(letterhead.issuer).core.split()) <= BARE
    return agencies.parse(f"{letterhead.issuer} {beside}").name if bare else f"{letterhead.issuer} ({beside})"


def _compare_cores(asked: str, printed: str) -> Likeness:
    if asked == printed:
        return Likeness.SAME
    if registry.took_over_from(asked, printed):
        return Likeness.MERGED
    short, long = sorted((asked.split(), printed.split()), key=len)
    return Likeness.PARTLY if short and long[: len(short)] == short else Likeness.OTHER


def _compare_places(asked: _Agency, printed: _Agency, letterhead: Letterhead) -> Likeness:
    """Every place asked for is printed and the same; the innermost unit is the same."""
    if asked.rank is not None and printed.rank is not None and asked.rank != printed.rank:
        return Likeness.OTHER
    if not asked.places:
        return Likeness.PARTLY if _dissect(letterhead.issuer).places else Likeness.SAME
    answers = [_compare_place(unit, place, asked, printed, letterhead) for unit, place in asked.places.items()]
    return max(answers, key=list(Likeness).index)


def _compare_place(unit: str, place: str, asked: _Agency, printed: _Agency, letterhead: Letterhead) -> Likeness:
    named = printed.places.get(unit) or ""
    if unit == PROVINCE and not named:
        named = _province_of_line(place, letterhead)
    if place and named:
        merged = unit == PROVINCE and registry.is_merged(place, named)
        return Likeness.SAME if place == named else Likeness.MERGED if merged else Likeness.OTHER
    inner = asked.rank is not None and RANK[unit] > asked.rank
    return Likeness.SAME if inner and place else Likeness.PARTLY  # a commune's letterhead does not name its province


def _province_of_line(asked: str, letterhead: Letterhead) -> str:
    """The province by the place before the date, which is that of agencies of a province (Appendix I, II.4)."""
    line = _dissect(f"x {letterhead.place}") if letterhead.place else None
    if line is None or _is_central(_dissect(letterhead.parent or letterhead.issuer).core):
        return ""
    place = line.places.get(PROVINCE) or line.core.removeprefix("x").strip()
    return place if place == asked or registry.is_province(place) else ""


def _is_central(core: str) -> bool:
    return gazetteer.level_of(core) in CENTRAL

"""The agency above an agency, as the first line of a letterhead asks for it.

Decree 30/2020/NĐ-CP, Appendix I, II.2: above the name of the agency stands that of the one directly above it, shortened
where it is usual ("UBND tỉnh Lạng Sơn"), and the agency's own line leaves out what stands there. People's committees
and councils, ministries and the bodies of the Party bear no such line.

>>> find_superior("Sở Nội vụ tỉnh Lạng Sơn")
LetterheadLines(superior='UBND tỉnh Lạng Sơn', own='Sở Nội vụ')
>>> find_superior("Sở Tài chính", home="Văn phòng UBND thành phố Hải Phòng").superior
'UBND thành phố Hải Phòng'
>>> find_superior("Phòng Văn hóa - Xã hội xã Tân Lập").superior, find_superior("UBND tỉnh Lạng Sơn").superior
('UBND xã Tân Lập', None)
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from evidence.values import agency as agencies
from evidence.values import registry

UNKNOWN = "……"  # a place that nothing tells: a person fills it in
COMMITTEE = "Ủy ban nhân dân"
TOP = re.compile(r"(?:Ủy ban nhân dân|Hội đồng nhân dân|Đoàn đại biểu|Bộ|Ủy ban Mặt trận|Chính phủ|Quốc hội)(?= |$)")
ABOVE_LEVELS = ("trung-uong", "bo", "dang", "doan-the")
_UNITS = "tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu"
_PLACED = re.compile(rf"(?:^|(?<= ))(?P<unit>{_UNITS})(?: (?P<place>(?!{_UNITS})[^\W\d_][^,;]*))?$")
_BELOW = re.compile(r"^(?P<own>.+?)(?: thuộc |, | - )(?P<above>(?:Sở|Bộ|Tổng cục|Cục|Ban|Văn phòng) .+)$")
_OFFICE = re.compile(rf"^(?P<own>.+?) (?P<above>{COMMITTEE}(?: .+)?)$")
SHORT = 2  # words of a name that says nothing without its unit: "Thanh tra tỉnh"


@dataclass(frozen=True, slots=True)
class LetterheadLines:
    """The two lines over a document; ``superior`` is None where there is none, or nothing tells which it is."""

    superior: str | None
    own: str


@dataclass(frozen=True, slots=True)
class _Place:
    unit: str
    name: str

    def __str__(self) -> str:
        return f"{self.unit} {self.name}"


def find_superior(name: str, home: str | None = None) -> LetterheadLines:
    """The lines of that agency's letterhead. ``home``: an agency of the same province, for names that leave it out."""
    agency = agencies.parse(name)
    whole = agency.name
    if TOP.match(whole):
        return LetterheadLines(None, name)
    if below := _BELOW.match(whole):
        return LetterheadLines(_shorten(_in_province(below["above"], home)), below["own"])
    if office := _OFFICE.match(whole):
        return LetterheadLines(_shorten(_in_province(office["above"], home)), office["own"])
    level = agencies.agency_level(agency)
    place, own = _split_place(whole)
    if level in ABOVE_LEVELS or (level is None and place is None):
        return LetterheadLines(None, name)
    if place is None or not place.name:
        unit = place.unit if place else "tỉnh"
        place = province_of(home) if home and unit in ("tỉnh", "thành phố") else None
        place = place or _Place(unit, UNKNOWN)
    return LetterheadLines(f"UBND {place}", own)


def province_of(name: str) -> _Place | None:
    """The province that an agency's name ends in, known to the lists or not; None where it names none."""
    whole = agencies.parse(name).name
    place, _ = _split_place(whole)
    if place and place.name and place.unit in ("tỉnh", "thành phố"):
        return place
    return None


def most_common_home(names: Iterable[str]) -> str | None:
    """Of these agencies one of the province that most of them name; None where none names one.

    >>> most_common_home(["Sở Y tế", "Sở Nội vụ tỉnh Lạng Sơn", "Sở Tài chính tỉnh Lạng Sơn", "UBND tỉnh Cao Bằng"])
    'Sở Nội vụ tỉnh Lạng Sơn'
    """
    placed = {name: province for name in names if (province := province_of(name))}
    if not placed:
        return None
    (most, _), *_ = Counter(placed.values()).most_common(1)
    return next(name for name, province in placed.items() if province == most)


def _split_place(whole: str) -> tuple[_Place | None, str]:
    """The innermost place that the name ends in, and the name as it stands below that place."""
    match = _PLACED.search(whole)
    if match:
        own = whole[: match.start()].strip(" ,-")
        bare = f"{own} {match['unit']}" if len(own.split()) <= SHORT and not own.startswith("Sở") else own
        return _Place(match["unit"], match["place"] or ""), bare or whole
    words = whole.split()
    for size in (4, 3, 2, 1):
        tail = " ".join(words[-size:])
        if size < len(words) and registry.is_province(tail):
            unit = "thành phố" if registry.is_central_city(tail) else "tỉnh"
            return _Place(unit, tail), " ".join(words[:-size])
    return None, whole


def _in_province(above: str, home: str | None) -> str:
    """The agency above with the province that its name leaves out."""
    place, _ = _split_place(above)
    if place and place.name:
        return above
    known = province_of(home) if home else None
    if place is None:
        return above if not above.startswith(COMMITTEE) else f"{above} {known or _Place('tỉnh', UNKNOWN)}"
    return f"{above.removesuffix(place.unit).rstrip()} {known if known else _Place(place.unit, UNKNOWN)}"


def _shorten(name: str) -> str:
    return name.replace(COMMITTEE, "UBND")

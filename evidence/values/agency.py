"""Agencies: one canonical name and a short code, whatever the capitals, abbreviations and tone placement.

The name is written as Decree 30/2020/NĐ-CP, Appendix II, asks (``Ủy ban nhân dân tỉnh Lạng Sơn``); the code is how
officials shorten it (``UBND tỉnh Lạng Sơn``, ``Bộ Nội vụ``). Lists: ``data/agencies.yaml``, ``data/provinces.yaml``;
an agency that no list knows keeps its words, with capitals set by rule.

>>> parse("UỶ BAN NHÂN DÂN TỈNH LẠNG SƠN")
Agency(name='Ủy ban nhân dân tỉnh Lạng Sơn', code='UBND tỉnh Lạng Sơn')
>>> is_same_agency(parse("UBND TP. Hồ Chí Minh"), parse("ỦY BAN NHÂN DÂN THÀNH PHỐ HỒ CHÍ MINH"))
True
>>> [agency_level(parse(name)) for name in ("Sở Nội vụ tỉnh Lạng Sơn", "UBND huyện Quảng Điền", "BNV")]
['so', 'huyen', 'bo']
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from evidence.values import gazetteer
from evidence.values.gazetteer import issuer_abbreviations as issuer_abbreviations
from evidence.vietnamese.syllable import is_syllable
from evidence.vietnamese.text import canon, fold, nfc


@dataclass(frozen=True, slots=True)
class Agency:
    name: str
    code: str | None = None

    def __str__(self) -> str:
        return self.name


_EDGE = " \t\n*_.,:;-–—\"“”'()[]"
_TOKEN = re.compile(r"[^\s,\-/]+|[,\-/]")
_SHORT = re.compile(r"\b(?:t\.?p\.?|tp)(?=[ .]?\s*[^\W\d_]{2,})\.?\s*", re.IGNORECASE)
_TOWN = re.compile(r"\bTX\.?\s+(?=[^\W\d_])")


def parse(text: str) -> Agency:
    """The agency of that name. Never fails: an unknown name keeps its words.

    >>> parse("SỞ  NỘI VỤ").name, parse("TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG TỈNH BÌNH DƯƠNG").name
    ('Sở Nội vụ', 'Trung tâm Phục vụ hành chính công tỉnh Bình Dương')
    >>> parse("Bộ trưởng Bộ nội vụ").name, parse("VPUB").name
    ('Bộ trưởng Bộ Nội vụ', 'Văn phòng Ủy ban nhân dân')
    """
    printed = " ".join(canon(nfc(text)).split()).strip(_EDGE)
    return _parse(printed)


@lru_cache(maxsize=4096)
def _parse(printed: str) -> Agency:
    name = _name(_expand(printed))
    return Agency(name, gazetteer.shorten_agency_name(name)) if name else Agency(printed, None)


def _expand(printed: str) -> str:
    """Abbreviations written out: ``UBND TP.HCM`` -> ``Ủy ban nhân dân thành phố Hồ Chí Minh``."""
    whole = gazetteer.by_abbreviation(printed)
    if whole:
        return whole
    text = gazetteer.expand_provinces(printed)
    text = _TOWN.sub("thị xã ", _SHORT.sub("thành phố ", text))
    words = []
    for word in text.split(" "):
        core = word.strip(".,;:()")
        full = gazetteer.inner_abbreviation(core) if core.isupper() else None
        words.append(word.replace(core, full) if full else word)
    return " ".join(words)


def _name(text: str) -> str:
    """The words of a name with the capitals of the canon."""
    tokens = _TOKEN.findall(text)
    folded = [fold(token) for token in tokens]
    out: list[str] = []
    at, raise_next, place = 0, True, False
    while at < len(tokens):
        phrase = gazetteer.longest_phrase(folded, at)
        if phrase is not None:
            out.extend(_first_up(phrase.words) if not out else phrase.words)
            raise_next, place = phrase.head, phrase.unit
            at += len(phrase.words)
            continue
        word = tokens[at]
        if raise_next:
            word = word[:1].upper() + word[1:]
        if word.isupper() and is_syllable(word.lower()):
            word = _capital(word) if raise_next or place else word.lower()
        out.append(_canonical(word))
        raise_next = False
        at += 1
    return _join(out)


def _first_up(words: tuple[str, ...]) -> tuple[str, ...]:
    return (words[0][:1].upper() + words[0][1:], *words[1:])


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:].lower()


def _canonical(word: str) -> str:
    """Tone placement of the canon, capitals kept (``Thuỷ`` -> ``Thủy``)."""
    folded = fold(word)
    if len(folded) != len(word) or folded == word.lower():
        return word
    if any(pair in folded for pair in ("y", "i")) and not re.search(r"[òóỏõọ][ae]|[ùúủũụ]y", folded):
        return word  # kĩ and kỹ are both good spelling: only the tone's place is settled here
    return "".join(new.upper() if old.isupper() else new for old, new in zip(word, folded, strict=True))


def _join(words: list[str]) -> str:
    text = " ".join(words)
    text = re.sub(r"\s+([,])", r"\1", text)
    return re.sub(r"\s*/\s*", "/", text).strip(_EDGE)


def is_same_agency(agency: Agency, other: Agency) -> bool:
    """Whether two names mean one agency: equal canonical names, "tỉnh" and "thành phố" before a known one aside.

    >>> is_same_agency(parse("Uỷ ban nhân dân tỉnh Hoà Bình"), parse("UBND Tỉnh Hòa Bình"))
    True
    >>> is_same_agency(parse("UBND tỉnh Lạng Sơn"), parse("UBND tỉnh Cao Bằng"))
    False
    """
    return _identity(agency.name) == _identity(other.name)


@lru_cache(maxsize=4096)
def _identity(name: str) -> str:
    text = fold(parse(name).name)
    text = re.sub(r"[^\w ]+", " ", text)
    for unit in ("tỉnh", "thành phố"):
        text = re.sub(rf"\b{unit} (?=({gazetteer.folded_provinces()})\b)", "", text)
    return " ".join(text.split())


def agency_level(agency: Agency) -> str | None:
    """Where the agency stands: trung-uong, bo, tinh, so, huyen, xa, dang, doan-the; None where the name does not say.

    >>> [agency_level(parse(name)) for name in ("UBND TP. Hải Phòng", "UBND thành phố Lạng Sơn", "Tỉnh ủy", "UBND")]
    ['tinh', 'huyen', 'dang', None]
    """
    return gazetteer.level_of(parse(agency.name).name)

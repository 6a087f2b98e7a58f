"""The symbol (ký hiệu) of a document: letters that name its kind and its issuer.

Decree 30/2020/NĐ-CP, Appendix I: abbreviation of the kind, ``-``, abbreviation of the issuer (``QĐ-UBND``); a công
văn has the issuer and the drafting unit (``SNV-CCHC``); Party documents join with ``/`` (``NQ/TW``). Each agency sets
its own abbreviations, so no closed list exists: any group of capitals is read, the lists only resolve.

>>> groups("TTLT-BTP-BNG-TANDTC")
('TTLT', 'BTP', 'BNG', 'TANDTC')
>>> kind_code("QĐ-UBND"), issuer_code("QĐ-UBND"), kind_code("SNV-CCHC"), issuer_code("SNV-CCHC")
('QĐ', 'UBND', None, 'SNV')
>>> kind_code("CT-CS"), kind_code("CT-TTg"), kind_code("CT-QLHKD"), kind_code("CT-BCĐCCHC")
(None, 'CT', None, 'CT')
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from evidence.values.agency import issuer_abbreviations
from evidence.values.kind import code_index

# Capitals of Greek and Cyrillic that look Latin: seen in NĐ-CР, TT-BTС, QĐ-BHΧΗ.
FOREIGN = dict(zip("ΑΒΕΖΗΙΚΜΝΟΡΤΥΧАВЕКМНОРСТУХІЅЈ", "ABEZHIKMNOPTYXABEKMHOPCTYXISJ", strict=True))
UPPER = "A-ZĐƯÂĂÊÔƠÁÀÍÓÝ"
LOWER = "a-zđàáảãạăằắẳẵặâầấẩẫậèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵ"
# One group: TTg, CTr (Ctr), QyĐ, SNgV, GDTrH, SoNNMT, CTL&BHXH, V.I; a lower-case word glued behind is left outside.
GROUP = rf"""
    [{UPPER}] (?: [{UPPER}0-9]
                | &[ ]?(?=[{UPPER}])
                | \.(?=[{UPPER}]{{1,8}}(?![{UPPER}{LOWER}]))
                | [{LOWER}]{{1,3}}(?=[{UPPER}])
                | (?<=TT)g | (?<=TT)r | (?<=CT)r | (?<=QT)r | (?<=[CTQ])tr(?=-) | (?<=QĐ)i | (?<=[TB])h(?![{LOWER}])
              ){{0,30}}
"""
# Issuers that once stood alone: 32/CP, 142-HĐBT.
SINGLE = frozenset(("CP", "TTG", "HDBT", "HDCP", "SL", "TVQH", "CTN", "LB"))
# CT as first group is a chỉ thị only before an agency; before the letters of a unit it is Cục Thuế. Letters that no
# list has are an agency's where they begin like one: UBND, a ministry, a department, a procuracy, a court, the Party.
_AGENCY = re.compile(r"CTUB|UB|B[A-Z]{2}|S[A-Z]{2}|VKS|TA[A-Z]|[THDQ]U$|TW$")
_TAX_UNITS = frozenset(("CS", "NVT", "PC", "TTHT", "KK", "TS", "CDS", "CT", "TM", "DNNCN", "TTKT", "QLN", "KTNB"))
_JOINTS = re.compile(r"[-/ ,()]|\.(?=\w\w)")  # "V.I" is one group


def ascii_code(code: str) -> str:
    """A group for look-ups: upper case, Đ as D, no ``&``.

    >>> ascii_code("QĐ"), ascii_code("TTg"), ascii_code("SGD&ĐT")
    ('QD', 'TTG', 'SGDDT')
    """
    return code.upper().replace("Đ", "D").replace("&", "")


def groups(symbol: str) -> tuple[str, ...]:
    """The groups of letters of a symbol, whatever they are joined by.

    >>> groups("QĐ.UBND"), groups("UBND-KGVX,NC"), groups("BC-SNV(CCHC)")
    (('QĐ', 'UBND'), ('UBND', 'KGVX', 'NC'), ('BC', 'SNV', 'CCHC'))
    """
    return tuple(part for part in _JOINTS.split(symbol) if part)


@cache
def kind_codes() -> dict[str, str]:
    """Look-up form of each kind's abbreviation -> the abbreviation."""
    return {ascii_code(code): code for code in code_index()}


@cache
def issuers() -> frozenset[str]:
    """Look-up forms of the known issuers' abbreviations."""
    return frozenset(ascii_code(code) for code in issuer_abbreviations())


def is_issuer(group: str) -> bool:
    """Whether a group is a known issuer's, also with the number of its term behind it (``QH15``)."""
    bare = ascii_code(group)
    return bare in issuers() or bare in SINGLE or re.sub(r"\d+$", "", bare) in issuers()


@lru_cache(maxsize=4096)
def split_lost_hyphen(group: str) -> tuple[str, str] | None:
    """Kind and issuer of a group whose hyphen was lost: ``NĐCP`` -> NĐ, CP.

    >>> split_lost_hyphen("TTBYT"), split_lost_hyphen("UBND")
    (('TT', 'BYT'), None)
    """
    bare = ascii_code(group)
    if len(bare) != len(group) or bare in issuers():
        return None
    for size in (2, 3, 4):
        kind = kind_codes().get(bare[:size])
        if kind and len(bare) > size and is_issuer(bare[size:]) and bare[size:] not in _TAX_UNITS:
            return kind, group[size:]
    return None


def _is_agency(group: str) -> bool:
    return group not in _TAX_UNITS and (is_issuer(group) or _AGENCY.match(group) is not None)


@lru_cache(maxsize=4096)
def kind_code(symbol: str) -> str | None:
    """The abbreviation of the kind as the first group has it; None for a công văn, a law, an unknown group."""
    parts = groups(symbol)
    if not parts:
        return None
    first = ascii_code(parts[0])
    if len(parts) == 1:
        lost = split_lost_hyphen(parts[0])
        return lost[0] if lost else kind_codes().get(first) if first not in issuers() else None
    if first == "CT" and not _is_agency(ascii_code(parts[1])):
        return None
    return kind_codes().get(first)


@lru_cache(maxsize=4096)
def issuer_code(symbol: str) -> str | None:
    """The group that names the issuer: the one after the kind, or the first where no kind stands."""
    parts = groups(symbol)
    if not parts:
        return None
    if len(parts) == 1:
        lost = split_lost_hyphen(parts[0])
        return lost[1] if lost else None if kind_code(symbol) else parts[0]
    return parts[1] if kind_code(symbol) else parts[0]


@lru_cache(maxsize=4096)
def is_known(symbol: str) -> bool:
    """Whether some group is a known kind or a known issuer: enough to believe a number without a word before it."""
    parts = groups(symbol)
    if len(parts) == 1:
        bare = ascii_code(parts[0])
        return (
            bare in SINGLE
            or bare in kind_codes()
            or bool(re.fullmatch(r"(?:QH|UBTVQH|HDNN)\d{1,2}", bare))
            or bare in issuers()
            or split_lost_hyphen(parts[0]) is not None
        )
    return any(ascii_code(part) in kind_codes() or is_issuer(part) for part in parts)

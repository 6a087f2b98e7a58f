"""Document numbers (số, ký hiệu): what they are, how they are printed, where they stand in a text.

Forms (Decree 30/2020/NĐ-CP, Decree 34/2016 Article 58, Party guidance 36-HD/VPTW, and older usage):

====================  ===================================================
serial/year/symbol    ``45/2016/QĐ-TTg``, ``72/2025/QH15`` (legal normative)
serial/symbol         ``615/QĐ-UBND``, ``446/SNV-CCHC&VTLT`` (công văn), ``32/CP``
serial-symbol         ``39-NQ/TW`` (Party), ``142-HĐBT`` (to 1992)
serial symbol         ``1836 QĐ/TWĐTN`` (printed with a blank)
====================  ===================================================

>>> str(parse("Số: 0615 /QÐ –UBND"))
'0615/QĐ-UBND'
>>> [str(match.number) for match in search("Nghị định 117/2013/NĐ-CP, đạt 14,5/15,5 điểm, theo mẫu số 01/ĐK-TCT")]
['117/2013/NĐ-CP']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from evidence.values import symbol as symbols
from evidence.values.kind import names_pattern
from evidence.values.symbol import FOREIGN, GROUP, LOWER, UPPER
from evidence.values.symbol_forms import cut_next_document, drop_note_mark, print_capitals, raise_small_symbols
from evidence.values.traps import TrapFilter
from evidence.vietnamese.text import canon, nfc, plain_map, swap

JOINTS = ("/", "-", " ")

# "1.062" and, behind "số" alone, "1 062": thousands set apart; "66.2" is the second of a series
THOUSANDS = r"(?<=[1-9])\d?(?:[.][ ]?|[ ])\d{3}(?!\d)"
# the first digit stands outside: the engine goes from digit to digit and tries nothing between them
SERIAL = rf"\d(?<!\d\d)(?:{THOUSANDS}|\d{{0,4}}(?:\.\d{{1,2}})?)(?:bis|[a-zA-ZđĐ])?"
YEAR = r"(?:19|20)\d\d"
GAP = r"[ ]{0,3}\n?[ ]{0,3}"  # at most one line wrap
FIRST = rf"{GAP}[/-]{GAP}"  # between number and symbol
NEXT = r"(?:[/-][ ]{0,2}\n?|[ ]{1,2}[/-](?![ ]))[ ]{0,2}"  # between groups; a bullet on the next line is none
WIDE = r"[ ]{0,2}[/-][ ]{0,2}\n?[ ]{0,2}"  # behind the first group blanks on both sides pass: "215/TTr - NHNN"
# the field behind a steering committee's letters, its hyphen left out: "90/TB-BCH PCTT-TKCN", "140/BCĐ VĐ HMTN"
FIELD = r"(?<=BC[HĐD])(?:[ ](?!(?:TM|KT|TL)\.)[B-DF-HK-NP-TVXĐ]{2,8}(?:-[B-DF-HK-NP-TVXĐ]{2,8})*(?![\w-])){1,2}"
# and the number that it is known by: "48/KH-BCĐ 389", "12/BC-BCĐ-35"
NUMBERED = r"(?:(?<=BC[HĐD])|(?<=TCT)|(?<=.ĐA))[ .-]\d{2,4}(?![\w%]|[ ]?[/.,:-][ ]?\d)"
# field units: "UBND-KGVX,NC", "SVH,TT&DL-VP"; with the unit in brackets: "BC-SNV(CCHC)"
# a blank behind the comma where "&" or the date tells that the symbol goes on: "46/UBND-KGVX, NC ngày 11/7/2018"
OFFICES = r"(?:UBND|HĐND|UBMTTQ|MTTQ|BCĐ|BCH|TTg|CP|QH|TU|TW)"  # begin a name, no unit of a symbol
UNITS = rf"(?!{OFFICES}(?![{UPPER}]))[{UPPER}]{{2,6}}(?:,[ ]?[{UPPER}]{{2,6}})?"
GOES_ON = rf"[ ](?:(?=[{UPPER}]{{2,6}}&)|(?={UNITS}[ ]ngày[ ]\d))"
COMMA = rf",(?:{GOES_ON})?(?=[{UPPER}]{{2,6}}(?![{UPPER}{LOWER}0-9]|[ ]?[/-]\d))"
BRACKETS = rf"\([{UPPER}]{{2,8}}(?:[&,-][{UPPER}]{{2,8}}){{0,2}}\)"
SYMBOL = (
    rf"{GROUP}(?:(?:{WIDE}|{COMMA}){GROUP}(?:(?:{NEXT}|{COMMA}){GROUP}){{0,7}})?"
    rf"(?:{FIELD}|{NUMBERED})?(?:{BRACKETS})?"
)
NUMBER = rf"""
    (?P<serial>{SERIAL})
    (?: {GAP}/{GAP}(?P<year>{YEAR})(?P<after>{FIRST})
      | (?P<joint>{FIRST})
      | (?P<blank>[ ]{{1,2}})(?=[{UPPER}][{UPPER}a-z]{{1,5}}[/-][{UPPER}]) )
    (?P<symbol>{SYMBOL})
"""
_NUMBER = re.compile(NUMBER, re.VERBOSE)
_LABEL = re.compile(r"^\s*(?:(?:luật|lệnh)\s+)?(?:số|so|s[oố6])?\s*[:.]?\s*", re.IGNORECASE)
_UNDERSCORE = re.compile(rf"(?<=[{UPPER}])_(?=[{UPPER}]{{2}})")  # typed for a hyphen: "157/TB_UBND"
_SPACES = re.compile(r"\s*([-/&,])\s*")
LABEL_REACH = 24  # characters before a number in which the word for it ends
_AFTER_LABEL = re.compile(
    rf"(?:(?<!\w)(?:số|sô|{names_pattern()}|QĐ|NĐ|NQ|CV)[ ]*[:.]?[ ]*|\d[ ]*(?:,|và)[ ]*)$", re.IGNORECASE
)
_LOST_BLANK = re.compile(rf" ([{UPPER}]{{2,8}}|TTg)(?![\w&/-])")


@dataclass(frozen=True, slots=True)
class Number:
    """``serial`` and ``symbol`` as printed (composed, one Đ, no blanks); ``joint`` stands between them.

    Leading zeros of the serial are kept here and dropped by ``plain`` and ``key``.
    """

    serial: str
    symbol: str
    year: int | None = None
    joint: str = "/"

    def __str__(self) -> str:
        if self.year is not None:
            return f"{self.serial}/{self.year}/{self.symbol}"
        return f"{self.serial}{self.joint}{self.symbol}"

    @property
    def plain(self) -> str:
        """As printed but without leading zeros of the serial: ``0205/KH-UBND`` -> ``205/KH-UBND``."""
        bare = self.serial.lstrip("0")
        return str(Number(bare if bare[:1].isdigit() else "0" + bare, self.symbol, self.year, self.joint))

    @property
    def key(self) -> str:
        """Equal for two spellings of one number: case, Đ, zeros, ``&`` and the marks between groups do not count.

        >>> parse("09/2015/ QÐ-TTg").key == parse("9/2015/qd/ttg").key
        True
        """
        return _build_key(self.serial, self.symbol, self.year)

    @property
    def kind_code(self) -> str | None:
        """``QĐ`` of ``615/QĐ-UBND``; None for a công văn or a law."""
        return symbols.kind_code(self.symbol)

    @property
    def issuer_code(self) -> str | None:
        """``UBND`` of ``615/QĐ-UBND``, ``SNV`` of ``36/SNV-CCHC``."""
        return symbols.issuer_code(self.symbol)

    @property
    def is_party(self) -> bool:
        """Whether it has the Party's form (``39-NQ/TW``): numbered through a term, not a year."""
        return self.joint == "-" and "/" in self.symbol


@lru_cache(maxsize=20_000)
def _build_key(serial: str, symbol: str, year: int | None) -> str:
    """The key of those parts: a check asks it again and again, of few different numbers."""
    bare = re.sub(r"(?<!\d)0+(?=\d)", "", serial.lower())
    letters = "".join(symbols.ascii_code(part) for part in symbols.groups(symbol)).lower()
    return "/".join(part for part in (bare, str(year or ""), letters) if part)


@dataclass(frozen=True, slots=True)
class NumberMatch:
    """A number in a text: characters ``start:end``. ``labelled``: a kind or "số" stands right before it.

    ``certain``: nothing beside it may be of it (a digit and a blank before it, the mark of a note stuck to its end).
    """

    start: int
    end: int
    number: Number
    labelled: bool = False
    certain: bool = True


def parse(text: str) -> Number | None:
    """The number that the whole text is, "Số:" before it or not; None where it is none.

    >>> parse("Số: /QĐ-UBND") is None
    True
    >>> str(parse("số 615/qđ-ubnd"))
    '615/QĐ-UBND'
    """
    bare = _canonical(plain_map(nfc(text))[0])
    bare = _LABEL.sub("", bare).strip(" .,;\t\n")
    match = _NUMBER.match(bare)
    if (match is None or match.end() < len(bare)) and bare == bare.lower():
        match = _NUMBER.match(bare := _capitals(bare))
    if match is None or not (made := _make(match, bare)) or made.end != len(bare):
        return None
    return made.number


def _canonical(text: str) -> str:
    """Look-alikes made one; the length stays."""
    return _UNDERSCORE.sub("-", swap(canon(text), FOREIGN))


def _capitals(text: str) -> str:
    """A number typed in small letters as it is printed: ``9/2015/qđ-ttg`` -> ``9/2015/QĐ-TTg``."""
    serial = re.match(SERIAL, text)
    start = serial.end() if serial else 0
    return text[:start] + print_capitals(text[start:])


def search(text: str) -> Iterator[NumberMatch]:
    """The document numbers in a text, with their characters; forms, standards, scores and dates are left out."""
    composed, offsets = plain_map(text)
    plain = raise_small_symbols(_canonical(composed))
    guard = TrapFilter(plain)
    at = 0
    while match := _NUMBER.search(plain, at):
        at = match.start() + len(match.group("serial"))
        certain = True
        if " " in match.group("serial") and not _AFTER_LABEL.search(
            plain, max(0, match.start() - LABEL_REACH), match.start()
        ):
            certain = _begins_line(plain, match.start())  # "1 234/QĐ-UBND": the first column of a table and the second
            match = _NUMBER.match(plain, match.start() + match.group("serial").index(" ") + 1)
            if match is None:
                continue
        made = _make(match, plain)
        if made is None:
            continue
        labelled = guard.admits(
            match.start(), made.end, made.number.symbol, match.group("blank") is not None, made.number.year
        )
        if labelled is None:
            continue
        at = made.end
        last = made.end - 1
        start = match.start()
        if offsets is not None:
            start, last = offsets[start], offsets[last]
        yield NumberMatch(start, last + 1, made.number, labelled, certain and made.certain)


def _begins_line(text: str, at: int) -> bool:
    return not text[text.rfind("\n", 0, at) + 1 : at].strip(" |\t")


@dataclass(frozen=True, slots=True)
class _Made:
    """The number of a raw match and where it ends."""

    number: Number
    end: int
    certain: bool = True


def _make(match: re.Match[str], text: str) -> _Made | None:
    """The number of a raw match; the first letters of a glued or following word are cut off."""
    symbol = match.group("symbol")
    end = match.end()
    while symbol:
        tail = re.search(rf"[{UPPER}][^-/]*$", symbol)
        following = text[end : end + 1]
        alone = tail is not None and len(tail.group().strip()) == 1
        if not (alone and re.match(rf"[{LOWER}]", following or " ")):
            break
        symbol = symbol[: tail.start()].rstrip(" -/\n") if tail else ""
        end = match.start("symbol") + len(symbol)
    kept = cut_next_document(symbol, text[end : end + 8])
    end -= len(symbol) - len(kept)
    symbol = _SPACES.sub(r"\1", kept).strip(" \n&.,")
    if not symbol or not _plausible(match, symbol):
        return None
    year = match.group("year")
    lost = _LOST_BLANK.match(text, end) if year and symbol in ("NĐ", "TT", "QĐ", "NQ") else None
    if lost is not None and symbols.ascii_code(lost.group(1)) in symbols.issuers():
        symbol, end = f"{symbol} {lost.group(1)}", lost.end()
    bare = drop_note_mark(symbol)
    joint = (match.group("joint") or match.group("blank") or "/").strip() or " "
    return _Made(Number(_serial(match), bare, int(year) if year else None, joint), end, bare == symbol)


def _serial(match: re.Match[str]) -> str:
    """The serial without what sets its thousands apart."""
    return re.sub(r"[. ]+(?=\d{3})", "", match.group("serial"))


def _plausible(match: re.Match[str], symbol: str) -> bool:
    """Whether the letters can be a symbol at all: ``29A-1`` and ``5/A`` cannot."""
    parts = symbols.groups(symbol)
    if match.group("year"):
        return len(symbol) >= 2
    if "." in _serial(match):
        return False  # 66.4/2025/NQ-CP always has its year; 003.2N/BCB-CT is a form
    if len(parts) == 1:
        return len(symbol) >= 2
    return len(parts[0]) >= 2 or parts[0] == "L"

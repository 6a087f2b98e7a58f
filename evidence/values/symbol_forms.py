"""Symbols as people type them: in small letters, with the mark of a note stuck to them, with the next document's.

>>> raise_small_symbols("quyết định số 50/qđ-ubnd, 9/2015/Qđ-Ttg và 3/kh-abc")
'quyết định số 50/QĐ-UBND, 9/2015/QĐ-TTg và 3/kh-abc'
>>> drop_note_mark("QĐ-UBND1"), drop_note_mark("NQ-UBTVQH15"), drop_note_mark("KH-BCĐ389")
('QĐ-UBND', 'NQ-UBTVQH15', 'KH-BCĐ389')
"""

from __future__ import annotations

import re
from functools import cache

from evidence.values import symbol as symbols
from evidence.values.agency import issuer_abbreviations
from evidence.values.kind import by_code, code_index, is_joint

_PRINTED = (("TTG", "TTg"), ("TTR-", "TTr-"), ("CTR-", "CTr-"), ("TTR/", "TTr/"), ("CTR/", "CTr/"), ("QYĐ", "QyĐ"))
_SMALL = re.compile(
    r"[/-][ ]?(?:(?:19|20)\d\d[ ]?/[ ]?)?(?P<kind>[A-Za-zĐđ]{1,5})[-/.](?P<issuer>[A-Za-zĐđƯư&]{2,10})(?![\w@/])"
)
_SERIAL_BEFORE = re.compile(r"(?<![\w/.-])\d{1,5}[a-zđ]?[ ]?$")
_SO_BEFORE = re.compile(r"(?<!\w)(?:số|sô)\s*:?\s*\d{1,5}[a-zđ]?[ ]?$", re.IGNORECASE)
_PARTS = re.compile(r"[.,](?=[^.,]+$)")
_NOTE_MARK = re.compile(r"(?<=[^\W\d_])[1-9]\d?$")
# bodies that are numbered: terms of an assembly, steering committees
_ASSEMBLY = re.compile(r"(?:QH|UBTVQH|HDNN|HDDT|UB(?!ND$)[A-Z]+|HDND)$")
_COMMITTEE = re.compile(r"(?:BC[DH]|TCT|DA)$")


def restore_strokes(symbol: str) -> str:
    """The symbol with the strokes of its Đ: of the kind, and of issuers long enough to be nobody else's.

    >>> restore_strokes("QD-LDLD"), restore_strokes("ND-CP"), restore_strokes("HD-DCT"), restore_strokes("ĐA-CD")
    ('QĐ-LĐLĐ', 'NĐ-CP', 'HD-DCT', 'ĐA-CD')
    """
    codes, kinds = _printed(), code_index()
    first, *others = re.split(r"(?<=[-/.])", symbol) if symbol else ("",)
    kind = next((code for code in kinds if "Đ" in code and code.replace("Đ", "D") == first.rstrip("-/.")), None)
    if kind and first.rstrip("-/.") not in kinds:
        first = kind + first[len(kind) :]
    rest = "".join(others)
    return first + re.sub(r"[A-ZĐ&]{4,}", lambda match: codes.get(match.group(), match.group()), rest)


@cache
def _printed() -> dict[str, str]:
    """Groups of issuers without the stroke of their Đ -> as they are printed; none that is one as it stands (UBND)."""
    codes = set(issuer_abbreviations())
    bare = {code.replace("Đ", "D"): code for code in codes if "Đ" in code and code.isupper()}
    return {group: code for group, code in bare.items() if group not in codes}


def print_capitals(text: str) -> str:
    """Letters typed in small ones as symbols print them: ``qđ-ttg`` -> ``QĐ-TTg``."""
    upper = text.upper()
    for plain, printed in _PRINTED:
        upper = upper.replace(plain, printed)
    return upper


def raise_small_symbols(text: str) -> str:
    """The text with the symbols that were typed in small letters in capitals; the length stays.

    Only behind a serial, where kind and issuer are known, or the kind is and "số" stands before the serial.
    """
    changes = [
        (match.start("kind"), match.end("issuer")) for match in _SMALL.finditer(text) if _is_small_symbol(match, text)
    ]
    for start, end in changes:
        text = text[:start] + print_capitals(text[start:end]) + text[end:]
    return text


def _is_small_symbol(match: re.Match[str], text: str) -> bool:
    kind, issuer = match["kind"], match["issuer"]
    printed = symbols.kind_codes().get(symbols.ascii_code(kind))
    kind_small = kind[0].islower() or "đ" in kind
    if printed is None or not (kind_small or issuer.islower() or (issuer.istitle() and len(issuer) > 3)):
        return False
    before = text[max(0, match.start() - 16) : match.start()]
    if not _SERIAL_BEFORE.search(before):
        return False
    return symbols.is_issuer(symbols.ascii_code(issuer)) or _SO_BEFORE.search(before) is not None


def cut_next_document(symbol: str, following: str) -> str:
    """The symbol without what a full stop or comma lost its blank before: ``QĐ-UBND.UBND`` (tỉnh), ``QĐ-UBND,QĐ`` (số).

    >>> cut_next_document("QĐ-UBND.UBND", " tỉnh"), cut_next_document("QĐ-UBND,QĐ", " số 5")
    ('QĐ-UBND', 'QĐ-UBND')
    >>> cut_next_document("UBND-KGVX,NC", " ngày"), cut_next_document("CTPH-LĐLĐ-SVH,TT,DL", " ngày")
    ('UBND-KGVX,NC', 'CTPH-LĐLĐ-SVH,TT,DL')
    """
    while part := _PARTS.search(symbol):
        before, last = symbol[: part.start()], symbols.ascii_code(symbol[part.end() :].strip())
        named = last in symbols.kind_codes() and re.match(r"\s*(?:số|sô|\d)", following) is not None
        code = symbols.kind_code(before)
        complete = code is not None and len(symbols.groups(before)) > 1 and not is_joint(by_code(code))
        listed = symbol[part.start()] == "," and symbols.ascii_code(symbols.groups(before)[-1]) in symbols.issuers()
        if not named and not (complete and (listed or last in symbols.issuers())):
            break
        symbol, following = before, ""
    return symbol


def drop_note_mark(symbol: str) -> str:
    """The symbol without the mark of a note (1-99) stuck to a known issuer that is not itself numbered."""
    mark = _NOTE_MARK.search(symbol)
    if mark is None:
        return symbol
    last = symbols.ascii_code(symbols.groups(symbol[: mark.start()])[-1])
    if _COMMITTEE.match(last):
        return symbol[: mark.start()] if len(mark.group()) == 1 else symbol  # theirs are 35, 138, 389
    known = last in symbols.issuers() and symbols.kind_code(symbol) is not None
    return symbol[: mark.start()] if known and not _ASSEMBLY.match(last) else symbol

"""Symbols of numbers on scanned pages: strokes that OCR loses, and what stands behind them on the row.

OCR takes Đ for D; where a list knows the group, it is written as it is printed (``QD-LDLD`` is no symbol: QĐ-LĐLĐ).
What engines read behind the symbol in the same letters is of the symbol (``31/ĐĐN-HKN BTh``, ``7/CTPH-SVH,TT,DL``), and
never sure; so is a serial with its year and no symbol at all (``Số: 01/2025``).
"""

from __future__ import annotations

import re
from dataclasses import replace

from evidence.extract.fields.number_rest import find_rest
from evidence.extract.layout.segments import Segment
from evidence.model.reading import ReadingRole
from evidence.model.record import FieldValue
from evidence.values.number import Number
from evidence.values.symbol_forms import restore_strokes
from evidence.vietnamese.text import canon, nfc, strip_marks

COMPLETED = 0.85  # at most: another document's letters may stand behind a symbol
WITNESSES = 2  # engines that read the same letters there
# ",TT,DL", " BTh", " Vietnam": words that begin with a capital; no sentence, no date
SYMBOL_REST = re.compile(
    r"(?:\s?[,./&-]\s?|\s)?[A-ZĐ][A-Za-zĐđ]{0,8}(?:(?:\s?[,./&-]\s?|\s)[A-ZĐ][A-Za-zĐđ]{0,8}){0,3}"
)
UNTITLED = re.compile(r"\W*(?:so|s[o6])\s?[:.]\s?(?P<serial>\d{1,4})\s?/\s?(?P<year>(?:19|20)\d\d)\W*", re.IGNORECASE)


def complete_symbol(number: FieldValue[Number], segment: Segment) -> FieldValue[Number]:
    """The number with its symbol as it is printed; other numbers than those of scanned rows stay."""
    if number.value is None or not segment.is_ocr:
        return number
    value = replace(number.value, symbol=restore_strokes(number.value.symbol))
    rest = _agreed_rest(number.value, segment)
    if not rest:
        return replace(number, value=value)
    symbol = value.symbol + rest
    return replace(number, value=replace(value, symbol=symbol), confidence=min(COMPLETED, number.confidence))


def _agreed_rest(number: Number, segment: Segment) -> str:
    """What stands behind the symbol, as it is joined to it; empty where engines do not agree on the letters."""
    rest = find_rest(number, segment)
    if not rest:
        return ""
    texts = {segment.engine.voter if segment.engine else "": segment.text}
    texts |= {r.engine.voter: r.text for r in segment.readings if r.places is None and r.role is ReadingRole.WITNESS}
    letters = _letters(rest)
    if sum(_letters(text).endswith(letters) for text in texts.values()) < WITNESSES:
        return ""
    behind = re.search(rf"(?<=\w)\W{{0,3}}{re.escape(rest)}", canon(nfc(" ".join(texts.values()))))
    joined = behind.group() if behind else f" {rest}"
    return re.sub(r"\s*([,./&-])\s*", r"\1", joined) if SYMBOL_REST.fullmatch(joined) else ""


def _letters(text: str) -> str:
    return "".join(char for char in strip_marks(canon(nfc(text))).lower() if char.isalnum())


def read_untitled_number(segments: tuple[Segment, ...]) -> FieldValue[Number]:
    """``Số: 01/2025``: a serial with its year and no letters, alone on a row of the left column."""
    for segment in segments:
        match = UNTITLED.fullmatch(segment.plain)
        if match:
            number = Number(match["serial"].lstrip("0") or "0", match["year"])
            return FieldValue(number, segment.text.strip(), segment.span(), COMPLETED)
    return FieldValue()

"""Vietnamese in Windows-1258, as Windows writes it: marks of tone behind their letters, the others within them."""

from __future__ import annotations

import unicodedata

TONES = "\u0300\u0301\u0303\u0309\u0323"


def windows(words: str) -> bytes:
    pieces = []
    for letter in unicodedata.normalize("NFC", words):
        marks = unicodedata.normalize("NFD", letter)
        tone = "".join(mark for mark in marks if mark in TONES)
        pieces.append(unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in TONES)) + tone)
    return "".join(pieces).encode("cp1258")

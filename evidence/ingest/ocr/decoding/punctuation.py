"""Signs that are no letters and that a recogniser takes for others: per cent and quotation marks."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from evidence.ingest.ocr.decoding.ctc import Letter

LIKE_PERCENT = "6c"
NUMBER = re.compile(r"\W*\d{1,3}(?:[.,]\d{1,3})?[6c]\W*")
THOUGHT_OF = -6.0  # log probability of a per cent sign from which it is one
OPEN, CLOSE = "“", "”"
STROKES = "'*+`"
CLOSING = re.compile(r"(?<=[^\W\d])['`](?=\W*$)")


def find_percent_sign(letters: Sequence[Letter]) -> int | None:
    """Where a number ends in a sign that may be ``%``: ``39,726`` for ``39,72%`` would be a wrong figure nobody doubts.

    The recogniser thinks of ``%`` nowhere else: of 20 figures that end in a printed 6 it did so with none.
    """
    if not NUMBER.fullmatch("".join(letter.text for letter in letters)):
        return None
    at = max(at for at, letter in enumerate(letters) if letter.text in LIKE_PERCENT)
    return at if letters[at].scores.get("%", -math.inf) > THOUGHT_OF else None


def fix_quotes(text: str) -> str:
    """Quotation marks as they are printed; the recogniser gives strokes for them.

    >>> fix_quotes("'Mật'."), fix_quotes("*Ghi"), fix_quotes("08h00'")
    ('“Mật”.', '“Ghi', "08h00'")
    """
    if len(text) > 1 and text[0] in STROKES and text[1].isalpha():
        text = OPEN + text[1:]
    return CLOSING.sub(CLOSE, text)

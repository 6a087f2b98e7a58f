"""What stands behind the number on its row: a rest that no grammar took makes the number doubtful, whoever read it.

A symbol may hold what no list knows (``154/CTPH-LĐLĐ-SVH,TT,DL``, ``16/ĐĐN- LĐBR BTh``, ``09/Anex Vietnam``), and what
is cut off its end is another document's number. Only a date, a note's mark and signs without letters may follow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from evidence.extract.layout.segments import Segment
from evidence.messages import Message
from evidence.model.record import FieldValue
from evidence.values import date as dates
from evidence.values import number as numbers
from evidence.values.number import Number
from evidence.vietnamese.text import canon, nfc, strip_marks

DOUBTFUL = 0.85  # ahead of what one OCR engine alone says of digits
LONGEST = 120  # characters: what is longer is no number row
SPECK = 1  # letters or digits that OCR makes of a stamp's rim
# the mark of a note: "(1)", "[1]", "1)"
NOTE_MARK = re.compile(r"\(\d{1,2}\)|\[\d{1,2}\]|\d{1,2}\)|[*†¹²³⁴-⁹]")
PLACE_AND_DATE = re.compile(r"[\W_]{0,20}[a-z][a-z. -]{1,40},\s*ngay\b")


def doubt_rest(field: FieldValue[Number], segment: Segment) -> FieldValue[Number]:
    """The number, doubtful where its row goes on behind it in any engine's reading; a value is never changed."""
    rest = find_rest(field.value, segment) if field.value is not None else ""
    if not rest:
        return field
    return replace(field, confidence=min(DOUBTFUL, field.confidence), note=Message("note-number-rest", {"rest": rest}))


def doubt_another(field: FieldValue[Number], segment: Segment, others: Iterable[Segment]) -> FieldValue[Number]:
    """The number, doubtful where another row of the header is a whole number with its label too: one may be struck out
    or of another document."""
    if field.value is None or segment.is_ocr:
        return field
    for other in others:
        labelled = not other.is_ocr and strip_marks(other.text).lower().lstrip().startswith("so")
        number = numbers.parse(other.text) if labelled and other is not segment else None
        if number is not None and number.key != field.value.key:
            note = Message("note-number-another", {"number": str(number)})
            return replace(field, confidence=min(DOUBTFUL, field.confidence), note=note)
    return field


def find_rest(number: Number, segment: Segment) -> str:
    """What stands behind the number on the row; empty where nothing does that may be of it."""
    texts = [segment.text, *(reading.text for reading in segment.readings if reading.places is None)]
    least = SPECK if segment.is_ocr else 0
    for text in texts:
        rest = _rest_behind(number, text)
        if sum(map(str.isalnum, rest)) > least:
            return rest
    return ""


def _rest_behind(number: Number, text: str) -> str:
    """Of one reading; empty where the symbol does not stand in it, or is written to its end otherwise."""
    composed = canon(nfc(text))
    letters = [char for char in strip_marks(number.symbol) if char.isalnum()]
    behind_each = r"[^\w\n]{0,3}"
    match = re.search(behind_each.join(letters), strip_marks(composed), re.IGNORECASE)
    if match is None or len(composed) > LONGEST:
        return ""
    rest = composed[match.end() :]
    if rest[:1].isalnum():
        return rest.strip()
    if PLACE_AND_DATE.match(strip_marks(rest).lower()):
        return ""  # both columns of the header on one line
    dated = dates.match_at(rest, len(rest) - len(rest.lstrip(" ,;(")))
    rest = rest[dated.end :] if dated else rest
    return NOTE_MARK.sub("", rest).strip(" .…_:;,-–|'\"*()")

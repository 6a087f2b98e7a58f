"""A number under the stamp of who received the paper (``ĐẾN``): label and digits are lost in the stamp's own print, and
what is left of the row is the end of its symbol, beside the place and day. That there is a number is known, not which.
"""

from __future__ import annotations

import re

from evidence.extract.fields.number_rows import NOT_OWN
from evidence.extract.layout.segments import Segment
from evidence.extract.layout.zones import Zones
from evidence.messages import Message
from evidence.model.record import FieldValue
from evidence.values import kind as kinds
from evidence.values.number import Number
from evidence.vietnamese.text import canon, strip_marks

# "CONGTHoNGTMSAYJC0WS/TT-BCA": the kind's letters and the group's, at the row's end
TAIL = re.compile(
    r"[/|1lI](?P<rest>(?P<code>[A-ZĐ][A-Za-zĐ]{1,4})\s?-\s?[A-ZĐ][A-Za-zĐ]{1,9}(?:-[A-ZĐ][A-Za-zĐ]{1,9}){0,4})\W*$"
)
DAY = re.compile(r"\bng[a-z]{1,2}y\b.*\bth[a-z]ng\b")
LONGEST = 60  # characters of a number's row
BESIDE = 0.8  # heights by which the row's middle may differ from that of the day's row


def read_covered_number(zones: Zones) -> FieldValue[Number]:
    """No value, but the row that bears the number; nothing where there is no such row."""
    days = [segment for segment in zones.right if DAY.search(segment.plain.lower())]
    for segment in zones.left:
        if not segment.is_ocr or NOT_OWN.search(segment.plain) or not any(_is_beside(segment, day) for day in days):
            continue
        texts = (segment.text, *(reading.text for reading in segment.readings))
        tails = (TAIL.search(canon(text)) for text in texts if len(text) < LONGEST)
        found = next((tail for tail in tails if tail and kinds.by_code(strip_marks(tail["code"]))), None)
        if found:
            note = Message("number-unreadable", {"suffix": found["rest"]})
            return FieldValue(None, segment.text.strip(), segment.span(), 0.0, note)
    return FieldValue()


def _is_beside(segment: Segment, day: Segment) -> bool:
    if segment.box is None or day.box is None:
        return False
    middle, other = ((box[1] + box[3]) / 2 for box in (segment.box, day.box))
    return abs(middle - other) < BESIDE * (day.box[3] - day.box[1])

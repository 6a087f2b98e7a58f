"""Which rows of a header bear the number: by what is always printed, the label and the suffix."""

from __future__ import annotations

import re
from dataclasses import replace

from evidence.extract.fields.typed_rows import parse_typed_number
from evidence.extract.layout.segments import Segment
from evidence.extract.layout.zones import Zones
from evidence.values.overlay import ANNEX_LINE_DATE
from evidence.vietnamese.text import canon, strip_marks

# "Số:", "Luật số:", and what OCR makes of it: S6: Sô. 56:
LABEL = re.compile(r"\s*\W{0,2}((luat|phap lenh|nghi quyet)\s+)?([s5$][o06ơ]|s)\s*[:;.,]?\s*(?=.)", re.IGNORECASE)
# the printed suffix: "/QĐ-UBND", "/2022/TT-BLĐTBXH", "/TTr - SNV", "-HD/VPTW"
SUFFIX = re.compile(
    r"(?P<sep>[/|\\]|(?<=[\d\s.…])[lI](?=[A-ZĐ]{2})|(?<=\d)(?=[A-ZĐ]{2,5}-[A-ZĐ]{2})|-(?=\s*[A-ZĐ][A-ZĐa-z]{0,4}\s*/))\s*"
    r"(?P<rest>(?:(?:19|20)\d\d\s*/\s*)?[A-ZĐƯĂÂÊÔƠ][A-Za-zĐđƯĂÂÊÔƠư0-9&]*"
    r"(?:\s?[-–—/.]\s?[A-ZĐƯĂÂÊÔƠ][A-Za-zĐđƯĂÂÊÔƠư0-9&]*){0,7})"
)
CODES = re.compile(r"[A-ZĐ][A-ZĐa-z]{1,9}(?:\s?-\s?[A-ZĐ][A-ZĐa-z]{1,9}){0,6}")  # the rest of a suffix
# gazette lines, subjects, standards; "Số: 2775/SNV-CCHC; 10/11/2025; 10:59:46" names the document an annex belongs to
NOT_OWN = re.compile(rf"cong bao|v/v|tcvn|iso\b|kem theo|{ANNEX_LINE_DATE}")


def join_number_rows(segment: Segment, zones: Zones) -> Segment:
    """The row with the next one where its suffix goes on there: ``Số: 01/2022/TTLT-VKSNDTC-`` / ``TANDTC-BCA-BQP``."""
    if not segment.text.endswith("-"):
        return segment
    after = sorted((other for other in zones.left if other.start > segment.start), key=lambda other: other.start)
    if not after or not CODES.fullmatch(after[0].text.strip()):
        return segment
    return replace(segment, words=segment.words + after[0].words)


def is_number_row_in_readings(segment: Segment) -> bool:
    """Whether a further engine read a number in the row that the segment's own text does not show."""
    rows = [reading.text for reading in segment.readings if not NOT_OWN.search(strip_marks(reading.text).lower())]
    short = [text for text in rows if len(text) < 60 and LABEL.match(strip_marks(text))]
    return segment.is_ocr and any(SUFFIX.search(canon(text)) for text in short)


def is_number_row(segment: Segment) -> bool:
    suffix = SUFFIX.search(canon(segment.text))
    if len(segment.text) > 60 or NOT_OWN.search(segment.plain):
        return False
    if suffix is None:
        return LABEL.match(segment.plain) is not None and parse_typed_number(segment) is not None
    lead = segment.text[: suffix.start()]
    return bool(LABEL.match(segment.plain)) or bool(re.fullmatch(r"\W{0,3}[\d\W]{0,8}", lead.strip()))


def score_number_row(segment: Segment, zones: Zones) -> float:
    score = 0.5
    if LABEL.match(segment.plain):
        score += 0.3
    if zones.motto and zones.motto.box and segment.box:
        below = segment.box[1] - zones.motto.box[1]
        score += 0.2 if below > 0 else -0.3
    return score

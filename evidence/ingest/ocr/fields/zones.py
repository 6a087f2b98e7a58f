"""Where on a scanned page fields stand: the header and the end of a document, told by the text read first.

There further engines read too; the body between them is read by one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from evidence.ingest.ocr.fields.header_rows import HEADER
from evidence.model.document import Line
from evidence.values.motto import is_motto_line
from evidence.vietnamese.text import capital_share, strip_marks

BASES = re.compile(r"\W*can cu\b")  # opens the body of a decision
ADDRESS = re.compile(r"\W*kinh gui\b")  # what a letter is about stands left of it or above it, seldom below
ABOVE_BODY, BESIDE_ADDRESS = 1.0, 60.0  # points
ABOVE_FOOT = 40.0  # points: authority and title may begin a little above the recipients
FOOT = re.compile(
    r"noi nhan|xac thuc van ban hop nhat|^\W{0,3}(?:tm|kt|tl|tuq|t/m|k/t|t/l)\s*[./,]"
    r"|^\W*(?:pho )?(?:chu tich|giam doc|bo truong|thu truong|thu tuong|chanh van phong|cuc truong|vu truong)\W*$"
)
# in capitals: the body speaks of the same in small letters
SPEAKER = re.compile(r"chu tich quoc hoi\W*$")
CAPITALS = 0.6  # share of a line's letters


def find_header_end(number: int, lines: Sequence[Line], height: float) -> float | None:
    """Where the header ends, in points; ``None`` on a page without one: any but the first that shows no motto.

    It ends where the body begins: rows of the body bear no field, and there the page's own engine reads better.
    """
    top = [(line.box[1], line.text) for line in lines if line.box and line.box[1] < HEADER * height]
    mottoes = [above for above, text in top if is_motto_line(text)]
    if number != 1 and not mottoes:
        return None
    first = max(mottoes, default=0.0)
    below = [(above, strip_marks(text).lower()) for above, text in top if above > first]
    bodies = [above - ABOVE_BODY for above, text in below if BASES.match(text)]
    bodies += [above + BESIDE_ADDRESS for above, text in below if ADDRESS.match(text)]
    return min([HEADER * height, *bodies])


def find_foot_start(lines: Sequence[Line]) -> float | None:
    """Where the end of a document begins, in points: its recipients or its signature block; ``None`` on other pages."""
    tops = [line.box[1] for line in lines if line.box and _ends(line.text)]
    return max(0.0, min(tops) - ABOVE_FOOT) if tops else None


def _ends(text: str) -> bool:
    """
    >>> [_ends(text) for text in ("Nơi nhận:", "KT. BỘ TRƯỞNG", "CHỦ TỊCH QUỐC HỘI", "b) Phó Chủ tịch Quốc hội")]
    [True, True, True, False]
    """
    plain = strip_marks(text).lower()
    return bool(FOOT.search(plain)) or (capital_share(text) > CAPITALS and bool(SPEAKER.search(plain)))

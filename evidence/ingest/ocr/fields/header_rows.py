"""Which rows of a header bear the number or the date, and which part of them the digits stand in.

Found by what is printed: ``Số:`` or the suffix (``/QĐ-UBND``) in one, ``ngày … tháng … năm`` in the other; the digits
between may be written by hand. Judged on a first reading of every row, which may be poor.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from evidence.ingest.imaging.opencv import Grey, PixelBox
from evidence.values.overlay import is_overlay_in_header
from evidence.vietnamese.text import strip_marks

HEADER = 0.4  # of the page's height: where the header is looked for
CANDIDATES = 0.3  # number and date stand above this part; below it are citations
MOST = {"number": 3, "date": 2}  # rows of one kind that get many readings: a stamp may bear a number too
WIDER = 5.5  # row heights: "Số: 1234/" in Times
LONGEST = {"number": 48, "date": 62}  # characters: a longer row is body text

# "Số:", "S6.", "Luật số:", "/QĐ-UBND", "2021/TT-BQP", "UBND-KTTH", "39-NQ/TW"
NUMBER = re.compile(
    r"^\W*(?:lu\S{1,3}\s+)?s[oô6]?\s?[:.]|[/|]\s*[A-ZĐ][A-ZĐa-z]|[A-ZĐ]{2,}-[A-ZĐ]{2}|\d-[A-Z]{2,3}/T", re.IGNORECASE
)
DATE = re.compile(r"ng[a-z]y.*th[a-z]n|th[a-z]ng.*n[a-z]m\s*[12]|n[a-z]m\s*20\d\d\W*$", re.IGNORECASE)
STANDARD = re.compile(r"tcvn|iso \d", re.IGNORECASE)
CONSOLIDATED = re.compile(r"xac thuc van ban hop nhat|\bv\W?b\W?h\W?n\b", re.IGNORECASE)
ADOPTED = re.compile(r"th[a-z]ng\s*qu[a-z]\s*ng[a-z]y.*th[a-z]ng.*n[a-z]m\W*[12]", re.IGNORECASE)
# "Lâm Đồng, ngày 30 tháng k năm 2025", and nothing else in the row
ABOVE_SIGNATURE = re.compile(r"\W*[a-z][a-z .'-]{1,40}\s?[,.;]\s*ng[a-z]y.{0,14}th[a-z]ng.{0,12}n[a-z]m.{0,12}")
RIGHT_HALF = 0.45  # of the page's width
LONGEST_CLOSING = 80  # characters
BESIDE = 3.0  # row heights that number and date stand apart at most
CAPITALS = re.compile(r"[/|]\s*[A-ZĐ]|[A-ZĐ]{2,}-[A-ZĐ]{2}")

LABEL = re.compile(r"\W*(?:[Ll]\w{2,4}\s+)?[Ss5$]\w{0,2}\s?[:.;,]|[Ss]\w\s")
BARE_LABEL = re.compile(r"\W*[Ss](?P<vowel>[^\W\d_a-nA-Np-zP-Z])?")  # "Số 113-CV": no colon, and PP-OCR reads no "ố"
BEHIND_MARK = 0.7  # row heights from the middle of the mark: how far the place of a serial goes
BESIDE_VOWEL, BESIDE_S = 0.3, 0.65  # row heights from the middle of that letter to the end of the label
# the mark behind the digits; where it was lost, the first letters of the symbol: not "MZ8/", digits taken for letters
SLASH = re.compile(r"[/|]|-(?=[A-ZĐ])|[A-ZĐ]{2}(?![A-ZĐ\d]?\s?[/|\d])")
PLACES = re.compile(r".*(?P<before>ng[a-z]y?).*?(?P<month>t?h[a-z]n?g).*?(?P<year>n[a-z]m)\s*\S", re.IGNORECASE)


class RowKind(StrEnum):
    NUMBER = "number"
    DATE = "date"
    NAME = "name"  # of the signer, found under a seal
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class DetectedRow:
    """A row as the detector found it, and as it was first read."""

    box: PixelBox
    text: str
    confidence: float

    @property
    def height(self) -> int:
        return self.box[3] - self.box[1]


def classify_row(text: str) -> RowKind:
    """What the row may bear, by its first reading.

    >>> [classify_row(text).value for text in ("Số: M /CT-UBND", "Quảng Ngãi, ngàyAA tháng 9 năm 2024", "UBND TỈNH")]
    ['number', 'date', 'other']
    """
    plain = strip_marks(text)
    if is_overlay_in_header(plain) or STANDARD.search(plain):
        return RowKind.OTHER
    if len(text) <= LONGEST["date"] and DATE.search(plain):
        return RowKind.DATE
    bears = NUMBER.search(plain) and (CAPITALS.search(text) or len(text) < 20)
    return RowKind.NUMBER if bears and len(text) <= LONGEST["number"] else RowKind.OTHER


def choose_candidates(rows: list[DetectedRow], page_height: int) -> dict[PixelBox, RowKind]:
    """The rows that get many readings, the topmost of each kind."""
    chosen: dict[PixelBox, RowKind] = {}
    left = dict(MOST)
    for row in sorted(rows, key=lambda row: row.box[1]):
        kind = classify_row(row.text)
        if kind is RowKind.OTHER or row.box[1] > CANDIDATES * page_height or not left[kind.value]:
            continue
        left[kind.value] -= 1
        chosen[row.box] = kind
    return chosen


def find_closing_rows(rows: list[DetectedRow], page_width: int) -> dict[PixelBox, RowKind]:
    """Rows at a document's end that bear its own number or date.

    Those of a consolidated text (Pháp lệnh 01/2012/UBTVQH13); the day on which a law was adopted (``khóa XIV, kỳ
    họp thứ 10 thông qua ngày 13 tháng 11 năm 2020``); place and day above a signature, in the right half of the page.
    What else looks like one there, in footnotes, is a citation: it bears no ``VBHN`` and stands far off.
    """
    adopted = [row for row in rows if len(row.text) < LONGEST_CLOSING and ADOPTED.search(strip_marks(row.text))]
    signed = [row for row in rows if _is_above_signature(row, page_width) and not _has_number_beside(row, rows)]
    return {row.box: RowKind.DATE for row in (*adopted[:1], *signed[:1])} | _authentication(rows)


def _has_number_beside(row: DetectedRow, rows: list[DetectedRow]) -> bool:
    """Whether a number stands on the same height: then the row is another document's header, or a citation's."""
    near = [other for other in rows if other is not row and abs(other.box[1] - row.box[1]) < row.height]
    return any(classify_row(other.text) is RowKind.NUMBER for other in near)


def _is_above_signature(row: DetectedRow, page_width: int) -> bool:
    middle = (row.box[0] + row.box[2]) / 2
    return middle > RIGHT_HALF * page_width and ABOVE_SIGNATURE.fullmatch(strip_marks(row.text).lower()) is not None


def _authentication(rows: list[DetectedRow]) -> dict[PixelBox, RowKind]:
    own = [
        row for row in rows if classify_row(row.text) is RowKind.NUMBER and CONSOLIDATED.search(strip_marks(row.text))
    ]
    heads = own or [row for row in rows if CONSOLIDATED.search(strip_marks(row.text)) and len(row.text) < 40]
    if not heads:
        return {}
    head = heads[0]
    near = [row for row in rows if abs(row.box[1] - head.box[1]) < BESIDE * head.height]
    chosen = {row.box: kind for row in near if (kind := classify_row(row.text)) is RowKind.DATE}
    return {row.box: RowKind.NUMBER for row in (own or near) if classify_row(row.text) is RowKind.NUMBER} | chosen


def widen_row(row: DetectedRow, others: list[DetectedRow]) -> DetectedRow:
    """A number row that begins after its label, as far to the left as a label and four digits may stand.

    A stamp's rim through ``Số: 153/`` hid all but ``TB-VPCP`` from the row detector; the readers cope with the rim.
    """
    if LABEL.match(row.text):
        return row
    left, top, right, bottom = row.box
    level = [other.box for other in others if min(other.box[3], bottom) - max(other.box[1], top) > 0.5 * row.height]
    beside = [box[2] for box in level if box[2] <= left]
    return replace(row, box=(max([0, round(left - WIDER * row.height), *beside]), top, right, bottom))


def crop_row(image: Grey, box: PixelBox, above: float, beside: float) -> Grey:
    """The row with so many row heights of paper above and below, and on either side."""
    left, top, right, bottom = box
    height = bottom - top
    high, wide = (round(above * height), round(beside * height))
    return image[max(0, top - high) : bottom + high, max(0, left - wide) : right + wide]


def locate_digits(text: str, middles: list[float], kind: RowKind, height: float) -> list[tuple[float, float]]:
    """From where to where the digits stand, a little of the print on either side: one place of a number row; day and
    month of a date row; none where an anchor was not read. ``middles``: of each character, in pixels.

    >>> locate_digits("S: 15 /QD", [10 * i for i in range(9)], RowKind.NUMBER, 10)
    [(7.0, 67.0)]
    """
    if len(text) != len(middles):
        return []
    if kind is RowKind.NUMBER:
        left, after = _end_of_label(text, middles, height)
        slash = SLASH.search(text, after)
        return [(left, middles[slash.start()] + BEHIND_MARK * height)] if after and slash else []
    match = PLACES.match(strip_marks(text))
    if match is None:
        return []
    return [
        (middles[match.end(before) - 1] - 0.2 * height, middles[match.start(behind)] + 0.3 * height)
        for before, behind in (("before", "month"), ("month", "year"))
    ]


def _end_of_label(text: str, middles: list[float], height: float) -> tuple[float, int]:
    """Where ``Số:`` ends, in pixels and in characters; 0 characters where it was not read."""
    label = LABEL.match(text)
    if label:
        return middles[label.end() - 1] - 0.3 * height, label.end()
    bare = BARE_LABEL.match(text)
    if bare is None:
        return 0.0, 0
    beside = BESIDE_VOWEL if bare["vowel"] else BESIDE_S
    return middles[bare.end() - 1] + beside * height, bare.end()

"""Places of a page with text of its own where a field stands as a picture: the number or the day pasted into its blank,
a letterhead, a stamped name. Such a place is looked at before it is called blank.

Only geometry and what is always printed around: no field is read here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from evidence.ingest.ocr.fields.zones import find_foot_start
from evidence.ingest.reader_protocol import PicturedPlace
from evidence.model.document import Line, Word
from evidence.model.geometry import Box, enclose
from evidence.values import person
from evidence.values.motto import is_motto_line
from evidence.vietnamese.text import strip_marks

HEADER = 0.4  # share of the page's height in which number, date and letterhead stand
LABEL = re.compile(r"\W{0,3}s[o0]\b", re.IGNORECASE)
NUMBER = re.compile(LABEL.pattern + r"(?!\s+[^\W\d])", re.IGNORECASE)  # a number's row, not that of a Sở
DAY = re.compile(r"\bng[a-z]{1,2}y\b.*\bth[a-z]ng\b", re.IGNORECASE)
# without marks, in small letters: "Số: /QĐ-UBND", "Số: …", "ngày tháng năm 2019", "tháng 3 năm"
BLANKS = re.compile(r"^\W{0,3}so\W*(?:[/\-]\s*[^\W\d]|$)|\bngay\W*thang|\bthang\W*nam|\bnam\W*$")
LETTERS = re.compile(r"[^.…_\s]*[^\W_][^.…_\s]*")
IN_ROW = 1.2  # heights of the row by which the middle of a picture may lie above or below its middle
SIZE = (0.3, 3.5)  # heights of the row that a picture in it is high
LONG = 14.0  # heights of the row that it is wide at most
BEHIND = 8.0  # heights by which it may stand behind the row's end
LEAST = (25.0, 7.0)  # points: width and height of a picture that may hold a row
MOST = 0.2  # share of the page from which a picture is no field
NAMED = 80.0  # points below a signature in which its name stands
AROUND = (6.0, 3.0)  # points that are looked at around a place
PLACES = 6  # of a page; one with more is a page of pictures


def find_pictured_places(
    lines: Sequence[Line],
    pictures: Sequence[Box],
    outlines: Sequence[Box],
    width: float,
    height: float,
    first: bool,
) -> tuple[PicturedPlace, ...]:
    """The places to be looked at on a page of that size: images, and in the header rows that are drawn as shapes.
    ``first``: the page has a header."""
    fitting = [box for box in pictures if _is_field_size(box, width * height)]
    drawn = [box for box in outlines if _is_field_size(box, width * height)]
    places = _in_header(lines, fitting + drawn, height) if first and fitting + drawn else []
    places += _in_signature(lines, fitting)
    return tuple(places) if len(places) <= PLACES else ()


def find_doubted_rows(lines: Sequence[Line], doubted: Sequence[Box], height: float) -> tuple[PicturedPlace, ...]:
    """The rows of number and day in the header in which the text of these boxes need not be what the page shows."""
    rows = [(line.box, strip_marks(line.text)) for line in lines if line.box and line.box[1] < HEADER * height]
    return tuple(
        PicturedPlace(_around(box), True)
        for box, plain in rows
        if (LABEL.match(plain) or DAY.search(plain)) and any(_lies_in(figure, box) for figure in doubted)
    )


def _lies_in(box: Box, row: Box) -> bool:
    across, down = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return row[0] <= across <= row[2] and row[1] <= down <= row[3]


def _is_field_size(box: Box, area: float) -> bool:
    left, top, right, bottom = box
    return right - left > 2.0 and bottom - top > 3.0 and (right - left) * (bottom - top) < MOST * area


def _in_header(lines: Sequence[Line], pictures: Sequence[Box], height: float) -> list[PicturedPlace]:
    rows = [(line, line.box) for line in lines if line.box and line.box[1] < HEADER * height]
    plain = [strip_marks(line.text).lower() for line, _ in rows]
    places: list[PicturedPlace] = []
    for (line, box), text in zip(rows, plain, strict=True):
        inside = [picture for picture in pictures if BLANKS.search(text) and _fills(picture, line, box)]
        if inside and (whole := enclose((box, *inside))):
            places.append(PicturedPlace(_around(whole), True))
    told = (
        any(map(NUMBER.match, plain)),
        any(map(DAY.search, plain)),
        any(is_motto_line(line.text) for line, _ in rows),
    )
    if all(told):
        return places
    return places + [
        PicturedPlace(_around(picture), False)
        for picture in pictures
        if picture[3] < HEADER * height and _may_hold_row(picture) and not _on_text(picture, lines)
    ]


def _fills(picture: Box, line: Line, row: Box) -> bool:
    """Whether a picture stands in a blank of the row or behind it, not upon its words."""
    height = row[3] - row[1]
    across, down = (picture[0] + picture[2]) / 2, (picture[1] + picture[3]) / 2
    high, wide = (picture[3] - picture[1]) / height, (picture[2] - picture[0]) / height
    near = abs(down - (row[1] + row[3]) / 2) < IN_ROW * height and row[0] < across < row[2] + BEHIND * height
    if not near or not SIZE[0] < high < SIZE[1] or wide > LONG:
        return False
    return not any(left < across < right for word in line.words for left, right in _letter_spans(word))


def _letter_spans(word: Word) -> list[tuple[float, float]]:
    """From where to where the word has letters or figures, as if all its characters were of one width: ``……/TTr-SNV``
    has none at its beginning."""
    if word.box is None:
        return []
    width = (word.box[2] - word.box[0]) / len(word.text)
    return [
        (word.box[0] + match.start() * width, word.box[0] + match.end() * width)
        for match in LETTERS.finditer(word.text)
    ]


def _may_hold_row(picture: Box) -> bool:
    width, height = picture[2] - picture[0], picture[3] - picture[1]
    return width >= LEAST[0] and height >= LEAST[1] and width > height


def _on_text(picture: Box, lines: Sequence[Line]) -> bool:
    """Whether it is the ground of printed words."""
    boxes = [word.box for line in lines for word in line.words if word.box]
    return any(
        picture[0] < (box[0] + box[2]) / 2 < picture[2] and picture[1] < (box[1] + box[3]) / 2 < picture[3]
        for box in boxes
    )


def _in_signature(lines: Sequence[Line], pictures: Sequence[Box]) -> list[PicturedPlace]:
    """Pictures in the signature block where no name is printed in or below them."""
    start = find_foot_start(lines) if pictures else None
    if start is None:
        return []
    names = [line.box for line in lines if line.box and line.box[1] > start and person.parse(line.text)]
    return [
        PicturedPlace(_around(picture), False)
        for picture in pictures
        if picture[1] >= start and _may_hold_row(picture) and not any(_names(name, picture) for name in names)
    ]


def _names(name: Box, picture: Box) -> bool:
    beside = min(name[2], picture[2]) - max(name[0], picture[0]) > 0
    return beside and picture[1] - AROUND[1] < name[3] < picture[3] + NAMED


def _around(box: Box) -> Box:
    return box[0] - AROUND[0], box[1] - AROUND[1], box[2] + AROUND[0], box[3] + AROUND[1]

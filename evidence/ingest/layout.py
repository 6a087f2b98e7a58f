"""Words with boxes -> lines in reading order, by geometry alone.

Text order is not trusted: stamps, signature texts and table cells arrive interleaved. A row is cut where a gap is wide
(the two columns of an administrative header, the cells of a table), but a blank left for a number or a day
(``Số:      /QĐ-UBND``, ``ngày      tháng 3``) does not cut it. Rows run from top to bottom, their parts from left to
right.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from statistics import median

from evidence.model import Box, Line, Origin, Word

ROW = 0.5  # words whose middles differ by less than this share of the lower one's height stand in one row
BESIDE = 0.7  # share of the lower one's height that two neighbours of one row have in common
WIDE = 2.0  # line heights; a gap from here on always cuts
GAP = 0.75  # line heights; a gap from here on cuts when it is RATIO times the row's usual gap
RATIO = 2.5
UPRIGHT = 2.0  # times as high as wide: a word of three letters or more that stands on its side
TIGHT = 1.4  # a line's height over that of the ink, which is what OCR boxes

# what may stand before and after a blank: "Số:      /QĐ", "ngày      tháng      năm 2019", "Số      -CV/TU"
BEFORE_BLANK = re.compile(r"(?:^|\W)(?:s[ốo]\s*:?|ng[àa]y|th[áa]ng|n[ăa]m)[\s.…_]*$", re.IGNORECASE)
AFTER_BLANK = re.compile(r"^(?:[\s.…_]*(?:[/\-–]\s*[^\W\d]|th[áa]ng\b|n[ăa]m\b))", re.IGNORECASE)
# "1.", "a)", "-", "II.", "•": the gap after a list mark does not cut
LIST_MARK = re.compile(r"^(?:[\divxIVX]{1,4}(?:\.\d{1,2}){0,3}[.)/]?|[a-zđA-ZĐ][.)]|[-–—+*•·▪])$")
# the motto opens the header's right column, however near the left one comes
MOTTO = re.compile(r"^(?:c[ộôọo]ng h[òoóõ]?[aàá]|độc l[ậạ]p|đảng c[ộọ]ng sản)", re.IGNORECASE)
IN_MOTTO = re.compile(r"^(?:c[ộôọo]ng|độc|đảng)$", re.IGNORECASE)


def lines(words: Iterable[Word]) -> tuple[Line, ...]:
    """All words as lines in reading order. Words without a box are left out."""
    placed = [word for word in words if word.box]
    parts = [part for row in _rows([word for word in placed if not _stands(word)]) for part in cut(row)]
    parts += _columns([word for word in placed if _stands(word)])
    return order(Line(tuple(part)) for part in parts)


def _stands(word: Word) -> bool:
    """Whether the word runs down or up the page, as a portal's mark in the margin does."""
    left, top, right, bottom = _box(word)
    return len(word.text) >= 3 and bottom - top > UPRIGHT * (right - left)


def _columns(words: list[Word]) -> list[list[Word]]:
    """Standing words of one column together, in the order in which they came."""
    columns: list[list[Word]] = []
    for word in words:
        middle = (_box(word)[0] + _box(word)[2]) / 2
        for column in columns:
            if _box(column[0])[0] <= middle <= _box(column[0])[2]:
                column.append(word)
                break
        else:
            columns.append([word])
    return columns


def cut(row: Sequence[Word]) -> list[list[Word]]:
    """One row of words, from left to right, cut at its wide gaps."""
    words = sorted(row, key=lambda word: _box(word)[0])
    height = median(_height(word) * (TIGHT if word.origin is Origin.OCR else 1.0) for word in words) or 1.0
    gaps = [_box(right)[0] - _box(left)[2] for left, right in pairwise(words)]
    parts: list[list[Word]] = [[words[0]]]
    for index, (word, gap) in enumerate(zip(words[1:], gaps, strict=True)):
        rest = words[index + 1 :]
        if _cuts(parts[-1], rest, gap / height, _usual(gaps, index) / height):
            parts.append([])
        parts[-1].append(word)
    return parts


def _usual(gaps: Sequence[float], index: int) -> float:
    """The usual gap of the row without the one in question; 0 where there is no other."""
    others = [gap for position, gap in enumerate(gaps) if position != index and gap > 0]
    return median(others) if others else 0.0


def _cuts(left: Sequence[Word], rest: Sequence[Word], gap: float, usual: float) -> bool:
    if gap < 0.35:
        return False
    after = " ".join(word.text for word in rest[:3])
    if MOTTO.match(after):
        return True
    if gap < GAP or (gap < WIDE and gap < RATIO * max(usual, 0.2)):
        return False
    if gap < 6 * WIDE and blank(left, rest):
        return False
    if gap < WIDE and IN_MOTTO.match(left[0].text):
        return False
    return not (gap < 2 * WIDE and len(left) == 1 and LIST_MARK.match(left[0].text))


def blank(before: Sequence[Word], after: Sequence[Word]) -> bool:
    """Whether a number, day or month is left out between the two."""
    one, two = " ".join(word.text for word in before[-2:]), " ".join(word.text for word in after[:3])
    return bool(BEFORE_BLANK.search(one) or AFTER_BLANK.match(two))


def order(found: Iterable[Line]) -> tuple[Line, ...]:
    """Lines from top to bottom; lines of one row from left to right."""
    placed = sorted(((line, _middle(line), _tall(line)) for line in found if line.box), key=lambda one: one[1])
    result: list[Line] = []
    row: list[Line] = []
    anchor = (0.0, 0.0)
    for line, middle, tall in placed:
        if row and middle - anchor[0] > ROW * min(tall, anchor[1]):
            result += sorted(row, key=_left)
            row = []
        if not row:
            anchor = (middle, tall)
        row.append(line)
    return (*result, *sorted(row, key=_left))


def _rows(words: list[Word]) -> list[list[Word]]:
    rows: list[list[Word]] = []
    anchor = (0.0, 0.0)
    for word in sorted(words, key=lambda one: _mid(_box(one))):
        middle, height = _mid(_box(word)), _height(word)
        if not rows or middle - anchor[0] > ROW * min(height, anchor[1]):
            if rows and _beside(word, rows[-1]):
                rows[-1].append(word)
                continue
            rows.append([])
            anchor = (middle, height)
        rows[-1].append(word)
    return rows


def _beside(word: Word, row: Sequence[Word]) -> bool:
    """Whether a word of the row stands right before or after this one, at the same height.

    A row is measured against its first word, which may stand in the other column a little higher.
    """
    left, top, right, bottom = _box(word)
    height = bottom - top
    for other in row:
        box = _box(other)
        apart = max(box[0] - right, left - box[2])
        shared = min(bottom, box[3]) - max(top, box[1])
        if -0.2 * height < apart < GAP * height and shared > BESIDE * min(height, box[3] - box[1]):
            return True
    return False


def _box(word: Word) -> Box:
    assert word.box is not None
    return word.box


def _height(word: Word) -> float:
    box = _box(word)
    return box[3] - box[1]


def _mid(box: Box) -> float:
    return (box[1] + box[3]) / 2


def _middle(line: Line) -> float:
    return median(_mid(_box(word)) for word in line.words)


def _tall(line: Line) -> float:
    return median(_height(word) for word in line.words)


def _left(line: Line) -> float:
    return min(_box(word)[0] for word in line.words)

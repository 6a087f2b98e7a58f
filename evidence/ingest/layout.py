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
from operator import itemgetter

from evidence.model import Box, Line, Origin, Word

ROW = 0.5  # words whose middles differ by less than this share of the lower one's height stand in one row
BESIDE = 0.7  # share of the lower one's height that two neighbours of one row have in common
WIDE = 2.0  # line heights; a gap from here on always cuts
NARROW = 0.35  # line heights; a gap up to here never cuts
GAP = 0.75  # line heights; a gap from here on cuts when it is RATIO times the row's usual gap
RATIO = 2.5
UPRIGHT = 2.0  # times as high as wide: a word of three letters or more that stands on its side
TIGHT = 1.4  # a line's height over that of the ink, which is what OCR boxes

Spot = tuple[float, float, float, float, Word]  # a word behind its box: left, top, right, bottom
Place = tuple[float, float, float, Line]  # a line behind its left edge, middle and height
LEFT, MIDDLE = itemgetter(0), itemgetter(1)

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
    spots = [(*word.box, word) for word in words if word.box]
    standing = [spot for spot in spots if _stands(spot)]
    lying = [spot for spot in spots if not _stands(spot)] if standing else spots
    parts = [part for row in _rows(lying) for part in _cut(row)] + _columns(standing)
    return _ordered([_place(part, Line(tuple([spot[4] for spot in part]))) for part in parts])


def _stands(spot: Spot) -> bool:
    """Whether the word runs down or up the page, as a portal's mark in the margin does."""
    left, top, right, bottom, word = spot
    return bottom - top > UPRIGHT * (right - left) and len(word.text) >= 3


def _columns(spots: list[Spot]) -> list[list[Spot]]:
    """Standing words of one column together, in the order in which they came."""
    columns: list[list[Spot]] = []
    for spot in spots:
        middle = (spot[0] + spot[2]) / 2
        for column in columns:
            if column[0][0] <= middle <= column[0][2]:
                column.append(spot)
                break
        else:
            columns.append([spot])
    return columns


def cut(row: Sequence[Word]) -> list[list[Word]]:
    """One row of words, from left to right, cut at its wide gaps."""
    return [[spot[4] for spot in part] for part in _cut([(*_box(word), word) for word in row])]


def _cut(row: Sequence[Spot]) -> list[list[Spot]]:
    spots = sorted(row, key=LEFT)
    gaps = [right[0] - left[2] for left, right in pairwise(spots)]
    heights = [spot[3] - spot[1] for spot in spots]
    if not gaps or max(gaps) < NARROW * min(heights):  # most rows: no need to know what height is usual
        return [spots]
    height = median([_line_height(spot) for spot in spots]) or 1.0
    parts: list[list[Spot]] = [spots[:1]]
    for index, gap in enumerate(gaps):
        if gap / height >= NARROW:
            left, rest = [spot[4] for spot in parts[-1]], [spot[4] for spot in spots[index + 1 : index + 4]]
            if _cuts(left, rest, gaps, index, height):
                parts.append([])
        parts[-1].append(spots[index + 1])
    return parts


def _line_height(spot: Spot) -> float:
    return (spot[3] - spot[1]) * (TIGHT if spot[4].origin is Origin.OCR else 1.0)


def _usual(gaps: Sequence[float], index: int) -> float:
    """The usual gap of the row without the one in question; 0 where there is no other."""
    others = [gap for position, gap in enumerate(gaps) if position != index and gap > 0]
    return median(others) if others else 0.0


def _cuts(left: Sequence[Word], rest: Sequence[Word], gaps: Sequence[float], index: int, height: float) -> bool:
    """Whether the row ends at that gap; ``rest``: the words that follow it."""
    gap = gaps[index] / height
    if MOTTO.match(" ".join(word.text for word in rest)):
        return True
    if gap < GAP or (gap < WIDE and gap < RATIO * max(_usual(gaps, index) / height, 0.2)):
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
    placed = [([(*_box(word), word) for word in line.words], line) for line in found if line.box]
    return _ordered([_place(spots, line) for spots, line in placed])


def _ordered(places: list[Place]) -> tuple[Line, ...]:
    result: list[Line] = []
    row: list[Place] = []
    for place in sorted(places, key=MIDDLE):
        if row and place[1] - row[0][1] > ROW * min(place[2], row[0][2]):
            result += [line for *_, line in sorted(row, key=LEFT)]
            row = []
        row.append(place)
    return (*result, *(line for *_, line in sorted(row, key=LEFT)))


def _place(spots: Sequence[Spot], line: Line) -> Place:
    """Where a line stands. A word that sticks out moves neither its middle nor its height."""
    lefts, tops, _, bottoms, _ = zip(*spots, strict=True)
    middles = [(top + bottom) / 2 for top, bottom in zip(tops, bottoms, strict=True)]
    heights = [bottom - top for top, bottom in zip(tops, bottoms, strict=True)]
    return min(lefts), median(middles), median(heights), line


def _rows(spots: list[Spot]) -> list[list[Spot]]:
    rows: list[list[Spot]] = []
    anchor, tall = 0.0, 0.0
    for spot in sorted(spots, key=lambda spot: spot[1] + spot[3]):
        middle, height = (spot[1] + spot[3]) / 2, spot[3] - spot[1]
        if not rows or middle - anchor > ROW * min(height, tall):
            if rows and _beside(spot, rows[-1]):
                rows[-1].append(spot)
                continue
            rows.append([])
            anchor, tall = middle, height
        rows[-1].append(spot)
    return rows


def _beside(spot: Spot, row: Sequence[Spot]) -> bool:
    """Whether a word of the row stands right before or after this one, at the same height.

    A row is measured against its first word, which may stand in the other column a little higher.
    """
    left, top, right, bottom, _ = spot
    height = bottom - top
    near, far = -0.2 * height, GAP * height
    for start, upper, end, lower, _ in row:
        if not (near < start - right < far or near < left - end < far):
            continue
        shared = min(bottom, lower) - max(top, upper)
        if near < max(start - right, left - end) < far and shared > BESIDE * min(height, lower - upper):
            return True
    return False


def median(values: list[float]) -> float:
    """The middle one, or what lies between the middle two (``statistics.median`` takes ten times as long)."""
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _box(word: Word) -> Box:
    assert word.box is not None
    return word.box

"""Words with boxes -> lines in reading order, by geometry alone.

Text order is not trusted: stamps, signature texts and table cells arrive interleaved. A row is cut where a gap is wide
(the two columns of an administrative header, the cells of a table), but a blank left for a number or a day
(``Số:      /QĐ-UBND``, ``ngày      tháng 3``) does not cut it. Rows run from top to bottom, their parts from left to
right.

What is asked of each word or row of a page is worked out for all of them at once; one by one go only the search for the
rows (each is measured against its first word) and the few rows with a gap that may cut.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import accumulate, chain, pairwise
from operator import itemgetter

import numpy as np
import numpy.typing as npt

from evidence.model.document import Line, Origin, Word
from evidence.model.geometry import Box

Boxes = npt.NDArray[np.float64]  # left, top, right, bottom of each word
Sides = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]

ROW = 0.5  # words whose middles differ by less than this share of the lower one's height stand in one row
BESIDE = 0.7  # share of the lower one's height that two neighbours of one row have in common
WIDE = 2.0  # line heights; a gap from here on always cuts
NARROW = 0.35  # line heights; a gap up to here never cuts
GAP = 0.75  # line heights; a gap from here on cuts when it is RATIO times the row's usual gap
RATIO = 2.5
UPRIGHT = 2.0  # times as high as wide: a word of three letters or more that stands on its side
TIGHT = 1.4  # a line's height over that of the ink, which is what OCR boxes

Place = tuple[float, float, float, Line]  # a line behind its left edge, middle and height
OCR = Origin.OCR
LEFT, MIDDLE = itemgetter(0), itemgetter(1)

# what may stand before and after a blank: "Số:      /QĐ", "ngày      tháng      năm 2019", "Số      -CV/TU"
BEFORE_BLANK = re.compile(r"(?:^|\W)(?:s[ốo]\s*:?|ng[àa]y|th[áa]ng|n[ăa]m)[\s.…_]*$", re.IGNORECASE)
AFTER_BLANK = re.compile(r"^(?:[\s.…_]*(?:[/\-–]\s*[^\W\d]|th[áa]ng\b|n[ăa]m\b))", re.IGNORECASE)
# "1.", "a)", "-", "II.", "•": the gap after a list mark does not cut
LIST_MARK = re.compile(r"^(?:[\divxIVX]{1,4}(?:\.\d{1,2}){0,3}[.)/]?|[a-zđA-ZĐ][.)]|[-–—+*•·▪])$")
# the motto opens the header's right column, however near the left one comes
MOTTO = re.compile(r"^(?:c[ộôọo]ng h[òoóõ]?[aàá]|độc l[ậạ]p|đảng c[ộọ]ng sản)", re.IGNORECASE)
MOTTO_BEGINS = {"cộ", "cô", "cọ", "co", "độ", "đả"}  # looked for first: few words that follow a gap begin so
IN_MOTTO = re.compile(r"^(?:c[ộôọo]ng|độc|đảng)$", re.IGNORECASE)


def group_lines(words: Iterable[Word]) -> tuple[Line, ...]:
    """All words as lines in reading order. Words without a box are left out."""
    boxed = [word for word in words if word.box]
    if not boxed:
        return ()
    boxes = _boxes(boxed)
    upright = _upright_words(boxed, boxes)
    if not upright:
        return _ordered(_level_lines(boxed, boxes))
    columns = [Line(tuple([boxed[place] for place in column])) for column in _columns(boxes, upright)]
    rest = np.delete(np.arange(len(boxed)), upright)
    return _ordered([*_level_lines([boxed[place] for place in rest], boxes[rest]), *_locate(columns)])


def _boxes(words: Sequence[Word]) -> Boxes:
    """The boxes of words that all have one."""
    boxes = [word.box for word in words if word.box]
    return np.fromiter(chain.from_iterable(boxes), np.float64, 4 * len(words)).reshape(-1, 4)


def _upright_words(words: Sequence[Word], boxes: Boxes) -> list[int]:
    """The words that run down or up the page, as a portal's mark in the margin does."""
    left, top, right, bottom = boxes.T
    tall: list[int] = np.flatnonzero(bottom - top > UPRIGHT * (right - left)).tolist()
    return [place for place in tall if len(words[place].text) >= 3]


def _columns(boxes: Boxes, upright: Sequence[int]) -> list[list[int]]:
    """Standing words of one column together, in the order in which they came."""
    columns: list[list[int]] = []
    for place in upright:
        middle = (boxes[place, 0] + boxes[place, 2]) / 2
        for column in columns:
            if boxes[column[0], 0] <= middle <= boxes[column[0], 2]:
                column.append(place)
                break
        else:
            columns.append([place])
    return columns


def _level_lines(words: Sequence[Word], boxes: Boxes) -> list[Place]:
    """The lines of words that run from left to right."""
    if not words:
        return []
    order, starts = _rows(boxes)
    words, boxes = [words[place] for place in order.tolist()], boxes.take(order, axis=0)
    edges = _edges(words, boxes, starts)
    return _placed([Line(tuple(words[start:end])) for start, end in pairwise([*edges, len(words)])], boxes, edges)


def _rows(boxes: Boxes) -> tuple[Places, list[int]]:
    """The words' places row by row, from left to right in each; and where in that order the rows begin."""
    middles = (boxes[:, 1] + boxes[:, 3]) / 2
    down = np.argsort(middles, kind="stable")
    sunk = boxes.take(down, axis=0)
    starts = _starts(sunk, middles[down])
    return down[np.lexsort((sunk[:, 0], _numbers(_bounds(starts, len(down)))))], starts


def _bounds(edges: Sequence[int], total: int) -> Places:
    """Where rows or parts begin, and where the last one ends."""
    return np.array([*edges, total])


def _numbers(bounds: Places) -> Places:
    """For each word the number of its row or part."""
    return np.repeat(np.arange(len(bounds) - 1), bounds[1:] - bounds[:-1])


def _starts(boxes: Boxes, middles: Sides) -> list[int]:
    """Which of the words, sorted from top to bottom, begin a row."""
    heights = boxes[:, 3] - boxes[:, 1]
    other = (middles[1:] != middles[:-1]) | (heights[1:] != heights[:-1])
    alike = pairwise([0, *(np.flatnonzero(other) + 1).tolist(), len(boxes)])  # words that stand as the one before does
    levels, measures, (lefts, tops, rights, bottoms) = middles.tolist(), heights.tolist(), boxes.T.tolist()
    starts: list[int] = []
    anchor = tall = 0.0
    for first, end in alike:
        middle, height = levels[first], measures[first]
        if starts and middle - anchor <= ROW * (height if height < tall else tall):
            continue
        for place in range(first, end):
            row = slice(starts[-1] if starts else place, place)
            if starts and max(bottoms[row]) > tops[place]:  # else no word of the row can stand beside this one
                others = zip(lefts[row], tops[row], rights[row], bottoms[row], strict=True)
                if _beside((lefts[place], tops[place], rights[place], bottoms[place]), others):
                    continue
            starts.append(place)
            anchor, tall = middle, height
            break
    return starts


def _beside(box: Box, row: Iterable[Box]) -> bool:
    """Whether a word of the row stands right before or after this one, at the same height.

    A row is measured against its first word, which may stand in the other column a little higher.
    """
    left, top, right, bottom = box
    height = bottom - top
    near, far = -0.2 * height, GAP * height
    for start, upper, end, lower in row:
        if not (near < start - right < far or near < left - end < far):
            continue
        shared = min(bottom, lower) - max(top, upper)
        if near < max(start - right, left - end) < far and shared > BESIDE * min(height, lower - upper):
            return True
    return False


def _edges(words: Sequence[Word], boxes: Boxes, starts: Sequence[int]) -> list[int]:
    """Where the parts begin that the rows are cut into."""
    gaps, heights = boxes[1:, 0] - boxes[:-1, 2], boxes[:, 3] - boxes[:, 1]
    bounds = _bounds(starts, len(words))
    numbers = _numbers(bounds)
    usual = np.array(_medians(_type_heights(words, heights), numbers, bounds))
    usual[usual == 0.0] = 1.0
    shares = gaps / usual.take(numbers[:-1])
    shares[numbers[:-1] != numbers[1:]] = 0.0
    apart = np.flatnonzero(shares >= NARROW).tolist()
    mottoes = [place for place in apart if words[place + 1].text[:2].lower() in MOTTO_BEGINS]
    edges, ends = set(starts), bounds.tolist()
    for number in {*numbers[:-1][shares >= GAP].tolist(), *numbers[mottoes].tolist()}:  # most rows have none
        start, end = ends[number], ends[number + 1]
        inner = _cut(words[start:end], gaps[start : end - 1].tolist(), float(usual[number]))
        edges.update(start + place for place in inner)
    return sorted(edges)


def _type_heights(words: Sequence[Word], heights: Sides) -> Sides:
    """The heights of the lines that words of these heights make."""
    read = [word.origin is OCR for word in words]
    return np.where(read, heights * TIGHT, heights) if True in read else heights


def cut_row(row: Sequence[Word]) -> list[list[Word]]:
    """One row of words, from left to right, cut at its wide gaps."""
    spots = sorted([(_box(word), word) for word in row], key=lambda spot: spot[0][0])
    words = [word for _, word in spots]
    gaps = [after[0] - before[2] for (before, _), (after, _) in pairwise(spots)]
    heights = [box[3] - box[1] for box, _ in spots]
    if not gaps or max(gaps) < NARROW * min(heights):
        return [words]
    pairs = zip(words, heights, strict=True)
    usual = median([height * TIGHT if word.origin is OCR else height for word, height in pairs]) or 1.0
    return [words[start:end] for start, end in pairwise([0, *_cut(words, gaps, usual), len(words)])]


def _cut(words: Sequence[Word], gaps: list[float], usual: float) -> list[int]:
    """Before which words of a row, as high as usual, it is cut."""
    cuts = [0]
    for place, gap in enumerate(gaps, 1):
        share = gap / usual
        if share >= NARROW and (share >= GAP or _may_open_motto(words[place])):
            left, rest = words[cuts[-1] : place], words[place : place + 3]
            if _opens_motto(rest) or (share >= GAP and _cuts(left, rest, gaps, place - 1, usual)):
                cuts.append(place)
    return cuts[1:]


def _may_open_motto(word: Word) -> bool:
    return word.text[:2].lower() in MOTTO_BEGINS


def _opens_motto(words: Sequence[Word]) -> bool:
    return _may_open_motto(words[0]) and bool(MOTTO.match(" ".join([word.text for word in words])))


def _usual(gaps: Sequence[float], index: int) -> float:
    """The usual gap of the row without the one in question; 0 where there is no other."""
    others = [gap for position, gap in enumerate(gaps) if position != index and gap > 0]
    return median(others) if others else 0.0


def _cuts(left: Sequence[Word], rest: Sequence[Word], gaps: Sequence[float], index: int, height: float) -> bool:
    """Whether the row ends at that gap, which is wide enough; ``rest``: the words that follow it."""
    gap = gaps[index] / height
    if gap < WIDE and gap < RATIO * max(_usual(gaps, index) / height, 0.2):
        return False
    if gap < 6 * WIDE and has_blank(left, rest):
        return False
    if gap < WIDE and IN_MOTTO.match(left[0].text):
        return False
    return not (gap < 2 * WIDE and len(left) == 1 and LIST_MARK.match(left[0].text))


def has_blank(before: Sequence[Word], after: Sequence[Word]) -> bool:
    """Whether a number, day or month is left out between the two."""
    left, right = " ".join(word.text for word in before[-2:]), " ".join(word.text for word in after[:3])
    return bool(BEFORE_BLANK.search(left) or AFTER_BLANK.match(right))


def sort_lines(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Lines from top to bottom; lines of one row from left to right."""
    return _ordered(_locate([line for line in lines if any(word.box for word in line.words)]))


def _ordered(places: list[Place]) -> tuple[Line, ...]:
    result: list[Line] = []
    row: list[Place] = []
    for place in sorted(places, key=MIDDLE):
        if row and place[1] - row[0][1] > ROW * min(place[2], row[0][2]):
            result += _across(row)
            row = []
        row.append(place)
    return (*result, *_across(row))


def _across(row: list[Place]) -> list[Line]:
    return [line for *_, line in sorted(row, key=LEFT)] if len(row) > 1 else [place[3] for place in row]


def _locate(lines: Sequence[Line]) -> list[Place]:
    """Where lines stand."""
    words = [word for line in lines for word in line.words]
    return _placed(lines, _boxes(words), list(accumulate([len(line.words) for line in lines[:-1]], initial=0)))


def _placed(lines: Sequence[Line], boxes: Boxes, edges: Sequence[int]) -> list[Place]:
    """The same of lines whose words begin at these edges. A word that sticks out moves neither middle nor height."""
    if not lines:
        return []
    bounds = _bounds(edges, len(boxes))
    numbers = _numbers(bounds)
    lefts = np.minimum.reduceat(boxes[:, 0], edges).tolist()
    middles = _medians((boxes[:, 1] + boxes[:, 3]) / 2, numbers, bounds)
    heights = _medians(boxes[:, 3] - boxes[:, 1], numbers, bounds)
    return list(zip(lefts, middles, heights, lines, strict=True))


def _medians(values: Sides, numbers: Places, bounds: Places) -> list[float]:
    """The median of each line's values."""
    ordered = values[np.lexsort((values, numbers))]
    ends = bounds[:-1] + bounds[1:]
    middles: list[float] = ((ordered[(ends - 1) // 2] + ordered[ends // 2]) / 2).tolist()
    return middles


def median(values: list[float]) -> float:
    """The middle one, or what lies between the middle two (``statistics.median`` takes ten times as long)."""
    ordered, half = sorted(values), len(values) // 2
    return ordered[half] if len(values) % 2 else (ordered[half - 1] + ordered[half]) / 2


def _box(word: Word) -> Box:
    assert word.box is not None
    return word.box

"""Words of fields and annotations set into the lines of the page.

A number or day typed into a signature field is exact; dots of the blank beneath it, and what OCR read in its place, go.
The field is often set a little too high or low: it belongs to the row whose blank it fills. What signing
software prints stays as lines of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from evidence.ingest.layout.overlays import split_overlays
from evidence.ingest.layout.reading_order import cut_row, group_lines, has_blank, sort_lines
from evidence.model.document import Line, Origin, Word
from evidence.model.geometry import Box

REACH = 6.0  # heights that a filling may stand away from its neighbour in the row
BESIDE = 2.0  # the same where no blank shows that it belongs there
OFF = 1.2  # heights that a filling may stand above or below a row with a blank for it
FAR = 1.1 * OFF  # beyond it no word of the row can be near enough
NEAR = 0.6  # the same without such a blank
PIECE = re.compile(r"[.…_]+|[^.…_]+")
NOWHERE: Box = (np.nan,) * 4  # touches nothing
COVER = 0.5  # share of a word that a filling may cover and still stand beside it


def merge_fields(read: Sequence[Line], widgets: Sequence[Line]) -> tuple[Line, ...]:
    """The lines with the widgets' words in place."""
    if not widgets:
        return tuple(read)
    words = [word for line in widgets for word in line.words]
    fillings, apart = split_overlays(words)
    kept = [line for line in (_without(line, words) for line in read) if line.words]
    rows = [list(line.words) for line in kept]
    spans = [_span(row) for row in rows] if fillings else []
    loose = [word for word in sorted(fillings, key=_left) if not _fill(rows, spans, word)]
    lines = [
        Line(tuple(part), engine=line.engine) for line, row in zip(kept, rows, strict=True) for part in cut_row(row)
    ]
    return sort_lines([*lines, *group_lines(loose), *apart])


def remove_blanks(own: Sequence[Word], fields: Sequence[Word]) -> list[Word]:
    """The page's own words without the dots and dashes of blanks that a field's word stands on."""
    boxes = [word.box for word in fields if word.box]
    if not boxes:
        return list(own)
    kept: list[Word] = []
    done = 0
    for place, touching in _find_touched(own, boxes):
        kept += own[done:place]
        kept += _without_blanks(own[place], touching)
        done = place + 1
    return [*kept, *own[done:]]


def _find_touched(words: Sequence[Word], boxes: Sequence[Box]) -> Iterator[tuple[int, list[Box]]]:
    """The words that boxes touch, or nearly, by their places, each with these boxes: of most words none does."""
    sides = np.array([word.box or NOWHERE for word in words]).reshape(-1, 4)
    left, top, right, bottom = sides.T[:, :, None]
    first, upper, last, lower = np.array(boxes).T
    touch = (upper <= bottom) & (top <= lower) & (first <= right + 1.0) & (left - 1.0 <= last)
    for place in np.flatnonzero(touch.any(axis=1)).tolist():
        yield place, [box for box, near in zip(boxes, touch[place].tolist(), strict=True) if near]


def _without_blanks(word: Word, boxes: Sequence[Box]) -> list[Word]:
    """The word, or what is left of it, without the dots that a box stands on."""
    if not boxes:
        return [word]
    return [
        part
        for part in (_pieces(word) if any(_inside(box, word.box) for box in boxes) else [word])
        if any(map(str.isalnum, part.text)) or not any(_meets(part.box, box) for box in boxes)
    ]


def _pieces(word: Word) -> list[Word]:
    """``Số:……/TTr-SNV`` as ``Số:``, ``……`` and ``/TTr-SNV``, as if all characters were of one width."""
    left, top, right, bottom = _box(word)
    width = (right - left) / len(word.text)
    spans = [match.span() for match in PIECE.finditer(word.text)]
    return [
        replace(word, text=word.text[start:end], box=(left + start * width, top, left + end * width, bottom))
        for start, end in spans
    ]


def _span(row: Sequence[Word]) -> tuple[float, float]:
    """The least and the largest middle, from top to bottom, of a row's words."""
    middles = [(box[1] + box[3]) / 2 for box in map(_box, row)]
    return min(middles), max(middles)


def _fill(rows: Sequence[list[Word]], spans: list[tuple[float, float]], word: Word) -> bool:
    """Puts the word into the row that it fits best; False where it fits none. ``spans``: of each row."""
    _, top, _, bottom = _box(word)
    far, middle = FAR * max(bottom - top, 1.0), (top + bottom) / 2
    near = [index for index, (least, most) in enumerate(spans) if least - middle <= far and middle - most <= far]
    fits = [(fit, index) for index in near if (fit := _fit(rows[index], word)) is not None]
    if not fits:
        return False
    index = min(fits)[1]
    rows[index].append(word)
    spans[index] = _span(rows[index])
    return True


def _fit(row: Sequence[Word], word: Word) -> float | None:
    """How badly the word fits the row: heights off it, and away from its neighbour. ``None``: not at all."""
    left, top, right, bottom = _box(word)
    height, middle = max(bottom - top, 1.0), (top + bottom) / 2
    if all(abs((box[1] + box[3]) / 2 - middle) > FAR * height for box in map(_box, row)):  # most rows of a page
        return None
    before = [other for other in row if _middle(_box(other)) < _middle((left, top, right, bottom))]
    after = [other for other in row if other not in before]
    before, after = sorted(before, key=_left), sorted(after, key=_left)
    gaps = [left - _box(before[-1])[2]] if before else []
    gaps += [_box(after[0])[0] - right] if after else []
    near = min((before[-1:] + after[:1]), key=lambda other: abs(_middle(_box(other)) - _middle(_box(word))))
    off = abs((_box(near)[1] + _box(near)[3]) / 2 - middle) / height
    blank = has_blank(before, after)
    if off > (OFF if blank else NEAR) or min(gaps) < -COVER * (right - left):
        return None
    if max(min(gaps), 0.0) > (REACH if blank else BESIDE) * height:
        return None
    return off + 0.1 * max(min(gaps), 0.0) / height - (0.5 if blank else 0.0)


def _without(line: Line, words: Sequence[Word]) -> Line:
    """The line less what OCR read in one of the others' boxes: whole words, or the part of one (``tháng07``)."""
    if all(word.origin is not Origin.OCR for word in line.words):
        return line
    boxes = [word.box for word in words if word.box]
    kept = [
        _trimmed(word, boxes) if word.origin is Origin.OCR else word
        for word in line.words
        if word.origin is not Origin.OCR or not any(_inside(word.box, box) for box in boxes)
    ]
    return replace(line, words=tuple(word for word in kept if word.text))


def _trimmed(word: Word, boxes: Sequence[Box]) -> Word:
    """The word without the characters that reach into a box, as if all were of one width."""
    for box in boxes:
        if word.box is None or not word.text or not _same_row(word.box, box):
            continue
        left, top, right, bottom = word.box
        width = (right - left) / len(word.text)
        middles = [left + (index + 0.5) * width for index in range(len(word.text))]
        first = sum(1 for middle in middles if middle < box[0])
        past = sum(1 for middle in middles if middle <= box[2])
        first, past = _outside_number(word.text, first, -1), _outside_number(word.text, past, 1)
        if first < past == len(middles):
            word = replace(word, text=word.text[:first], box=(left, top, min(right, box[0]), bottom))
        elif first == 0 < past:
            word = replace(word, text=word.text[past:], box=(max(left, box[2]), top, right, bottom))
    return word


def _outside_number(text: str, cut: int, step: int) -> int:
    """The cut moved on until it no longer parts two digits: widths are only guessed."""
    while 0 < cut < len(text) and text[cut - 1].isdigit() and text[cut].isdigit():
        cut += step
    return cut


def _same_row(box: Box, other: Box) -> bool:
    overlap = min(box[3], other[3]) - max(box[1], other[1])
    return overlap > 0.4 * min(box[3] - box[1], other[3] - other[1])


def _meets(box: Box | None, other: Box) -> bool:
    return box is not None and _same_row(box, other) and min(box[2], other[2]) > max(box[0], other[0])


def _inside(box: Box | None, other: Box | None) -> bool:
    if box is None or other is None:
        return False
    x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return other[0] - 1 <= x <= other[2] + 1 and other[1] <= y <= other[3]


def _middle(box: Box) -> float:
    return (box[0] + box[2]) / 2


def _box(word: Word) -> Box:
    assert word.box is not None
    return word.box


def _left(word: Word) -> float:
    return _box(word)[0]

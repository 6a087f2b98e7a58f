"""Characters that are painted twice: false bold and shadows, a string or a whole page drawn again a little aside.

pdfium drops a string that is painted again at once and at the same place; what comes later or a little aside it gives
twice.
"""

from __future__ import annotations

from collections import defaultdict

import numpy as np

from evidence.ingest.pdf.characters import Boxes, Flags, Glyphs, Places

CELL = 8.0  # points: side of the cells in which alike characters are looked for
ASIDE, BELOW = 0.12, 0.12  # share of the height by which a copy lies beside or below at most
WIDTH = 0.35  # share of the width; of the two measures aside the larger one counts


def find_doubles(glyphs: Glyphs) -> dict[int, list[int]]:
    """The characters that are painted again, each with its later copies; empty on nearly every page.

    On a page without two alike figures or capitals in one cell nothing is looked for: where numbers, titles or names
    are painted again, one of theirs at least shares its cell with its copy.
    """
    if not isinstance(glyphs.texts, str) or len(glyphs.texts) != len(glyphs):
        return _pair_copies(glyphs)
    codes = np.frombuffer(glyphs.texts.encode("utf-32-le"), "<u4")
    leading = np.flatnonzero((codes >= ord("0")) & (codes <= ord("Z")))
    keys = codes[leading].astype(np.int64) << 40
    keys += (glyphs.boxes[leading, 0] * 0.5).astype(np.int64) << 20
    keys += (glyphs.boxes[leading, 3] * 0.125).astype(np.int64)
    order = keys.argsort(kind="stable")
    keys, leading = keys[order], leading[order]
    for step in (1, 2):
        alike = keys[step:] == keys[:-step]
        if alike.any() and _are_copies(glyphs.boxes, leading[:-step][alike], leading[step:][alike]).any():
            return _pair_copies(glyphs)
    return {}


def _are_copies(boxes: Boxes, first: Places, second: Places) -> Flags:
    """Which of the second characters stand as a copy of their first would."""
    width, height = boxes[second, 2] - boxes[second, 0], boxes[second, 3] - boxes[second, 1]
    aside, _, right, _ = off = np.abs(boxes[first] - boxes[second]).T
    near: Flags = (np.maximum(aside, right) < np.maximum(ASIDE * height, WIDTH * width)) & (off[1] < BELOW * height)
    return near


def _pair_copies(glyphs: Glyphs) -> dict[int, list[int]]:
    """Each first character with the later ones of the same text at nearly its place."""
    cells: dict[tuple[str, int, int], list[int]] = defaultdict(list)
    copies: dict[int, list[int]] = {}
    boxes = glyphs.boxes.tolist()
    for place, (text, (left, top, right, bottom)) in enumerate(zip(glyphs.texts, boxes, strict=True)):
        height = bottom - top
        near = (max(ASIDE * height, WIDTH * (right - left)), BELOW * height)
        column, row = int(left // CELL), int(top // CELL)
        around = ((text, column + step, row + climb) for step in (-1, 0, 1) for climb in (-1, 0, 1))
        for first in (first for cell in around for first in cells.get(cell, ())):
            other = boxes[first]
            if max(abs(other[0] - left), abs(other[2] - right)) < near[0] and abs(other[1] - top) < near[1]:
                copies.setdefault(first, []).append(place)
                break
        else:
            cells[text, column, row].append(place)
    return copies


def mark_first(count: int, copies: dict[int, list[int]]) -> Flags:
    """Which of so many characters are no later copies of others."""
    flags = np.ones(count, np.bool_)
    for later in copies.values():
        flags[later] = False
    return flags

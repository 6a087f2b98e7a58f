"""Whether a drawn figure or capital may be what the file says it is: its shape is held against those of common fonts.

No reading: a shape is doubted only where it is very near to another letter's and far from its own (of 4,000 characters
of real headers none was, and 9 in 10 that are given another letter are). What it is, OCR says.
The shapes were drawn by ``training/glyphs/shapes.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import compress
from pathlib import Path

import numpy as np
import numpy.typing as npt
from PIL import Image

SHAPES = Path(__file__).parent / "data" / "glyph_shapes.npz"
FIGURES = "0123456789"
CAPITALS = "ABCDĐEGHIKLMNOPQRSTUVXYƯÂÔĂ"
HIGH, WIDE = 16, 24  # pixels of a shape
INK = 100  # of 255: darkness from which a pixel belongs to the letter
NEARER, NEAR = 0.5, 0.025  # how much nearer than its own the other letter must be, and how near at all
ALIKE = frozenset("DĐ"), frozenset("AÂĂ"), frozenset("OÔ"), frozenset("UƯ")  # their marks may be cut off
Picture = npt.NDArray[np.uint8]
Shape = npt.NDArray[np.float32]


def is_known_letter(letter: str) -> bool:
    """Whether shapes of it are known."""
    return letter in FIGURES or letter in CAPITALS


def find_other_letters(letters: str, pictures: Sequence[Picture]) -> list[bool]:
    """Which of the pictures (grey, dark on light, one letter each) show for sure another one of the letter's sort.

    A figure is held against figures, a capital against capitals. ``False`` where there is no ink, or none that can be
    compared.
    """
    outlines = {
        place: outline for place, picture in enumerate(pictures) if (outline := outline_shape(picture)) is not None
    }
    others: list[int] = []
    for sort in (FIGURES, CAPITALS):
        if places := [place for place in outlines if letters[place] in sort]:
            shapes = blur_outlines([outlines[place] for place in places])
            flags = _are_others("".join([letters[place] for place in places]), shapes, sort)
            others += compress(places, flags)
    return [place in others for place in range(len(letters))]


def _are_others(letters: str, shapes: Shape, sort: str) -> list[bool]:
    known = _load_shapes(sort)
    distances = (np.square(shapes).sum(axis=1)[:, None] - 2 * shapes @ known.shapes.T + known.squares) / shapes.shape[1]
    nearest = np.minimum.reduceat(distances, known.starts, axis=1)  # of each group of letters
    rows = np.arange(len(letters))
    groups = [known.groups[letter] for letter in letters]
    mine = nearest[rows, groups].copy()
    nearest[rows, groups] = np.inf
    other = nearest.min(axis=1)
    others: list[bool] = ((other < NEAR) & (other < NEARER * mine)).tolist()
    return others


def outline_shape(picture: Picture) -> Picture | None:
    """The ink of the picture as high as all shapes, in the middle; ``None`` where there is none, or it is wider than a
    letter."""
    dark = picture < 255 - INK
    rows, columns = np.flatnonzero(dark.any(axis=1)), np.flatnonzero(dark.any(axis=0))
    if not len(rows):
        return None
    top, bottom, left, right = int(rows[0]), int(rows[-1]) + 1, int(columns[0]), int(columns[-1]) + 1
    width = max(1, round((right - left) * HIGH / (bottom - top)))
    if width > WIDE:
        return None
    small = Image.fromarray(picture[top:bottom, left:right]).resize((width, HIGH), Image.Resampling.BOX)
    shape = np.zeros((HIGH, WIDE), np.uint8)
    start = (WIDE - width) // 2
    shape[:, start : start + width] = 255 - np.asarray(small)
    return shape


def blur_outlines(outlines: Sequence[Picture]) -> Shape:
    """The same a little blurred, a row of numbers each, 0 to 1."""
    padded = np.zeros((len(outlines), HIGH + 2, WIDE + 2), np.float32)
    padded[:, 1:-1, 1:-1] = outlines
    around = padded[:, 1:-1, :-2] + padded[:, 1:-1, 2:] + padded[:, :-2, 1:-1] + padded[:, 2:, 1:-1]
    return ((2 * padded[:, 1:-1, 1:-1] + around) / (6 * 255)).reshape(len(outlines), -1).astype(np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class KnownShapes:
    """The shapes of letters, group by group, and where each group starts; which group a letter is of."""

    shapes: Shape
    squares: Shape
    starts: npt.NDArray[np.intp]
    groups: dict[str, int]


@cache
def _load_shapes(sort: str) -> KnownShapes:
    with np.load(SHAPES) as data:
        letters, shapes = data["letters"], (data["shapes"] / 255).astype(np.float32)
    alike = [group for group in ALIKE if group <= set(sort)]
    names = {letter: next((min(group) for group in alike if letter in group), letter) for letter in sort}
    groups = {letter: sorted(set(names.values())).index(name) for letter, name in names.items()}
    numbers = np.array([groups.get(chr(letter), -1) for letter in letters.tolist()])
    order = np.argsort(numbers, kind="stable")[np.count_nonzero(numbers < 0) :]
    starts = np.searchsorted(numbers[order], np.arange(max(groups.values()) + 1))
    return KnownShapes(shapes[order], np.square(shapes[order]).sum(axis=1), starts, groups)


def preload_shapes() -> None:
    """Loads the shapes in the parent, once; its children find them there."""
    for sort in (FIGURES, CAPITALS):
        _load_shapes(sort)

"""Handwritten digits drawn as pen strokes, the way Vietnamese clerks write them.

Digit images collected elsewhere lack three habits that the number and date rows of real files are full of: the 1 with
an up-stroke as long as its stem (two of them look like ``M``), the 7 with a cross bar (looks like ``F``), the open 4
(looks like ``H`` or ``Y``). Each digit has a few forms; every drawing moves each point, leans, stretches and thickens.
"""

from __future__ import annotations

import random

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]
Stroke = tuple[bool, list[tuple[float, float]]]  # smooth?, points in a box 0.6 wide and 1 high, top left at 0, 0
BOX = 48  # pixels a digit is high before it is scaled


def _s(*points: tuple[float, float]) -> Stroke:
    return True, list(points)


def _l(*points: tuple[float, float]) -> Stroke:
    return False, list(points)


LOWER_3 = _s((0.2, 0.45), (0.5, 0.55), (0.48, 0.88), (0.22, 1), (0.0, 0.9))
FORMS: dict[str, list[list[Stroke]]] = {
    "0": [
        [_s((0.35, 0.02), (0.1, 0.25), (0.03, 0.6), (0.2, 0.98), (0.45, 0.9), (0.58, 0.5), (0.5, 0.12), (0.3, 0.03))],
        [_s((0.4, 0.1), (0.2, 0.05), (0.03, 0.5), (0.2, 0.98), (0.5, 0.75), (0.5, 0.2), (0.25, 0.0))],
    ],
    "1": [
        [_l((0.0, 0.8), (0.38, 0.0), (0.33, 1.0))],
        [_l((0.0, 0.6), (0.3, 0.0), (0.3, 1.0))],
        [_l((0.02, 0.95), (0.4, 0.02), (0.36, 1.0))],
        [_l((0.05, 0.3), (0.28, 0.0), (0.26, 1.0))],
        [_l((0.25, 0.0), (0.22, 1.0))],
        [_s((0.0, 0.9), (0.2, 0.5), (0.4, 0.0)), _l((0.4, 0.0), (0.35, 0.98))],
    ],
    "2": [
        [_s((0.05, 0.25), (0.25, 0.0), (0.5, 0.15), (0.4, 0.5), (0.05, 0.95)), _l((0.05, 0.95), (0.6, 0.93))],
        [
            _s(
                (0.08, 0.22), (0.28, 0.0), (0.5, 0.2), (0.35, 0.6), (0.08, 0.95), (0.02, 0.8), (0.2, 0.78), (0.35, 0.95)
            ),
            _s((0.35, 0.95), (0.5, 0.98), (0.65, 0.85)),
        ],
        [
            _s((0.02, 0.2), (0.3, 0.02), (0.48, 0.2), (0.3, 0.6), (0.0, 0.98)),
            _s((0.0, 0.98), (0.25, 0.85), (0.6, 0.98)),
        ],
    ],
    "3": [
        [_s((0.06, 0.12), (0.3, 0.0), (0.5, 0.18), (0.2, 0.45)), LOWER_3],
        [_l((0.05, 0.03), (0.52, 0.03), (0.2, 0.42)), LOWER_3],
        [_s((0.05, 0.1), (0.35, 0.02), (0.4, 0.3), (0.2, 0.45)), _s((0.2, 0.45), (0.52, 0.6), (0.4, 1.0), (0.1, 1.1))],
    ],
    "4": [
        [_l((0.15, 0.0), (0.02, 0.6), (0.62, 0.58)), _l((0.45, 0.25), (0.4, 1.0))],
        [_l((0.2, 0.0), (0.03, 0.6), (0.6, 0.55)), _l((0.5, 0.0), (0.45, 1.0))],
        [_l((0.45, 0.0), (0.0, 0.68), (0.62, 0.66)), _l((0.45, 0.0), (0.42, 1.0))],
        [_s((0.08, 0.05), (0.05, 0.42), (0.25, 0.52), (0.5, 0.4)), _l((0.52, 0.0), (0.42, 1.0))],
        [_l((0.25, 0.0), (0.0, 0.62), (0.7, 0.6)), _l((0.42, 0.35), (0.38, 0.95))],
    ],
    "5": [
        [
            _s((0.12, 0.03), (0.08, 0.42), (0.35, 0.36), (0.52, 0.65), (0.3, 0.98), (0.0, 0.9)),
            _l((0.12, 0.03), (0.6, 0.0)),
        ],
        [
            _l((0.15, 0.05), (0.08, 0.45)),
            _s((0.08, 0.45), (0.4, 0.42), (0.5, 0.75), (0.25, 1.0), (0.0, 0.92)),
            _l((0.2, 0.02), (0.62, 0.06)),
        ],
        [_l((0.6, 0.0), (0.14, 0.02), (0.08, 0.42)), _s((0.08, 0.42), (0.45, 0.45), (0.48, 0.8), (0.02, 0.98))],
    ],
    "6": [
        [_s((0.45, 0.02), (0.15, 0.35), (0.05, 0.75), (0.3, 0.99), (0.5, 0.75), (0.3, 0.55), (0.08, 0.72))],
        [_s((0.38, 0.0), (0.1, 0.5), (0.12, 0.95), (0.42, 0.95), (0.45, 0.65), (0.2, 0.6), (0.08, 0.8))],
    ],
    "7": [
        [_l((0.02, 0.08), (0.55, 0.05), (0.2, 1.0)), _l((0.05, 0.52), (0.6, 0.48))],
        [_l((0.05, 0.2), (0.06, 0.05), (0.55, 0.05), (0.3, 0.5), (0.2, 1.0)), _l((0.08, 0.5), (0.62, 0.5))],
        [_l((0.02, 0.08), (0.55, 0.04), (0.22, 1.0))],
        [
            _s((0.0, 0.15), (0.15, 0.02), (0.35, 0.1), (0.58, 0.0)),
            _l((0.58, 0.0), (0.22, 1.0)),
            _l((0.1, 0.5), (0.65, 0.45)),
        ],
        [_l((0.1, 0.1), (0.5, 0.08), (0.3, 1.1)), _l((-0.05, 0.55), (0.75, 0.5))],
    ],
    "8": [
        [
            _s(
                (0.5, 0.12),
                (0.25, 0.0),
                (0.08, 0.2),
                (0.3, 0.45),
                (0.5, 0.72),
                (0.3, 1.0),
                (0.05, 0.8),
                (0.25, 0.48),
                (0.5, 0.2),
                (0.45, 0.05),
            )
        ],
        [
            _s((0.28, 0.02), (0.1, 0.22), (0.28, 0.45), (0.48, 0.22), (0.28, 0.0)),
            _s((0.28, 0.45), (0.03, 0.72), (0.28, 1.0), (0.52, 0.72), (0.26, 0.43)),
        ],
        [_s((0.55, 0.05), (0.25, 0.05), (0.15, 0.25), (0.4, 0.55), (0.4, 0.9), (0.1, 0.95), (0.15, 0.6), (0.55, 0.1))],
    ],
    "9": [
        [
            _s((0.5, 0.2), (0.28, 0.0), (0.05, 0.22), (0.2, 0.48), (0.48, 0.3), (0.52, 0.1)),
            _l((0.52, 0.1), (0.45, 1.0)),
        ],
        [
            _s((0.48, 0.18), (0.25, 0.0), (0.05, 0.25), (0.22, 0.48), (0.5, 0.15)),
            _s((0.5, 0.12), (0.5, 0.7), (0.3, 1.0), (0.02, 0.92)),
        ],
        [_s((0.48, 0.1), (0.2, 0.02), (0.08, 0.3), (0.3, 0.45), (0.5, 0.1), (0.48, 0.6), (0.3, 1.1), (0.0, 1.0))],
    ],
}


def digit(char: str, rng: random.Random, pen: float, lean: float) -> Grey:
    """Ink (0 paper, 255 ink) of one digit, about ``BOX`` pixels high, cut to its ink."""
    wide, jitter = rng.uniform(0.75, 1.3), rng.uniform(0.01, 0.045)
    canvas = np.zeros((BOX * 2, BOX * 2), np.uint8)
    for smooth, points in rng.choice(FORMS[char]):
        moved = [(x * wide + rng.gauss(0, jitter), y + rng.gauss(0, jitter)) for x, y in points]
        path = _curve(moved) if smooth else np.array(moved)
        path = np.stack([path[:, 0] + lean * (1 - path[:, 1]), path[:, 1]], 1) * BOX + BOX / 2
        cv2.polylines(canvas, [np.round(path * 16).astype(np.int32)], False, 255, max(1, round(pen)), cv2.LINE_AA, 4)
    return cut(canvas)


def cut(ink: Grey) -> Grey:
    """The part that holds ink."""
    ys, xs = np.nonzero(ink > 32)
    if not len(ys):
        return ink[:1, :1]
    return ink[ys.min() : ys.max() + 1, xs.min() : xs.max() + 1]


def _curve(points: list[tuple[float, float]]) -> NDArray[np.float64]:
    """A Catmull-Rom curve through the points."""
    p = np.array([points[0], *points, points[-1]])
    t = np.linspace(0, 1, 8, endpoint=False)[:, None]
    parts = []
    for i in range(1, len(p) - 2):
        a, b, c, d = p[i - 1], p[i], p[i + 1], p[i + 2]
        parts.append(0.5 * (2 * b + (c - a) * t + (2 * a - 5 * b + 4 * c - d) * t**2 + (3 * b - 3 * c + d - a) * t**3))
    return np.concatenate([*parts, p[-1:]])

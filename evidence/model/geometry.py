"""Boxes on a page, ``(left, top, right, bottom)`` in PDF points from the page's top left; and the sizes of paper."""

from __future__ import annotations

Box = tuple[float, float, float, float]

POINTS = 72.0  # an inch
MM = 25.4  # an inch
A4_MM = (210, 297)  # NĐ 30/2020, Phụ lục I: the paper of every document
A4 = (595.3, 841.9)  # the same in points


def enclose(boxes: tuple[Box, ...]) -> Box | None:
    """The smallest box around all; ``None`` around nothing.

    >>> enclose(((1, 2, 3, 4), (0, 3, 2, 9)))
    (0, 2, 3, 9)
    """
    if not boxes:
        return None
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return (min(lefts), min(tops), max(rights), max(bottoms))

"""The page of a document with boxes round what was read on it, in points of that page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from evidence.model.geometry import Box
from evidence.model.record import Record
from evidence.model.review import AnnexPage, AnnexSpot
from evidence.web.rendering.field_rows import ShownField

AROUND = 3.0  # points between what was read and its frame


@dataclass(frozen=True, slots=True)
class SheetBox:
    """A frame: ``look`` is ``sure``, ``doubtful``, ``corrected`` or ``chosen``; ``name`` that of its field, if any."""

    x: float
    y: float
    width: float
    height: float
    look: str
    name: str = ""


@dataclass(frozen=True, slots=True)
class PageSheet:
    """``number`` of ``count`` pages, ``width`` and ``height`` in points."""

    number: int
    count: int
    width: float
    height: float
    boxes: tuple[SheetBox, ...]


def make_sheet(record: Record, number: int, rows: Iterable[ShownField], chosen: Box | None) -> PageSheet | None:
    """That page with a frame round each field that stands on it and one round ``chosen``; None: no such page."""
    page = next((each for each in record.pages if each.number == number), None)
    if page is None:
        return None
    boxes = [
        _frame(row.box, _look(row), row.name)
        for row in rows
        if row.page == number and row.box is not None and row.box != chosen
    ]
    if chosen is not None:
        boxes.append(_frame(chosen, "chosen"))
    return PageSheet(number, len(record.pages), page.width or 595.0, page.height or 842.0, tuple(boxes))


def make_annex_sheet(page: AnnexPage, spot: AnnexSpot) -> PageSheet:
    """The annex' page with a frame round the words of a proposal, where they were found on it."""
    boxes = (_frame(spot.box, "chosen"),) if spot.box is not None else ()
    return PageSheet(page.number, page.number, page.width or 595.0, page.height or 842.0, boxes)


def read_box(text: str) -> Box | None:
    """A box as an address writes it, ``left,top,right,bottom``; None for anything else.

    >>> read_box("1,2,3,4.5"), read_box("1,2,3"), read_box("nan,0,1,2")
    ((1.0, 2.0, 3.0, 4.5), None, None)
    """
    try:
        sides = tuple(float(side) for side in text.split(","))
    except ValueError:
        return None
    if len(sides) != 4 or not all(-10_000 < side < 100_000 for side in sides):
        return None
    return sides if sides[0] <= sides[2] and sides[1] <= sides[3] else None


def _look(row: ShownField) -> str:
    return {"sure": "sure", "corrected": "corrected"}.get(row.state, "doubtful")


def _frame(box: Box, look: str, name: str = "") -> SheetBox:
    left, top, right, bottom = box
    width, height = right - left + 2 * AROUND, bottom - top + 2 * AROUND
    return SheetBox(round(left - AROUND, 1), round(top - AROUND, 1), round(width, 1), round(height, 1), look, name)

"""What can be seen of a PDF page's objects without reading it: images, hidden text, drawn paths."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from evidence.ingest import pdfium_calls as quick

BIG = 0.4  # share of the page from which an image hides what lies beneath
DEEP = 3  # the page, its forms and the forms in them; what lies deeper is not looked at


# of a text its render mode is told (0 and more), of everything else its type, turned to a negative number
PATH, IMAGE, FORM = ~raw.FPDF_PAGEOBJ_PATH, ~raw.FPDF_PAGEOBJ_IMAGE, ~raw.FPDF_PAGEOBJ_FORM

Counting = Callable[[int], int]
Finding = Callable[[int, int], int]


@dataclass(frozen=True, slots=True)
class Sight:
    """What can be seen of a page's objects: the share of its largest image, whether most text is invisible
    (render mode 3) or lies under a large image (the layer of a foreign OCR), how many paths are drawn."""

    image: float
    hidden: bool
    paths: int


def look(page: Any) -> Sight:
    """One walk over the page's objects, in the order in which they are drawn."""
    width, height = page.get_size()
    drawn = _drawn(quick.address(page.raw), quick.count_objects, quick.object_at, DEEP)
    kinds = [kind for _, kind in drawn]
    shares = {place: _share_of(drawn[place][0], page, width * height) for place in _places(kinds, IMAGE)}
    lowest = max((place for place, part in shares.items() if part > BIG), default=0)  # what lies beneath is covered
    shown = _texts(kinds[lowest:]) - kinds[lowest:].count(raw.FPDF_TEXTRENDERMODE_INVISIBLE)
    return Sight(max(shares.values(), default=0.0), _texts(kinds) > 2 * shown, kinds.count(PATH))


def _places(kinds: list[int], wanted: int) -> list[int]:
    return [place for place, kind in enumerate(kinds) if kind == wanted] if wanted in kinds else []


def _texts(kinds: list[int]) -> int:
    return sum(map((0).__le__, kinds))


def _drawn(container: int, count: Counting, at: Finding, depth: int) -> list[tuple[int, int]]:
    """The objects of a page or form, each with its kind; a form is followed by its own."""
    items = list(map(at, repeat(container), range(count(container))))
    modes = map(quick.render_mode, items)
    drawn = [(item, mode if mode >= 0 else ~quick.type_of(item)) for item, mode in zip(items, modes, strict=True)]
    forms = [item for item, kind in drawn if kind == FORM]
    if depth == 1 or not forms:
        return drawn
    inner = {form: _drawn(form, quick.count_inside, quick.object_inside, depth - 1) for form in forms}
    return [part for one in drawn for part in (one, *inner.get(one[0], ()))]


def _share_of(item: int, page: Any, area: float) -> float:
    return share(pdfium.PdfObject(raw.cast(item, raw.FPDF_PAGEOBJECT), page=page), area)


def share(item: Any, area: float) -> float:
    """What share of the page an object's box covers."""
    left, bottom, right, top = item.get_bounds()
    return max(0.0, float((right - left) * (top - bottom))) / (area or 1.0)


def images(page: Any) -> list[Any]:
    """The page's image objects."""
    return list(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=DEEP))

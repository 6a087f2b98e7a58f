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
    items = _drawn(quick.address(page.raw), quick.count_objects, quick.object_at, DEEP)
    kinds = list(map(quick.type_of, items))
    shares = {place: _share_of(items[place], page, width * height) for place in _places(kinds, raw.FPDF_PAGEOBJ_IMAGE)}
    lowest = max((place for place, part in shares.items() if part > BIG), default=0)  # what lies beneath is covered
    texts = [items[place] for place in _places(kinds, raw.FPDF_PAGEOBJ_TEXT)]
    above = texts[kinds[:lowest].count(raw.FPDF_PAGEOBJ_TEXT) :]
    shown = len(above) - sum(map(raw.FPDF_TEXTRENDERMODE_INVISIBLE.__eq__, map(quick.render_mode, above)))
    return Sight(max(shares.values(), default=0.0), len(texts) > 2 * shown, kinds.count(raw.FPDF_PAGEOBJ_PATH))


def _places(kinds: list[int], wanted: int) -> list[int]:
    return [place for place, kind in enumerate(kinds) if kind == wanted]


def _drawn(container: int, count: Callable[[int], int], at: Callable[[int, int], int], depth: int) -> list[int]:
    """The objects of a page or form, each form followed by its own."""
    items = list(map(at, repeat(container), range(count(container))))
    if depth == 1 or raw.FPDF_PAGEOBJ_FORM not in map(quick.type_of, items):
        return items
    found: list[int] = []
    for item in items:
        found.append(item)
        if quick.type_of(item) == raw.FPDF_PAGEOBJ_FORM:
            found += _drawn(item, quick.count_inside, quick.object_inside, depth - 1)
    return found


def _share_of(item: int, page: Any, area: float) -> float:
    return share(pdfium.PdfObject(raw.cast(item, raw.FPDF_PAGEOBJECT), page=page), area)


def share(item: Any, area: float) -> float:
    """What share of the page an object's box covers."""
    left, bottom, right, top = item.get_bounds()
    return max(0.0, float((right - left) * (top - bottom))) / (area or 1.0)


def images(page: Any) -> list[Any]:
    """The page's image objects."""
    return list(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=DEEP))

"""What can be seen of a PDF page's objects without reading it: images, hidden text, drawn paths."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import pypdfium2.raw as raw
from pypdfium2 import PdfImage, PdfObject, PdfPage

from evidence.ingest.pdf.pdfium_calls import handle_address, list_inner_objects, list_objects, object_type, render_mode

BIG = 0.4  # share of the page from which an image hides what lies beneath
DEEP = 3  # the page, its forms and the forms in them; what lies deeper is not looked at


# of a text its render mode stands (0 and more), of everything else its type, turned to a negative number
PATH, IMAGE, FORM = ~raw.FPDF_PAGEOBJ_PATH, ~raw.FPDF_PAGEOBJ_IMAGE, ~raw.FPDF_PAGEOBJ_FORM
UNSEEN = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)  # render modes that draw nothing
Stretch = tuple[int, int]


@dataclass(frozen=True, slots=True)
class DrawnObjects:
    """The objects of a page in the order in which they are drawn, each form followed by what is in it: their handles,
    the kind of each, and for each form its place and that behind its last object."""

    items: list[int]
    kinds: list[int]
    forms: list[Stretch]


@dataclass(frozen=True, slots=True)
class ObjectSummary:
    """What can be seen of a page's objects: the share of its largest image, whether most text is invisible
    (render mode 3 or 7) or lies under a large image (the layer of a foreign OCR), how many paths are drawn."""

    image: float
    hidden: bool
    paths: int


def list_drawn(page: PdfPage) -> DrawnObjects:
    """One walk over the page's objects."""
    return _drawn(list_objects(handle_address(page.raw)), DEEP, 0)


def append_objects(drawn: DrawnObjects, items: list[int]) -> DrawnObjects:
    """The same with further objects behind them, which are drawn later."""
    more = _drawn(items, DEEP, len(drawn.items))
    return DrawnObjects(drawn.items + more.items, drawn.kinds + more.kinds, drawn.forms + more.forms)


def summarise_objects(page: PdfPage, drawn: DrawnObjects) -> ObjectSummary:
    """What a page's objects tell of it."""
    kinds = drawn.kinds
    counts = over = Counter(kinds)
    images = [place for place, kind in enumerate(kinds) if kind == IMAGE] if IMAGE in counts else []
    width, height = page.get_size()
    shares = {place: _share_of(drawn.items[place], page, width * height) for place in images}
    if lowest := max((place for place, part in shares.items() if part > BIG), default=0):
        over = Counter(kinds[lowest:])  # what lies beneath is covered
    shown = _texts(over) - sum([over[mode] for mode in UNSEEN])
    return ObjectSummary(max(shares.values(), default=0.0), _texts(counts) > 2 * shown, counts[PATH])


def _texts(counts: Counter[int]) -> int:
    return sum([count for kind, count in counts.items() if kind >= 0])


def _drawn(items: list[int], depth: int, first: int) -> DrawnObjects:
    """The objects of a page or form, of which the first stands at that place."""
    kinds = list(map(render_mode, items))
    if min(kinds, default=0) < 0:
        others = [place for place, mode in enumerate(kinds) if mode < 0]
        for place, kind in zip(others, map(object_type, [items[place] for place in others]), strict=True):
            kinds[place] = ~kind
    if depth == 1 or FORM not in kinds:
        return DrawnObjects(items, kinds, [])
    drawn, done = DrawnObjects([], [], []), 0
    for place in [place for place, kind in enumerate(kinds) if kind == FORM]:
        start = first + len(drawn.items) + place + 1 - done
        inner = _drawn(list_inner_objects(items[place]), depth - 1, start)
        drawn.items.extend(items[done : place + 1] + inner.items)
        drawn.kinds.extend(kinds[done : place + 1] + inner.kinds)
        drawn.forms.extend([(start - 1, start + len(inner.items)), *inner.forms])
        done = place + 1
    drawn.items.extend(items[done:])
    drawn.kinds.extend(kinds[done:])
    return drawn


def _share_of(item: int, page: PdfPage, area: float) -> float:
    return covered_share(PdfObject(raw.cast(item, raw.FPDF_PAGEOBJECT), page=page), area)


def covered_share(item: PdfObject, area: float) -> float:
    """What share of the page an object's box covers."""
    left, bottom, right, top = item.get_bounds()
    return max(0.0, float((right - left) * (top - bottom))) / (area or 1.0)


def list_images(page: PdfPage) -> list[PdfImage]:
    """The page's image objects."""
    return list(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=DEEP))

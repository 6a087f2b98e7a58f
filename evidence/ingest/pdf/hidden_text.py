"""Text of a page's layer that the page does not show: beside the page, under a shape, in a layer that is off, clipped
away, in the colour of the paper, without ink.

What may be hidden is found by what pdfium tells of objects, at the cost of a call or two for each; only where there is
such an object the picture is asked (``visibility``). Of pages with many text objects those with figures are looked at,
which tell values and citations, and some of the others; all of them where one of these may be hidden.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import compress

import numpy as np
import numpy.typing as npt
from pypdfium2 import PdfPage
from pypdfium2.raw import FPDF_TEXTPAGE

from evidence.ingest.pdf.bare_paper import find_blank
from evidence.ingest.pdf.characters import Flags, Glyphs, PageCoordinates
from evidence.ingest.pdf.covers import ANY, DARK, LUMINANCE, ObjectBoxes, look_up, map_covers
from evidence.ingest.pdf.file_probe import FileProbe
from evidence.ingest.pdf.page_objects import UNSEEN, DrawnObjects
from evidence.ingest.pdf.pdfium_calls import (
    find_actual_texts,
    find_clipped,
    handle_address,
    has_characters,
    has_layer_marks,
    has_transparency,
    list_text_objects,
    read_bounds,
    read_fill_colours,
)
from evidence.ingest.pdf.visibility import find_unseen
from evidence.model.geometry import Box

NEAR = 0.5  # points by which boxes of the same text differ at most
FLAT = 1.0  # points: letters less high than this nobody can read
SAMPLE = 40  # of the text objects without figures so many at least are looked at first
FEW = 4  # of the characters beneath a shape each so-manieth is looked at first
MANY = 64  # text objects by whose boxes their characters are not looked for
FAINT = 64  # of 255: alpha below which text may be unseen
Places = npt.NDArray[np.intp]


@dataclass(frozen=True, slots=True)
class TextPage:
    """A page whose text is held against its picture: its open text page, its characters with their later copies, its
    own objects, and all that is drawn, with the appearances of annotations behind its own. ``redrawn`` gives the page
    with these in it, and the handles of its objects there."""

    text: FPDF_TEXTPAGE
    glyphs: Glyphs
    copies: dict[int, list[int]]
    own: DrawnObjects
    drawn: DrawnObjects
    redrawn: Callable[[], tuple[PdfPage, list[int]]]


def find_off_page(glyphs: Glyphs, width: float, height: float) -> Flags | None:
    """Which of the characters stand beside the visible part of a page of that size, or are too small to be read;
    ``None``: none does."""
    if not len(glyphs):
        return None
    left, top, right, bottom = glyphs.boxes.T
    tall = bottom - top
    if left.min() >= 0 and top.min() >= 0 and right.max() <= width and bottom.max() <= height and tall.min() >= FLAT:
        return None
    across, down = (left + right) / 2, (top + bottom) / 2
    flags: Flags = (across < 0) | (across > width) | (down < 0) | (down > height)
    flags |= np.maximum(tall, right - left) < FLAT
    return flags


def find_hidden(source: TextPage, coordinates: PageCoordinates, probe: FileProbe) -> Flags | None:
    """Which of the characters the page does not show; ``None``: all are shown."""
    texts = [item for item, kind in zip(source.own.items, source.own.kinds, strict=True) if kind >= 0]
    if not texts:
        return None
    located = ObjectBoxes(source.drawn, coordinates)
    covers = map_covers(source.drawn, located, coordinates)
    beneath = look_up(covers, source.glyphs.boxes) if covers is not None else None
    suspects = np.zeros(len(source.glyphs), np.bool_)
    chosen = _choose(source, texts)
    if _may_be_layered(source.own, chosen) and probe.has_layers:
        suspects[:] = True
    elif unseen := _find_unseen_objects(source, texts, chosen):
        places = _find_drawn(source, unseen, located)
        suspects[places] = [handle in unseen for handle in _objects_of(source, places.tolist())]
    if beneath is not None and (places := np.flatnonzero(beneath >= 0)).size:
        some = places[::FEW]
        if (beneath[some] > _orders(source, some)).any():
            suspects[places] |= beneath[places] > _orders(source, places)
    places = np.flatnonzero(suspects)
    if not len(places):
        return None
    blank = find_blank(
        source.drawn, _objects_of(source, places.tolist()), source.glyphs.boxes.take(places, axis=0), located
    )
    if len(rest := places[~blank]):
        suspects[rest] = _ask_picture(source, rest)
    return _with_marks(source.glyphs.texts, suspects)


def find_replaced_figures(source: TextPage) -> list[Box]:
    """The boxes of figures for which the file gives a text of its own (``/ActualText``), which the page need not show:
    there the picture decides."""
    figures = _find_figures(source.glyphs.texts).tolist()
    items = _objects_of(source, figures)
    replaced = find_actual_texts(set(items) - {0})
    boxes = source.glyphs.boxes[[place for place, item in zip(figures, items, strict=True) if item in replaced]]
    return [(left, top, right, bottom) for left, top, right, bottom in boxes.tolist()] if replaced else []


def _may_be_layered(own: DrawnObjects, chosen: list[int]) -> bool:
    """Whether text stands in a form, which may lie in a layer as a whole, or one of these text objects in marks of a
    layer."""
    if any(max(own.kinds[start + 1 : end], default=-1) >= 0 for start, end in own.forms):
        return True
    return has_layer_marks(chosen)


def _choose(source: TextPage, texts: list[int]) -> list[int]:
    """The text objects that are looked at first."""
    step = len(texts) // SAMPLE
    if step < 2:
        return texts
    return list({*texts[::step], *_objects_of(source, _find_figures(source.glyphs.texts).tolist())} - {0})


def _find_figures(texts: Sequence[str]) -> Places:
    if not isinstance(texts, str) or not texts.isprintable():
        return np.array([place for place, text in enumerate(texts) if text.isdigit()], np.intp)
    codes = np.frombuffer(texts.encode("utf-32-le"), "<u4")
    return np.flatnonzero((codes >= ord("0")) & (codes <= ord("9")))


def _find_unseen_objects(source: TextPage, texts: list[int], chosen: list[int]) -> set[int]:
    """The text objects that may draw nothing that is seen; the others are looked at where one of the chosen is such."""
    whole = len(chosen) < 2 * SAMPLE
    flags = _may_be_unseen(source, chosen, whole)
    if not any(flags):
        return set()
    unseen = set(compress(chosen, flags))
    if not whole:
        unseen.update(compress(chosen, map(has_transparency, chosen)))
    met = set(chosen)
    if rest := [item for item in texts if item not in met]:
        unseen.update(compress(rest, _may_be_unseen(source, rest, True)))
    return unseen


def _may_be_unseen(source: TextPage, items: list[int], whole: bool) -> list[bool]:
    """Which of the text objects may draw nothing that is seen. The ``whole``: soft masks and blending are asked too."""
    colours, plain = read_fill_colours(items)
    flags = (colours[:, :3] @ LUMINANCE > DARK) | (colours[:, 3] < FAINT) | ~plain | find_clipped(items)
    if whole:
        flags |= np.fromiter(map(has_transparency, items), np.bool_, len(items))
    if any(mode in source.own.kinds for mode in UNSEEN):
        modes = dict(zip(source.own.items, source.own.kinds, strict=True))
        flags |= np.array([modes.get(item) in UNSEEN for item in items])
    chosen: list[bool] = flags.tolist()
    return chosen


def _find_drawn(source: TextPage, items: set[int], located: ObjectBoxes) -> Places:
    """The characters that may be drawn by one of these text objects: those that touch the box of one. A box without an
    extent (white space, a font that tells none) stands for its row and its column."""
    boxes = source.glyphs.boxes
    if len(items) > MANY:
        return np.arange(len(boxes))
    places = np.array([source.own.items.index(item) for item in items], np.intp)
    touched = np.zeros(len(boxes), np.bool_)
    for left, top, right, bottom in located.locate(places).tolist():
        across = (boxes[:, 0] < right + NEAR) & (boxes[:, 2] > left - NEAR)
        down = (boxes[:, 1] < bottom + NEAR) & (boxes[:, 3] > top - NEAR)
        touched |= across & down if right > left or bottom > top else across | down
    return np.flatnonzero(touched)


def _objects_of(source: TextPage, indices: Sequence[int]) -> list[int]:
    """The text object of each of these characters; 0 where there is none."""
    return list_text_objects(handle_address(source.text), source.glyphs.places[indices].tolist())


def _orders(source: TextPage, indices: Places) -> Places:
    """The places of these characters' objects among those that are drawn; behind all where that cannot be told."""
    known = dict(zip(source.own.items, range(len(source.own.items)), strict=True))
    items = _objects_of(source, indices.tolist())
    return np.array([known.get(item, ANY) for item in items], np.intp)


def _ask_picture(source: TextPage, suspects: Places) -> Flags:
    """Which of these characters the picture does not show."""
    page, items = source.redrawn()
    known = {item: items[place] for place, item in enumerate(source.own.items)}
    glyphs = [(place, *source.copies.get(place, ())) for place in suspects.tolist()]
    handles = dict(zip(flat := [place for alike in glyphs for place in alike], _objects_of(source, flat), strict=True))
    twins = _find_twins(source, set(handles.values()) & set(known))
    groups = [
        frozenset(known[twin] for place in alike if handles[place] in known for twin in twins[handles[place]])
        for alike in glyphs
    ]
    letters = np.array([source.glyphs.texts[place].isalnum() for place in suspects.tolist()])
    unseen = np.zeros(len(suspects), np.bool_)
    told = np.array([bool(group) for group in groups])
    if told.any():
        boxes = source.glyphs.boxes[suspects][told]
        unseen[told] = find_unseen(page, boxes, letters[told], [group for group in groups if group])
    return unseen


def _find_twins(source: TextPage, handles: set[int]) -> dict[int, list[int]]:
    """Each of these text objects with those at its place of which pdfium gives no characters: a string that is painted
    again at once it gives as the first one alone."""
    texts = [item for item, kind in zip(source.own.items, source.own.kinds, strict=True) if kind >= 0]
    bounds, page = read_bounds(texts), handle_address(source.text)
    twins: dict[int, list[int]] = {}
    for item, sides in zip(handles, read_bounds(list(handles)), strict=True):
        near = (np.abs(bounds - sides) < NEAR).all(axis=1)
        alike = [texts[place] for place in np.flatnonzero(near).tolist()]
        twins[item] = [item, *(twin for twin in alike if not has_characters(twin, page))]
    return twins


def _with_marks(texts: Sequence[str], hidden: Flags) -> Flags:
    """The same with each combining mark as its letter is: its box is empty."""
    places = set(np.flatnonzero(hidden).tolist())
    for place in sorted(places | {place + 1 for place in places if place + 1 < len(texts)}):
        if place and unicodedata.combining(texts[place][:1] or " "):
            hidden[place] = hidden[place - 1]
    return hidden

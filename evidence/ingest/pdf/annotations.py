"""The text that annotations and fields print on a PDF page: pdfium shows it only once the page is flattened.

The flattened page is loaded anew, but only what is new on it is read: its own objects, which come first, are hidden
meanwhile. Annotations that the page does not show are taken off before, those without an appearance are read from the
file (``typed_text``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Protocol

import pypdfium2.raw as raw
from pypdfium2 import PdfDocument, PdfPage

from evidence.ingest.pdf.attachments import Attached, list_attached
from evidence.ingest.pdf.characters import EMPTY, Glyphs, PageCoordinates, select_added
from evidence.ingest.pdf.legacy_text import read_page_glyphs
from evidence.ingest.pdf.pdfium_calls import count_objects, handle_address, list_objects, object_type
from evidence.ingest.pdf.typed_text import (
    has_no_appearance,
    join_glyphs,
    place_text,
    read_field,
    read_note,
    read_stamp,
    settle_text,
)
from evidence.ingest.pdf.visibility import set_shown

UNSEEN = raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW


class AnnotationFacts(Protocol):
    """What is asked of a page's annotations only where one gives reason to; an entry for each."""

    def list_bare(self) -> Sequence[bool]:
        """Which have no appearance of their own."""

    def list_shown_layers(self) -> Sequence[bool]:
        """Which lie in a layer that is shown, or in none."""


@dataclass(frozen=True, slots=True)
class AnnotatedPage:
    """The page with annotations and fields drawn into it, the characters that came with them, and the objects, which
    stand behind the page's own (none where they cannot be told from these). ``hidden``: what notes say that are not
    shown; ``attached``: the files at spots of the page; ``stamps``: what rubber stamps say that have no appearance, so
    that one viewer draws them by their names and another one not at all."""

    page: PdfPage
    glyphs: Glyphs = EMPTY
    items: list[int] = field(default_factory=list)
    hidden: Glyphs = EMPTY
    attached: list[Attached] = field(default_factory=list)
    stamps: tuple[str, ...] = ()


def read_annotations(pdf: PdfDocument, page: PdfPage, index: int, own: Glyphs, asked: AnnotationFacts) -> AnnotatedPage:
    """What annotations and fields add to the page. PdfiumError where pdfium cannot draw them."""
    if not any(_draws(page, place) for place in range(raw.FPDFPage_GetAnnotCount(page.raw))):
        return AnnotatedPage(page)
    attached = list_attached(pdf, page)
    stamps = _list_bare_stamps(page)
    typed, hidden = _take_off(page, pdf.formenv.raw if pdf.formenv else None, own, asked)
    before = count_objects(handle_address(page.raw))
    if raw.FPDFPage_Flatten(page.raw, raw.FLAT_NORMALDISPLAY) != raw.FLATTEN_SUCCESS:
        return AnnotatedPage(page, typed, [], hidden, attached, stamps)
    page = pdf[index]
    items = list_objects(handle_address(page.raw))
    added = items[before:]
    if any(object_type(item) != raw.FPDF_PAGEOBJ_FORM for item in added) or len(items) < before:
        drawn, added = select_added(own, read_page_glyphs(page)[0]), []
    else:
        drawn = _read_without(page, items[:before]) if added else EMPTY
    return AnnotatedPage(page, join_glyphs(drawn, typed), added, hidden, attached, stamps)


def _list_bare_stamps(page: PdfPage) -> tuple[str, ...]:
    """The names and texts of the rubber stamps (ISO 32000-1, 12.5.6.12) that may be seen and have no appearance."""
    stamps: list[str] = []
    for place in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        with _open_annotation(page, place) as annotation:
            if not annotation or raw.FPDFAnnot_GetSubtype(annotation) != raw.FPDF_ANNOT_STAMP:
                continue
            if has_no_appearance(annotation) and not raw.FPDFAnnot_GetFlags(annotation) & UNSEEN:
                stamps.append(read_stamp(annotation))
    return tuple(stamps)


def _read_without(page: PdfPage, items: Sequence[int]) -> Glyphs:
    """The characters of the page less those of these objects."""
    set_shown(items, False)
    try:
        return read_page_glyphs(page)[0]
    finally:
        set_shown(items, True)


@contextmanager
def _open_annotation(page: PdfPage, place: int) -> Iterator[raw.FPDF_ANNOTATION | None]:
    annotation = raw.FPDFPage_GetAnnot(page.raw, place)
    try:
        yield annotation or None
    finally:
        if annotation:
            raw.FPDFPage_CloseAnnot(annotation)


def _draws(page: PdfPage, place: int) -> bool:
    """Whether an annotation may draw something. Links without an appearance, as Word leaves them, draw nothing: a page
    with no others need not be read twice."""
    with _open_annotation(page, place) as annotation:
        link = annotation and raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_LINK
        return not link or bool(raw.FPDFAnnot_HasKey(annotation, b"AP"))


def _take_off(
    page: PdfPage, form: raw.FPDF_FORMHANDLE | None, own: Glyphs, asked: AnnotationFacts
) -> tuple[Glyphs, Glyphs]:
    """Takes off the page the annotations that it does not show and those that are read from the file; gives what the
    latter say, and what notes say that are not shown."""
    coordinates = PageCoordinates(page)
    typed: list[Glyphs] = []
    hidden: list[Glyphs] = []
    for place in reversed(range(raw.FPDFPage_GetAnnotCount(page.raw))):
        with _open_annotation(page, place) as annotation:
            if annotation is None:
                continue
            text = _typed_text(annotation, form, place, asked)
            shown = _is_shown(annotation, place, asked)
            if text and shown:
                typed.append(settle_text(place_text(text, annotation, coordinates), own))
            elif not shown and raw.FPDFAnnot_GetSubtype(annotation) == raw.FPDF_ANNOT_FREETEXT:
                hidden.append(place_text(read_note(annotation), annotation, coordinates))
        if text or not shown:
            raw.FPDFPage_RemoveAnnot(page.raw, place)
    return join_glyphs(EMPTY, *reversed(typed)), join_glyphs(EMPTY, *reversed(hidden))


def _typed_text(
    annotation: raw.FPDF_ANNOTATION, form: raw.FPDF_FORMHANDLE | None, place: int, asked: AnnotationFacts
) -> str:
    """What was typed into an annotation that has no appearance of its own; empty where it has one, or no text."""
    match raw.FPDFAnnot_GetSubtype(annotation):
        case raw.FPDF_ANNOT_FREETEXT if has_no_appearance(annotation):
            return read_note(annotation).strip()
        case raw.FPDF_ANNOT_WIDGET if form and (text := read_field(form, annotation).strip()):
            bare = asked.list_bare()
            return text if place < len(bare) and bare[place] else ""
    return ""


def _is_shown(annotation: raw.FPDF_ANNOTATION, place: int, asked: AnnotationFacts) -> bool:
    """Whether flags and layer let an annotation be seen."""
    if raw.FPDFAnnot_GetFlags(annotation) & UNSEEN:
        return False
    if not raw.FPDFAnnot_HasKey(annotation, b"OC"):
        return True
    layers = asked.list_shown_layers()
    return place >= len(layers) or layers[place]


def list_bare(file: PdfDocument, index: int) -> list[bool]:
    """Which of a page's annotations have no appearance, of a file opened without its forms: with them pdfium makes
    appearances as soon as the page is loaded."""
    page = file[index]
    bare: list[bool] = []
    for place in range(raw.FPDFPage_GetAnnotCount(page.raw)):
        with _open_annotation(page, place) as annotation:
            bare.append(annotation is not None and not raw.FPDFAnnot_HasKey(annotation, b"AP"))
    return bare

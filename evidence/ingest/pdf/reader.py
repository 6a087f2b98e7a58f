"""PDF -> pages: the text layer where it is good, page images for OCR where it is not."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from evidence.errors import UnreadableError
from evidence.ingest.encoding import charsets
from evidence.ingest.imaging import raw_image as picture
from evidence.ingest.layout import merge
from evidence.ingest.layout import reading_order as layout
from evidence.ingest.layout import text_quality as triage
from evidence.ingest.members import Tray
from evidence.ingest.pdf import annotations as drawn
from evidence.ingest.pdf import characters as glyphs
from evidence.ingest.pdf import legacy_text as old_letters
from evidence.ingest.pdf import page_objects as sight
from evidence.ingest.pdf import render
from evidence.ingest.pdf import tables as grids
from evidence.ingest.pdf import words as joining
from evidence.ingest.reader_protocol import IMAGES, EmbeddedFile, PageImage, ReadRequest, ReadResult
from evidence.messages import Message
from evidence.model.document import Line, Origin, Page, Table, Word
from evidence.model.problem import Problem, ProblemCode
from evidence.values.overlay import find_overlays

TEXT = Origin.TEXT
TOLD = {raw.FPDF_ERR_PASSWORD: "encrypted", raw.FPDF_ERR_SECURITY: "encrypted"}


def read(order: ReadRequest) -> ReadResult:
    """One stretch of pages. UnreadableError where the file cannot be opened or has no pages."""
    pdf = open_pdf(order.file)
    total = len(pdf)
    if total == 0:
        raise UnreadableError("damaged", "no-pages")
    pages: list[Page] = []
    scans: list[PageImage] = []
    problems: list[Problem] = []
    left: int | None = None
    for index in range(order.first, order.last(total, order.limits.pages)):
        if len(scans) == IMAGES:
            left = index
            break
        try:
            result, degrees, encoding = _page(pdf, index, order)
            if degrees:
                problems.append(_turned(index + 1, degrees))
            problems += (replace(one, page=index + 1) for one in charsets.encoding_problems(encoding))
        except (pdfium.PdfiumError, ValueError):
            problems.append(Problem(ProblemCode.DAMAGED, Message("page-damaged", {"page": str(index + 1)}), index + 1))
            result = Page(index + 1, 0.0, 0.0, Origin.BLANK)
        if result is None:
            break
        if isinstance(result, PageImage):
            scans.append(result)
            continue
        pages.append(result)
    held, refused = _attached(pdf, order) if order.first == 0 else ((), ())
    return ReadResult(tuple(pages), tuple(scans), (*problems, *refused), total, held, None, left)


def _attached(pdf: pdfium.PdfDocument, order: ReadRequest) -> tuple[tuple[EmbeddedFile, ...], tuple[Problem, ...]]:
    """The files attached to the PDF. Its pages are read whatever becomes of them."""
    tray = Tray(order)
    try:
        for index in range(pdf.count_attachments()):
            one = pdf.get_attachment(index)
            tray.take(one.get_name(), io.BytesIO(bytes(one.get_data())))
    except UnreadableError as error:
        tray.problems.append(Problem(ProblemCode(error.problem), error.message))
    except (pdfium.PdfiumError, ValueError):
        tray.refuse(None, ProblemCode.DAMAGED, "member-damaged")
    return tuple(tray.held), tuple(tray.problems)


def open_pdf(file: Path) -> pdfium.PdfDocument:
    """The opened file; UnreadableError says whether a password or damage keeps it shut."""
    try:
        pdf = pdfium.PdfDocument(file)
        pdf.init_forms()
    except pdfium.PdfiumError as error:
        problem = TOLD.get(getattr(error, "err_code", None), "damaged")
        raise UnreadableError(problem, "encrypted-pdf" if problem == "encrypted" else "damaged-pdf") from error
    return pdf


def _turned(page: int, degrees: int) -> Problem:
    return Problem(ProblemCode.ROTATED, Message("page-rotated", {"page": str(page), "degrees": str(degrees)}), page)


def _page(pdf: pdfium.PdfDocument, index: int, order: ReadRequest) -> tuple[Page | PageImage | None, int, str | None]:
    """The page, by how much it was turned to read its text, and the old encoding that it was in; a scan is turned
    once it has been read. None for one that needs OCR and is not wanted yet."""
    page = pdf[index]
    before, encoding = old_letters.read(page)
    seen = sight.look(page)
    page, added = drawn.read(pdf, page, index, before)
    width, height = page.get_size()
    degrees = glyphs.turn(before)
    if degrees:
        before, added = (glyphs.turned(found, degrees, width, height) for found in (before, added))
    size = (height, width) if degrees in (90, 270) else (width, height)
    own, fields = joining.words(before), joining.words(added, Origin.WIDGET)
    lines = _lines(own, fields)
    signs = triage.Signs(_told(lines, fields), seen.image, seen.hidden, seen.paths)
    worth = triage.judge(signs)
    if worth is triage.Layer.GOOD:
        tables = _tables(order, index) if order.tables else ()
        return Page(index + 1, *size, Origin.TEXT, lines, None, tables, rotation=degrees), degrees, encoding
    if worth is triage.Layer.BLANK:
        return Page(index + 1, *size, Origin.TEXT if lines else Origin.BLANK, lines, rotation=degrees), 0, encoding
    if order.headers and index > 0:
        return None, 0, None
    grey, scale = render.render(page, order.limits)
    file = picture.keep(grey, order.scratch, index + 1)
    own_lines, broken = layout.lines(own), worth is triage.Layer.BROKEN
    layer, aside = (own_lines, ()) if broken else ((), own_lines)
    found = layout.lines(fields) if not degrees else ()
    return PageImage(index + 1, width, height, str(file), scale, layer, found, aside), 0, None


def _lines(own: list[Word], fields: list[Word]) -> tuple[Line, ...]:
    """The page's lines: fillings of fields in their rows, notices apart."""
    return merge.merge(layout.lines(merge.uncovered(own, fields)), layout.lines(fields))


def _told(lines: tuple[Line, ...], fields: list[Word]) -> str:
    """What the document itself says: without fields and notices."""
    texts = [" ".join([word.text for word in line.words]) for line in lines]
    apart = find_overlays(texts)
    if fields:
        texts = [" ".join([word.text for word in line.words if word.origin is TEXT]) for line in lines]
    return "\n".join([text for place, text in enumerate(texts) if place not in apart])


def _tables(order: ReadRequest, index: int) -> tuple[Table, ...]:
    """Ruled tables of one page, by pdfplumber (slow: only when asked for)."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(order.file.read_bytes()), pages=[index + 1]) as pdf:
        return grids.tables(pdf.pages[0])

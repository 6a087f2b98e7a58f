"""PDF -> pages: the text layer where it is good, page images for OCR where it is not."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from evidence.errors import UnreadableError
from evidence.ingest.encoding import charsets
from evidence.ingest.imaging import raw_image
from evidence.ingest.layout.merge import merge_fields, remove_blanks
from evidence.ingest.layout.reading_order import group_lines
from evidence.ingest.layout.text_quality import Layer, LayerSigns, judge_layer
from evidence.ingest.members import MemberCollector
from evidence.ingest.pdf.annotations import read_annotations
from evidence.ingest.pdf.characters import detect_rotation, rotate_glyphs
from evidence.ingest.pdf.legacy_text import read_page_glyphs
from evidence.ingest.pdf.page_objects import summarise_objects
from evidence.ingest.pdf.render import render_page
from evidence.ingest.pdf.tables import find_tables
from evidence.ingest.pdf.words import join_words
from evidence.ingest.reader_protocol import IMAGES, EmbeddedFile, PageImage, ReadRequest, ReadResult
from evidence.messages import Message
from evidence.model.document import Line, Origin, Page, Table, Word
from evidence.model.problem import Problem, ProblemCode
from evidence.values.overlay import find_overlays

TEXT = Origin.TEXT
PASSWORD_ERRORS = {raw.FPDF_ERR_PASSWORD: "encrypted", raw.FPDF_ERR_SECURITY: "encrypted"}


def read(request: ReadRequest) -> ReadResult:
    """One stretch of pages. UnreadableError where the file cannot be opened or has no pages."""
    pdf = open_pdf(request.file)
    total = len(pdf)
    if total == 0:
        raise UnreadableError("damaged", "no-pages")
    pages: list[Page] = []
    scans: list[PageImage] = []
    problems: list[Problem] = []
    left: int | None = None
    for index in range(request.first, request.last(total, request.limits.pages)):
        if len(scans) == IMAGES:
            left = index
            break
        try:
            result, degrees, encoding = _read_page(pdf, index, request)
            if degrees:
                problems.append(_rotated(index + 1, degrees))
            problems += (replace(problem, page=index + 1) for problem in charsets.encoding_problems(encoding))
        except (pdfium.PdfiumError, ValueError):
            problems.append(Problem(ProblemCode.DAMAGED, Message("page-damaged", {"page": str(index + 1)}), index + 1))
            result = Page(index + 1, 0.0, 0.0, Origin.BLANK)
        if result is None:
            break
        if isinstance(result, PageImage):
            scans.append(result)
            continue
        pages.append(result)
    embedded, refused = _read_attachments(pdf, request) if request.first == 0 else ((), ())
    return ReadResult(tuple(pages), tuple(scans), (*problems, *refused), total, embedded, None, left)


def _read_attachments(
    pdf: pdfium.PdfDocument, request: ReadRequest
) -> tuple[tuple[EmbeddedFile, ...], tuple[Problem, ...]]:
    """The files attached to the PDF. Its pages are read whatever becomes of them."""
    collector = MemberCollector(request)
    try:
        for index in range(pdf.count_attachments()):
            attachment = pdf.get_attachment(index)
            collector.take(attachment.get_name(), io.BytesIO(bytes(attachment.get_data())))
    except UnreadableError as error:
        collector.problems.append(Problem(ProblemCode(error.problem), error.message))
    except (pdfium.PdfiumError, ValueError):
        collector.refuse(None, ProblemCode.DAMAGED, "member-damaged")
    return tuple(collector.embedded), tuple(collector.problems)


def open_pdf(file: Path) -> pdfium.PdfDocument:
    """The opened file; UnreadableError says whether a password or damage keeps it shut."""
    try:
        pdf = pdfium.PdfDocument(file)
        pdf.init_forms()
    except pdfium.PdfiumError as error:
        problem = PASSWORD_ERRORS.get(getattr(error, "err_code", None), "damaged")
        raise UnreadableError(problem, "encrypted-pdf" if problem == "encrypted" else "damaged-pdf") from error
    return pdf


def _rotated(page: int, degrees: int) -> Problem:
    return Problem(ProblemCode.ROTATED, Message("page-rotated", {"page": str(page), "degrees": str(degrees)}), page)


def _read_page(
    pdf: pdfium.PdfDocument, index: int, request: ReadRequest
) -> tuple[Page | PageImage | None, int, str | None]:
    """The page, by how much it was turned to read its text, and the old encoding that it was in; a scan is turned
    once it has been read. None for one that needs OCR and is not wanted yet."""
    page = pdf[index]
    before, encoding = read_page_glyphs(page)
    objects = summarise_objects(page)
    page, added = read_annotations(pdf, page, index, before)
    width, height = page.get_size()
    degrees = detect_rotation(before)
    if degrees:
        before, added = (rotate_glyphs(glyphs, degrees, width, height) for glyphs in (before, added))
    size = (height, width) if degrees in (90, 270) else (width, height)
    own, fields = join_words(before), join_words(added, Origin.WIDGET)
    lines = _merge_lines(own, fields)
    signs = LayerSigns(_own_text(lines, fields), objects.image, objects.hidden, objects.paths)
    quality = judge_layer(signs)
    if quality is Layer.GOOD:
        tables = _read_tables(request, index) if request.tables else ()
        return Page(index + 1, *size, Origin.TEXT, lines, None, tables, rotation=degrees), degrees, encoding
    if quality is Layer.BLANK:
        return Page(index + 1, *size, Origin.TEXT if lines else Origin.BLANK, lines, rotation=degrees), 0, encoding
    if request.headers and index > 0:
        return None, 0, None
    grey, scale = render_page(page, request.limits)
    file = raw_image.save_image(grey, request.scratch, index + 1)
    own_lines, broken = group_lines(own), quality is Layer.BROKEN
    layer, aside = (own_lines, ()) if broken else ((), own_lines)
    widgets = group_lines(fields) if not degrees else ()
    return PageImage(index + 1, width, height, str(file), scale, layer, widgets, aside), 0, None


def _merge_lines(own: list[Word], fields: list[Word]) -> tuple[Line, ...]:
    """The page's lines: fillings of fields in their rows, overlays apart."""
    return merge_fields(group_lines(remove_blanks(own, fields)), group_lines(fields))


def _own_text(lines: tuple[Line, ...], fields: list[Word]) -> str:
    """What the document itself says: without fields and overlays."""
    texts = [" ".join([word.text for word in line.words]) for line in lines]
    apart = find_overlays(texts)
    if fields:
        texts = [" ".join([word.text for word in line.words if word.origin is TEXT]) for line in lines]
    return "\n".join([text for place, text in enumerate(texts) if place not in apart])


def _read_tables(request: ReadRequest, index: int) -> tuple[Table, ...]:
    """Ruled tables of one page, by pdfplumber (slow: only when asked for)."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(request.file.read_bytes()), pages=[index + 1]) as pdf:
        return find_tables(pdf.pages[0])
